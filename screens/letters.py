"""Letters of proxies: the one that is made, and the signed ones that people send."""

from assembly.association import Association
from assembly.facts import letters as facts
from screens.catalogue import _
from screens.content import Button, Content, StoredDocument, StoredPicture
from screens.meetings import cancel_row
from screens.presses import AskLetter, JudgeLetter
from screens.proxies import member_of, name_of
from screens.registry import screen
from screens.texts import clip, escape


@screen(facts.ProxyLetter)
def letter(shown: facts.ProxyLetter, association: Association) -> Content:
    """Say what to do with the letter, which comes along."""
    text = _("Letter of the proxy of {member} to {holder}.").format(
        member=member_of(shown.member, association), holder=name_of(shown.holder)
    )
    if shown.instruction:
        text += "\n\n" + _("The instruction is on a page of its own, for the holder alone.")
    if not shown.may_attach:
        return Content(text)
    text += "\n\n" + _("Have it signed and send a photo or PDF of the first page, or sign in the chat.")
    return Content(text, ((Button(_("Send the signed letter"), AskLetter(shown.proxy_id).encode()),),))


@screen(facts.LetterExpected)
def expected(shown: facts.LetterExpected, association: Association) -> Content:
    """Ask for the signed letter."""
    text = _("Send the signed letter of the proxy of {member} to {holder}, as a photo or a PDF.")
    if shown.signs:
        text += " " + _("You may sign on behalf of {member}: sending it signs the proxy.")
    else:
        text += " " + _("Somebody of the secretariat looks at it; then the proxy counts as signed.")
    said = text.format(member=member_of(shown.member, association), holder=name_of(shown.holder))
    return Content(said, (cancel_row(),))


@screen(facts.LetterReceived)
def received(shown: facts.LetterReceived, association: Association) -> Content:
    """Confirm that the letter is kept."""
    text = _("📎 The signed letter of the proxy of {member} to {holder} is kept.")
    if not shown.signs:
        text += " " + _("The secretariat looks at it; then the proxy counts as signed.")
    return Content(text.format(member=member_of(shown.member, association), holder=name_of(shown.holder)))


@screen(facts.LetterShown)
def shown(shown: facts.LetterShown, association: Association) -> Content:
    """Show a signed letter, with the question whether it is signed where its reader decides that."""
    text = _("Signed letter of the proxy of {member} to {holder}, sent by {sender}.").format(
        member=member_of(shown.member, association), holder=name_of(shown.holder), sender=name_of(shown.sender)
    )
    text += "\n" + _("SHA-256: {digest}").format(digest=f"<code>{escape(clip(shown.sha256, 64))}</code>")
    kind = StoredPicture if shown.photo else StoredDocument
    if not shown.to_judge:
        return Content(text, document=kind(shown.telegram_file_id))
    text += "\n\n" + _("Is it signed by somebody who may, and is it this proxy? Then it counts as signed.")
    yes = Button(_("It is signed"), JudgeLetter(shown.letter_id, 1).encode(), style="primary")
    no = Button(_("It is not right"), JudgeLetter(shown.letter_id, 0).encode(), style="danger")
    return Content(text, ((yes,), (no,)), kind(shown.telegram_file_id))


@screen(facts.LetterJudged)
def judged(shown: facts.LetterJudged, association: Association) -> Content:
    """Tell that the secretariat did not take a letter."""
    text = _(
        "The secretariat did not find the signature on the letter of the proxy of {member} to {holder}. The proxy has "
        "yet to be signed."
    ).format(member=member_of(shown.member, association), holder=name_of(shown.holder))
    return Content(text, ((Button(_("Send the signed letter"), AskLetter(shown.proxy_id).encode()),),))
