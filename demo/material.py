"""The evening's material, read from the files in ``demo/facts``: register, agenda, texts and papers."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst

FACTS = Path(__file__).parent / "facts"
REGISTER = FACTS / "leden.csv"


@dataclass(frozen=True)
class PersonRow:
    """A person of the register file; ``member`` is empty for who belongs to the association itself."""

    name: str
    role: str
    member: str


@dataclass(frozen=True)
class Paper:
    """A paper with the agenda. ``sent`` is the day of a late one, ``None`` for one that goes with the convocation."""

    number: int
    title: str
    sent: date | None

    @property
    def file_name(self) -> str:
        """The name under which the secretariat sends the file."""
        return f"Bijlage_{self.number}.pdf"

    def pdf(self) -> bytes:
        """Typeset the paper. The same source gives the same bytes: no date in it, and only typst's own fonts."""
        fonts = typst.Fonts(include_system_fonts=False)
        return bytes(typst.compile(FACTS / "papers" / f"bijlage-{self.number}.typ", font_paths=fonts))


@dataclass(frozen=True)
class Material:
    """Everything that is entered in the chat. ``kinds`` are by agenda number."""

    title: str
    moment: str
    place: str
    group: str
    notice: str
    agenda: str
    kinds: dict[str, str]
    papers: tuple[Paper, ...]


def read_material() -> Material:
    """Read the assembly's facts."""
    facts = tomllib.loads((FACTS / "vergadering.toml").read_text(encoding="utf-8"))
    return Material(
        title=facts["title"],
        moment=facts["moment"],
        place=facts["place"],
        group=facts["group"],
        notice=facts["notice"].strip(),
        agenda=(FACTS / "agenda.txt").read_text(encoding="utf-8").strip(),
        kinds=facts["kinds"],
        papers=tuple(_paper(paper) for paper in facts["papers"]),
    )


def read_people() -> tuple[PersonRow, ...]:
    """Read the people of the register file, in its order."""
    with REGISTER.open(encoding="utf-8", newline="") as lines:
        return tuple(PersonRow(row["naam"], row["rol"], row["lid"]) for row in csv.DictReader(lines, delimiter=";"))


def _paper(facts: dict[str, str | int]) -> Paper:
    sent = facts.get("sent")
    return Paper(int(facts["number"]), str(facts["title"]), date.fromisoformat(str(sent)) if sent else None)
