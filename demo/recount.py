"""Recounting the votes from the simulator's log alone: what people pressed, what was confirmed, what the group saw.

It knows nothing of how the bot counts. Per motion (the agenda number in the ballot's text) the last confirmed press of
each seat stands, in the order of Telegram's update ids, and the sum is compared with the result in the group.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

CHOICES = ("voor", "tegen", "onthouding")

_BUTTON = re.compile(rf"^(?:✅ )?(?P<seat>.+): (?P<choice>{'|'.join(CHOICES)})$")
_ITEM = re.compile(r"agendapunt (\d+(?:\.\d+)?)", re.IGNORECASE)
_CONFIRMED = {
    re.compile(r"^U hebt vóór gestemd\b"): "voor",
    re.compile(r"^U hebt tegen gestemd\b"): "tegen",
    re.compile(r"^U hebt zich onthouden\b"): "onthouding",
}
_VOTERS = {
    choice: re.compile(rf"^{words}: (.+)\.$", re.MULTILINE)
    for choice, words in zip(CHOICES, ("Voor stemden", "Tegen stemden", "Onthielden zich"), strict=True)
}
_VERDICT = re.compile(r"^(?:[✅❌] )?(Aangenomen|Verworpen)\b", re.MULTILINE)


@dataclass(frozen=True)
class Press:
    """One press of a ballot's button; ``entry`` is where the log has it."""

    item: str
    seat: str
    choice: str
    person: int
    update_id: int
    entry: int


@dataclass(frozen=True)
class Result:
    """What the group was told about one motion. ``voters`` are the names of the seats by choice."""

    counts: Mapping[str, int]
    voters: Mapping[str, frozenset[str]]
    adopted: bool
    entry: int


@dataclass
class Recount:
    """Per agenda number the choice that stands for each seat and the result in the group; and what does not fit."""

    standing: dict[str, dict[str, Press]] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def counts(self, item: str) -> dict[str, int]:
        """Count what stands for one motion."""
        chosen = [press.choice for press in self.standing.get(item, {}).values()]
        return {choice: chosen.count(choice) for choice in CHOICES}


def recount(entries: Iterable[Json]) -> Recount:
    """Recount everything in the log's ``entries``, in their order. ``differences`` is empty when all is right."""
    recounted = Recount()
    pressed: dict[str, Press] = {}
    confirmed: list[Press] = []
    for entry in entries:
        match entry["kind"]:
            case "update":
                query = entry["update"].get("callback_query")
                press = query and _press(query, entry)
                if press:
                    pressed[query["id"]] = press
            case "answer":
                press = pressed.get(entry["callback_query_id"])
                said = _said(entry["answer"].get("text") or "")
                if press and said:
                    confirmed.append(press)
                    recounted.differences += _wrong_answer(press, said)
            case "request":
                _read_result(entry, recounted.results)
    for press in sorted(confirmed, key=lambda press: press.update_id):
        _stand(press, recounted)
    for item in sorted(recounted.standing.keys() | recounted.results.keys()):
        _compare(item, recounted)
    return recounted


def _press(query: Json, entry: Json) -> Press | None:
    """Read the press of a ballot's button from an update; None for any other press."""
    message = query.get("message") or {}
    item = _ITEM.search(message.get("text", ""))
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = [button["text"] for row in rows for button in row if button.get("callback_data") == query["data"]]
    button = _BUTTON.match(labels[0]) if labels else None
    if not item or not button:
        return None
    return Press(
        item[1], button["seat"], button["choice"], query["from"]["id"], entry["update"]["update_id"], entry["n"]
    )


def _said(answer: str) -> str | None:
    """Return the choice that an answer confirms, None if it confirms none."""
    return next((choice for pattern, choice in _CONFIRMED.items() if pattern.search(answer)), None)


def _wrong_answer(press: Press, said: str) -> list[str]:
    if said == press.choice:
        return []
    return [f"Agendapunt {press.item}: {press.seat} drukte op {press.choice}, maar bevestigd werd {said}."]


def _read_result(entry: Json, results: dict[str, Result]) -> None:
    """Remember a result that was posted in a group; the last one counts."""
    message = entry["response"].get("result")
    if not isinstance(message, dict) or message.get("chat", {}).get("id", 0) >= 0:
        return
    text = message.get("text") or message.get("caption") or ""  # an outcome may stand under its picture
    item, verdict = _ITEM.search(text), _VERDICT.search(text)
    found = {choice: re.search(rf"^{choice}: (\d+)$", text, re.IGNORECASE | re.MULTILINE) for choice in CHOICES}
    counts = {choice: int(number[1]) for choice, number in found.items() if number}
    if item and verdict and len(counts) == len(CHOICES):
        voters = {choice: pattern.search(text) for choice, pattern in _VOTERS.items()}
        named = {choice: frozenset(line[1].split(", ")) if line else frozenset() for choice, line in voters.items()}
        results[item[1]] = Result(counts, named, verdict[1] == "Aangenomen", entry["n"])


def _stand(press: Press, recounted: Recount) -> None:
    """Let a confirmed press stand for its seat, unless it could not have been confirmed."""
    result = recounted.results.get(press.item)
    if result and press.entry > result.entry:
        recounted.differences.append(f"Agendapunt {press.item}: een stem van {press.seat} kwam na de uitslag.")
        return
    seats = recounted.standing.setdefault(press.item, {})
    before = seats.get(press.seat)
    if before and before.person != press.person:
        recounted.differences.append(f"Agendapunt {press.item}: voor {press.seat} stemden twee personen.")
    seats[press.seat] = press


def _compare(item: str, recounted: Recount) -> None:
    result = recounted.results.get(item)
    if result is None:
        recounted.differences.append(f"Agendapunt {item}: de groep kreeg geen uitslag.")
        return
    counts = recounted.counts(item)
    for choice in CHOICES:
        if counts[choice] != result.counts[choice]:
            recounted.differences.append(
                f"Agendapunt {item}: de groep zag {choice}: {result.counts[choice]}, geteld is {counts[choice]}."
            )
    for seat, press in sorted(recounted.standing.get(item, {}).items()):
        if seat not in result.voters[press.choice]:
            recounted.differences.append(f"Agendapunt {item}: de groep zag {seat} niet bij {press.choice}.")
    if result.adopted != (counts["voor"] > counts["tegen"]):
        verdict = "aangenomen" if result.adopted else "verworpen"
        recounted.differences.append(f"Agendapunt {item}: de groep zag “{verdict}”, en dat volgt niet uit de telling.")
