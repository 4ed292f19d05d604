"""Facts about strangers who ask for access."""

from dataclasses import dataclass

from assembly.members import Role


@dataclass(frozen=True)
class RequestNameAsked:
    """The stranger's next text is its name."""


@dataclass(frozen=True)
class RequestFunctionAsked:
    """The stranger's next text is its function."""


@dataclass(frozen=True)
class RequestMemberAsked:
    """The stranger's next text names its member. ``search``: what was typed before; ``found``: members (id, name)."""

    search: str
    found: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class RequestCheck:
    """What the stranger is about to send. ``member`` is empty for somebody of the association itself."""

    name: str
    function: str
    member: str


@dataclass(frozen=True)
class RequestSent:
    """The request waits for the secretariat."""


@dataclass(frozen=True)
class RequestWithdrawn:
    """The stranger let go of its request."""


@dataclass(frozen=True)
class RequestRefused:
    """The stranger is told that its request was refused; ``reason`` may be empty."""

    reason: str


@dataclass(frozen=True)
class RequestCardRef:
    """A request as somebody of the secretariat sees it when it is sent."""

    request_id: int
    person_id: int


@dataclass(frozen=True)
class RequestCard:
    """A request, with whom it may come from.

    ``telegram_name`` is unverified. ``candidates``: unregistered people (id, name, function) it may be. ``roles`` can
    be given to a new person. ``decided``: by whom, and whether it was approved; ``None`` while it waits.
    """

    request_id: int
    name: str
    function: str
    member: str
    telegram_name: str
    candidates: tuple[tuple[int, str, str], ...]
    roles: tuple[Role, ...]
    decided: tuple[str, bool] | None


@dataclass(frozen=True)
class RequestList:
    """The requests that wait: (id, name, member)."""

    requests: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class RefusalReasonAsked:
    """The next text is why the request is refused; the stranger reads it."""

    name: str
