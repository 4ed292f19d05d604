"""Members, roles, the table of who may do what, notices, and the defaults of the statutes."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import NotAllowed
from assembly.meetings import MeetingState
from assembly.members import GUESTS, Acting, Member, Person, Role, RoleHeld
from assembly.permissions import RULES, Act, check_may, may, states_for
from assembly.proxies import BoardHolder, ProxyKind
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority, Threshold

PERSON = Person(10, "Coördinator Deventer", "coördinator")

TABLE = """
                     representative coordinator signatory secretariat chair guest  states guarded
import_members             -             -          -          x        -     -     any      -
apply_members              -             -          -          x        -     -     any      x
export_links               -             -          -          x        -     -     any      -
make_links                 -             -          -          x        -     -     any      x
see_people                 -             -          -          x        -     -     any      -
manage_people              -             -          -          x        -     -     any      x
block_phone                x             x          x          x        -     -     any      -
see_colleagues             x             x          x          -        -     -     any      -
manage_colleagues          -             x          -          -        -     -     any      -
secure_account             -             -          -          x        x     -     any      -
weaken_account             -             -          -          x        x     -     any      x
prepare_meeting            -             -          -          x        -     -     any      -
edit_meeting               -             -          -          x        -     -     d        -
edit_items                 -             -          -          x        -     -     dco      -
preview_convocation        -             -          -          x        -     -     d        -
convene                    -             -          -          x        -     -     d        x
send_late_papers           -             -          -          x        -     -     co       x
see_deliveries             -             -          -          x        -     -     colx     -
lead_meeting               -             -          -          x        x     -     any      -
open_meeting               -             -          -          x        x     -     c        x
close_meeting              -             -          -          x        x     -     o        x
lead_vote                  -             -          -          x        x     -     o        -
set_options                -             -          -          x        x     -     dco      -
open_vote                  -             -          -          x        x     -     o        x
close_vote                 -             -          -          x        x     -     o        x
pronounce_outcome          -             -          -          x        x     -     o        x
rectify_outcome            -             -          -          x        x     -     ol       x
publish_decisions          -             -          -          x        x     -     any      x
send_notice                -             -          -          x        -     -     any      -
broadcast                  -             -          -          x        -     -     any      x
link_group                 -             -          -          x        -     -     any      -
reply                      x             x          x          -        -     -     c        -
set_positions              x             x          x          -        -     -     co       -
prepare_proxy              x             x          x          -        -     -     co       -
sign_proxy                 x             x          x          -        -     -     co       -
judge_letter               -             -          -          x        -     -     co       -
hold_proxy                 x             x          x          x        x     x     co       -
see_seats                  x             x          x          x        x     x     any      -
cast_ballot                x             x          x          x        x     x     o        -
check_in                   x             x          x          x        x     x     o        -
ask_floor                  x             x          x          x        x     x     o        -
give_floor                 -             -          -          x        x     -     o        -
see_attendance             x             x          x          x        x     x     ol       -
see_decisions              x             x          x          x        x     x     any      -
read_papers                x             x          x          x        x     x     col      -
print_cards                -             -          -          x        -     -     co       -
enter_on_behalf            -             -          -          x        -     -     co       -
confirm_entry              -             -          -          x        x     -     co       x
see_entries                -             -          -          x        x     -     any      -
object_to_entry            x             x          x          x        x     x     any      -
confirm_receipt            x             x          x          x        x     x     colx     -
change_meeting             -             -          -          x        -     -     c        -
send_change                -             -          -          x        -     -     c        x
record_dispatch            -             -          -          x        -     -     colx     -
give_consent               x             x          x          -        -     -     any      -
make_proof                 -             -          -          x        -     -     colx     -
prepare_second             -             -          -          x        -     -     l        -
set_options                -             -          -          x        x     -     dco      -
prepare_outside            -             -          -          x        -     -     any      -
open_outside               -             -          -          x        -     -     any      x
close_outside              -             -          -          x        -     -     any      x
rehearse                   -             -          -          x        -     -     dc       -
manage_rehearsal           -             -          -          x        -     -     any      -
vote_in_advance            x             -          -          -        -     -     c        -
"""
"""Who may do what and when, as the secretariat would read it. A guest is also whoever takes the minutes.

States of the assembly: d draft, c convened, o open, l closed, x cancelled. Guarded: after a code of the second factor.
"""

GUEST = "guest"


def acting(*roles: RoleHeld) -> Acting:
    """Return a person with roles."""
    return Acting(PERSON, roles)


def lines() -> dict[str, dict[str, str]]:
    """Return the table's cells by act and column."""
    header, *rows = (line.split() for line in TABLE.strip().splitlines())
    return {row[0]: dict(zip(header, row[1:], strict=True)) for row in rows}


def permits(act: Act, role: Role) -> bool:
    """Whether the table permits the act to the role."""
    guest = role in {*GUESTS, Role.MINUTES_TAKER}
    return lines()[act.value][GUEST if guest else role.value] == "x"


