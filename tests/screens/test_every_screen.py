"""What holds for every screen, whatever facts it is given: it fits, it parses, and its buttons work."""

import importlib
import pkgutil
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from inspect import getmembers, isclass
from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assembly.facts
from assembly.association import Association
from assembly.entries import EntryState
from assembly.errors import FileRefused, MergerImpossible, Refusal
from assembly.facts.convening import DeliveryOverview
from assembly.facts.entries import EntryOptions
from assembly.facts.notices import NoticeMessage
from assembly.facts.outcomes import VerdictChoice
from assembly.facts.voting import BallotSeat
from assembly.meetings import Reply
from assembly.motions import MotionKind, OptionsOutcome, Question, Rule
from assembly.notices import ALBUM
from assembly.options import ABSTAIN, NONE, PICK_LIMIT, Option, numbered
from assembly.options_tally import count, draw_lot
from assembly.proxies import ProxyKind, ProxyState
from assembly.tally import Basis, Majority, Seat, Threshold
from assembly.wording import utf16_length
from records import RECORDS
from screens import render
from screens.content import Album, CommandMenu, Content, Erasure
from screens.presses import Press
from screens.refusals import ALERT_LIMIT, SENTENCES, plain
from screens.registry import SCREENS, Drawn
from screens.rehearsing import headed, read_mark
from screens.words import rehearsal_words
from services.live import LOADERS
from simulator.text.html import parse_html

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ", bot_username="voorbeeldbot")
REHEARSING = replace(ASSOCIATION, rehearsal=123456)
HOSTILE = (
    "<b>Bo</b> & \u202eoB",
    "Deventer\u2067: voor",
    "{name}",
    "</b><a href='x'>",
    "😀" * 60,
    "x" * 250,
    "regel\nregel",
    "",
    "%s %(a)s",
)
TURNING = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
"""What turns the reading direction: with it a name could change what a sentence says."""

TEXT_LIMIT, CAPTION_LIMIT, BUTTONS, LABEL_LIMIT, DATA_LIMIT = 4096, 1024, 100, 64, 64


def modules() -> list[ModuleType]:
    """Return the modules that hold facts."""
    found = pkgutil.iter_modules(assembly.facts.__path__, "assembly.facts.")
    return [importlib.import_module(module.name) for module in found]


def facts_types() -> list[type[Any]]:
    """Return every facts class."""
    return [
        kind
        for module in modules()
        for _, kind in getmembers(module, isclass)
        if is_dataclass(kind) and kind.__module__ == module.__name__
    ]


def refusals() -> list[type[Refusal]]:
    """Return every refusal."""
    return Refusal.__subclasses__()


st.register_type_strategy(str, st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)))
st.register_type_strategy(int, st.integers(0, 10**9))
st.register_type_strategy(
    datetime,
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
st.register_type_strategy(
    Majority,
    st.builds(
        Majority,
        st.builds(Threshold, st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]), strict=st.booleans()),
        st.sampled_from(Basis),
    ),
)
st.register_type_strategy(
    NoticeMessage,
    st.builds(NoticeMessage).filter(lambda shown: bool(shown.files or shown.text.text.strip())),  # it holds something
)
st.register_type_strategy(
    Option,
    st.builds(Option, st.sampled_from([*(str(number) for number in range(1, 30)), NONE, "for", "against"])),
)


@st.composite
def counted(draw: st.DrawFn) -> OptionsOutcome:
    """Return the outcome of a vote with a few ballots, by lot or not."""
    labels = draw(st.lists(st.from_type(str), min_size=1, max_size=30))
    asked = Question(
        draw(st.from_type(str)),
        draw(st.from_type(Majority)),
        draw(st.sampled_from([MotionKind.VARIANTS, MotionKind.PERSONS])),
        options=numbered(labels, none=draw(st.booleans())),
        picks=draw(st.integers(1, PICK_LIMIT)),
        rule=draw(st.sampled_from(Rule)),
        round=draw(st.integers(1, 3)),
    )
    keys = [*(option.key for option in asked.options), ABSTAIN]
    cast = draw(st.lists(st.sampled_from(keys), max_size=12))
    seats = [Seat(number, 1, 1) for number in range(len(cast) + 1)]
    lot = draw_lot(asked.options, draw(st.from_type(str))) if draw(st.booleans()) else None
    return count(seats, {number: (key,) for number, key in enumerate(cast)}, asked, lot)


st.register_type_strategy(OptionsOutcome, counted())
_SELECTIONS = st.sampled_from([("for",), (ABSTAIN,), (NONE,), ("1",), ("2", "3", "29")])
st.register_type_strategy(BallotSeat, st.builds(BallotSeat, selection=st.none() | _SELECTIONS))
st.register_type_strategy(EntryOptions, st.builds(EntryOptions, chosen=st.just(()) | _SELECTIONS))
st.register_type_strategy(VerdictChoice, st.builds(VerdictChoice, chosen=st.sampled_from([(), (NONE,), ("2", "3")])))
_NAMES = st.lists(st.from_type(str), max_size=40).map(tuple)
st.register_type_strategy(
    DeliveryOverview,
    st.builds(
        DeliveryOverview,
        unregistered=_NAMES,
        unreached=_NAMES,
        unanswered=_NAMES,
        replies=st.tuples(*(st.tuples(st.just(reply), _NAMES) for reply in Reply)),  # a reply has one line
    ),
)


