"""Reading an agenda: the shapes in which Dutch secretaries write one."""

from pathlib import Path
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assembly.agenda import ItemKind, ParsedItem, parse_agenda
from assembly.errors import AgendaNotUnderstood
from assembly.item_kinds import guess_kind

DATA = Path(__file__).parent / "data"
PROCEDURE, INFORMATION, DISCUSSION, DECISION, PERSONS, AMENDMENT = ItemKind

Expected = tuple[str, ItemKind, str, tuple[str, ...]]

AGENDAS: dict[str, list[Expected]] = {
    # Markdown headings in bold, dashes below them, long sentences, a date inside an item.
    "agenda-2019": [
        ("1", PROCEDURE, "Opening en vaststelling agenda", ()),
        ("2", PROCEDURE, "Mededelingen en notulen vorige vergadering", ()),
        ("2.1", DECISION, "Notulen ALV, 21 juni 2018, bijlage 1.", ("1",)),
        ("3", DISCUSSION, "Bestuurlijke zaken", ()),
        ("3.1", PERSONS, "Samenstelling Raad van Commissarissen", ()),
        ("3.2", PERSONS, "Voordracht, nieuw lid van Raad van Commissarissen", ("2",)),
        ("3.3", INFORMATION, "Terugkoppeling van het jaarlijkse tevredenheidsonderzoek", ("3",)),
        ("4", INFORMATION, "Stand van zaken en ontwikkelingen", ()),
        ("4.1", INFORMATION, "Korte presentatie over de stand van zaken", ()),
        ("5", INFORMATION, "Presentatie Innovatie en vernieuwing Sociaal Domein", ()),
        ("5.1", INFORMATION, "Innovatie en vernieuwing in het sociaal domein: I4Sociaal", ()),
        ("6", DISCUSSION, "Innovatie en samenwerking", ()),
        ("6.1", DECISION, "Vaststellen van de uitwerking van de strategie", ("4",)),
        ("6.2", INFORMATION, "Korte toelichting dat Open Samenwerking belangrijk is", ()),
        ("7", DISCUSSION, "Hosting e-Suite", ()),
        ("7.1", DISCUSSION, "Onderhandelingen inzake de hosting lopen nog.", ("5",)),
        ("8", DISCUSSION, "Bedrijfsvoering", ()),
        ("8.1", INFORMATION, "Korte toelichting over waarom de samenwerkingscontacten", ()),
        ("8.2", INFORMATION, "Toelichting hoe nieuwe WIM-leden lid kunnen worden", ()),
        ("9", PROCEDURE, "WVTTK", ()),
        ("10", PROCEDURE, "Sluiting", ()),
    ],
    # "1)" and tabs, letters, a date and a number at the start of a continued line, lists of attachments, a signature.
    "agenda-buurtvereniging": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", PROCEDURE, "Ingekomen stukken en mededelingen", ()),
        ("3", DECISION, "Notulen van de ledenvergadering van 4 april 2019 (bijlage 1)", ("1",)),
        ("4", DECISION, "Jaarverslag van de secretaris", ()),
        ("5", DISCUSSION, "Financiën", ()),
        ("5a", DECISION, "Jaarrekening 2019 (bijlagen 2 en 3)", ("2", "3")),
        ("5b", DISCUSSION, "Verslag van de kascommissie", ()),
        ("5c", DECISION, "Décharge van het bestuur", ()),
        ("6", PERSONS, "Benoeming van een lid van de kascommissie: 3 leden hebben zich gemeld", ()),
        ("7", DECISION, "Begroting en contributie 2020 (bijlagen 4 t/m 6)", ("4", "5", "6")),
        ("8", PERSONS, "Bestuursverkiezing", ()),
        ("9", PROCEDURE, "Rondvraag", ()),
        ("10", PROCEDURE, "Sluiting", ()),
    ],
    # "Agendapunt 3:" in bold, paragraphs that explain, "4a" without a "4", a number that was left out.
    "agenda-woningcooperatie": [
        ("1", PROCEDURE, "Opening en vaststelling van de agenda", ()),
        ("2", DECISION, "Verslag van de vorige vergadering", ()),
        ("3", DECISION, "Jaarstukken 2020", ("7",)),
        ("4a", DECISION, "Vaststelling jaarrekening", ()),
        ("4b", DECISION, "Décharge bestuur en raad van commissarissen", ()),
        ("5", AMENDMENT, "Statutenwijziging", ()),
        ("5.1", INFORMATION, "Toelichting door de notaris", ()),
        ("5.2", DISCUSSION, "Wijziging van artikel 12", ()),
        ("7", PROCEDURE, "W.v.t.t.k. en rondvraag", ()),
        ("8", PROCEDURE, "Sluiting", ()),
    ],
    # Times and no numbers.
    "agenda-sportclub": [
        ("1", PROCEDURE, "Inloop met koffie (19.30 uur)", ()),
        ("2", PROCEDURE, "Opening door de voorzitter (20.00 uur)", ()),
        ("3", DECISION, "Notulen vorige ledenvergadering (20.05 uur)", ()),
        ("4", DISCUSSION, "Beleidsplan 2021-2025 (20.10 – 20.40 uur)", ()),
        ("4.1", INFORMATION, "Presentatie door de werkgroep", ()),
        ("4.2", DISCUSSION, "Gelegenheid voor vragen", ()),
        ("5", PERSONS, "Verkiezing voorzitter (20.40 uur)", ()),
        ("6", PROCEDURE, "Sluiting (21.30 uur)", ()),
    ],
    # Bare numbers, "3.1", bullets of two kinds below it, a date where the next number is due.
    "agenda-energiecooperatie": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", PROCEDURE, "Mededelingen", ()),
        ("3", DISCUSSION, "Zonnepark", ()),
        ("3.1", INFORMATION, "Stand van zaken", ()),
        ("3.2", DECISION, "Voorstel tot uitbreiding, zie bijlage 2", ("2",)),
        ("3.2.1", DISCUSSION, "kosten: € 1.200.000", ()),
        ("3.2.2", DISCUSSION, "planning", ()),
        ("3.3", DISCUSSION, "Garantstelling", ()),
        ("4", DISCUSSION, "Bestuur", ()),
        ("4.1", DISCUSSION, "Aanpassing van het rooster", ()),
        ("4.2", PERSONS, "Herbenoeming van de penningmeester", ()),
        ("5", DISCUSSION, "Datum volgende vergadering: 6 november 2021 in het dorpshuis", ()),
        ("6", PROCEDURE, "Rondvraag en sluiting", ()),
    ],
    # Bullets "o" and no numbers; headings that say what happens with all below them.
    "agenda-vve": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", DISCUSSION, "Ter besluitvorming", ()),
        ("2.1", DECISION, "Meerjarenonderhoudsplan", ()),
        ("2.2", DECISION, "Huishoudelijk reglement", ()),
        ("3", INFORMATION, "Ter kennisname", ()),
        ("3.1", INFORMATION, "Verzekeringen", ()),
        ("4", PROCEDURE, "Rondvraag", ()),
    ],
    # A table out of a word processor: times before numbers, Windows line ends, unbreakable and invisible spaces.
    "agenda-stichting": [
        ("1", PROCEDURE, "Opening (20:00 uur)", ()),
        ("2", DECISION, "Notulen van 3 juni (20:05 uur)", ()),
        ("3", INFORMATION, "Begroting 2022 ter kennisname (20:45 uur)", ("4",)),
        ("4", PROCEDURE, "Sluiting (21:30 uur)", ()),
    ],
    # Minutes: what is numbered was on the agenda, the bullets are what was said, and the text tells what was decided.
    "agenda-2018": [
        ("1", PROCEDURE, "Opening en vaststelling agenda", ()),
        ("2", DECISION, "Mededelingen, notulen vorige vergadering", ()),
        ("3", INFORMATION, "Stand van zaken en ontwikkelingen Voorbeeld", ()),
        ("4", PERSONS, "Bestuurlijke zaken", ()),
        ("5", DECISION, "Jaarverslag 2017", ()),
        ("6", DECISION, "Bedrijfsplan en tarieven 2019", ("7",)),
        ("7", DECISION, "Strategisch plan", ()),
        ("8", PROCEDURE, "WVTTK", ()),
        ("9", DISCUSSION, "Samenwerking en ontwikkelingen", ()),
        ("10", PROCEDURE, "Sluiting", ()),
    ],
    # Roman numerals with numbers below them, and attachments with letters.
    "agenda-romeins": [
        ("1", PROCEDURE, "Opening en mededelingen", ()),
        ("2", DECISION, "Vaststelling notulen d.d. 9 november 2023 (bijlage A)", ("A",)),
        ("3", DISCUSSION, "Financiën", ()),
        ("3.1", DECISION, "Jaarrekening 2023 (bijlage B)", ("B",)),
        ("3.2", DECISION, "Décharge van het bestuur", ()),
        ("3.3", DECISION, "Begroting 2025, bijlagen C en D", ("C", "D")),
        ("4", DISCUSSION, "Benoemingen", ()),
        ("4.1", PERSONS, "Herbenoeming penningmeester", ()),
        ("5", DISCUSSION, "Duurzaamheidsplan (opiniërend)", ()),
        ("6", PROCEDURE, "Rondvraag", ()),
        ("7", PROCEDURE, "Sluiting", ()),
    ],
    # "20:00 uur Punt 3:", and a line of its own that says what it is for.
    "agenda-punt": [
        ("1", PROCEDURE, "Opening (20:00 uur)", ()),
        ("2", DECISION, "Vaststellen verslag ledenraad 12 december 2024 (bijl. 2) (20:05 uur)", ("2",)),
        ("3", DISCUSSION, "Jaarplan 2026 (20:10 uur)", ()),
        ("4", DECISION, "Contributie (20:40 uur)", ()),
        ("5", PROCEDURE, "Wat verder ter tafel komt (21:15 uur)", ()),
        ("6", PROCEDURE, "Sluiting (21:30 uur)", ()),
    ],
    # A table with heads: what for, which attachment, when; a row without a number belongs to the one above.
    "agenda-tabel": [
        ("1", PROCEDURE, "Opening (19.00 uur)", ()),
        ("2", DECISION, "Verslag ALV november (19.05 uur)", ("1",)),
        ("3", INFORMATION, "Stand van zaken fusie (19.15 uur)", ("2", "3")),
        ("4", DISCUSSION, "Strategie 2030 (19.30 uur)", ()),
        ("5", PERSONS, "Lid raad van commissarissen (20.00 uur)", ("4a", "4b")),
        ("5.1", INFORMATION, "Profielschets", ("5",)),
        ("6", PROCEDURE, "Sluiting (20.30 uur)", ()),
    ],
    # The same in Markdown, with letters for what it is for.
    "agenda-mdtabel": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", INFORMATION, "Ledenontwikkeling", ("1",)),
        ("3", DECISION, "Tarieven", ("2",)),
        ("4", DISCUSSION, "Toekomst", ()),
        ("5", PROCEDURE, "Sluiting", ()),
    ],
    # Headings without numbers, as Markdown and Word's styles have them.
    "agenda-koppen": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", PROCEDURE, "Ingekomen stukken en mededelingen", ()),
        ("3", DECISION, "Notulen vorige vergadering", ("1",)),
        ("4", DISCUSSION, "Nieuw clubgebouw", ()),
        ("4.1", INFORMATION, "Presentatie ontwerp", ()),
        ("4.2", DECISION, "Financiering", ()),
        ("5", PROCEDURE, "Rondvraag", ()),
        ("6", PROCEDURE, "Sluiting", ()),
    ],
    # Bare lines.
    "agenda-kaal": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", PROCEDURE, "Vaststelling agenda", ()),
        ("3", DECISION, "Notulen vorige vergadering", ()),
        ("4", DECISION, "Jaarstukken 2024", ()),
        ("4.1", DISCUSSION, "Balans", ()),
        ("4.2", DISCUSSION, "Verslag kascommissie", ()),
        ("5", DISCUSSION, "Onderhoud dak", ()),
        ("6", PERSONS, "Verkiezing bestuurslid", ()),
        ("7", PROCEDURE, "Rondvraag", ()),
        ("8", PROCEDURE, "Sluiting", ()),
    ],
    # Lines between the items that say what all below them are for.
    "agenda-secties": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", PROCEDURE, "Mededelingen", ()),
        ("3", INFORMATION, "Kwartaalrapportage", ()),
        ("4", INFORMATION, "Klachtenjaarverslag", ()),
        ("5", DECISION, "Meerjarenplan", ()),
        ("6", DECISION, "Reglement ledenraad", ()),
        ("7", PROCEDURE, "Rondvraag", ()),
        ("8", PROCEDURE, "Sluiting", ()),
    ],
    # Letters, small Roman numerals below them, and the kind in brackets.
    "agenda-letters": [
        ("1", PROCEDURE, "Opening", ()),
        ("2", DISCUSSION, "Bestuur", ()),
        ("2a", DISCUSSION, "Aftreden", ()),
        ("2a.1", DISCUSSION, "volgens rooster", ()),
        ("2a.2", DISCUSSION, "op eigen verzoek", ()),
        ("2b", PERSONS, "Voordracht nieuwe leden", ()),
        ("3", DECISION, "Voorstel contributie (B)", ()),
        ("4", INFORMATION, "Rapport commissie (I)", ()),
        ("5", PROCEDURE, "Sluiting", ()),
    ],
}
WITH_TABS = {"agenda-tabel"}
"""The agendas of which the spaces mean something."""