def test_the_table_is_complete() -> None:
    """Every act has its line, here and in the code."""
    assert set(lines()) == {act.value for act in Act}
    assert set(RULES) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_when_an_act_is_possible(act: Act) -> None:
    """Each act is possible in the states that the table says, and guarded where it says so."""
    letters = {
        "d": MeetingState.DRAFT,
        "c": MeetingState.CONVENED,
        "o": MeetingState.OPEN,
        "l": MeetingState.CLOSED,
        "x": MeetingState.CANCELLED,
    }
    states = lines()[act.value]["states"]
    assert states_for(act) == (frozenset(MeetingState) if states == "any" else {letters[one] for one in states})
    assert RULES[act].guarded is (lines()[act.value]["guarded"] == "x")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_who_may_do_what(act: Act, role: Role) -> None:
    """Each role may do what the table says; what it may not is refused with the act's name."""
    person = acting(RoleHeld(role, 1 if role.of_member else None))
    allowed = permits(act, role)
    assert may(person, act) is allowed
    if allowed:
        check_may(person, act)
    else:
        with pytest.raises(NotAllowed) as refused:
            check_may(person, act)
        assert refused.value.act == act.value


@pytest.mark.parametrize("act", Act)
def test_without_a_role_nothing_is_allowed(act: Act) -> None:
    """Somebody whose roles ended may do nothing."""
    assert not may(acting(), act)


def test_one_of_several_roles_is_enough() -> None:
    """Roles add up."""
    person = acting(RoleHeld(Role.OBSERVER), RoleHeld(Role.CHAIR))
    assert may(person, Act.LEAD_VOTE)
    assert not may(person, Act.CONVENE)


def test_roles_are_held_for_members() -> None:
    """A role for one member is none for another, and members are listed once, in order."""
    person = acting(
        RoleHeld(Role.REPRESENTATIVE, 2),
        RoleHeld(Role.COORDINATOR, 1),
        RoleHeld(Role.COORDINATOR, 2),
        RoleHeld(Role.CHAIR),
    )
    assert person.has(Role.CHAIR)
    assert person.has(Role.REPRESENTATIVE, 2)
    assert not person.has(Role.REPRESENTATIVE, 1)
    assert not person.has(Role.SECRETARIAT)
    assert person.members(Role.REPRESENTATIVE, Role.COORDINATOR) == (2, 1)
    assert person.members(Role.SIGNATORY) == ()
    assert person.members(Role.CHAIR) == ()


def test_three_roles_are_of_a_member() -> None:
    """Representatives, coordinators and signatories act for a member; the others for the association."""
    assert {role for role in Role if role.of_member} == {Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY}


def test_membership_begins_and_ends() -> None:
    """The first day counts and the last is the day before the end: Ten Boer is no member on 1 January 2019."""
    boer = Member(1, "ten-boer", "Ten Boer", since=date(2008, 1, 1), until=date(2019, 1, 1))
    assert [
        boer.active_on(day) for day in (date(2007, 12, 31), date(2008, 1, 1), date(2018, 12, 31), date(2019, 1, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert Member(2, "deventer", "Deventer").active_on(date(1900, 1, 1))


def test_the_defaults_of_the_statutes() -> None:
    """What holds where an association settles nothing else."""
    statutes = Statutes()
    assert statutes.notice_days == 14
    assert statutes.majority == Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
    assert statutes.special_majority == Majority(Threshold(Fraction(2, 3), strict=False), Basis.CAST)
    assert statutes.quorum is None
    assert statutes.proxy_kinds == {ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER, ProxyKind.STANDING}
    assert statutes.proxy_board_holder is BoardHolder.WARNED
    assert (statutes.proxy_maximum, statutes.proxy_deadline_hours, statutes.proxy_substitution) == (2, 0, False)
    assert statutes.proxy_grantors == {Role.REPRESENTATIVE, Role.SIGNATORY}
    assert statutes.persons_secret


@pytest.mark.parametrize(
    ("inhabitants", "per_vote", "maximum", "votes"),
    [
        (100_000, None, None, 3),
        (100_000, 1_000, None, 100),
        (1_001, 1_000, None, 2),
        (0, 1_000, None, 1),
        (100_000, 1_000, 75, 75),
        (None, 1_000, None, 3),
        (100_000, None, 2, 2),
    ],
)
def test_votes_by_inhabitants(inhabitants: int | None, per_vote: int | None, maximum: int | None, votes: int) -> None:
    """A vote for each so many inhabitants or a part of them, at least one, at most the maximum; else the register's."""
    member = Member(1, "deventer", "Deventer", inhabitants, votes=3)
    statutes = Statutes(inhabitants_per_vote=per_vote, votes_maximum=maximum)
    (weighed,) = statutes.weigh([member])
    assert weighed.votes == votes


@pytest.mark.parametrize(
    ("inhabitants", "votes"), [(None, 9), (0, 1), (19_999, 1), (20_000, 2), (49_999, 2), (50_000, 5)]
)
def test_votes_by_a_table(inhabitants: int | None, votes: int) -> None:
    """From so many inhabitants up so many votes; a member of which nobody knows them has those of the register."""
    statutes = Statutes(votes_by_inhabitants=((0, 1), (20_000, 2), (50_000, 5)))
    (weighed,) = statutes.weigh([Member(1, "deventer", "Deventer", inhabitants, votes=9)])
    assert weighed.votes == votes


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.fractions(Fraction(1, 12), 1, max_denominator=12))
def test_nobody_has_more_than_a_share(votes: list[int], share: Fraction) -> None:
    """What is above the share of all votes that are left does not exist: the highest limit for which that holds."""
    members = [Member(number, str(number), str(number), None, votes=held) for number, held in enumerate(votes)]
    weighed = [member.votes for member in Statutes(votes_maximum_share=share).weigh(members)]

    def fits(limit: int) -> bool:
        return min(limit, max(votes)) <= share * sum(min(held, limit) for held in votes)

    limit = next((limit for limit in range(max(votes), 0, -1) if fits(limit)), 1)
    assert weighed == [min(held, limit) for held in votes]
