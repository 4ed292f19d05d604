"""The lines of an agenda, made alike before they are read: no markup, and tables and Roman numerals written out.

Word processors, mail programs and Markdown each bring their own signs. What comes out is lines as a secretary types
them: "3. Begroting", and below it "Doel: ter besluitvorming" or "Bijlage 4".
"""

import re
from collections.abc import Callable, Sequence

from assembly.papers import NUMBER
from assembly.wording import visible

_INDENTED = re.compile(r" {3,}\S")
_KEY_CAP = re.compile("[\ufe0f\u20e3]")
"""What makes a key cap of a digit, as in 1️⃣."""

_MARKUP = re.compile(r"^\s*(#{1,6}|>)\s+|\*\*|__|<br\s*/?>")
_ITALIC = re.compile(r"^([*_])(\S.*)\1$")
_RULER = re.compile(r"^[\s=_*|:-]*$")
_ROMAN = re.compile(r"^((?:agenda\s?)?punt\s+)?([IVXL]+)(?:[.):]\s*|\s+[–—-]\s+|\s+)(?=\S)(.*)$")
_DIGIT = re.compile(r"^(\d{1,2})[.):]\s+(\S.*)$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

TIME = r"\d{1,2}[.:]\d{2}(?:\s*(?:[-–—]|tot)\s*\d{1,2}[.:]\d{2})?(?:\s*uur\b|\s*u\b\.?)?"
_CELL_TIME = re.compile(rf"{TIME}\s*[:–—-]?", re.IGNORECASE)
_CELL_NUMBER = re.compile(
    r"(?:(?:agenda\s?)?punt\s+)?(?:\d{1,2}(?:\.\d{1,2})*\s?[a-z]?|[a-z]|[IVX]{1,5})[.):]?", re.IGNORECASE
)
_CELL_PAPERS = re.compile(rf"(?:{NUMBER})(?:\s*(?:,|en|&|t/m|[-–])\s*(?:{NUMBER}))*", re.IGNORECASE)

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("proposal", r"(voorgenomen|gevraagd|voorgesteld|concept)[\s-]*besluit(tekst)?|voorstel"),
        ("number", r"(agenda\s?)?(punt)?\s*(nr|nummer|no|#)\.?|ap|punt"),
        ("title", r"(agenda)?onderwerp(en)?|agenda(punt)?(en)?|omschrijving|titel|programma"),
        (
            "purpose",
            r"doel|status|soort|aard|(wijze van )?behandeling|ter|actie|gevraagd|karakter|b/?[di]/?[di].*",
        ),
        ("papers", r"bijlagen?(\s*n(umme)?r\.?s?)?|stuk(ken)?|documenten?|bijl\.?"),
        ("time", r"tijd(stip)?|van|aanvang|tijdsplanning"),
    )
)
"""What heads a column, by what stands in it."""


def agenda_lines(text: str) -> list[str]:
    """Return the lines of ``text`` as they are read; an empty line stays where one was."""
    return _without_romans([plain(line) for line in _without_tables(text.splitlines())])


def plain(line: str) -> str:
    """Strip what word processors and Markdown add and what nobody sees; every kind of space becomes an ordinary one."""
    line = " ".join(_MARKUP.sub("", _KEY_CAP.sub("", visible(line))).split())
    return "" if _RULER.match(line) else _ITALIC.sub(r"\2", line)


def headed_lines(text: str) -> list[str]:
    """Return the lines of an agenda without numbers, with its headings numbered from its opening to its end.

    Nothing where it has no headings.

    Headings are those of Markdown, or of a word processor that wrote them so; else the lines that begin a paragraph;
    else, where no paragraphs are parted, all lines but points.
    """
    raw = list(_without_tables(text.splitlines()))
    lines = [plain(line) for line in raw]
    first = next((place for place, line in enumerate(lines) if _FIRST.match(line)), len(lines))
    last = next((place for place in reversed(range(first, len(lines))) if _LAST.match(lines[place])), -1)
    if last <= first:
        return []
    parted = not all(lines[first : last + 1])
    is_heading: tuple[Callable[[int], bool], ...] = (
        lambda place: raw[place].lstrip().startswith("#"),
        lambda place: not parted or place == first or not lines[place - 1],
    )
    for rule in is_heading:
        found = [place for place in range(first, last + 1) if rule(place) and _may_head(lines[place])]
        if len(found) >= _FEWEST and found[-1] == last:
            numbers = {place: number for number, place in enumerate(found, 1)}
            return [f"{numbers[place]}. {line}" if place in numbers else line for place, line in enumerate(lines)]
    return []


_FIRST = re.compile(r"(opening|welkom|inloop|ontvangst)\b", re.IGNORECASE)
_LAST = re.compile(r"((af)?sluiting|einde|rondvraag|w\.?v\.?t|borrel)", re.IGNORECASE)
_FEWEST = 3
_HEADING_LENGTH = 160


def _may_head(line: str) -> bool:
    return 0 < len(line) <= _HEADING_LENGTH and line[0].isalnum() and not line.endswith((".", ":", ";"))


