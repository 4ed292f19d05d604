"""The demo's material: what the bot reads must be able to take it, and no real person may be in it."""

import re
import tomllib
from datetime import date

from assembly.agenda import parse_agenda
from assembly.members import Role
from assembly.register_file import member_code, read_register
from assembly.tables import read_csv
from demo.material import FACTS, REGISTER, read_material, read_people
from demo.plan import BUDGET, GRANTORS, HOLDER, PERSONS, UNANIMOUS

MATERIAL = read_material()
REAL_NAMES = re.compile(r"\b(Laan|Teesink|Groothedde|Dijkstra|Radstake|Zielhuis|König|Brinke|Boomgaardt|Aalders)\b")


def test_the_register_is_read_without_errors() -> None:
    """The file is one that the bot takes over as it is."""
    register = read_register(read_csv(REGISTER.read_bytes()))
    assert register.errors == ()
    assert len(register.people) == len(read_people())


def test_the_members_are_those_of_february_2019() -> None:
    """There are 33 members; Ten Boer merged into Groningen on 1 January 2019."""
    members = [member.name for member in read_register(read_csv(REGISTER.read_bytes())).members]
    assert len(members) == len(set(members)) == 33
    assert "Ten Boer" not in members
    assert {"Groningen", "Deventer", "Raalte", "Olst-Wijhe"} < set(members)


def test_each_member_has_its_people() -> None:
    """Every member has one representative, those of the proxies a coordinator, and Deventer's mayor may sign."""
    register = read_register(read_csv(REGISTER.read_bytes()))
    codes = sorted(member.code for member in register.members)
    assert sorted(p.member_code or "" for p in register.people if p.role is Role.REPRESENTATIVE) == codes
    coordinators = {p.member_code for p in register.people if p.role is Role.COORDINATOR}
    assert coordinators == {member_code(name) for name in (HOLDER, *GRANTORS)}
    assert [p.name for p in register.people if p.role is Role.SIGNATORY] == ["Burgemeester Deventer"]
    assert [p.name for p in register.people if p.role is Role.CHAIR] == ["Voorzitter"]


def test_people_are_named_after_their_role() -> None:
    """Names are unique, and none is a real office holder's."""
    names = [row.name for row in read_people()]
    assert len(names) == len(set(names))
    for file in sorted(FACTS.rglob("*.*")):
        assert not REAL_NAMES.search(file.read_text(encoding="utf-8")), file.name


def test_the_agenda_fits_and_is_understood() -> None:
    """The agenda fits in one message and is read with all its items and papers."""
    assert len(MATERIAL.agenda) <= 4096
    items = {item.number: item for item in parse_agenda(MATERIAL.agenda)}
    assert [number for number in items if "." not in number] == [str(number) for number in range(1, 11)]
    assert {number for item in items.values() for number in item.attachments} == {"1", "2", "3", "4", "5"}
    assert MATERIAL.kinds.keys() <= items.keys()


def test_proposals_fit() -> None:
    """What is put to the vote has a text in the agenda, and it fits in what the bot takes."""
    given = {item.number: item.proposal for item in parse_agenda(MATERIAL.agenda) if item.proposal}
    assert given.keys() == {UNANIMOUS, PERSONS, BUDGET}
    assert all(len(text) <= 2000 for text in given.values())


def test_papers_two_and_five_come_late() -> None:
    """As in 2019, papers 2 and 5 were sent in February."""
    late = {paper.number: paper.sent for paper in MATERIAL.papers if paper.sent}
    assert late == {2: date(2019, 2, 8), 5: date(2019, 2, 8)}


def test_papers_are_the_same_each_time() -> None:
    """A paper is one page, and typesetting it twice gives the same bytes."""
    for paper in MATERIAL.papers:
        content = paper.pdf()
        assert content.startswith(b"%PDF-")
        assert content == paper.pdf()
        assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


def test_the_facts_are_valid_toml() -> None:
    """The facts file has nothing in it that is not read."""
    facts = tomllib.loads((FACTS / "vergadering.toml").read_text(encoding="utf-8"))
    assert facts.keys() == {"title", "moment", "place", "group", "notice", "kinds", "papers"}