def agenda(name: str) -> str:
    """Return an agenda's text, its line ends untouched."""
    return (DATA / f"{name}.txt").read_bytes().decode()


@pytest.mark.parametrize("name", AGENDAS)
def test_agendas_of_real_shapes_are_read(name: str) -> None:
    """Every item is there, in order, with its number, kind and attachments, and nothing else is."""
    items = parse_agenda(agenda(name))
    expected = AGENDAS[name]
    assert [(i.number, i.kind, i.attachments) for i in items] == [(n, k, a) for n, k, _, a in expected]
    for item, (_, _, title, _) in zip(items, expected, strict=True):
        assert item.title == title or (len(title) > 20 and item.title.startswith(title))


@pytest.mark.parametrize("name", AGENDAS)
def test_line_ends_and_spaces_do_not_matter(name: str) -> None:
    """The same agenda pasted from Windows, with unbreakable spaces or indented is the same agenda."""
    text = agenda(name).replace("\r\n", "\n")
    expected = parse_agenda(text)
    assert parse_agenda(text.replace("\n", "\r\n")) == expected
    assert parse_agenda(text.replace(" ", "\N{NO-BREAK SPACE}")) == expected
    if name not in WITH_TABS:
        assert parse_agenda("\n".join(f"   {line} " for line in text.split("\n"))) == expected


