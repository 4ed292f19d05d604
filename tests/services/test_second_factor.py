"""The second factor: set up, asked, given, lost and taken away."""

from base64 import b32decode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from time import time

import pyotp
import pytest
from sqlalchemy import select

from assembly import errors
from assembly.access import CODES_LOCKED, MAXIMUM_WRONG_CODES, SecondFactorMode
from assembly.association import Association
from assembly.facts.second_factor import Enrolment, EnrolmentRef, RecoveryCodesRef
from assembly.members import Role, RoleHeld
from services import (
    amending,
    convening,
    decisions,
    deposit,
    entries,
    excluding,
    interrupting,
    outcomes,
    rectifying,
)
from services.second_factor import (
    RECOVERY_CODES,
    SECRET_BYTES,
    ask_code,
    end_factor,
    load_codes,
    load_enrolment,
    new_codes,
    reset_factor,
    set_up,
    show_security,
)
from services.sitting import open_meeting
from services.texts import receive_text
from storage.engine import Storage
from storage.tables import metadata
from storage.unit import Unit
from tests.support.assembly import convened
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, add_person, filled

PRESS = "1:open:1"
ACT = "open_meeting"
COLLEAGUE = 9100


@pytest.fixture
def association(association: Association) -> Association:
    """Give an association with a key of its own, as the settings do."""
    return replace(association, key=b"a key that only the process has")


async def person_of(storage: Storage, account: int) -> int:
    """Return the id of the person behind an account."""
    acting = await storage.read(lambda unit: unit.people.acting(account))
    assert acting is not None
    return int(acting.person.id)


async def enrolment(storage: Storage, account: int) -> Enrolment:
    """Start setting up, and return what the screen would show."""
    await storage.write(set_up, account)
    shown = await storage.read(load_enrolment, EnrolmentRef(await person_of(storage, account)))
    assert shown is not None
    return shown


async def says(storage: Storage, account: int, text: str, message_id: int = 50) -> list[str]:
    """Let somebody type something; return the screens that this brings."""
    before = len(await screens(storage, account))
    await storage.write(receive_text, account, text, (), message_id)
    return (await screens(storage, account))[before:]


async def sent(storage: Storage, first: int) -> dict[int | None, str]:
    """Send all that waits, as messages from number ``first`` on; return which screens changed messages, by message."""
    changed: dict[int | None, str] = {}

    async def send(unit: Unit, number: int) -> bool:
        rows = await unit.outbox.claim(1, (), time(), 60)
        for row in rows:
            posted = await unit.outbox.posted(row.chat_id, row.key) if row.key else None
            changed[row.message_id or posted] = row.screen
            await unit.outbox.mark_sent(row.id, posted or number)
        return bool(rows)

    for number in range(first, first + 100):
        if not await storage.write(send, number):
            return changed
    raise AssertionError("it never ends")


async def enrolled(storage: Storage, clock: TurnableClock, account: int) -> pyotp.TOTP:
    """Set up a second factor, and return the app that shows its codes."""
    app = pyotp.TOTP((await enrolment(storage, account)).key)
    await says(storage, account, app.at(clock.moment))
    return app


async def codes(storage: Storage, account: int) -> tuple[str, ...]:
    """Make recovery codes as the sender does."""
    made = await storage.write(load_codes, RecoveryCodesRef(await person_of(storage, account)))
    assert made is not None
    return tuple(made.codes)


async def test_a_code_proves_that_the_app_has_the_secret(storage: Storage, clock: TurnableClock) -> None:
    """Nothing is protected before a right code came; then the typed code is erased and recovery codes come."""
    await filled(storage)
    shown = await enrolment(storage, OFFICE)
    assert len(b32decode(shown.key)) == SECRET_BYTES
    assert shown.address.startswith("otpauth://totp/")
    assert await says(storage, OFFICE, "000000") == ["MessageErased", "CodeWrong"]
    code = pyotp.TOTP(shown.key).at(clock.moment)
    assert await says(storage, OFFICE, f"{code[:3]} {code[3:]}", 51) == [
        "MessageErased",
        "FactorConfirmed",
        "RecoveryCodesRef",
    ]
    erased = [facts for name, facts in await queued(storage, OFFICE) if name == "MessageErased"]
    assert erased[-1] == {"message_id": 51}
    with pytest.raises(errors.SecondFactorExists):
        await storage.write(set_up, OFFICE)
    assert await storage.read(load_enrolment, EnrolmentRef(await person_of(storage, OFFICE))) is None


