"""What a press for all that was prepared came to, as the answer to it."""

from assembly.facts.statements import PreparedReceipt
from assembly.wording import utf16_length
from screens.refusals import ALERT_LIMIT
from screens.statements import recorded_prepared


def test_a_prepared_receipt_fits_in_the_answer() -> None:
    """With long names of every kind too; and it says that it can be changed where there is nothing else to say."""
    names = ("Gemeente met een heel erg lange naam " * 3,) * 31
    assert utf16_length(recorded_prepared(PreparedReceipt(31, names, names, names))) <= ALERT_LIMIT
    assert recorded_prepared(PreparedReceipt(2, (), (), ())) == (
        "Volgens de voorbereiding uitgebracht voor 2 stemmen. U kunt dit wijzigen tot de stemming sluit."
    )
