"""Whatever several people do at once and whatever breaks: some order of the acknowledged acts explains it."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from tests.histories.machine import Broken, machine
from tests.support.databases import Databases

MANY = int(os.environ.get("PROOF_HISTORIES", "1000"))
"""Histories that `make proof` looks at, on each database."""


def _explained(
    databases: Databases, association: Association, monkeypatch: pytest.MonkeyPatch, chosen: settings
) -> None:
    broken = Broken()

    async def commit(connection: AsyncConnection) -> None:
        await broken.committing(connection)

    monkeypatch.setattr(AsyncConnection, "commit", commit)
    run_state_machine_as_test(machine(databases, association, broken), settings=chosen)


CHOSEN = settings(deadline=None, suppress_health_check=list(HealthCheck), stateful_step_count=12, database=None)


def test_some_order_explains_what_happened(
    databases: Databases, association: Association, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few short histories, the same ones every time."""
    _explained(
        databases, association, monkeypatch, settings(CHOSEN, max_examples=8, derandomize=True, phases=[Phase.generate])
    )


@pytest.mark.proof
def test_some_order_explains_many_histories(
    databases: Databases, association: Association, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many long histories, others each time; Hypothesis prints the one that nothing explains."""
    _explained(
        databases,
        association,
        monkeypatch,
        settings(CHOSEN, max_examples=MANY, stateful_step_count=30, print_blob=True),
    )
