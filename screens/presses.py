"""Typed callback data: what a button says when it is pressed.

Callback data is a claim, never proof: anybody can send any of it. A press only names things; services decide.
Form: ``1:<code>:<field>:<field>``, at most 64 bytes. The version in front lets an old button be recognised.
"""

from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

from assembly.agenda import ItemKind
from assembly.meetings import Mode, Reply
from assembly.notices import Audience
from assembly.tally import Choice

VERSION = "1"
LIMIT = 64


class BadPress(ValueError):  # noqa: N818 - a press can be bad; it is no error of the program
    """The data is not of a button that this version draws."""


@dataclass(frozen=True)
class Press:
    """A button's message. Subclasses name their ``code``; fields are ``int``, ``str`` or a text enumeration."""

    code: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type["Press"]]] = {}

    def __init_subclass__(cls, code: str, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init_subclass__(**kwargs)
        if code in cls.kinds:
            raise ValueError(f"two presses have the code {code}")
        cls.code = code
        cls.kinds[code] = cls

    def encode(self) -> str:
        """Return the callback data. Raises ``ValueError`` where it would not fit."""
        values = (getattr(self, field.name) for field in fields(self))
        data = ":".join([VERSION, self.code, *(str(v.value if isinstance(v, Enum) else v) for v in values)])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data of {self.code} is longer than {LIMIT} bytes")
        return data

    @classmethod
    def decode(cls, data: str | None) -> Self:
        """Read callback data of this kind of press. Raises ``BadPress`` for anything else."""
        version, _, rest = (data or "").partition(":")
        code, *values = rest.split(":")
        if version != VERSION or code != cls.code:
            raise BadPress(cls.code)
        kinds = _field_types(code)
        if len(values) != len(kinds):
            raise BadPress(cls.code)
        try:
            return cls(*(_read(kind, value) for kind, value in zip(kinds, values, strict=True)))
        except ValueError as error:
            raise BadPress(cls.code) from error

    @classmethod
    def matches(cls, data: object) -> bool:
        """Whether callback data is of this kind of press, whole and well-formed."""
        try:
            cls.decode(data if isinstance(data, str) else None)
        except BadPress:
            return False
        return True


@cache
def _field_types(code: str) -> tuple[type[Any], ...]:
    kind = Press.kinds[code]
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _read(kind: type[Any], value: str) -> Any:  # noqa: ANN401 - the field's own type
    """Read one field. A number must be plain ASCII digits that fit in 63 bits: what the database can hold."""
    if kind is not int:
        return kind(value)
    if not (value.isascii() and value.isdigit() and len(value) <= 18):  # noqa: PLR2004 - 18 digits stay below 2**63
        raise ValueError(value)
    return int(value)


# Everywhere


@dataclass(frozen=True)
class OpenMenu(Press, code="menu"):
    """Show the menu."""


@dataclass(frozen=True)
class Cancel(Press, code="stop"):
    """Leave what the person is busy with."""


# Registration and register


@dataclass(frozen=True)
class ConfirmRegistration(Press, code="yes"):
    """This is me."""

    link_id: int


@dataclass(frozen=True)
class DenyRegistration(Press, code="no"):
    """This is not me."""

    link_id: int


@dataclass(frozen=True)
class AskRegister(Press, code="reg"):
    """Ask for a register file."""


@dataclass(frozen=True)
class ApplyRegister(Press, code="apply"):
    """Take over the register file that was shown."""

    file_id: int


@dataclass(frozen=True)
class ExportLinks(Press, code="links"):
    """Make registration links for everybody who is not registered."""


# Convening


@dataclass(frozen=True)
class ShowMeeting(Press, code="alv"):
    """Show the assembly's console."""


@dataclass(frozen=True)
class CreateMeeting(Press, code="new"):
    """Start preparing an assembly."""


@dataclass(frozen=True)
class EditMeeting(Press, code="edit"):
    """Fill in the assembly's title, moment and place anew."""

    meeting_id: int


@dataclass(frozen=True)
class AskAgenda(Press, code="agenda"):
    """Ask for the agenda's text."""

    meeting_id: int


@dataclass(frozen=True)
class ShowItems(Press, code="items"):
    """List the agenda items as buttons."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class ShowItem(Press, code="item"):
    """Show one agenda item."""

    item_id: int


@dataclass(frozen=True)
class SetItemKind(Press, code="kind"):
    """Correct what the assembly does with an item."""

    item_id: int
    kind: ItemKind


@dataclass(frozen=True)
class AskProposal(Press, code="text"):
    """Ask for the text that will be put to the vote."""

    item_id: int


@dataclass(frozen=True)
class AskPapers(Press, code="papers"):
    """Start sending papers."""

    meeting_id: int


@dataclass(frozen=True)
class FinishPapers(Press, code="pdone"):
    """No more papers come for now."""

    meeting_id: int


@dataclass(frozen=True)
class PreviewConvocation(Press, code="prev"):
    """Show the convocation as it will be sent, with the head count."""

    meeting_id: int


@dataclass(frozen=True)
class Convene(Press, code="conv"):
    """Send the convocation."""

    meeting_id: int


@dataclass(frozen=True)
class SendLatePapers(Press, code="late"):
    """Send the papers that came later to everybody who has the set."""

    meeting_id: int


@dataclass(frozen=True)
class ShowDeliveries(Press, code="who"):
    """Show who received the convocation and who replied."""

    meeting_id: int


@dataclass(frozen=True)
class GiveReply(Press, code="rsvp"):
    """Answer the convocation for all members that the person acts for."""

    meeting_id: int
    reply: Reply


@dataclass(frozen=True)
class ShowPapers(Press, code="set"):
    """Show the agenda and send the current papers."""

    meeting_id: int


# Notices


@dataclass(frozen=True)
class StartNotice(Press, code="note"):
    """Start writing a notice."""


@dataclass(frozen=True)
class ChooseAudience(Press, code="aud"):
    """Choose who receives the notice."""

    audience: Audience


@dataclass(frozen=True)
class SendNotice(Press, code="send"):
    """Send the notice that was shown."""

    notice_id: int


# Proxies


@dataclass(frozen=True)
class StartProxy(Press, code="pstart"):
    """Start granting a proxy for a member."""

    meeting_id: int
    member_id: int


@dataclass(frozen=True)
class PageHolders(Press, code="ppage"):
    """Show another page of possible holders."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class ChooseHolder(Press, code="phold"):
    """Choose the representative of another member as the holder."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class GrantProxy(Press, code="pgrant"):
    """Prepare the proxy, and sign it where the presser is entitled to."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class SignProxy(Press, code="psign"):
    """Sign a prepared proxy."""

    proxy_id: int


@dataclass(frozen=True)
class AcceptProxy(Press, code="pacc"):
    """Accept a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class DeclineProxy(Press, code="pdec"):
    """Decline a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class RevokeProxy(Press, code="pend"):
    """Revoke a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class ShowSeats(Press, code="seats"):
    """Show who casts the person's votes, and on whose behalf the person votes."""

    meeting_id: int


# The meeting and the vote


@dataclass(frozen=True)
class OpenMeeting(Press, code="open"):
    """Open the assembly."""

    meeting_id: int


@dataclass(frozen=True)
class CloseMeeting(Press, code="close"):
    """Close the assembly."""

    meeting_id: int


@dataclass(frozen=True)
class CheckIn(Press, code="in"):
    """I am present, in the room or remotely."""

    meeting_id: int
    mode: Mode


@dataclass(frozen=True)
class CheckOut(Press, code="out"):
    """I leave."""

    meeting_id: int


@dataclass(frozen=True)
class ShowAttendance(Press, code="att"):
    """Show the attendance list."""

    meeting_id: int


@dataclass(frozen=True)
class ChooseMotion(Press, code="mlist"):
    """List the items that can be put to the vote."""

    meeting_id: int


@dataclass(frozen=True)
class PreviewMotion(Press, code="mshow"):
    """Show what will be put to the vote."""

    item_id: int


@dataclass(frozen=True)
class OpenMotion(Press, code="mopen"):
    """Open the vote; ``roll_call`` is 1 where roll-call was chosen explicitly for a vote on persons."""

    item_id: int
    roll_call: int


@dataclass(frozen=True)
class CloseMotion(Press, code="mclose"):
    """Close the vote and count."""

    motion_id: int


@dataclass(frozen=True)
class CastBallot(Press, code="c"):
    """Vote for one seat."""

    motion_id: int
    member_id: int
    choice: Choice


@dataclass(frozen=True)
class ShowDecisions(Press, code="dec"):
    """Show the decision list."""

    meeting_id: int


@dataclass(frozen=True)
class PublishDecisions(Press, code="decpub"):
    """Send the decision list to everybody and to the group."""

    meeting_id: int
