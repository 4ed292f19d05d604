"""Who may do what by which button while a vote is open, written down anew: none of the bot's own rules is asked.

For each code of a button: whose rows may change when this account presses it. Nothing at all means that the press
must leave the database as it was.
"""

from collections.abc import Callable
from typing import Any

from assembly.members import Role
from assembly.proxies import ProxyState
from screens.presses import Press
from tests.hostile.people import NOBODY, Known, Somebody

Touch = tuple[str, int]
"""A table and whose rows: of ballots and proxies the member's, of all else the person's."""

Entitlement = Callable[[Known, int, Any], set[Touch]]

SCREEN: Touch = ("outbox", 0)
"""Something is shown, and nothing changed."""

ANYTHING: Touch = ("*", 0)
"""What the secretariat does is its own affair here."""

OFFICE = frozenset({Role.SECRETARIAT})
TABLE = frozenset({Role.SECRETARIAT, Role.CHAIR})
OF_A_MEMBER = frozenset({Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY})
SIGNING = frozenset({Role.REPRESENTATIVE, Role.SIGNATORY})


def touches(known: Known, account: int, data: object) -> set[Touch]:
    """Return what may come of this account pressing a button with ``data``; empty where nothing may."""
    kind = Press.kind_of(data) if isinstance(data, str) else None
    if kind is None or not isinstance(data, str):
        return set()
    press = kind.decode(data)
    there = all(value in known.ids.get(name, (value,)) for name, value in vars(press).items() if type(value) is int)
    return ENTITLED[kind.code](known, account, press) if there else set()


def _roles(held: frozenset[Role], *tables: str) -> Entitlement:
    """Whoever holds one of these roles; of ``tables`` its own rows, of none only a screen."""

    def entitled(known: Known, account: int, _press: object) -> set[Touch]:
        somebody = known.people.get(account, NOBODY)
        return {SCREEN, *((table, somebody.id) for table in tables)} if somebody.kinds & held else set()

    return entitled


def _anybody(known: Known, account: int, _press: object) -> set[Touch]:
    return {SCREEN, ("conversations", known.people.get(account, NOBODY).id)}


def _nobody(_known: Known, _account: int, _press: object) -> set[Touch]:
    return set()


