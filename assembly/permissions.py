"""Which role may do what: the one table that decides."""

from enum import StrEnum

from assembly.errors import NotAllowed
from assembly.members import Acting, Role


class Act(StrEnum):
    """What people can do, beside reading their own facts."""

    IMPORT_MEMBERS = "import_members"
    EXPORT_LINKS = "export_links"
    PREPARE_MEETING = "prepare_meeting"
    CONVENE = "convene"
    LEAD_MEETING = "lead_meeting"
    LEAD_VOTE = "lead_vote"
    SEND_NOTICE = "send_notice"
    LINK_GROUP = "link_group"
    REPLY = "reply"
    PREPARE_PROXY = "prepare_proxy"
    HOLD_PROXY = "hold_proxy"
    CHECK_IN = "check_in"
    READ_PAPERS = "read_papers"


_OFFICE = frozenset({Role.SECRETARIAT})
_TABLE = frozenset({Role.SECRETARIAT, Role.CHAIR})
_MEMBER = frozenset({Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY})

PERMITTED: dict[Act, frozenset[Role]] = {
    Act.IMPORT_MEMBERS: _OFFICE,
    Act.EXPORT_LINKS: _OFFICE,
    Act.PREPARE_MEETING: _OFFICE,
    Act.CONVENE: _OFFICE,
    Act.SEND_NOTICE: _OFFICE,
    Act.LINK_GROUP: _OFFICE,
    Act.LEAD_MEETING: _TABLE,
    Act.LEAD_VOTE: _TABLE,
    Act.REPLY: _MEMBER,
    Act.PREPARE_PROXY: _MEMBER,
    Act.HOLD_PROXY: frozenset({Role.REPRESENTATIVE}),
    Act.CHECK_IN: frozenset(Role),
    Act.READ_PAPERS: frozenset(Role),
}


def may(acting: Acting, act: Act) -> bool:
    """Whether one of the person's roles permits ``act``."""
    return any(held.role in PERMITTED[act] for held in acting.roles)


def check_may(acting: Acting, act: Act) -> None:
    """Refuse with ``NotAllowed`` unless one of the person's roles permits ``act``."""
    if not may(acting, act):
        raise NotAllowed(act.value)
