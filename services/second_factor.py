"""The second factor (TOTP, RFC 6238) of the secretariat and the chair: set up, asked, given, taken away.

No secret is stored: it is derived from a random salt and a key that only the process has. Recovery codes are stored as
hashes. Neither ever stands in the outbox, the journal or a log.
"""

import hmac
import re
from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes, token_hex

from pyotp import TOTP

from assembly import errors
from assembly.access import (
    CODE_SECONDS,
    CODE_WINDOW,
    MAXIMUM_WRONG_CODES,
    SecondFactor,
    after_wrong_code,
    check_codes_open,
)
from assembly.facts.people import PeopleEvent
from assembly.facts.second_factor import (
    CodeAccepted,
    CodeAsked,
    Enrolment,
    EnrolmentRef,
    FactorConfirmed,
    FactorEnded,
    MessageErased,
    RecoveryCodes,
    RecoveryCodesRef,
    RecoveryCodeUsed,
    SecurityOverview,
)
from assembly.members import Acting
from assembly.permissions import Act, may
from services.access import require
from services.office import tell_office
from services.telling import show_anew, tell
from storage.unit import Unit

SECRET_BYTES = 20
"""160 bits, as RFC 4226 recommends and every authenticator app takes."""

RECOVERY_CODES = 8
RECOVERY_BYTES = 10
"""80 random bits: 16 letters and digits."""

LABEL_LENGTH = 40
"""Characters of a name that the app shows: in the picture each may take twelve."""

ENROLMENT_KEY = "enrolment"
"""The key of the message that shows the secret, so that it can be erased."""

_CODE = re.compile(r"[0-9]{3} ?[0-9]{3}|[a-z2-7]{4}(-?[a-z2-7]{4}){3}")
"""Of the app, or for recovery."""


async def show_security(unit: Unit, telegram_id: int) -> None:
    """Show whether the person has a second factor, and what can be done about it."""
    acting = await require(unit, telegram_id, Act.SECURE_ACCOUNT)
    factor = await unit.factors.of_person(acting.person.id)
    left = await unit.factors.codes_left(acting.person.id)
    confirmed = factor is not None and factor.confirmed_at is not None
    await tell(unit, acting, SecurityOverview(unit.association.second_factor, confirmed, left))


async def set_up(unit: Unit, telegram_id: int) -> None:
    """Show the secret for an authenticator app and expect a code of it, which proves that the app has it."""
    acting = await require(unit, telegram_id, Act.SECURE_ACCOUNT)
    factor = await unit.factors.of_person(acting.person.id, lock=True)
    if factor is not None and factor.confirmed_at is not None:
        raise errors.SecondFactorExists
    await _erase_secret(unit, acting)
    await unit.factors.begin(acting.person.id, token_hex(32))
    await show_anew(unit, acting, EnrolmentRef(acting.person.id), ENROLMENT_KEY)


async def load_enrolment(unit: Unit, ref: EnrolmentRef) -> Enrolment | None:
    """Derive the secret of a second factor that is being set up; nothing once it is confirmed or given up."""
    acting, factor = await unit.people.get(ref.person_id), await unit.factors.of_person(ref.person_id)
    if acting is None or factor is None or factor.confirmed_at is not None or not factor.awaits_code(unit.now):
        return None
    totp = _totp(unit, factor)
    name, issuer = acting.person.name[:LABEL_LENGTH], unit.association.name[:LABEL_LENGTH]
    return Enrolment(totp.secret, totp.provisioning_uri(name=name, issuer_name=issuer))


async def ask_code(unit: Unit, telegram_id: int, act: str, press: str = "") -> None:
    """Ask for a code because ``act`` waits for it.

    ``press`` is the button that can then be pressed again; empty where a text is to be sent again.
    """
    acting = await require(unit, telegram_id)
    factor = await unit.factors.of_person(acting.person.id, lock=True)
    if factor is None:
        raise errors.Gone
    await unit.factors.ask(acting.person.id, act, press)
    await tell(unit, acting, CodeAsked(act, text=not press))


async def take_code(unit: Unit, acting: Acting, text: str, message_id: int | None) -> bool:
    """Take ``text`` where it is a code that is awaited, and erase its message; return whether it was one.

    A wrong code is an answer and not an exception, because the wrong try must be stored.
    """
    typed = text.strip().lower()
    if not _CODE.fullmatch(typed):
        return False
    factor = await unit.factors.of_person(acting.person.id, lock=True)
    if factor is None or not factor.awaits_code(unit.now):
        return False
    if message_id is not None:
        await tell(unit, acting, MessageErased(message_id))
    try:
        check_codes_open(factor, unit.now)
    except errors.CodesLocked as locked:
        await tell(unit, acting, locked)
        return True
    typed = typed.replace(" ", "").replace("-", "")
    step = _step_of(unit, factor, typed)
    recovered = step is None and factor.confirmed_at is not None and await _use_recovery_code(unit, acting, typed)
    if step is None and not recovered:
        await _note_wrong_code(unit, acting, factor)
        return True
    await unit.factors.accept(acting.person.id, step=step)
    if factor.confirmed_at is None:
        await _confirm(unit, acting)
    elif factor.asked_act is not None and factor.asked_press is not None:
        until = unit.now + unit.association.second_factor_remembered
        await tell(unit, acting, CodeAccepted(factor.asked_act, factor.asked_press, until))
    return True


