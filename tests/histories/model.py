"""An assembly in a few lines, one act at a time: what each act answers, and what holds after it.

It shares nothing with the rules of the bot, so that both would have to be wrong in the same way.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

MAXIMUM = 2
"""Proxies of other members per holder."""

DONE_BEFORE = "AlreadyDone"
OK = "ok"


@dataclass(frozen=True)
class Given:
    """A proxy: ``state`` is offered or accepted; ``id`` is zero for one that was granted in the burst at hand."""

    id: int
    member: str
    holder: str
    state: str


@dataclass(frozen=True)
class Vote:
    """A vote: who carries which seat, and what stands with the number of the update that it came from."""

    item: str
    carriers: Mapping[str, str]
    ballots: Mapping[str, tuple[str, int]]
    closed: bool = False

    def counted(self) -> Mapping[str, int]:
        """Return how often each choice stands."""
        return Counter(choice for choice, _ in self.ballots.values())


@dataclass(frozen=True)
class State:
    """Everything that the acts bear on. ``done`` holds the updates that took effect."""

    present: frozenset[str] = frozenset()
    proxies: frozenset[Given] = frozenset()
    votes: tuple[Vote, ...] = ()
    done: frozenset[int] = frozenset()

    @property
    def open(self) -> Vote | None:
        """The vote that is open."""
        return next((vote for vote in self.votes if not vote.closed), None)

    def proxy(self, proxy_id: int) -> Given | None:
        """Return a proxy that is under way."""
        return next((given for given in self.proxies if given.id == proxy_id), None)

    def carrier(self, member: str) -> str | None:
        """Return whose representative carries the member's seat now."""
        if member in self.present:
            return member
        given = next((g for g in self.proxies if g.member == member and g.state == "accepted"), None)
        return given.holder if given is not None and given.holder in self.present else None


Answer = tuple[str, State]


@dataclass(frozen=True)
class Event:
    """One delivery of an update: ``act`` is done by ``who``, a member whose representative presses."""

    update: int
    act: str
    who: str
    proxy: int = 0
    other: str = ""
    choice: str = ""
    item: str = ""

    def on(self, state: State, members: tuple[str, ...]) -> Answer:
        """Return what this delivery answers in ``state``, and what holds after it."""
        if self.update in state.done:
            return DONE_BEFORE, state
        answer, after = _ACTS[self.act](self, state, members)
        if answer.startswith(OK):
            return answer, replace(after, done=after.done | {self.update})
        return answer, state


def _arrive(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    return OK, replace(state, present=state.present | {event.who})


def _leave(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    return OK, replace(state, present=state.present - {event.who})


def _grant(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    refusal = _holder_refused(event.who, event.other, state.proxies)
    given = Given(0, event.who, event.other, "offered")
    return (refusal, state) if refusal else (OK, replace(state, proxies=state.proxies | {given}))


def _holder_refused(member: str, holder: str, others: frozenset[Given]) -> str:
    if member == holder:
        return "ProxyToSelf"
    if any(given.member == member for given in others):
        return "ProxyExists"
    if any(given.member == holder or given.holder == member for given in others):
        return "ProxyChain"
    if sum(given.holder == holder for given in others) >= MAXIMUM:
        return "ProxyLimit"
    return ""


def _accept(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    given = state.proxy(event.proxy)
    if given is None or given.state != "offered":
        return "ProxyMovedOn", state
    refusal = _holder_refused(given.member, given.holder, state.proxies - {given})
    if refusal:
        return refusal, state
    return OK, replace(state, proxies=state.proxies - {given} | {replace(given, state="accepted")})


def _decline(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    given = state.proxy(event.proxy)
    if given is None:
        return "ProxyMovedOn", state
    if given.state == "accepted" and state.open is not None:
        return "MotionOpen", state
    return OK, replace(state, proxies=state.proxies - {given})


def _revoke(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    given = state.proxy(event.proxy)
    if given is None:
        return "ProxyMovedOn", state
    if state.open is not None:
        return "MotionOpen", state
    return OK, replace(state, proxies=state.proxies - {given})


def _open(event: Event, state: State, members: tuple[str, ...]) -> Answer:
    if state.open is not None:
        return "MotionOpen", state
    if any(vote.item == event.item for vote in state.votes):
        return "ItemVoted", state
    carriers = {member: carrier for member in members if (carrier := state.carrier(member)) is not None}
    if not carriers:
        return "NobodyPresent", state
    return OK, replace(state, votes=(*state.votes, Vote(event.item, carriers, {})))


def _close(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    vote = state.open
    if vote is None or vote.item != event.item:
        return "Gone", state
    return OK, _with_vote(state, replace(vote, closed=True))


def _cast(event: Event, state: State, _: tuple[str, ...]) -> Answer:
    (vote,) = (vote for vote in state.votes if vote.item == event.item)
    if vote.closed:
        return "VotingClosed", state
    if vote.carriers.get(event.other) != event.who:
        return "NotYourSeat", state
    standing = vote.ballots.get(event.other)
    if standing is not None and standing[1] >= event.update:
        return f"{OK} {standing[0]}", state
    ballots = {**vote.ballots, event.other: (event.choice, event.update)}
    return f"{OK} {event.choice}", _with_vote(state, replace(vote, ballots=ballots))


def _with_vote(state: State, changed: Vote) -> State:
    return replace(state, votes=tuple(changed if vote.item == changed.item else vote for vote in state.votes))


_ACTS: Mapping[str, Callable[[Event, State, tuple[str, ...]], Answer]] = {
    "arrive": _arrive,
    "leave": _leave,
    "grant": _grant,
    "accept": _accept,
    "decline": _decline,
    "revoke": _revoke,
    "open": _open,
    "close": _close,
    "cast": _cast,
}

UNKNOWN = "unknown"
"""What a caller knows when the database gave no answer: the act took effect, or it did not."""


def explanations(
    state: State, answers: tuple[tuple[Event, str], ...], members: tuple[str, ...], *, lost: bool
) -> list[State]:
    """Return every state to which some order of the events leads in which each answers what it did answer.

    ``lost``: answers to a COMMIT got lost. Who looks for its done-key then cannot tell its own from that of the same
    update that came a second time, and answers what it had found itself.
    """
    found: list[State] = []
    seen: list[tuple[State, tuple[tuple[Event, str], ...]]] = [(state, answers)]
    for reached, rest in seen:
        if not rest and reached not in found:
            found.append(reached)
        for place, (event, answered) in enumerate(rest):
            answer, after = event.on(reached, members)
            possible = [after] if answered == answer else [after, reached] if answered == UNKNOWN else []
            if lost and answer == DONE_BEFORE and answered.startswith(OK):
                possible = [reached]
            remaining = rest[:place] + rest[place + 1 :]
            seen.extend((next_state, remaining) for next_state in possible if (next_state, remaining) not in seen)
    return found