@pytest.mark.parametrize(
    "style",
    [
        "{}. {}",
        "{}) {}",
        "{}: {}",
        "{} {}",
        "{}.{}",
        "{} - {}",
        "**{}. {}**",
        "Punt {}: {}",
        "{}\ufe0f\u20e3 {}",
        "| {} | {} |",
    ],
)
def test_every_way_to_number(style: str) -> None:
    """However the numbers are written, the same items come out."""
    titles = ["Opening", "Notulen", "Begroting", "Rondvraag"]
    text = "\n".join(style.format(number, title) for number, title in enumerate(titles, 1))
    assert [(i.number, i.title) for i in parse_agenda(text)] == [
        (str(number), title) for number, title in enumerate(titles, 1)
    ]


@pytest.mark.parametrize(
    "continued",
    [
        "2 leden treden af",
        "2 maart 2020 is de volgende vergadering",
        "20.00 uur Pauze",
        "2.500 euro is beschikbaar",
        "12. van het reglement is van belang",
        "2e termijn",
        "b) niet als eerste",
    ],
)
def test_what_only_looks_like_an_item_is_none(continued: str) -> None:
    """A date, an amount or a count at the start of a line is text."""
    items = parse_agenda(f"1. Opening\n{continued}\n2. Notulen\n3. Sluiting")
    assert [i.number for i in items] == ["1", "2", "3"]