async def new_codes(unit: Unit, telegram_id: int) -> None:
    """Queue new recovery codes in place of the earlier ones."""
    acting = await require(unit, telegram_id, Act.WEAKEN_ACCOUNT)
    await _confirmed(unit, acting)
    await _queue_codes(unit, acting)


async def load_codes(unit: Unit, ref: RecoveryCodesRef) -> RecoveryCodes | None:
    """Make recovery codes. Runs while sending and stores hashes, so a repeated sending ends the earlier ones."""
    acting, factor = await unit.people.get(ref.person_id), await unit.factors.of_person(ref.person_id)
    if acting is None or factor is None or factor.confirmed_at is None or not may(acting, Act.SECURE_ACCOUNT):
        return None
    codes = [b32encode(token_bytes(RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    await unit.factors.replace_codes(ref.person_id, [_hash(code) for code in codes])
    await unit.journal.note("recovery_codes_made", actor_id=ref.person_id, facts={"person": ref.person_id})
    return RecoveryCodes(tuple("-".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in codes))


async def end_factor(unit: Unit, telegram_id: int, message_id: int | None) -> None:
    """Take the person's own second factor away."""
    acting = await require(unit, telegram_id, Act.WEAKEN_ACCOUNT)
    await _confirmed(unit, acting)
    await _end(unit, acting, acting)
    await tell(unit, acting, FactorEnded(acting.person.name, None), edit=message_id)


async def reset_factor(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """Take somebody else's second factor away, so that it can be set up anew: it takes two to get in without it."""
    acting = await require(unit, telegram_id, Act.MANAGE_PEOPLE)
    target = await unit.people.get(person_id)
    if target is None:
        raise errors.Gone
    if target.person.id == acting.person.id:
        raise errors.NotAllowed(Act.MANAGE_PEOPLE.value)
    await _confirmed(unit, target)
    await _end(unit, acting, target)
    await tell(unit, acting, FactorEnded(target.person.name, None), edit=message_id)
    await tell(unit, target, FactorEnded(target.person.name, acting.person.name))


def _totp(unit: Unit, factor: SecondFactor) -> TOTP:
    secret = hmac.digest(unit.association.key, factor.salt.encode(), sha256)[:SECRET_BYTES]
    return TOTP(b32encode(secret).decode(), interval=CODE_SECONDS)


def _step_of(unit: Unit, factor: SecondFactor, code: str) -> int | None:
    """Return the time step of which ``code`` is the code; ``None`` where it is of none near now, or was used before."""
    totp = _totp(unit, factor)
    now = int(unit.now.timestamp()) // CODE_SECONDS
    for step in range(now - CODE_WINDOW, now + CODE_WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step), code) and step > factor.last_step:
            return step
    return None


async def _use_recovery_code(unit: Unit, acting: Acting, code: str) -> bool:
    if not await unit.factors.use_code(acting.person.id, _hash(code)):
        return False
    await unit.journal.note("recovery_code_used", actor_id=acting.person.id, facts={"person": acting.person.id})
    await tell(unit, acting, RecoveryCodeUsed(await unit.factors.codes_left(acting.person.id)))
    return True


async def _note_wrong_code(unit: Unit, acting: Acting, factor: SecondFactor) -> None:
    failures, until = after_wrong_code(factor, unit.now)
    await unit.factors.note_failure(acting.person.id, failures, until)
    if until is None:
        await tell(unit, acting, errors.CodeWrong(MAXIMUM_WRONG_CODES - failures))
        return
    await unit.journal.note("codes_locked", actor_id=acting.person.id, facts={"person": acting.person.id})
    await tell(unit, acting, errors.CodesLocked(until))


async def _confirm(unit: Unit, acting: Acting) -> None:
    """Erase the secret from the chat, now that the app has it; hand out recovery codes, and tell the others.

    By its key, because who is quick types the code before it is written down as which message the secret was sent.
    """
    await tell(unit, acting, MessageErased(), key=ENROLMENT_KEY)
    await unit.journal.note("second_factor_set", actor_id=acting.person.id, facts={"person": acting.person.id})
    await tell(unit, acting, FactorConfirmed())
    await _queue_codes(unit, acting)
    await tell_office(unit, acting, PeopleEvent.FACTOR_SET, acting)


async def _erase_secret(unit: Unit, acting: Acting) -> None:
    account = acting.person.telegram_id
    shown = await unit.outbox.posted(account, ENROLMENT_KEY) if account is not None else None
    if account is not None and shown is not None:
        await tell(unit, acting, MessageErased(shown))
        await unit.outbox.forget_posted(account, ENROLMENT_KEY)


async def _queue_codes(unit: Unit, acting: Acting) -> None:
    await show_anew(unit, acting, RecoveryCodesRef(acting.person.id), "recovery")


async def _confirmed(unit: Unit, acting: Acting) -> None:
    factor = await unit.factors.of_person(acting.person.id, lock=True)
    if factor is None or factor.confirmed_at is None:
        raise errors.Gone


async def _end(unit: Unit, actor: Acting, target: Acting) -> None:
    await unit.factors.end(target.person.id)
    await unit.journal.note("second_factor_ended", actor_id=actor.person.id, facts={"person": target.person.id})
    await tell_office(unit, actor, PeopleEvent.FACTOR_ENDED, target)


def _hash(code: str) -> str:
    """Return what is stored of a recovery code. A plain hash suffices: the code is random and not a password."""
    return sha256(code.encode()).hexdigest()
