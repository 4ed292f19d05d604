"""The press of a secret choice leaves no trace of it on its way in: handled, refused, repeated or failed."""

import io
import sys
from dataclasses import replace

import pytest

from assembly.options import Chosen
from bot import logs
from screens.presses import CastSecret, ChooseSecret
from simulator.testing import TOKEN
from tests.bot.sending import ON_SQLITE
from tests.hostile.stage import Stage
from tests.hostile.test_presses import query
from tests.support.register import STRANGER
from tests.support.tables import rows_of

CHOICE = "against"
SAID = ("against", "tegen")
ABOUT_THE_OPTIONS = {"motions", "outcomes", "box_counts", "journal", "journal_private", "ballots"}
"""Tables in which the options stand, or what was cast and counted by roll-call before."""


@ON_SQLITE
@pytest.mark.usefixtures("_restored_logging")
async def test_a_secret_press_is_written_down_nowhere(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs at their loudest, done-keys, dead letters, the outbox and every other table know that somebody voted."""
    few = replace(stage.storage.association.statutes, secret_minimum=2)
    stage.storage.association = replace(stage.storage.association, statutes=few)
    await stage.evening.end_vote(stage.motion_id)
    motion_id = await stage.evening.put_to_vote("4", secret=True)
    await stage.forget()
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure("DEBUG", "json", [TOKEN])
    account = stage.evening.register.representative("Deventer")
    presses = [kind(motion_id, 0, Chosen(CHOICE)).encode() for kind in (ChooseSecret, CastSecret, CastSecret)]
    await stage.feed([query(account, press, next(stage.numbers)) for press in presses])
    counts = await stage.storage.read(lambda unit: unit.boxes.counts(motion_id))
    assert counts == {"for": 0, "against": 1, "abstain": 0}

    def fail(*secrets: object) -> None:
        raise RuntimeError(f"{CHOICE} {secrets}")

    monkeypatch.setattr("services.secret_ballots.check_selection", fail)
    other = stage.evening.register.representative("Emmen")
    await stage.feed([query(who, press, next(stage.numbers)) for who in (other, STRANGER) for press in presses])
    assert len(await stage.letters()) == len(presses)
    logged = written.getvalue()
    assert "dead letter" in logged
    assert not [said for said in SAID if said in logged]
    for name, rows in (await rows_of(database_url)).items():
        if name not in ABOUT_THE_OPTIONS:
            assert not [said for said in SAID if said in repr(rows)], name