def test_lettered_agendas_are_numbered() -> None:
    """An agenda with letters alone gets numbers; its bullets are sub points."""
    items = parse_agenda("Agenda\na. Opening\nb. Financiën\n- Begroting\nc. Sluiting")
    assert [(i.number, i.title) for i in items] == [
        ("1", "Opening"),
        ("2", "Financiën"),
        ("2.1", "Begroting"),
        ("3", "Sluiting"),
    ]


def test_points_that_count_from_one_again() -> None:
    """Right below an item they are its points; in the middle of a proposal they are not."""
    items = parse_agenda(
        """1. Opening
2. Financiën
1. Jaarrekening
2. Begroting
3. Bestuur
Voorgenomen besluit:
1. het rooster vast te stellen
2. leden te benoemen
4. Sluiting"""
    )
    assert [(i.number, i.title, i.proposal) for i in items] == [
        ("1", "Opening", ""),
        ("2", "Financiën", ""),
        ("2.1", "Jaarrekening", ""),
        ("2.2", "Begroting", ""),
        ("3", "Bestuur", "1. het rooster vast te stellen 2. leden te benoemen"),
        ("4", "Sluiting", ""),
    ]


def test_points_too_deep_are_no_titles() -> None:
    """Below the third level only the attachments count."""
    (first, point, deeper) = parse_agenda("1. Geld\n- Plan\no Fase 1\n* zie bijlage 9")
    assert (first.number, point.number, deeper.number) == ("1", "1.1", "1.1.1")
    assert deeper == ParsedItem("1.1.1", "Fase 1", DISCUSSION, ("9",))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Beste leden,\n\nTot dan.", "3. Notulen\n4. Sluiting", "1 april 2019", "- één punt"]
)
def test_a_text_without_items_is_refused(text: str) -> None:
    """Nothing numbered from one, and no list, is no agenda."""
    with pytest.raises(AgendaNotUnderstood):
        parse_agenda(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("zie bijlage 4", ("4",)),
        ("(Bijlage nr. 12)", ("12",)),
        ("bijlagen 1, 2 en 5 t/m 7", ("1", "2", "5", "6", "7")),
        ("bijlagen 3-4", ("3", "4")),
        ("bijlage 2 en bijlage 1 en bijlage 2", ("2", "1")),
        ("bijlage 1, 21 juni 2018", ("1",)),
        ("bijlage volgt; bijlage 2019", ()),
        ("bijlagen 3 en 2019", ("3",)),
        ("bijlage 1 en 2", ("1", "2")),
        ("bijlage 1 en 2 maart 2020", ("1",)),
        ("bijlage 3 en jaarlijkse evaluatie", ("3",)),
        ("(bijl. 4a), bijlage 5.1.", ("4a", "5.1")),
        ("bijlagen A, B en 4a t/m 4c", ("A", "B", "4a", "4b", "4c")),
        ("de bijlage u toegezonden", ()),
    ],
)
def test_attachments_are_found(text: str, numbers: tuple[str, ...]) -> None:
    """Single ones, lists and ranges, each once; a year is no attachment."""
    (item, _) = parse_agenda(f"1. Stuk, {text}\n2. Sluiting")
    assert item.attachments == numbers


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Opening", PROCEDURE),
        ("Vaststelling van de agenda", PROCEDURE),
        ("Wat verder ter tafel komt", PROCEDURE),
        ("Rondvraag en sluiting", PROCEDURE),
        ("Korte toelichting op de begroting", INFORMATION),
        ("Presentatie jaarcijfers", INFORMATION),
        ("Toelichting en vaststelling begroting", DECISION),
        ("Begroting 2020 (ter kennisname)", INFORMATION),
        ("Strategie (ter bespreking)", DISCUSSION),
        ("Strategie ter bespreking en vaststelling", DECISION),
        ("Décharge bestuur", DECISION),
        ("Decharge bestuur", DECISION),
        ("Akkoord met de tarieven", DECISION),
        ("Hamerstukken", DECISION),
        ("Voorstel tot fusie", DECISION),
        ("Herbenoeming voorzitter", PERSONS),
        ("Voordracht commissaris", PERSONS),
        ("Samenstelling van de raad van commissarissen", PERSONS),
        ("Kandidaatstelling", PERSONS),
        ("Toekomst van het clubhuis", DISCUSSION),
    ],
)
def test_kinds_are_guessed(title: str, kind: ItemKind) -> None:
    """The words of a title tell what is done with it."""
    assert guess_kind(title) is kind