@pytest.mark.parametrize(
    "step",
    [
        interrupting.take_void,
        outcomes.take_otherwise,
        rectifying.take_rectification,
        amending.take_order,
        excluding.take_reason,
        entries.take_rejection,
        decisions.take_reason,
        convening.take_late_reason,
        deposit.take_reason,
    ],
    ids=lambda step: f"{step.__module__}.{step.__name__}",
)
async def test_a_text_that_comes_late_needs_a_code(
    storage: Storage, clock: TurnableClock, step: Callable[..., Awaitable[None]]
) -> None:
    """Whoever has the phone hours after the button was pressed cannot finish a guarded act by typing a reason."""
    await filled(storage)
    await enrolled(storage, clock, OFFICE)
    acting = await storage.read(lambda unit: unit.people.acting(OFFICE))
    with pytest.raises(KeyError):  # the code is fresh, and what is missing comes after it
        await storage.write(step, acting, "Reden", {})
    clock.turn(storage.association.second_factor_remembered)
    with pytest.raises(errors.SecondFactorNeeded):
        await storage.write(step, acting, "Reden", {})


async def test_the_secret_is_erased_from_the_chat(storage: Storage, clock: TurnableClock) -> None:
    """The message with the picture goes once the app has the secret, and when another one takes its place."""
    await filled(storage)
    await enrolment(storage, OFFICE)
    await storage.write(lambda unit: unit.outbox.set_posted(OFFICE, "enrolment", 40))
    shown = await enrolment(storage, OFFICE)
    await storage.write(lambda unit: unit.outbox.set_posted(OFFICE, "enrolment", 41))
    await says(storage, OFFICE, pyotp.TOTP(shown.key).at(clock.moment), 51)
    erased = [facts["message_id"] for name, facts in await queued(storage, OFFICE) if name == "MessageErased"]
    assert [number for number in erased if number is not None] == [40, 51]
    assert (await sent(storage, 60))[41] == "MessageErased"


async def test_the_secret_is_erased_from_under_a_quick_thumb(storage: Storage, clock: TurnableClock) -> None:
    """The code is typed before it is written down that the secret was sent: its message goes all the same."""
    await filled(storage)
    shown = await enrolment(storage, OFFICE)
    (row,) = await storage.write(lambda unit: unit.outbox.claim(1, (), time(), 60))
    assert row.screen == "EnrolmentRef"
    await says(storage, OFFICE, pyotp.TOTP(shown.key).at(clock.moment), 51)
    await storage.write(lambda unit: unit.outbox.mark_sent(row.id, 40))
    assert (await sent(storage, 60))[40] == "MessageErased"


async def test_a_press_waits_for_its_code(storage: Storage, clock: TurnableClock) -> None:
    """The guarded act is refused, asked for again after the code, and then goes through for its time."""
    await filled(storage, "Assen")
    meeting = await convened(storage, clock)
    app = await enrolled(storage, clock, CHAIR)
    clock.turn(storage.association.second_factor_remembered)
    with pytest.raises(errors.SecondFactorNeeded):
        await storage.write(open_meeting, CHAIR, meeting.id)
    await storage.write(ask_code, CHAIR, ACT, PRESS)
    assert await says(storage, CHAIR, app.at(clock.moment)) == ["MessageErased", "CodeAccepted"]
    accepted = (await queued(storage, CHAIR))[-1][1]
    assert (accepted["act"], accepted["press"]) == (ACT, PRESS)
    await storage.write(open_meeting, CHAIR, meeting.id)


async def test_digits_that_nobody_asked_for_are_text(storage: Storage, clock: TurnableClock) -> None:
    """Without a question a number goes where texts go, and a question is forgotten after ten minutes."""
    await filled(storage)
    app = await enrolled(storage, clock, OFFICE)
    assert await says(storage, OFFICE, "123456") == ["NotUnderstood"]
    await storage.write(ask_code, OFFICE, ACT, PRESS)
    assert await says(storage, OFFICE, "een gewone zin") == ["NotUnderstood"]
    clock.turn(timedelta(minutes=10))
    assert await says(storage, OFFICE, app.at(clock.moment)) == ["NotUnderstood"]


async def test_a_code_works_once_and_near_its_time(storage: Storage, clock: TurnableClock) -> None:
    """The codes just before and after now are taken, each once and none older than one used; others are not."""
    await filled(storage)
    app = await enrolled(storage, clock, OFFICE)
    used = app.at(clock.moment)
    clock.turn(timedelta(minutes=5))
    for code, answer in (
        (used, "CodeWrong"),
        (app.at(clock.moment - timedelta(seconds=60)), "CodeWrong"),
        (app.at(clock.moment + timedelta(seconds=60)), "CodeWrong"),
        (app.at(clock.moment), "CodeAccepted"),
        (app.at(clock.moment), "CodeWrong"),
        (app.at(clock.moment - timedelta(seconds=30)), "CodeWrong"),
        (app.at(clock.moment + timedelta(seconds=30)), "CodeAccepted"),
    ):
        await storage.write(ask_code, OFFICE, ACT, PRESS)
        assert (await says(storage, OFFICE, code))[-1] == answer


