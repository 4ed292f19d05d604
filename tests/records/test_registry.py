"""Which file is made of which facts."""

from dataclasses import dataclass

import pytest

from assembly.association import Association
from records.registry import RECORDS, Record, make, record

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.")


@dataclass(frozen=True)
class Minutes:
    """Facts of the test's own."""

    title: str


def minutes(facts: Minutes, association: Association) -> Record:
    """Make a file of the facts."""
    return Record("notulen.txt", "text/plain", f"{facts.title} van {association.name}".encode())


def test_a_record_is_made_of_its_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts with a record come with its file, and others with none."""
    monkeypatch.setitem(RECORDS, Minutes, minutes)
    made = make(Minutes("Notulen"), ASSOCIATION)
    assert made == Record("notulen.txt", "text/plain", "Notulen van Coöperatie Voorbeeld U.A.".encode())
    assert make("Notulen", ASSOCIATION) is None


def test_facts_have_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second record of the same facts is a mistake that shows at once."""
    monkeypatch.setitem(RECORDS, Minutes, minutes)
    with pytest.raises(ValueError, match="Minutes"):
        record(Minutes)(minutes)