def test_a_heading_speaks_for_its_sub_points() -> None:
    """A sub point whose words say nothing follows its heading, but never decides the same thing twice."""
    assert guess_kind("Het nieuwe pand", "Presentatie") is INFORMATION
    assert guess_kind("Het nieuwe pand", "Ter besluitvorming:") is DECISION
    assert guess_kind("Het nieuwe pand", "Begroting 2020") is DISCUSSION
    assert guess_kind("Jaarrekening", "Presentatie") is DECISION


NUMBERED = ["1. A", "2. B", "3) C", "4 D", "2.1 E", "3a F", "3.1.1 N", "3.1.1.1 O", "_1. P_", "## 2. Q", "1. 20.00 uur"]
OTHER = ["a. G", "b) H", "- I", "o J", "* K", "20.00 uur L", "1", "*", "2. *", "", "x", "Bijlagen:", "5 mei", "\u200b"]


def test_points_below_what_is_counted_from_one_again() -> None:
    """A bullet below the first of the points that begin at 1 again is its own, and the second one follows on."""
    items = parse_agenda("1. Opening\n2. Financiën\n1. Jaarrekening\n- Toelichting\n2. Begroting\n3. Sluiting")
    assert [item.number for item in items] == ["1", "2", "2.1", "2.1.1", "2.2", "3"]


