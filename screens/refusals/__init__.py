"""Every refusal in Dutch: what happened, what was and was not saved, what to do now."""

from screens.refusals import (
    access,
    agenda,
    convening,
    entries,
    entry,
    notices,
    papers,
    proxies,
    register,
    slips,
    typed,
    voting,
)
from screens.refusals.base import ALERT_LIMIT, SENTENCES, plain

__all__ = [
    "ALERT_LIMIT",
    "SENTENCES",
    "access",
    "agenda",
    "convening",
    "entries",
    "entry",
    "notices",
    "papers",
    "plain",
    "proxies",
    "register",
    "slips",
    "typed",
    "voting",
]
