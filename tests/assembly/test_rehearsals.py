"""Rehearsals: who plays which member, and what may not be done meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import NobodyRehearses, RehearsalOn
from assembly.rehearsals import Rehearsal, RehearsalState, check_players, check_stage_clear, deal

IDS = st.lists(st.integers(1, 40), unique=True)


@given(IDS, st.dictionaries(st.integers(1, 40), IDS), IDS.filter(bool))
def test_every_member_is_played_by_somebody(
    members: list[int], representatives: dict[int, list[int]], players: list[int]
) -> None:
    """Who represents a member plays it; all others are dealt out evenly, to players and to nobody else."""
    dealt = deal(members, representatives, players)
    own = {member for member in members if set(representatives.get(member, [])) & set(players)}
    assert dealt.keys() == set(members) - own
    carried = [list(dealt.values()).count(player) for player in players]
    assert sum(carried) == len(dealt)
    assert max(carried) - min(carried) <= 1


def test_nobody_plays() -> None:
    """Without players there is nothing to rehearse."""
    check_players([1])
    with pytest.raises(NobodyRehearses):
        check_players([])


@pytest.mark.parametrize("state", RehearsalState)
def test_the_real_one_is_not_opened_meanwhile(state: RehearsalState) -> None:
    """From the beginning until it is to be erased; that the erasing itself is held up holds up nothing else."""
    rehearsal = Rehearsal(1, 1, state, (), ())
    check_stage_clear(None)
    if state in {RehearsalState.BEGUN, RehearsalState.RUNNING}:
        with pytest.raises(RehearsalOn):
            check_stage_clear(rehearsal)
    else:
        check_stage_clear(rehearsal)
