"""What the journal holds of a vote: options by their keys, because their labels may be names of people."""

from typing import Any

from assembly.motions import OptionsOutcome, Question
from assembly.tally import Outcome
from storage.facts import dump


def in_journal(vote: Question | Outcome | OptionsOutcome) -> dict[str, Any]:
    """Return what is asked, or what was counted, with the options by key alone."""
    facts = dump(vote)
    return facts if isinstance(vote, Outcome) else facts | {"options": [option.key for option in vote.options]}


def names_in_journal(question: Question) -> dict[str, Any]:
    """Return the labels of the options by key, for the part of an entry that can be erased."""
    return {"options": {option.key: option.label for option in question.options}}
