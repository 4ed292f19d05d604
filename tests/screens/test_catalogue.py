"""The Dutch catalogue: complete, in step with the code, and fit to be read by people."""

import ast
import re
import subprocess
import sys
import sysconfig
import venv
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from screens.catalogue import CATALOGUE, LANGUAGE, gettext, ngettext, translations

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("records", "screens", "bot")

Id = str | tuple[str, ...]
"""A message id: one text, or its singular and plural."""

_PLACE = re.compile(r"\{(\w+)[^{}]*\}")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_FAMILIAR = re.compile(r"\b(je|jij|jou|jouw|jouwe|jezelf|jullie)\b", re.IGNORECASE)


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a message: one, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def extracted() -> set[Id]:
    """Return every message id that the code names."""
    return {
        message if isinstance(message, str) else tuple(message)
        for source in SOURCES
        for _, _, message, _, _ in extract_from_dir(ROOT / source)
    }


def faults_of(message: Message) -> Iterator[str]:
    """Say what is wrong with one translation."""
    ids, strings = forms(message.id), forms(message.string or "")
    if message.fuzzy:
        yield "fuzzy"
    if len(ids) != len(strings) or not all(strings):
        yield "not translated in every form"
        return
    for string in strings:
        if _FAMILIAR.search(string):
            yield f"familiar form of address in {string!r}"
        if "!" in string:
            yield f"exclamation mark in {string!r}"
    for kind, pattern in (("placeholders", _PLACE), ("tags", _TAG)):
        found = [Counter(pattern.findall(string)) for string in strings]
        if found != [Counter(pattern.findall(text)) for text in ids]:
            yield f"other {kind} than the id"


def faults(catalogue: Catalog, needed: set[Id]) -> list[str]:
    """Say what is wrong with ``catalogue`` for code that names the ``needed`` ids; empty when it is sound."""
    messages = {
        message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue if message.id
    }
    found = [f"{text!r}: missing" for text in needed - messages.keys()]
    found += [f"{text!r}: no longer in the code" for text in messages.keys() - needed]
    found += [f"{text!r}: kept though obsolete" for text in catalogue.obsolete]
    found += [f"{text!r}: {fault}" for text, message in messages.items() for fault in faults_of(message)]
    return sorted(found)


def read(source: str) -> Catalog:
    """Read a catalogue from text."""
    return read_po(BytesIO(source.encode()), locale=LANGUAGE)


def test_the_catalogue_is_sound() -> None:
    """Every text that the code names is there in Dutch, complete, and no other."""
    assert faults(read(CATALOGUE.read_text("utf-8")), extracted()) == []


def test_every_call_names_its_id_literally() -> None:
    """An id that is put together while running would never be found, and would be shown in English."""
    guilty = []
    for path in (path for source in SOURCES for path in (ROOT / source).rglob("*.py")):
        if path.name == "catalogue.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                ids = node.args[: {"_": 1, "gettext": 1, "ngettext": 2}.get(node.func.id, 0)]
                if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in ids):
                    guilty.append(f"{path}:{node.lineno}")
    assert guilty == []


SOUND = """
msgid ""
msgstr ""
"Language: nl\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello <b>{name}</b>"
msgstr "Dag <b>{name}</b>"

msgid "{count} vote"
msgid_plural "{count} votes"
msgstr[0] "{count} stem"
msgstr[1] "{count} stemmen"
"""
NEEDED: set[Id] = {"Hello <b>{name}</b>", ("{count} vote", "{count} votes")}


def test_a_sound_catalogue_has_no_faults() -> None:
    """The check passes what is right, or its findings would mean nothing."""
    assert faults(read(SOUND), NEEDED) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('msgstr "Dag <b>{name}</b>"', 'msgstr ""', "not translated"),
        ('msgstr[1] "{count} stemmen"', 'msgstr[1] ""', "not translated"),
        ('msgid "Hello', '#, fuzzy\nmsgid "Hello', "fuzzy"),
        ("Dag <b>{name}", "Dag <b>{naam}", "other placeholders"),
        ("{count} stemmen", "stemmen", "other placeholders"),
        ("Dag <b>{name}</b>", "Dag {name}", "other tags"),
        ("Dag <b>", "Hallo jij, <b>", "familiar"),
        ("Dag <b>", "Uw groet en Je groet: <b>", "familiar"),
        ("Dag <b>{name}</b>", "Dag <b>{name}</b>!", "exclamation"),
        ('msgid "Hello', 'msgid "Hi', "missing"),
        ('msgid "{count} vote"', 'msgid "{count} ballot"', "no longer in the code"),
        ('msgid "Hello', '#~ msgid "Bye"\n#~ msgstr "Tot ziens"\n\nmsgid "Hello', "obsolete"),
    ],
)
def test_each_fault_is_found(right: str, wrong: str, fault: str) -> None:
    """A catalogue that was spoilt in one place is found out."""
    assert right in SOUND
    assert any(fault in found for found in faults(read(SOUND.replace(right, wrong)), NEEDED))


def test_texts_come_out_in_dutch() -> None:
    """An id is answered in Dutch, and an unknown one by itself."""
    assert gettext("{day} at {time}") == "{day} om {time}"
    assert gettext("no such id") == "no such id"


@pytest.mark.parametrize(("number", "form"), [(0, "b"), (1, "a"), (2, "b"), (11, "b")])
def test_plurals_follow_dutch(number: int, form: str) -> None:
    """One is singular; nothing and more are plural. An unknown id follows its own forms."""
    assert translations().info()["plural-forms"] == "nplurals=2; plural=(n != 1);"
    assert ngettext("a", "b", number) == form


@pytest.mark.proof
def test_the_wheel_carries_the_catalogue(tmp_path: Path) -> None:
    """An installed wheel speaks Dutch away from the source tree."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own command
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own command
    site = sysconfig.get_path("purelib")
    script = (
        f"import sys; sys.path.append({site!r}); from screens.catalogue import CATALOGUE, gettext;"
        "print(CATALOGUE); print(gettext('{day} at {time}'))"
    )
    said = subprocess.run(  # noqa: S603 - our own command
        [str(python), "-I", "-c", script], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    )
    where, text = said.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert text == "{day} om {time}"
