"""The people of a member, managed by its coordinators: invited, replaced, ended."""

from typing import Any

import pytest

from assembly import errors
from assembly.facts.people import PersonalLinkRef
from assembly.members import Acting, Role, RoleHeld
from assembly.proxies import ProxyState
from assembly.tally import Choice
from services.blocking import block_phone
from services.colleagues import ask_end, end_colleague, link_colleague, show_colleague, show_colleagues
from services.inviting import ask_name, ask_role, ask_successor, invite
from services.links import load_personal_link
from services.people import ask_end as ask_end_person
from services.people import end_person
from services.registration import open_link
from services.texts import receive_text
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE, Register, add_person, filled
from tests.support.sitting import convened_evening, coordinator, open_evening, representative

NEW = "nieuwe wethouder"


async def last(storage: Storage, account: int, screen: str) -> dict[str, Any]:
    """Return the facts of the last such screen that was queued for an account."""
    return [facts for name, facts in await queued(storage, account) if name == screen][-1]


async def somebody(storage: Storage, name: str) -> Acting:
    """Return the person with this name."""
    people: tuple[Acting, ...] = await storage.read(lambda unit: unit.people.all())
    return next(acting for acting in people if acting.person.name == name)


async def invited(
    storage: Storage, register: Register, member: str = "Assen", *, name: str = NEW, leaver: int | None = None
) -> None:
    """Let the coordinator invite a representative, in the place of ``leaver`` where one is given, and confirm."""
    account, member_id = register.coordinator(member), register.members[member]
    if leaver is None:
        await storage.write(ask_name, account, member_id, Role.REPRESENTATIVE)
    else:
        await storage.write(ask_successor, account, member_id, leaver)
    for text in (name, "wethouder"):
        await storage.write(receive_text, account, text)
    draft = (await last(storage, account, "InvitePreview"))["draft"]
    await storage.write(invite, account, draft, None)


async def test_an_invited_colleague_gets_a_link_through_the_coordinator(storage: Storage) -> None:
    """The coordinator gets the link to hand on, and the secretariat hears of it."""
    register = await filled(storage, "Assen")
    await storage.write(ask_role, register.coordinator("Assen"), register.members["Assen"])
    await invited(storage, register)
    person = await somebody(storage, NEW)
    assert person.roles == (RoleHeld(Role.REPRESENTATIVE, register.members["Assen"]),)
    assert person.person.function == "wethouder"
    assert (await screens(storage, register.coordinator("Assen")))[-2:] == ["Invited", "PersonalLinkRef"]
    news = await last(storage, OFFICE, "PeopleNews")
    assert (news["event"], news["actor"], news["name"]) == ("invited", "coördinator Assen", NEW)
    ref = PersonalLinkRef(register.people["coördinator Assen"], person.person.id)
    link = await storage.write(load_personal_link, ref)
    assert link is not None
    await storage.write(open_link, 7777, link.token)
    assert (await screens(storage, 7777)) == ["RegistrationQuestion"]


async def test_a_preview_counts_once(storage: Storage) -> None:
    """Pressing an older preview, or the same twice, does nothing more."""
    register = await filled(storage, "Assen")
    await invited(storage, register)
    account = register.coordinator("Assen")
    draft = (await last(storage, account, "InvitePreview"))["draft"]
    with pytest.raises(errors.Gone):
        await storage.write(invite, account, draft, None)
    with pytest.raises(errors.RoleHeldAlready):
        await invited(storage, register, name=NEW.upper())
    assert len([p for p in await storage.read(lambda unit: unit.people.all()) if p.person.name == NEW]) == 1


async def test_a_known_colleague_gains_a_role(storage: Storage) -> None:
    """The name of a colleague is that colleague: it gains the role, hears of it, and needs no link."""
    register = await filled(storage, "Assen")
    await invited(storage, register, name="Coördinator Assen")
    person = await somebody(storage, "coördinator Assen")
    assert {held.role for held in person.roles} == {Role.COORDINATOR, Role.REPRESENTATIVE}
    queue = await screens(storage, register.coordinator("Assen"))
    assert "RolesChanged" in queue
    assert queue[-1] == "Invited"


async def test_who_may_manage_whom(storage: Storage) -> None:
    """Only a coordinator, only its own member, and never a role of the association."""
    register = await filled(storage, "Assen", "Deventer")
    member_id = register.members["Assen"]
    with pytest.raises(errors.NotAllowed):
        await storage.write(ask_role, register.representative("Assen"), member_id)
    with pytest.raises(errors.NotYourMember):
        await storage.write(ask_role, register.coordinator("Deventer"), member_id)
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.OBSERVER):
        with pytest.raises(errors.NotAllowed):
            await storage.write(ask_name, register.coordinator("Assen"), member_id, role)
    with pytest.raises(errors.Gone):
        await storage.write(
            end_colleague, register.coordinator("Assen"), member_id, register.people["Voorzitter"], None
        )
    with pytest.raises(errors.NotYourMember):
        await storage.write(
            show_colleague, register.representative("Deventer"), member_id, register.people["coördinator Assen"], None
        )