@given(st.lists(st.sampled_from(NUMBERED + OTHER), max_size=25).map("\n".join) | st.text(max_size=200))
@example("1. A\n2. B\n1. A\n- I\n2. B")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is pasted: numbers are unique and short, titles stand on one line, or the text is refused."""
    try:
        items = parse_agenda(text)
    except AgendaNotUnderstood:
        return
    numbers = [item.number for item in items]
    assert len(set(numbers)) == len(numbers)
    assert max(map(len, numbers)) <= 16
    assert all(item.title and item.title == " ".join(item.title.split()) for item in items)


def test_proposals_stand_below_their_items() -> None:
    """A line "Voorgenomen besluit: …" is the text for the vote, also over several lines, and makes a decision of it."""
    items = parse_agenda(
        """1. Opening
2. Samenwerking
- Toelichting op de plannen
  Voorgenomen besluit: in te stemmen met
  de plannen voor 2019.

  Deze regel legt uit, zie bijlage 4.
3. Benoeming commissaris
Voorstel: kandidaat A te benoemen.
4. Lening
Gevraagd besluit:

Een lening aan te gaan.
5. Sluiting
"""
    )
    assert [(item.number, item.kind, item.proposal) for item in items if item.proposal] == [
        ("2.1", DECISION, "in te stemmen met de plannen voor 2019."),
        ("3", PERSONS, "kandidaat A te benoemen."),
        ("4", DECISION, "Een lening aan te gaan."),
    ]
    assert items[2].attachments == ("4",)


def test_a_proposal_as_title_is_no_proposal_line() -> None:
    """A title that begins with "Voorstel" is a title: only a colon behind that word makes it a proposal."""
    (item,) = parse_agenda("1. Statuten\nVoorstel tot wijziging van de statuten")
    assert item.title == "Statuten Voorstel tot wijziging van de statuten"
    assert item.proposal == ""


def test_what_nobody_sees_goes() -> None:
    """A title or proposal keeps nothing that cannot be stored, or that turns around what it says."""
    (item,) = parse_agenda("1. \u202eBegro\u00adting\0\u2067\nVoorgenomen besluit: \u200einstemmen\u2028")
    assert (item.title, item.proposal) == ("Begroting", "instemmen")


def test_reading_does_not_slow_down() -> None:
    """A file full of points, the largest that is read, takes seconds and not minutes: everybody waits for it."""
    began = monotonic()
    assert len(parse_agenda("1. Opening\n" + "- a\n" * 50_000)) == 50_001
    assert monotonic() - began < 20


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Statutenwijziging", ItemKind.AMENDMENT),
        ("Voorstel tot wijziging van de statuten", ItemKind.AMENDMENT),
        ("Wijziging statuten, artikel 12", ItemKind.AMENDMENT),
        ("Wijziging huishoudelijk reglement", ItemKind.DECISION),
        ("Toelichting op de statuten", ItemKind.INFORMATION),
    ],
)
def test_amendments_are_told_apart(title: str, kind: ItemKind) -> None:
    """The law asks more of amending the statutes than of another decision, so it is a kind of its own."""
    assert guess_kind(title) is kind
    assert kind.votable is (kind in {ItemKind.AMENDMENT, ItemKind.DECISION})
