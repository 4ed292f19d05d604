"""The letter of a proxy: everything that it must say, and nothing read as markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import typst

from assembly.association import Association
from assembly.facts.letters import ProxyLetter
from assembly.facts.positions import PositionLine
from assembly.positions import CollegeDecision, Stance
from assembly.proxies import ProxyKind
from assembly.statutes import Statutes
from records import make

ASSOCIATION = Association(
    "Coöperatie Voorbeeld U.A.", member_article="de gemeente ", address="Postbus 1, 1000 AA Voorbeeldstad"
)
LINES = (PositionLine(1, "6.1", "Strategie", Stance.FOR, "mits gedekt", lapsed=False, fixed=False),)
LETTER = ProxyLetter(
    proxy_id=1,
    member="Deventer",
    grantor="burgemeester Deventer",
    capacity="burgemeester",
    holder="directeur Olst-Wijhe",
    holder_function="algemeen directeur",
    holder_member="Olst-Wijhe",
    kind=ProxyKind.OTHER_MEMBER,
    until=None,
    meeting="ALV februari",
    starts_at=datetime(2019, 2, 13, 17, tzinfo=UTC),
    place="Utrecht",
    at=datetime(2019, 2, 12, 9, tzinfo=UTC),
    signed_at=None,
    decision=CollegeDecision("2019-000305", date(2019, 2, 12)),
    instruction=(),
    may_attach=True,
)


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Collect what is handed to the typesetter, which does its work all the same."""
    handed: list[dict[str, str]] = []
    compiled: Any = typst.compile

    def watched(*args: Any, sys_inputs: dict[str, str], **options: Any) -> Any:  # noqa: ANN401 - handed on
        handed.append(sys_inputs)
        return compiled(*args, sys_inputs=sys_inputs, **options)

    monkeypatch.setattr(typst, "compile", watched)
    return handed


def said(facts: ProxyLetter, typeset: list[dict[str, str]], association: Association = ASSOCIATION) -> str:
    """Return everything that the letter of ``facts`` says."""
    made = make(facts, association)
    assert made is not None
    assert made.content.startswith(b"%PDF-")
    assert (made.name, made.mime_type) == ("volmacht Deventer.pdf", "application/pdf")
    return typeset[-1]["letter"].encode().decode("unicode_escape")


def test_everything_that_the_letter_must_say(typeset: list[dict[str, str]]) -> None:
    """Addressee, subject, both parties with function and member, assembly, scope, decision, date and signature."""
    text = said(LETTER, typeset)
    for part in (
        '"Coöperatie Voorbeeld U.A.", "Postbus 1", "1000 AA Voorbeeldstad"',
        "Plaats en datum:",
        "dinsdag 12 februari 2019",
        "Onderwerp: volmacht ALV februari",
        "directeur Olst-Wijhe, algemeen directeur bij de gemeente Olst-Wijhe",
        "(ALV februari) bij te wonen op woensdag 13 februari 2019 om 18.00 uur in Utrecht",
        "namens de gemeente Deventer de presentielijst te tekenen en de stem van de gemeente Deventer uit te brengen",
        "onder nummer 2019-000305 op dinsdag 12 februari 2019",
        "geen recht van substitutie",
        '"burgemeester Deventer", "burgemeester"',
        "Handtekening:",
        '"instruction": null',
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": date(2019, 12, 31), "kind": ProxyKind.STANDING}, "tot en met dinsdag 31 december 2019"),
        ({"signed_at": datetime(2019, 2, 12, 10, tzinfo=UTC)}, "Ondertekend in de vergaderassistent op dinsdag 12 feb"),
        ({"kind": ProxyKind.COLLEAGUE, "holder_member": "Deventer"}, "werkzaam bij de gemeente Deventer"),
        ({"kind": ProxyKind.OUTSIDER, "holder_member": ""}, "machtig ik directeur Olst-Wijhe, algemeen directeur, om"),
        ({"instruction": LINES}, '[["6.1", "Strategie", "voor", "mits gedekt"]]'),
        ({"instruction": (replace(LINES[0], lapsed=True),)}, '"vervallen"'),
        ({"grantor": "", "capacity": ""}, '"grantor": []'),
    ],
)
def test_what_depends_on_the_proxy(changes: dict[str, Any], words: str, typeset: list[dict[str, str]]) -> None:
    """An end date, a signature in the chat, the kind of holder and the instruction each stand in it."""
    assert words not in said(LETTER, typeset)
    assert words in said(replace(LETTER, **changes), typeset)


def test_substitution_by_the_statutes(typeset: list[dict[str, str]]) -> None:
    """Where the statutes allow it the letter says so."""
    allowed = replace(ASSOCIATION, statutes=Statutes(proxy_substitution=True))
    assert "mag deze volmacht doorgeven" in said(LETTER, typeset, allowed)


def test_names_are_no_markup(typeset: list[dict[str, str]]) -> None:
    """Signs that mean something to the typesetter, a slash and a line break come through as letters or not at all."""
    hostile = replace(LETTER, holder='#strong[x] $y$ *z* "q" \\ <b>\n', place="#panic()", instruction=LINES)
    assert "#strong[x] $y$ *z*" in said(hostile, typeset)
    made = make(replace(LETTER, member="A/B"), ASSOCIATION)
    assert made is not None
    assert made.name == "volmacht A-B.pdf"
