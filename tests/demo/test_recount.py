"""The recount finds what is wrong with a result, on logs that were made up."""

from itertools import count
from typing import Any

from demo.recount import Recount, recount

GROUP = -4_100_000_001
CLOSED = "Uitslag agendapunt 6.1\nVoor: {voor}\nTegen: {tegen}\nOnthouding: {onthouding}\n{verdict}."
SAYS = {"voor": "U hebt vóór gestemd", "tegen": "U hebt tegen gestemd", "onthouding": "U hebt zich onthouden"}

ROLL_CALL = {"voor": "Voor stemden", "tegen": "Tegen stemden", "onthouding": "Onthielden zich"}


class Log:
    """A log that is written line by line, as the simulator does."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.votes: list[tuple[str, str, int]] = []
        self._updates = count(500)

    def add(self, kind: str, **facts: object) -> None:
        """Write an entry."""
        self.entries.append({"n": len(self.entries) + 1, "kind": kind, **facts})

    def press(self, seat: str, choice: str, person: int, mark: str = "") -> str:
        """Somebody presses a ballot's button; returns the id of the query."""
        update_id = next(self._updates)
        query = {
            "id": f"q{update_id}",
            "from": {"id": person},
            "data": f"vote:{seat}:{choice}",
            "message": {
                "text": "Agendapunt 6.1\nInnovatiebudget",
                "reply_markup": {
                    "inline_keyboard": [
                        [{"text": f"{mark}{seat}: {other}", "callback_data": f"vote:{seat}:{other}"} for other in SAYS]
                    ]
                },
            },
        }
        self.add("update", update={"update_id": update_id, "callback_query": query})
        return f"q{update_id}"

    def answer(self, query: str, text: str) -> None:
        """Let the bot answer a press."""
        self.add("answer", callback_query_id=query, answer={"text": text})

    def vote(self, seat: str, choice: str, person: int, mark: str = "") -> None:
        """Somebody votes, and the bot confirms it."""
        self.votes.append((seat, choice, person))
        self.answer(self.press(seat, choice, person, mark), f"{SAYS[choice]} namens de gemeente {seat}.")

    def result(
        self,
        voor: int,
        tegen: int,
        onthouding: int,
        verdict: str = "Aangenomen",
        chat: int = GROUP,
        names: dict[str, str] | None = None,
    ) -> None:
        """Let the bot post a result, with the seats that really voted under their choice unless ``names`` says else."""
        voters = {seat: choice for seat, choice, _ in self.votes} | (names or {})
        text = CLOSED.format(voor=voor, tegen=tegen, onthouding=onthouding, verdict=verdict)
        for choice, words in ROLL_CALL.items():
            if seats := [seat for seat, chosen in voters.items() if chosen == choice]:
                text += f"\n{words}: {', '.join(seats)}."
        self.add("request", method="sendMessage", response={"ok": True, "result": {"chat": {"id": chat}, "text": text}})

    def recount(self) -> Recount:
        """Recount what was written."""
        return recount(self.entries)


def voted() -> Log:
    """Return a log of three seats that voted."""
    log = Log()
    log.vote("Assen", "voor", 1)
    log.vote("Olst-Wijhe", "voor", 2)
    log.vote("Raalte", "tegen", 2)
    return log


def test_a_right_result_has_no_differences() -> None:
    """A result that equals the confirmed presses fits."""
    log = voted()
    log.result(2, 1, 0)
    recounted = log.recount()
    assert recounted.differences == []
    assert recounted.counts("6.1") == {"voor": 2, "tegen": 1, "onthouding": 0}


def test_the_last_confirmed_press_of_a_seat_stands() -> None:
    """Who changes the vote is counted once, with the last choice, also from a button with a mark on it."""
    log = voted()
    log.vote("Raalte", "voor", 2)
    log.vote("Raalte", "onthouding", 2, mark="✅ ")
    log.result(2, 0, 1)
    assert log.recount().differences == []


