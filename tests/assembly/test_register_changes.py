"""What a register file would change."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.members import Acting, Member, Person, Role, RoleHeld
from assembly.register_changes import Difference, FieldChange, Known, Reading, RoleGiven, compare, name_key
from assembly.register_file import MemberRow, PersonRow, RegisterFile

TODAY = date(2019, 2, 1)
ASSEN, EMMEN = Member(1, "assen", "Assen", 68_000), Member(2, "emmen", "Emmen")
WETHOUDER = Acting(
    Person(10, "Portefeuillehouder Assen", "wethouder", "p@assen.example", 1001), (RoleHeld(Role.REPRESENTATIVE, 1),)
)
COORDINATOR = Acting(Person(11, "Coördinator Assen", "coördinator"), (RoleHeld(Role.COORDINATOR, 1),))
OFFICE = Acting(Person(12, "Regiebureau", "regiebureau", None, 9001), (RoleHeld(Role.SECRETARIAT),))
COLLEAGUE = Acting(Person(13, "Collega", "regiebureau", None, 9002), (RoleHeld(Role.SECRETARIAT),))
KNOWN = Known((ASSEN, EMMEN), (WETHOUDER, COORDINATOR, OFFICE), TODAY, taker=12)


def row(
    name: str,
    role: Role = Role.REPRESENTATIVE,
    code: str | None = "assen",
    *,
    function: str | None = None,
    email: str | None = None,
    number: int = 0,
) -> PersonRow:
    """Return a row of a person."""
    return PersonRow(name, function, email, role, code, "portefeuillehouder", number)


def register(*people: PersonRow, members: tuple[MemberRow, ...] = (MemberRow("assen", "Assen"),)) -> RegisterFile:
    """Return the contents of a file."""
    return RegisterFile(members, people, ())


def changes(
    file: RegisterFile, known: Known = KNOWN, reading: Reading = Reading.UPDATE
) -> tuple[list[str], list[str], list[str]]:
    """Return the names of the new people, of those that change and of those whose roles end."""
    found = compare(file, known, reading)
    assert found.errors == ()
    return (
        [change.new.name for change in found.people if change.old is None],
        [change.new.name for change in found.people if change.old is not None],
        [ending.acting.person.name for ending in found.endings],
    )


ALL = (row("Portefeuillehouder Assen", email="p@assen.example"), row("Coördinator Assen", Role.COORDINATOR))


def test_a_file_that_says_what_is_there() -> None:
    """Nothing changes, and everything counts as unchanged."""
    members = (MemberRow("assen", "Assen", 68_000, 1), MemberRow("emmen", "Emmen"))
    assert compare(register(*ALL, members=members), KNOWN, Reading.UPDATE) == Difference((), (), (), (), 4, ())


def test_open_facts_stay_as_they_are() -> None:
    """What a file leaves out is kept: dates, votes and inhabitants, function and address."""
    heavy = Member(1, "assen", "Assen", 68_000, 7, date(2006, 1, 1), date(2030, 1, 1))
    found = compare(register(*ALL), Known((heavy,), KNOWN.people, TODAY), Reading.UPDATE)
    assert (found.members, found.people) == ((), ())


def test_facts_change_from_old_to_new() -> None:
    """Each fact that changes is shown with what it was."""
    members = (MemberRow("assen", "Assen", 70_000, 2, date(2006, 1, 1)), MemberRow("hoogeveen", "Hoogeveen"))
    people = (row("portefeuillehouder  ASSEN", function="burgemeester", email="new@assen.example"), ALL[1])
    found = compare(register(*people, members=members), KNOWN, Reading.UPDATE)
    assert found.members[0].fields == (
        FieldChange("inhabitants", 68_000, 70_000),
        FieldChange("votes", 1, 2),
        FieldChange("since", None, date(2006, 1, 1)),
    )
    assert (found.members[1].old, found.members[1].new, found.members[1].fields) == (
        None,
        Member(0, "hoogeveen", "Hoogeveen"),
        (),
    )
    assert found.people[0].fields == (
        FieldChange("name", "Portefeuillehouder Assen", "portefeuillehouder  ASSEN"),
        FieldChange("function", "wethouder", "burgemeester"),
        FieldChange("email", "p@assen.example", "new@assen.example"),
    )
    assert found.endings == ()


def test_another_name_is_another_person() -> None:
    """Whoever takes over a mailbox does not take over the account of the one who had it."""
    assert changes(register(row("Opvolger", email="p@assen.example"), ALL[1])) == (
        ["Opvolger"],
        [],
        ["Portefeuillehouder Assen"],
    )


def test_who_is_who() -> None:
    """A person is found by address, by a role that it holds, or by its function; and else it is somebody new."""
    for known in (
        row("Portefeuillehouder Assen", email="P@Assen.example"),
        row("Portefeuillehouder Assen", email="elders@assen.example"),
        row("Portefeuillehouder Assen"),
    ):
        assert changes(register(known, ALL[1]))[0] == []
    elsewhere = (MemberRow("emmen", "Emmen"),)
    same = row("Portefeuillehouder Assen", code="emmen", function="Wethouder")
    assert changes(register(same, members=elsewhere)) == ([], ["Portefeuillehouder Assen"], [])
    other = row("Portefeuillehouder Assen", code="emmen", function="wethouder", email="x@emmen.example")
    assert changes(register(other, members=elsewhere)) == (["Portefeuillehouder Assen"], [], [])


def test_one_person_in_several_roles() -> None:
    """Rows of one name are one person, unless their addresses or functions say otherwise."""
    members = (MemberRow("assen", "Assen"), MemberRow("emmen", "Emmen"))
    people = (
        row("Nieuw", email="n@x.example"),
        row("Nieuw", Role.COORDINATOR),
        row("Nieuw", Role.SIGNATORY, "emmen", email="ander@x.example"),
    )
    found = compare(register(*people, members=members), KNOWN, Reading.UPDATE)
    assert [(change.new.email, len(change.gained)) for change in found.people] == [
        ("n@x.example", 2),
        ("ander@x.example", 1),
    ]


def test_namesakes_stay_apart() -> None:
    """Two people of one name and function are told apart by the roles that they hold, without an address as well."""
    two = tuple(Acting(Person(20 + at, "Jan", "wethouder"), (RoleHeld(Role.REPRESENTATIVE, at),)) for at in (1, 2))
    members = (MemberRow("assen", "Assen"), MemberRow("emmen", "Emmen"))
    people = (row("Jan", function="wethouder"), row("Jan", code="emmen", function="wethouder"))
    assert changes(register(*people, members=members), Known(KNOWN.members, two, TODAY)) == ([], [], [])


def test_two_functions_of_one_person() -> None:
    """One address with two functions is a mistake in the file; both rows are of one person."""
    people = (
        row("Nieuw", email="n@x.example", function="wethouder"),
        row("Nieuw", Role.SIGNATORY, email="n@x.example", function="burgemeester", number=7),
    )
    (error,) = compare(register(*people), KNOWN, Reading.UPDATE).errors
    assert (error.row, error.reason, error.detail) == (7, "contradiction", "Nieuw")


def test_members_match_by_code_and_else_by_name() -> None:
    """A code that the file leaves out, or gives for the first time, makes no second member of the same name."""
    known = Known((Member(1, "gm0106", "Assen"), Member(2, "emmen", "Emmen")), (), TODAY)
    members = (MemberRow("assen", "Assen"), MemberRow("gm0114", "Emmen", code_given=True))
    found = compare(RegisterFile(members, (row("A"), row("B", code="gm0114")), ()), known, Reading.UPDATE)
    assert [change.fields for change in found.members] == [(FieldChange("code", "emmen", "gm0114"),)]
    assert [change.gained[0].member_code for change in found.people] == ["gm0106", "gm0114"]
    renamed = RegisterFile((MemberRow("gm0106", "Assen-Noord", code_given=True),), (), ())
    assert compare(renamed, known, Reading.UPDATE).members[0].fields == (FieldChange("name", "Assen", "Assen-Noord"),)


def test_endings_are_found_where_the_file_speaks() -> None:
    """A file on one member says nothing of the others, and one without roles of the association nothing of those."""
    both = Known(KNOWN.members, (*KNOWN.people, COLLEAGUE), TODAY, taker=12)
    assert changes(register(ALL[0]), both)[2] == ["Coördinator Assen"]
    assert changes(register(members=(MemberRow("emmen", "Emmen"),)), both)[2] == []
    assert changes(register(*ALL, row("Voorzitter", Role.CHAIR, None)), both)[2] == ["Collega"]


def test_whoever_takes_a_file_over_stays() -> None:
    """A file without anybody of the secretariat cannot take out the one who takes it over."""
    known = Known((), (OFFICE, COLLEAGUE), TODAY, taker=13)
    assert changes(register(row("Voorzitter", Role.CHAIR, None)), known)[2] == ["Regiebureau"]


def test_members_that_a_file_does_not_name() -> None:
    """They are shown and stay; a member of the past is not missed."""
    gone = Member(3, "ten-boer", "Ten Boer", until=date(2019, 1, 1))
    found = compare(register(*ALL), Known((ASSEN, EMMEN, gone), KNOWN.people, TODAY), Reading.UPDATE)
    assert found.absent == (EMMEN,)
    assert found.members == ()


def test_the_past_stays_as_it_was() -> None:
    """A membership cannot end before an assembly that was held, and who is no member any more gets no people."""
    ends = MemberRow("assen", "Assen", until=date(2019, 1, 15), row=4)
    known = Known(KNOWN.members, KNOWN.people, TODAY, held=date(2019, 1, 20))
    found = compare(register(row("X", number=4), members=(ends,)), known, Reading.UPDATE)
    assert [(error.row, error.reason) for error in found.errors] == [(4, "held_before"), (4, "member_ended")]
    later = MemberRow("assen", "Assen", until=date(2019, 3, 1))
    assert compare(register(row("X"), members=(later,)), known, Reading.UPDATE).errors == ()


def test_elections_replace_the_roles_that_are_named() -> None:
    """Of the members in the file all who filled a role leave it, except who fills it now; other roles stay."""
    second = Acting(Person(14, "Tweede wethouder", "wethouder"), (RoleHeld(Role.REPRESENTATIVE, 1),))
    known = Known(KNOWN.members, (*KNOWN.people, second), TODAY)
    file = register(row("Tweede wethouder"), row("Nieuwe wethouder"), members=(MemberRow("assen", "Assen", 1),))
    assert changes(file, known, Reading.ELECTIONS) == (["Nieuwe wethouder"], [], ["Portefeuillehouder Assen"])
    found = compare(file, known, Reading.ELECTIONS)
    assert (found.members, found.absent, found.unchanged) == ((), (), 1)


def test_elections_are_of_members_that_are_there() -> None:
    """A member that is not in the register is named, and so is a role of the association."""
    file = register(
        row("X", code="nergens", number=2),
        row("Voorzitter", Role.CHAIR, None, number=3),
        members=(MemberRow("nergens", "Nergens", row=2),),
    )
    errors = compare(file, KNOWN, Reading.ELECTIONS).errors
    assert [(error.row, error.reason) for error in errors] == [(2, "member_unknown"), (3, "role_elsewhere")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("J. de Vries", "j de vries"), ("Coördinator", "Coo\u0308rdinator"), ("Één", "een"), ("中", "中")],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    """Case, accents, points and spaces make no other person."""
    assert name_key(one) == name_key(other)


def test_names_of_others_differ() -> None:
    """Names without a Latin letter are names as well."""
    assert len({name_key(name) for name in ("中", "文", "-", "Assen", "Emmen")}) == 5


def test_a_file_of_the_largest_size_is_compared_at_once() -> None:
    """Five thousand people of one name, in the file and in the register, take no time that anybody would notice."""
    people = tuple(
        Acting(Person(at, f"Jan {at}", "wethouder"), (RoleHeld(Role.REPRESENTATIVE, 1),)) for at in range(1, 5001)
    )
    file = register(*(row(f"Jan {at}", function="wethouder") for at in range(1, 5001)))
    began = time.process_time()
    assert compare(file, Known((ASSEN,), people, TODAY), Reading.UPDATE).unchanged == 5001
    assert time.process_time() - began < 10


_NAMES = st.sampled_from(["Jan", "jan", "Piet", "Coördinator"])
_ROWS = st.builds(
    PersonRow,
    _NAMES,
    st.sampled_from([None, "wethouder", "burgemeester"]),
    st.sampled_from([None, "a@x.example", "b@x.example"]),
    st.sampled_from([Role.REPRESENTATIVE, Role.COORDINATOR]),
    st.sampled_from(["assen", "emmen"]),
    st.just("vertegenwoordiger"),
)


def applied(known: Known, found: Difference) -> Known:
    """Return the register after everything in the difference was applied."""
    ids = {"assen": 1, "emmen": 2}
    people = {acting.person.id: acting for acting in known.people}
    ended = {ending.acting.person.id: ending.roles for ending in found.endings}
    for change in found.people:
        person_id = change.new.id or max(people, default=0) + 1
        gained = tuple(RoleHeld(role.role, ids[role.member_code or ""]) for role in change.gained)
        person = Person(person_id, change.new.name, change.new.function, change.new.email)
        people[person_id] = Acting(person, (*(change.old.roles if change.old else ()), *gained))
    return Known(
        known.members,
        tuple(
            Acting(acting.person, tuple(role for role in acting.roles if role not in ended.get(acting.person.id, ())))
            for acting in people.values()
        ),
        known.today,
    )


def written(known: Known) -> list[PersonRow]:
    """Return the people of the register as they are exported."""
    codes = {1: "assen", 2: "emmen"}
    return [
        row(a.person.name, h.role, codes[h.member_id or 0], function=a.person.function, email=a.person.email)
        for a in known.people
        for h in a.roles
    ]


@settings(max_examples=200)
@given(st.lists(_ROWS, max_size=8, unique=True), st.lists(_ROWS, max_size=8, unique=True))
def test_the_register_becomes_what_the_file_says(first: list[PersonRow], second: list[PersonRow]) -> None:
    """After a file, endings included, the register is what it says; and written out it makes no difference."""
    members = (MemberRow("assen", "Assen"), MemberRow("emmen", "Emmen"))
    known = Known((ASSEN, EMMEN), (), TODAY)
    for rows in (first, second):
        file = register(*rows, members=members)
        found = compare(file, known, Reading.UPDATE)
        if found.errors:
            return
        known = applied(known, found)
        held = {
            (name_key(acting.person.name), role.role, role.member_id)
            for acting in known.people
            for role in acting.roles
        }
        assert held == {(name_key(r.name), r.role, {"assen": 1, "emmen": 2}[r.member_code or ""]) for r in rows}
        assert compare(register(*written(known), members=members), known, Reading.UPDATE).errors == ()
        assert changes(register(*written(known), members=members), known) == ([], [], [])


def test_gained_roles_name_their_member() -> None:
    """A role is given by the member's code, since the member may be new in the same file."""
    file = register(row("X", code="nieuw"), members=(MemberRow("nieuw", "Nieuw"),))
    (change,) = compare(file, KNOWN, Reading.UPDATE).people
    assert change.gained == (RoleGiven(Role.REPRESENTATIVE, "nieuw"),)