def _carrier(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a ballot's press
    mine = known.carriers[press.member_id] == known.people.get(account, NOBODY).id
    mine = mine and press.choice in {"for", "against", "abstain"}
    return {SCREEN, ("ballots", press.member_id)} if mine and press.motion_id == max(known.ids["motion_id"]) else set()


def _carries(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press for all seats
    me = known.people.get(account, NOBODY).id
    mine = {("ballots", member_id) for member_id, carrier in known.carriers.items() if carrier == me}
    says = getattr(press, "choice", "for") in {"for", "against", "abstain"}
    return {SCREEN, *mine} if mine and says and press.motion_id == max(known.ids["motion_id"]) else set()


def _looks_at_ballot(known: Known, account: int, _press: object) -> set[Touch]:
    me = known.people.get(account, NOBODY).id
    return {SCREEN} if me in known.carriers.values() else set()


def _disputer(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about an outcome
    carries = known.people.get(account, NOBODY).id in known.carriers.values()
    return {SCREEN, ("disputes", 0)} if carries and press.motion_id == min(known.ids["motion_id"]) else set()


def _explains(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a statement
    me = known.people.get(account, NOBODY).id
    mine = {member_id for member_id, carrier in known.carriers.items() if carrier == me}
    there = press.motion_id == max(known.ids["motion_id"]) and getattr(press, "member_id", next(iter(mine), 0)) in mine
    return {SCREEN, ("conversations", me)} if there else set()


def _claimant(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a link
    return {SCREEN, ANYTHING} if known.claimants[press.link_id] == account else set()


def _grantor(*tables: str) -> Entitlement:
    def entitled(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a proxy to grant
        somebody = known.people.get(account, NOBODY)
        mine = press.member_id in somebody.members(*OF_A_MEMBER)
        return (
            {SCREEN, ("conversations", somebody.id), *((table, press.member_id) for table in tables)} if mine else set()
        )

    return entitled


def _applicant(known: Known, account: int, _press: object) -> set[Touch]:
    return {SCREEN, ("access_requests", account)} if account not in known.people else set()


def _asking(known: Known, account: int, press: object) -> set[Touch]:
    return _applicant(known, account, press) or {SCREEN}  # who is registered sees the menu


def _colleague(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about colleagues
    mine = known.people.get(account, NOBODY).members(Role.COORDINATOR, Role.REPRESENTATIVE, Role.SIGNATORY)
    return {SCREEN, ANYTHING} if mine and getattr(press, "member_id", next(iter(mine))) in mine else set()


def _blocker(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a lost phone
    somebody = known.people.get(account, NOBODY)
    other = next((person for person in known.people.values() if person.id == press.person_id), NOBODY)
    together = somebody.members(*OF_A_MEMBER) & other.members(*OF_A_MEMBER)
    return {SCREEN, ANYTHING} if together or Role.SECRETARIAT in somebody.kinds else set()


def _party(is_party: Callable[[Known, int, Any], bool], *states: ProxyState) -> Entitlement:
    def entitled(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a proxy
        proxy = known.proxies[press.proxy_id]
        return (
            {SCREEN, ("proxies", proxy.member_id)}
            if is_party(known, account, proxy) and proxy.state in states
            else set()
        )

    return entitled


def _holds(known: Known, account: int, proxy: Any) -> bool:  # noqa: ANN401 - a proxy
    return bool(proxy.holder_id == known.people.get(account, NOBODY).id)


def _acts_as(*held: Role) -> Callable[[Known, int, Any], bool]:
    def acts(known: Known, account: int, proxy: Any) -> bool:  # noqa: ANN401 - a proxy
        somebody: Somebody = known.people.get(account, NOBODY)
        return proxy.member_id in somebody.members(*held)

    return acts


def _side(*tables: str) -> Entitlement:
    """Whoever acts for the member of a proxy; of ``tables`` its own rows, or the member's."""

    def entitled(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a proxy
        proxy, somebody = known.proxies[press.proxy_id], known.people.get(account, NOBODY)
        if not _acts_as(*OF_A_MEMBER)(known, account, proxy):
            return set()
        own = {"conversations": somebody.id}
        return {SCREEN, *((table, own.get(table, proxy.member_id)) for table in tables)}

    return entitled


def _voter(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a proxy
    mine = _acts_as(Role.REPRESENTATIVE)(known, account, known.proxies[press.proxy_id])
    return {SCREEN, ("attendance", known.people[account].id)} if mine else set()


def _reader(known: Known, account: int, press: Any) -> set[Touch]:  # noqa: ANN401 - a press about a proxy
    proxy, somebody = known.proxies[press.proxy_id], known.people.get(account, NOBODY)
    holds = _holds(known, account, proxy) and proxy.state is not ProxyState.PREPARED
    side = _acts_as(*OF_A_MEMBER)(known, account, proxy)
    return {SCREEN} if holds or side or Role.SECRETARIAT in somebody.kinds else set()


_PREPARED, _OFFERED = ProxyState.PREPARED, ProxyState.OFFERED
_ANY_ROLE, _ANYTHING = frozenset(Role), ANYTHING[0]


def _codes(codes: str, entitlement: Entitlement) -> dict[str, Entitlement]:
    return dict.fromkeys(codes.split(), entitlement)


ENTITLED: dict[str, Entitlement] = {
    # Everybody, also who is not registered: the menu, its own request for access.
    **_codes("menu stop erase", _anybody),
    "req": _asking,
    **_codes("reqmem reqnew reqsend reqstop", _applicant),
    **_codes("yes no", _claimant),
    # The secretariat.
    **_codes("reg elect rtempl rexp rpage rapply lmlist lmcard fact factok", _roles(OFFICE, _ANYTHING)),
    **_codes(
        "ov ovnew ovshow ovopen ovclose ovdrop ovpap ovpapm ovplan ovunpl ovfile ovfrem", _roles(OFFICE, _ANYTHING)
    ),
    **_codes("mgpage mgsucc mgok mgend susp suspok suspend", _roles(OFFICE, _ANYTHING)),
    **_codes("links mklinks mklink letter unlink regs find person endask endall sfreset", _roles(OFFICE, _ANYTHING)),
    **_codes("reqs reqshow reqyes reqis reqno reqwhy", _roles(OFFICE, _ANYTHING)),
    **_codes("new edit agenda items item kind text papers pdone prev conv late who", _roles(OFFICE, _ANYTHING)),
    **_codes("note send npast naud ncirc ncomm nlack nchat nmemb npick nprev nsil nrec", _roles(OFFICE, _ANYTHING)),
    **_codes("nwhen nnow nplan nunpl nshow nrep nxls ncor ncorok nwd nwdok nagain", _roles(OFFICE, _ANYTHING)),
    **_codes("reh rehp rehi rehg reha rehy rehn rehe rehz", _roles(OFFICE, _ANYTHING)),
    **_codes("comms commq comm commp commin commout commx commxok heldy heldn", _roles(OFFICE, _ANYTHING)),
    **_codes("euro noeuro post print postto posted today agree proof", _roles(OFFICE, _ANYTHING)),
    **_codes("aall atake ititle inew imove igone ihold ivote imaj iform", _roles(OFFICE, _ANYTHING)),
    **_codes("cask cshow cgone dnum dlist paper dask dset ditem dtie dgone", _roles(OFFICE, _ANYTHING)),
    # The secretariat and the chair.
    **_codes("em ef er eh eg egs egu ex ep eb ebp", _roles(OFFICE, _ANYTHING)),
    **_codes("el es ec en", _roles(TABLE, _ANYTHING)),
    **_codes("sh shm shr shc sho", _roles(OFFICE, _ANYTHING)),
    **_codes("shb shy", _roles(TABLE, _ANYTHING)),
    "shk": _roles(OFFICE),
    "shp": _roles(TABLE),
    **_codes("alv open close mlist mshow mopen mclose decpub", _roles(TABLE, _ANYTHING)),
    **_codes("mstraw mround mlot oshow oadd ogone opick", _roles(TABLE, _ANYTHING)),
    **_codes("lnext lcourse ltake lpause lhold lamend lorder macc", _roles(TABLE, _ANYTHING)),
    **_codes(
        "msusp mvoid mtime mpron mtie mother mpick mverd magain mcorr mexcl mexask mexend", _roles(TABLE, _ANYTHING)
    ),
    "mem": _roles(TABLE),
    **_codes("room fll", _roles(TABLE)),
    **_codes("flg fle", _roles(TABLE, _ANYTHING)),
    "memf": _roles(TABLE, "member_views"),
    **_codes("sec sfset sfend sfcodes", _roles(TABLE, _ANYTHING)),
    # Who acts for a member.
    **_codes("cols", _roles(OF_A_MEMBER)),
    **_codes("colp col collink inv invrole repl invdo colask colend", _colleague),
    **_codes("blockask block", _blocker),
    **_codes("pstart pp phold pstand puntil pos psdec", _grantor()),
    **_codes("pgrant pginst", _grantor("proxies")),
    "psgrant": _grantor("proxies", "standing_proxies"),
    **_codes("ps psall", _grantor("positions")),
    "psign": _party(_acts_as(*SIGNING), _PREPARED),
    "pacc": _party(_holds, _OFFERED),
    "pdec": _party(_holds, _OFFERED),
    "pend": _party(_acts_as(*OF_A_MEMBER), _PREPARED, _OFFERED),
    **_codes("prep", _side()),
    **_codes("prepl", _side("proxies")),
    "pself": _voter,
    "plet": _reader,
    "pask": _side("conversations"),
    "c": _carrier,
    **_codes("ca cp", _carries),
    **_codes("cst cstm", _explains),
    **_codes("av avc avw", _nobody),  # the assembly is open
    **_codes("cs cb", _looks_at_ballot),
    "mdisp": _disputer,
    # Nobody replies, instructs or sets a standing proxy aside while a vote is open; nothing is being adopted without a
    # vote to which one could object; there is no mandate, no letter,
    # nothing that was entered, no notice that asks to be confirmed, and no secret vote.
    **_codes("mobj nok rsvp pinst pskip psend plets pjudge eo ssee spick sc sok", _nobody),
    **_codes("slo slp slm slc slt sly", _nobody),
    "iagree": _roles(OF_A_MEMBER, _ANYTHING),
    # An open assembly is not moved or cancelled, and has no second one yet.
    **_codes("change calloff keep tellall second", _nobody),
    # Whoever has a role.
    **_codes("set dall att dec rcall seats", _roles(_ANY_ROLE)),
    "read": _roles(_ANY_ROLE, _ANYTHING),
    **_codes("in out", _roles(_ANY_ROLE, "attendance", "turns")),
    "fl": _roles(_ANY_ROLE, "turns"),
    **_codes("flx flq", _roles(_ANY_ROLE, "turns", "conversations")),
}
"""By the code of the button. While a vote is open nobody replies any more, and no accepted proxy ends."""