def test_order_is_that_of_the_updates() -> None:
    """An older press that is confirmed later does not replace a newer one."""
    log = voted()
    old = log.press("Assen", "tegen", 1)
    log.vote("Assen", "onthouding", 1)
    log.answer(old, "U hebt tegen gestemd namens de gemeente Assen.")
    log.result(1, 1, 1, "Verworpen")
    assert log.recount().differences == []


def test_a_refused_press_does_not_count() -> None:
    """What was answered with a refusal, or not at all, is no vote."""
    log = voted()
    log.answer(log.press("Zwolle", "voor", 9), "U brengt hier de stem van de gemeente Zwolle niet uit.")
    log.press("Emmen", "voor", 8)
    log.result(2, 1, 0)
    assert log.recount().differences == []


def test_a_wrong_result_is_found() -> None:
    """Votes that moved from one side to the other are found on both."""
    log = voted()
    log.result(1, 2, 0, "Verworpen")
    assert len(log.recount().differences) == 3


def test_a_lost_vote_is_found() -> None:
    """A vote that was confirmed and not counted is found."""
    log = voted()
    log.result(1, 1, 0, "Verworpen")
    assert "Agendapunt 6.1: de groep zag voor: 1, geteld is 2." in log.recount().differences


def test_swapped_votes_are_found() -> None:
    """Two seats under each other's choice are found, though the sum is right."""
    log = voted()
    log.result(2, 1, 0, names={"Assen": "tegen", "Raalte": "voor"})
    assert log.recount().differences == [
        "Agendapunt 6.1: de groep zag Assen niet bij voor.",
        "Agendapunt 6.1: de groep zag Raalte niet bij tegen.",
    ]


def test_a_double_vote_is_found() -> None:
    """A seat that was counted twice is found in the sum."""
    log = voted()
    log.vote("Assen", "voor", 1)
    log.result(3, 1, 0)
    assert log.recount().differences == ["Agendapunt 6.1: de groep zag voor: 3, geteld is 2."]


def test_a_seat_with_two_voters_is_found() -> None:
    """Two people whose votes were both confirmed for one seat are found, even if the sum is right."""
    log = voted()
    log.vote("Assen", "voor", 7)
    log.result(2, 1, 0)
    assert log.recount().differences == ["Agendapunt 6.1: voor Assen stemden twee personen."]


def test_a_vote_after_the_result_is_found() -> None:
    """A press that was confirmed after the result was out is found."""
    log = voted()
    log.result(2, 1, 0)
    log.vote("Emmen", "voor", 8)
    assert log.recount().differences == ["Agendapunt 6.1: een stem van Emmen kwam na de uitslag."]


def test_an_answer_that_says_something_else_is_found() -> None:
    """An answer must confirm what was pressed."""
    log = voted()
    log.answer(log.press("Emmen", "voor", 8), "U hebt tegen gestemd namens de gemeente Emmen.")
    log.result(3, 1, 0, names={"Emmen": "voor"})
    assert log.recount().differences == ["Agendapunt 6.1: Emmen drukte op voor, maar bevestigd werd tegen."]


def test_a_wrong_verdict_is_found() -> None:
    """The right figures with the wrong conclusion are found; a tie is rejected."""
    log = voted()
    log.result(2, 1, 0, "Verworpen")
    assert len(log.recount().differences) == 1
    tie = voted()
    tie.vote("Emmen", "tegen", 8)
    tie.result(2, 2, 0, "Verworpen")
    assert tie.recount().differences == []


def test_a_missing_result_is_found() -> None:
    """Only what the group saw counts as the result."""
    log = voted()
    log.result(2, 1, 0, chat=5)
    assert log.recount().differences == ["Agendapunt 6.1: de groep kreeg geen uitslag."]


def test_votes_out_of_nothing_are_found() -> None:
    """A result without any confirmed vote is found."""
    log = Log()
    log.result(1, 0, 0)
    assert "Agendapunt 6.1: de groep zag voor: 1, geteld is 0." in log.recount().differences
