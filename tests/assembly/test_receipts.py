"""Receipts: the same for the same ballot, and another for any other."""

from datetime import UTC, datetime, timedelta, timezone

from assembly.receipts import receipt_code

MOMENT = datetime(2019, 2, 13, 17, 30, 5, 123456, tzinfo=UTC)


def test_a_receipt_names_one_ballot() -> None:
    """Vote, seat, choice, moment and key each make another code; the zone in which a moment is written does not."""
    code = receipt_code("key", 1, 2, ("for",), MOMENT)
    assert receipt_code("key", 1, 2, ("for",), MOMENT.astimezone(timezone(timedelta(hours=1)))) == code
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    others = {
        receipt_code("other", 1, 2, ("for",), MOMENT),
        receipt_code("key", 12, 2, ("for",), MOMENT),
        receipt_code("key", 1, 3, ("for",), MOMENT),
        receipt_code("key", 1, 2, ("1", "3"), MOMENT),
        receipt_code("key", 1, 2, ("13",), MOMENT),
        receipt_code("key", 1, 2, ("for",), MOMENT + timedelta(microseconds=1)),
    }
    assert len(others | {code}) == 7
