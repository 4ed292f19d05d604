"""What people see of coming in: links, codes, cards and requests."""

import csv
import io
from datetime import UTC, datetime

import pytest

from assembly.access import Registration, SecondFactorMode
from assembly.association import Association
from assembly.facts.people import CardAction, EndPreview, InvitePreview, PersonCard, PersonShown
from assembly.facts.register import RegistrationLink, RegistrationLinks
from assembly.facts.registration import Help, RoleShown, Stranger
from assembly.facts.second_factor import CodeAccepted, CodeAsked, Enrolment, SecurityOverview
from assembly.members import Role
from assembly.permissions import COMMANDS, RULES, Act
from screens import render
from screens.content import Content, MadeDocument, MadePicture
from screens.menu import command_list
from screens.presses import OpenMeeting
from screens.second_factor import act_name

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ", bot_username="voorbeeldbot")
AT = datetime(2019, 2, 13, 17, 30, tzinfo=UTC)
REPRESENTATIVE = RoleShown(Role.REPRESENTATIVE, "Deventer")


def drawn(facts: object) -> Content:
    """Return the message of facts."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return content


def labels(content: Content) -> list[str]:
    """Return the words on the buttons."""
    return [button.label for row in content.keyboard for button in row]


@pytest.mark.parametrize("name", ["=1+1", "+31", "-Bo", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_no_name_is_a_formula(name: str) -> None:
    """A spreadsheet reads no name, function or address in the mail-merge file as a formula."""
    link = RegistrationLink(name, name, name, name, "A" * 32)
    document = drawn(RegistrationLinks((link,), 30)).document
    assert isinstance(document, MadeDocument)
    assert document.content.startswith(b"\xef\xbb\xbf")
    _header, row = csv.reader(io.StringIO(document.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert [cell[0] for cell in row[:-1]] == ["'"] * 4
    assert row[-1] == "https://t.me/voorbeeldbot?start=" + "A" * 32


def test_every_guarded_act_is_named() -> None:
    """Who is asked for a code reads what it is for."""
    guarded = [act for act in Act if RULES[act].guarded]
    names = [act_name(act.value) for act in guarded]
    assert len(set(names)) == len(guarded)
    assert "door te gaan" not in names
    assert act_name("an act of another version") == "door te gaan"
    assert "om de ALV te openen" in drawn(CodeAsked(Act.OPEN_MEETING.value)).text


def test_the_button_that_waited_comes_back() -> None:
    """After a code the same button stands there again; one of an earlier version does not."""
    accepted = drawn(CodeAccepted(Act.OPEN_MEETING.value, OpenMeeting(7).encode(), AT))
    assert accepted.keyboard[0][0].data == OpenMeeting(7).encode()
    assert "Tot 18.30 uur" in accepted.text
    assert drawn(CodeAccepted(Act.OPEN_MEETING.value, "0:open:7", AT)).keyboard == ()


def test_a_secret_stays_in_the_chat() -> None:
    """The picture and the key can be neither forwarded nor saved."""
    shown = drawn(Enrolment("ABCDEFGH", "otpauth://totp/x?secret=ABCDEFGH"))
    assert shown.protect
    assert isinstance(shown.document, MadePicture)
    assert shown.document.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("mode", "confirmed", "words"),
    [
        (SecondFactorMode.OPTIONAL, False, "nog geen tweede factor"),
        (SecondFactorMode.REQUIRED, False, "verplicht"),
        (SecondFactorMode.OFF, True, "staat uit in de instellingen"),
        (SecondFactorMode.REQUIRED, True, "Er zijn nog 3 herstelcodes."),
    ],
)
def test_security_says_what_holds(mode: SecondFactorMode, confirmed: bool, words: str) -> None:
    """Who looks at its security reads whether a code is asked."""
    assert words in drawn(SecurityOverview(mode, confirmed, 3)).text


def test_a_card_offers_what_its_reader_may_do() -> None:
    """A colleague's buttons go to the member's own services, the secretariat's to its own."""
    person = PersonShown(5, "Bo", "wethouder", (REPRESENTATIVE,), Registration.LINK_EXPIRED, AT)
    card = PersonCard(person, 0, "bo@deventer.example", second_factor=False, actions=tuple(CardAction))
    shown = drawn(card)
    assert "link verlopen op woensdag 13 februari 2019" in shown.text
    assert "Tweede factor: niet ingesteld" in shown.text
    assert len(set(labels(shown))) == len(CardAction)
    own = drawn(PersonCard(person, 3, "", None, tuple(CardAction)))
    office = {button.data for row in shown.keyboard for button in row}
    member = {button.data for row in own.keyboard for button in row}
    assert {data for data in office & member if data} == {"1:blockask:5", "1:letter:5", "1:unlink:5", "1:sfreset:5"}


def test_what_is_about_to_happen_is_said_in_full() -> None:
    """A preview names who comes, who goes, which proxies lapse, and who is the last."""
    preview = drawn(
        InvitePreview(
            draft=1,
            member="Deventer",
            name="Bo",
            function="wethouder",
            roles=(Role.REPRESENTATIVE,),
            known=False,
            leaver="Jo",
            proxies=("Raalte", "Zwolle"),
        )
    )
    assert "Bo</b> (wethouder) wordt stemgerechtigde vertegenwoordiger van de gemeente Deventer." in preview.text
    assert "De volmachten van de gemeente Raalte en de gemeente Zwolle vervallen." in preview.text
    ending = drawn(EndPreview(5, 3, "Bo", (REPRESENTATIVE,), (), (Role.COORDINATOR,), self_=True))
    assert "Daarna is er geen coördinator meer." in ending.text
    assert "u kunt het niet terugdraaien" in ending.text


def test_commands_come_from_the_table() -> None:
    """Every command but /start is offered to whoever may do what it is for, and only to those."""
    assert {command for command, _ in command_list(tuple(Act))} == set(COMMANDS) - {"start"}
    assert {command for command, _ in command_list(())} == {"menu", "annuleren", "help", "privacy"}
    assert "/gegevens" not in drawn(Help(())).text


def test_a_stranger_can_ask() -> None:
    """Who has no letter finds the way in."""
    assert labels(drawn(Stranger())) == ["Toegang aanvragen"]
