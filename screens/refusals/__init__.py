"""Every refusal in Dutch: what happened, what was and was not saved, what to do now."""

from screens.refusals import access, convening, entries, entry, proxies, slips, voting
from screens.refusals.base import ALERT_LIMIT, SENTENCES, plain

__all__ = ["ALERT_LIMIT", "SENTENCES", "access", "convening", "entries", "entry", "plain", "proxies", "slips", "voting"]