def check(content: Drawn, *, with_record: bool = False) -> None:
    """Check what Telegram would refuse, and what a reader would stumble over."""
    if isinstance(content, Erasure):
        return
    if isinstance(content, CommandMenu):
        assert content.commands
        assert all(0 < len(description) <= 256 for _, description in content.commands)
        return
    if isinstance(content, Album):
        assert 2 <= len(content.files) <= ALBUM
        return
    text = content.text if content.entities is not None else parse_html(content.text)[0]
    assert text.strip()
    assert not TURNING & {*text, *"".join(button.label for row in content.keyboard for button in row)}
    assert utf16_length(text) <= (CAPTION_LIMIT if content.document or with_record else TEXT_LIMIT)
    buttons = [button for row in content.keyboard for button in row]
    assert len(buttons) <= BUTTONS
    assert all(content.keyboard), "an empty row of buttons"
    for button in buttons:
        assert button.label.strip()
        assert (button.data is None) != (button.url is None)
        if button.data is not None:
            assert sum(kind.matches(button.data) for kind in Press.kinds.values()) == 1


def check_rehearsed(content: Drawn, *, with_record: bool) -> None:
    """Check that a rehearsal's heading has room above all else, and its mark on every button."""
    marked = headed(content, REHEARSING)
    if isinstance(marked, Album):
        assert marked.caption == rehearsal_words()
    if not isinstance(content, Content) or not isinstance(marked, Content):
        return
    text = marked.text if marked.entities is not None else parse_html(marked.text)[0]
    assert text.startswith(f"{rehearsal_words()}\n\n")
    assert utf16_length(text) <= (CAPTION_LIMIT if marked.document or with_record else TEXT_LIMIT)
    for was, row in zip(content.keyboard, marked.keyboard, strict=True):
        for before, button in zip(was, row, strict=True):
            assert len((button.data or "").encode()) <= DATA_LIMIT
            assert read_mark(button.data) in {None, (REHEARSING.rehearsal, before.data)}


def test_every_refusal_has_a_sentence() -> None:
    """No refusal reaches people without words."""
    assert set(SENTENCES) == set(refusals())


def test_every_reference_has_a_loader() -> None:
    """A live screen can be loaded, and everything else that is told can be drawn."""
    references = {kind.__name__ for kind in facts_types() if kind.__name__.endswith("Ref")}
    assert references == set(LOADERS)
    assert not references & set(SCREENS)


def test_every_screen_is_of_known_facts() -> None:
    """A screen draws facts or a refusal that exist under that name, once."""
    names = [kind.__name__ for kind in (*facts_types(), *refusals())]
    assert len(names) == len(set(names))
    assert set(SCREENS) <= set(names)


@pytest.mark.parametrize(
    "name", sorted(name for name, screen in SCREENS.items() if not issubclass(screen.facts_type, Refusal))
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_screen_fits_whatever_it_is_given(name: str, data: st.DataObject) -> None:
    """Hostile names, huge numbers and long lists never break the markup, the limits or the buttons."""
    facts = data.draw(st.from_type(SCREENS[name].facts_type))
    shown, with_record = render(facts, ASSOCIATION), type(facts) in RECORDS
    check(shown, with_record=with_record)
    check_rehearsed(shown, with_record=with_record)


def test_every_record_has_its_message() -> None:
    """A file comes with words: a screen draws the same facts."""
    assert set(RECORDS) <= {screen.facts_type for screen in SCREENS.values()}


REASONS = {
    "MergerImpossible": ("reason", list(get_args(MergerImpossible.__annotations__["reason"]))),
    "FileRefused": ("reason", list(get_args(FileRefused.__annotations__["reason"]))),
    "ProxyKindNotAllowed": ("kind", list(ProxyKind)),
    "ProxyMovedOn": ("state", list(ProxyState)),
    "EntryMovedOn": ("state", list(EntryState)),
    "WrongMeetingState": ("state", ["draft", "convened", "open", "closed", "cancelled"]),
}


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_refusal_says_what_to_do(kind: type[Refusal], data: st.DataObject) -> None:
    """A refusal fits the answer to a press and a message, and leaves no place in its sentence empty."""
    field, values = REASONS.get(kind.__name__, ("", []))
    chosen = {field: st.sampled_from(values)} if field else {}
    refusal = data.draw(st.builds(kind, **chosen))
    assert utf16_length(plain(refusal, ASSOCIATION)) <= ALERT_LIMIT
    check(render(refusal, ASSOCIATION))


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
@settings(max_examples=1, deadline=None)
@given(data=st.data())
def test_refusal_with_usual_facts_is_not_cut_short(kind: type[Refusal], data: st.DataObject) -> None:
    """With names of a usual length the whole sentence fits in the answer to a press."""
    field, values = REASONS.get(kind.__name__, ("", []))
    usual = {
        name: st.just("Portefeuillehouder Deventer") if hint is str else st.just(12)
        for name, hint in kind.__annotations__.items()
        if hint in {str, int} and name != field
    }
    for value in values or [None]:
        chosen = {field: st.just(value)} if field else {}
        refusal = data.draw(st.builds(kind, **usual, **chosen))
        assert "…" not in plain(refusal, ASSOCIATION), SENTENCES[kind](refusal, ASSOCIATION)
