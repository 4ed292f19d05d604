"""What a press for all that was prepared came to, as the answer to it."""

from assembly.association import Association
from assembly.facts.statements import PreparedReceipt, StatementChoice, StatementExpected, StatementRecorded
from assembly.wording import utf16_length
from screens import render
from screens.content import Content
from screens.refusals import ALERT_LIMIT
from screens.statements import recorded_prepared


def test_a_prepared_receipt_fits_in_the_answer() -> None:
    """With long names of every kind too; and it says that it can be changed where there is nothing else to say."""
    names = ("Gemeente met een heel erg lange naam " * 3,) * 31
    assert utf16_length(recorded_prepared(PreparedReceipt(31, names, names, names))) <= ALERT_LIMIT
    assert recorded_prepared(PreparedReceipt(2, (), (), ())) == (
        "Volgens de voorbereiding uitgebracht voor 2 stemmen. U kunt dit wijzigen tot de stemming sluit."
    )


ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")


def said(facts: object) -> str:
    """Return the words of a screen."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return content.text


def test_a_quoted_sentence_keeps_its_own_stop() -> None:
    """What ends in a stop, a question or a shout gets no further stop after the quotation; anything else gets one."""
    for text, quoted in (("Voor.", "“Voor.” U"), ("Waarom?", "“Waarom?” U"), ("Voor", "“Voor”. U")):
        assert f"stemverklaring van de gemeente Assen: {quoted} kunt" in said(StatementRecorded("2", "Assen", text))
    assert "Nu: “Tegen.” Een streepje" in said(StatementExpected("2", "Budget", "Assen", "Tegen."))


def test_a_vote_outside_a_meeting_has_a_title_and_no_agenda_item() -> None:
    """A statement with a vote of no meeting names its title."""
    for facts in (
        StatementExpected("1", "Fusie", "Assen", "", outside=True),
        StatementChoice(1, "1", "Fusie", ((1, "Assen"), (2, "Emmen")), outside=True),
    ):
        assert "“Fusie”" in said(facts)
        assert "agendapunt" not in said(facts)
    assert "agendapunt 2" in said(StatementExpected("2", "Fusie", "Assen", ""))