def _without_tables(lines: Sequence[str]) -> list[str]:
    """Write the rows of tables out, as lines below each other."""
    written: list[str] = []
    columns: dict[str, int] = {}
    counted = 0
    for line in _rejoined(lines):
        cells = _cells(line)
        if len(cells) < 2:  # noqa: PLR2004 - one cell is no row
            written.append(line)
            continue
        heads = _heads(cells)
        if heads:
            columns, counted = heads, 0
            continue
        row = _named(cells, columns) if columns else _recognised(cells)
        if row is None:
            written.append(line)
            continue
        if columns and "number" not in columns and row.get("title"):
            counted += 1
            row["number"] = str(counted)
        written += _row(row)
    return written


def has_columns(text: str) -> bool:
    """Whether a line of ``text`` heads the columns of a table."""
    return any(_heads(_cells(line)) for line in text.splitlines())


def _rejoined(lines: Sequence[str]) -> list[str]:
    """Put what stands alone and far to the right below a row behind that row's title, of which it is the rest."""
    rejoined: list[str] = []
    columns: dict[str, int] = {}
    for line in lines:
        cells = _cells(line)
        columns = _heads(cells) or columns
        above = _cells(rejoined[-1]) if rejoined else []
        if columns and len(cells) < 2 and len(above) > columns["title"] and _INDENTED.match(line):  # noqa: PLR2004 - no row
            above[columns["title"]] += f" {line.strip()}"
            rejoined[-1] = "\t".join(above)
        else:
            rejoined.append(line)
    return rejoined


def _cells(line: str) -> list[str]:
    """Return the cells of a row: between tabs, or between the bars of Markdown."""
    line = line.strip(" ")
    if line.startswith("|") and line.rstrip().endswith("|"):
        line = line.strip()[1:-1].replace("|", "\t")
    return [plain(cell) for cell in line.split("\t")] if "\t" in line.strip() else []


def _heads(cells: list[str]) -> dict[str, int]:
    """Return where each column stands, where these cells head columns and one of them is what items are called."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = next((name for name, pattern in _COLUMNS if pattern.fullmatch(cell)), None)
        if name and name not in found:
            found[name] = place
    if "title" not in found and "number" in found and cells[found["number"]].lower() in {"punt", "agendapunt"}:
        found["title"] = found.pop("number")
    return found if len(found) > 1 and "title" in found else {}


def _named(cells: list[str], columns: dict[str, int]) -> dict[str, str]:
    """Return the row by column; what stands in other columns explains."""
    row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
    row["rest"] = " ".join(cell for place, cell in enumerate(cells) if place not in columns.values())
    if not row.get("title"):
        row["title"] = row.pop("rest")
    return row


def _recognised(cells: list[str]) -> dict[str, str] | None:
    """Return a row of a table without heads by what its cells look like; ``None`` where it is no item with a number."""
    row: dict[str, str] = {}
    rest: list[str] = []
    for cell in cells:
        if "time" not in row and _CELL_TIME.fullmatch(cell):
            row["time"] = cell
        elif "number" not in row and not rest and _CELL_NUMBER.fullmatch(cell):
            row["number"] = cell
        elif cell:
            rest.append(cell)
    if not rest or "number" not in row:
        return None
    return {**row, "title": rest[0], "rest": "\n".join(rest[1:])}


def _row(row: dict[str, str]) -> list[str]:
    """Write one row out: what the item is called, and below it what the other columns say of it."""
    number, title = row.get("number", "").rstrip(".):"), row.get("title", "")
    time = row.get("time", "")
    if not title:
        lines = []
    elif number:
        lines = [f"{f'{time} ' if _CELL_TIME.fullmatch(time) else ''}{number}. {title}"]
    else:
        lines = [f"- {title}" if "number" in row else title]
    if row.get("proposal"):
        lines += ["", f"Voorgenomen besluit: {row['proposal']}"]
    lines += ["", f"Doel: {row['purpose']}"] if row.get("purpose") else []
    papers = row.get("papers", "")
    lines += ["", f"bijlagen {papers}" if _CELL_PAPERS.fullmatch(papers) else papers] if papers else []
    lines += ["", *(f"Doel: {line}" for line in row["rest"].split("\n"))] if row.get("rest") else []
    return [*lines, ""] if len(lines) > 1 else lines


def _without_romans(lines: list[str]) -> list[str]:
    """Write "II." as "2.", and "1." below it as "2.1.", where the agenda counts so from I on."""
    found = {place: match for place, line in enumerate(lines) if (match := _ROMAN.match(line))}
    count, romans = 0, {}
    for place, match in found.items():
        if _value(match[2]) == count + 1:
            count += 1
            romans[place] = match
    if count < 2:  # noqa: PLR2004 - "I" alone may be a word
        return lines
    written, at, below = [], 0, 0
    for place, line in enumerate(lines):
        digit = _DIGIT.match(line)
        if place in romans:
            at, below = at + 1, 0
            written.append(f"{at}. {romans[place][3]}")
        elif at and digit and int(digit[1]) == below + 1:
            below += 1
            written.append(f"{at}.{below}. {digit[2]}")
        else:
            written.append(line)
    return written


def _value(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
