"""The second factor: set up, asked, given, taken away."""

from assembly.access import SecondFactorMode
from assembly.association import Association
from assembly.facts import second_factor as facts
from assembly.permissions import Act
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content, Erasure, MadePicture
from screens.qr import qr_png
from screens.registry import screen
from screens.texts import clip, escape, time

NAME_LIMIT = 100
ADDRESS_LIMIT = 2000
"""What a QR code holds at most, with room to bear some damage."""


def act_name(act: str) -> str:
    """Return what a guarded act is, as it stands after "to"."""
    return {
        Act.APPLY_MEMBERS: _("take over the register"),
        Act.MAKE_LINKS: _("make or revoke links"),
        Act.MANAGE_PEOPLE: _("change who has access"),
        Act.WEAKEN_ACCOUNT: _("change the second factor"),
        Act.CONVENE: _("send the convocation"),
        Act.SEND_LATE_PAPERS: _("send the late papers"),
        Act.SEND_CHANGE: _("change or cancel the assembly"),
        Act.OPEN_MEETING: _("open the assembly"),
        Act.CLOSE_MEETING: _("close the assembly"),
        Act.OPEN_VOTE: _("open the vote"),
        Act.CLOSE_VOTE: _("close or suspend the vote"),
        Act.PRONOUNCE_OUTCOME: _("pronounce the outcome"),
        Act.RECTIFY_OUTCOME: _("correct the outcome"),
        Act.OPEN_OUTSIDE: _("open the vote outside a meeting"),
        Act.CLOSE_OUTSIDE: _("close the vote outside a meeting"),
        Act.PUBLISH_DECISIONS: _("send the decision list"),
        Act.BROADCAST: _("send the notice"),
        Act.CONFIRM_ENTRY: _("decide on what was entered"),
    }.get(Act(act) if act in set(Act) else Act.LEAD_MEETING, _("go on"))


@screen(facts.SecurityOverview)
def overview(shown: facts.SecurityOverview, _association: Association) -> Content:
    """Show whether there is a second factor."""
    heading = _("<b>Security</b>")
    if not shown.confirmed:
        text = _(
            "You have no second factor. With one, opening, closing and sending ask for a code of an app on your phone. "
            "So nobody can do that who only has your Telegram."
        )
        if shown.mode is SecondFactorMode.REQUIRED:
            text += "\n\n" + _("It is required here: without it you cannot open, close or send anything.")
        button = Button(_("Set up the second factor"), presses.SetUpFactor().encode(), style="primary")
        return Content(f"{heading}\n{text}", ((button,),))
    text = (
        _("You have a second factor.")
        + " "
        + ngettext(
            "{count} recovery code was not used yet.", "{count} recovery codes were not used yet.", shown.codes_left
        ).format(count=shown.codes_left)
    )
    if shown.mode is SecondFactorMode.OFF:
        text += "\n\n" + _("No code is asked now: that is switched off in the settings.")
    return Content(
        f"{heading}\n{text}",
        (
            (Button(_("Make new recovery codes"), presses.NewRecoveryCodes().encode()),),
            (Button(_("Erase the second factor"), presses.EndFactor().encode(), style="danger"),),
        ),
    )


@screen(facts.Enrolment)
def enrolment(shown: facts.Enrolment, _association: Association) -> Content:
    """Show the secret for the app."""
    text = _(
        "1. Open an app for codes on your phone, such as Google Authenticator or Microsoft Authenticator.\n"
        "2. Scan this picture with the app, or type this key: <code>{key}</code>\n"
        "3. Type the six digits of the app here.\n\n"
        "This message is erased after that. Show it to nobody."
    )
    return Content(
        text.format(key=escape(clip(shown.key, 40))),
        document=MadePicture("tweede-factor.png", qr_png(clip(shown.address, ADDRESS_LIMIT))),
        protect=True,
    )


@screen(facts.FactorConfirmed)
def confirmed(_facts: facts.FactorConfirmed, _association: Association) -> Content:
    """Confirm that the second factor works."""
    return Content("✅ " + _("Your second factor works. Recovery codes follow."))


@screen(facts.RecoveryCodes)
def recovery_codes(shown: facts.RecoveryCodes, _association: Association) -> Content:
    """Show the recovery codes."""
    codes = "\n".join(f"<code>{escape(clip(code, 40))}</code>" for code in shown.codes[:20])
    text = _(
        "<b>Recovery codes</b>\nEach works once in the place of a code of the app. "
        "Write them down and erase this message. Earlier codes no longer work."
    )
    erase = Button(_("Erase this message"), presses.EraseMessage().encode())
    return Content(f"{text}\n\n{codes}", ((erase,),), protect=True)


@screen(facts.CodeAsked)
def code_asked(shown: facts.CodeAsked, _association: Association) -> Content:
    """Ask for a code."""
    text = _("Type the six digits of your app to {act}. A recovery code is possible too.")
    again = " " + _("Your text was not saved; send it again after the code.") if shown.text else ""
    return Content("🔐 " + text.format(act=act_name(shown.act)) + again)


@screen(facts.CodeAccepted)
def code_accepted(shown: facts.CodeAccepted, association: Association) -> Content:
    """Offer the button that waited."""
    if not shown.press:
        return Content(
            "✅ "
            + _("The code is right. Until {time} no code is asked. Send your text again to {act}.").format(
                time=time(shown.until, association), act=act_name(shown.act)
            )
        )
    text = "✅ " + _("The code is right. Until {time} no code is asked. Press to {act}.").format(
        time=time(shown.until, association), act=act_name(shown.act)
    )
    if sum(kind.matches(shown.press) for kind in presses.Press.kinds.values()) != 1:
        return Content(text)  # the button is of an earlier version
    return Content(text, ((Button(_("Go on"), shown.press, style="primary"),),))


@screen(facts.RecoveryCodeUsed)
def recovery_code_used(shown: facts.RecoveryCodeUsed, _association: Association) -> Content:
    """Tell how many recovery codes are left."""
    text = ngettext(
        "A recovery code was used; {count} is left. New ones: /beveiliging.",
        "A recovery code was used; {count} are left. New ones: /beveiliging.",
        shown.left,
    )
    return Content(text.format(count=shown.left))


@screen(facts.FactorEnded)
def ended(shown: facts.FactorEnded, _association: Association) -> Content:
    """Tell that a second factor was taken away."""
    name = escape(clip(shown.name, NAME_LIMIT))
    if shown.actor is None:
        return Content(
            _("The second factor of {name} was erased. A new one is set up with /beveiliging.").format(name=name)
        )
    text = _("{actor} erased your second factor. Set up a new one with /beveiliging.")
    return Content(text.format(actor=escape(clip(shown.actor, NAME_LIMIT))))


@screen(facts.MessageErased)
def erased(shown: facts.MessageErased, _association: Association) -> Erasure:
    """Take a message out of the chat."""
    return Erasure(shown.message_id)