async def test_replacing_ends_everything_of_the_leaver(storage: Storage, clock: TurnableClock) -> None:
    """Roles, buttons, typing, links and proxies of the leaver end; both sides of the proxy hear why."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.granted("Deventer", "Assen")
    leaver = evening.register.people[representative("Assen")]
    await invited(storage, evening.register, leaver=leaver)
    preview = await last(storage, evening.register.coordinator("Assen"), "InvitePreview")
    assert preview["proxies"] == ["Deventer"]
    assert (await evening.proxy(proxy_id)).state is ProxyState.LAPSED
    news = await last(storage, evening.register.representative("Deventer"), "ProxyNews")
    assert (news["event"], news["replacing"]["member_id"]) == (
        "holder_ended",
        evening.register.members["Deventer"],
    )
    assert (await somebody(storage, representative("Assen"))).roles == ()
    assert (await screens(storage, evening.register.representative("Assen")))[-4:] == [
        "RolesChanged",
        "Commands",
        "Menu",
        "ProxyNews",
    ]
    told = await storage.read(lambda unit: unit.convocations.people(evening.meeting.id))
    assert leaver in told
    await evening.open()
    assert "CheckInAsked" not in await screens(storage, evening.register.representative("Assen"))


async def test_nobody_is_ended_in_the_middle_of_a_vote(storage: Storage, clock: TurnableClock) -> None:
    """While its ballot is open a representative stays, or its seat would be nobody's."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    leaver, member_id = evening.register.people[representative("Assen")], evening.register.members["Assen"]
    account = evening.register.coordinator("Assen")
    with pytest.raises(errors.MotionOpen):
        await storage.write(end_colleague, account, member_id, leaver, None)
    with pytest.raises(errors.MotionOpen):
        await invited(storage, evening.register, leaver=leaver)
    await storage.write(
        end_colleague,
        evening.register.coordinator("Deventer"),
        evening.register.members["Deventer"],
        evening.register.people[representative("Deventer")],
        None,
    )
    await evening.cast(motion_id, "Assen", Choice.FOR)
    await evening.end_vote(motion_id)
    await storage.write(end_colleague, account, member_id, leaver, None)
    with pytest.raises(errors.NotAllowed):
        await evening.cast(motion_id, "Assen", Choice.AGAINST)


async def test_ending_warns_first(storage: Storage) -> None:
    """The preview says that it is about oneself and who is the last; then it ends all roles for that member alone."""
    register = await filled(storage, "Assen", "Deventer")
    account, person = register.coordinator("Assen"), register.people["coördinator Assen"]
    elsewhere = RoleHeld(Role.COORDINATOR, register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(person, elsewhere))
    await storage.write(ask_end, account, register.members["Assen"], person, 7)
    preview = await last(storage, account, "EndPreview")
    assert (preview["self_"], preview["last"]) == (True, ["coordinator"])
    await storage.write(end_colleague, account, register.members["Assen"], person, 7)
    assert (await somebody(storage, "coördinator Assen")).roles == (elsewhere,)
    assert (await last(storage, account, "RolesChanged"))["roles"] == [{"role": "coordinator", "member": "Deventer"}]
    assert (await last(storage, OFFICE, "PeopleNews"))["event"] == "ended"


async def test_a_link_comes_from_the_coordinator_only_where_that_is_safe(storage: Storage) -> None:
    """Not for somebody registered, nor blocked, nor with a role elsewhere: those come back through the secretariat."""
    register = await filled(storage, "Assen", "Deventer")
    account, member_id = register.coordinator("Assen"), register.members["Assen"]
    own = RoleHeld(Role.SIGNATORY, member_id)
    mayor = await storage.write(add_person, "burgemeester Assen", None, own)
    await storage.write(link_colleague, account, member_id, mayor)
    assert (await screens(storage, account))[-1] == "PersonalLinkRef"
    registered = register.people["portefeuillehouder Assen"]
    with pytest.raises(errors.AccountInUse):
        await storage.write(link_colleague, account, member_id, registered)
    await storage.write(block_phone, account, registered, None)
    elsewhere = await storage.write(add_person, "met twee petten", None, own, RoleHeld(Role.SECRETARIAT))
    for person in (registered, elsewhere):
        with pytest.raises(errors.NotTheirs):
            await storage.write(link_colleague, account, member_id, person)
        ref = PersonalLinkRef(register.people["coördinator Assen"], person)
        assert await storage.write(load_personal_link, ref) is None
    assert await storage.write(load_personal_link, PersonalLinkRef(register.people["Regiebureau"], registered))


async def test_the_secretariat_ends_anybody_but_its_last(storage: Storage) -> None:
    """All roles of a person end at once; the last person of the secretariat stays."""
    register = await filled(storage, "Assen")
    person = register.people["portefeuillehouder Assen"]
    await storage.write(ask_end_person, OFFICE, person, 7)
    await storage.write(end_person, OFFICE, person, 7)
    with pytest.raises(errors.Gone):
        await storage.write(end_person, OFFICE, person, 7)
    with pytest.raises(errors.NobodyElseInOffice):
        await storage.write(end_person, OFFICE, register.people["Regiebureau"], 7)
    colleague = await storage.write(add_person, "Collega", 9100, RoleHeld(Role.SECRETARIAT))
    await storage.write(end_person, OFFICE, register.people["Regiebureau"], 7)
    with pytest.raises(errors.NotAllowed):
        await storage.write(end_person, OFFICE, colleague, 7)


async def test_colleagues_see_each_other(storage: Storage) -> None:
    """Everybody of a member sees its people; who acts for several is asked whose."""
    register = await filled(storage, "Assen", "Deventer")
    account = register.representative("Assen")
    await storage.write(show_colleagues, account)
    shown = await last(storage, account, "Colleagues")
    assert [person["name"] for person in shown["people"]] == [coordinator("Assen"), representative("Assen")]
    assert not shown["may_manage"]
    held = RoleHeld(Role.COORDINATOR, register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(register.people["portefeuillehouder Assen"], held))
    await storage.write(show_colleagues, account)
    assert (await screens(storage, account))[-1] == "ColleaguesChoice"
    await storage.write(show_colleagues, account, register.members["Deventer"], 9)
    assert (await last(storage, account, "Colleagues"))["may_manage"]