async def test_guessing_locks(storage: Storage, clock: TurnableClock) -> None:
    """After five wrong codes even the right one is refused for a while, and then it works."""
    await filled(storage)
    app = await enrolled(storage, clock, OFFICE)
    clock.turn(timedelta(minutes=5))
    await storage.write(ask_code, OFFICE, ACT, PRESS)
    answers = [(await says(storage, OFFICE, "000000"))[-1] for _ in range(MAXIMUM_WRONG_CODES)]
    assert answers == ["CodeWrong"] * (MAXIMUM_WRONG_CODES - 1) + ["CodesLocked"]
    assert (await says(storage, OFFICE, app.at(clock.moment)))[-1] == "CodesLocked"
    clock.turn(CODES_LOCKED)
    await storage.write(ask_code, OFFICE, ACT, PRESS)
    assert (await says(storage, OFFICE, app.at(clock.moment)))[-1] == "CodeAccepted"


async def test_recovery_codes_work_once_each(storage: Storage, clock: TurnableClock) -> None:
    """Each stands in for a code once, with or without dashes; new ones end the earlier ones."""
    await filled(storage)
    await enrolled(storage, clock, OFFICE)
    first, second, *rest = await codes(storage, OFFICE)
    assert len(rest) == RECOVERY_CODES - 2
    for typed, answer in (
        (first, "CodeAccepted"),
        (first, "CodeWrong"),
        (second.replace("-", "").upper(), "CodeAccepted"),
    ):
        await storage.write(ask_code, OFFICE, ACT, PRESS)
        assert (await says(storage, OFFICE, typed))[-1] == answer
    await storage.write(show_security, OFFICE)
    assert (await queued(storage, OFFICE))[-1][1]["codes_left"] == RECOVERY_CODES - 2
    await storage.write(new_codes, OFFICE)
    await codes(storage, OFFICE)
    await storage.write(ask_code, OFFICE, ACT, PRESS)
    assert (await says(storage, OFFICE, rest[0]))[-1] == "CodeWrong"


async def test_no_secret_rests_in_the_database(storage: Storage, clock: TurnableClock) -> None:
    """Neither the secret of the app, nor a recovery code, nor a typed code stands in any row of any table."""
    await filled(storage)
    shown = await enrolment(storage, OFFICE)
    code = pyotp.TOTP(shown.key).at(clock.moment)
    await says(storage, OFFICE, code)
    recovery = await codes(storage, OFFICE)

    async def everything(unit: Unit) -> str:
        rows = [await unit.connection.execute(select(table)) for table in metadata.sorted_tables]
        return repr([tuple(row) for found in rows for row in found])

    kept = await storage.read(everything)
    for secret in (
        shown.key,
        b32decode(shown.key).hex(),
        code,
        *recovery,
        *(each.replace("-", "") for each in recovery),
    ):
        assert secret not in kept


async def test_another_key_means_other_codes(
    storage: Storage, database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Who has the database alone, a stolen copy say, cannot make the codes."""
    await filled(storage)
    key = (await enrolment(storage, OFFICE)).key
    async with Storage.open(database_url, replace(association, key=b"another"), clock) as other:
        shown = await other.read(load_enrolment, EnrolmentRef(await person_of(storage, OFFICE)))
    assert shown is not None
    assert shown.key != key


async def test_taking_it_away_asks_for_a_code(storage: Storage, clock: TurnableClock) -> None:
    """Only with a fresh code can one's own second factor be taken away; then it can be set up anew."""
    await filled(storage)
    app = await enrolled(storage, clock, OFFICE)
    clock.turn(timedelta(hours=1))
    for service, *arguments in ((end_factor, None), (new_codes,)):
        with pytest.raises(errors.SecondFactorNeeded):
            await storage.write(service, OFFICE, *arguments)
    await storage.write(ask_code, OFFICE, "weaken_account", "1:sfend")
    await says(storage, OFFICE, app.at(clock.moment))
    await storage.write(end_factor, OFFICE, None)
    assert (await enrolment(storage, OFFICE)).key != app.secret


async def test_a_lost_app_needs_a_colleague(
    storage: Storage, database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Another secretary with a code of its own takes the second factor away; nobody does that for itself."""
    await filled(storage)
    colleague = await storage.write(add_person, "Collega", COLLEAGUE, RoleHeld(Role.SECRETARIAT))
    await enrolled(storage, clock, OFFICE)
    lost = await person_of(storage, OFFICE)
    required = replace(association, second_factor=SecondFactorMode.REQUIRED)
    async with Storage.open(database_url, required, clock) as strict:
        with pytest.raises(errors.SecondFactorMissing):
            await strict.write(reset_factor, COLLEAGUE, lost, None)
        await enrolled(strict, clock, COLLEAGUE)
        with pytest.raises(errors.NotAllowed):
            await strict.write(reset_factor, COLLEAGUE, colleague, None)
        await strict.write(reset_factor, COLLEAGUE, lost, None)
        with pytest.raises(errors.Gone):
            await strict.write(reset_factor, COLLEAGUE, lost, None)
    assert (await queued(storage, OFFICE))[-1] == ("FactorEnded", {"name": "Regiebureau", "actor": "Collega"})
    await enrolled(storage, clock, OFFICE)
    assert "FactorConfirmed" in await screens(storage, OFFICE)
