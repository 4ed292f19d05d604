"""Receiving updates: long polling, and setting a webhook."""

import re
from ipaddress import ip_address
from typing import Any

from simulator.errors import ApiError, bad_request
from simulator.links import LinkError, parse_address
from simulator.methods.registry import Call, method
from simulator.webhooks import Webhook

Json = dict[str, Any]

MAX_TIMEOUT = 50
MAX_LIMIT = 100
_MAX_CONNECTIONS = 100
_MAX_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_PORTS = (80, 88, 443, 8443)
_DEFAULT_CONNECTIONS = 40
_KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "message_reaction", "message_reaction_count", "chat_boost", "removed_chat_boost",
    "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    "purchased_paid_media",
}  # fmt: skip
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_CONFLICT_WEBHOOK = "Conflict: terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Confirm what is below ``offset`` and return what waits; wait up to ``timeout`` seconds (50 at most) for more."""
    queue = call.bot.queue
    if call.bot.webhook is not None:
        raise ApiError(409, _WEBHOOK_ACTIVE)
    _remember_allowed(call)
    offset = call.params.number("offset")
    limit = min(max(call.params.number("limit", MAX_LIMIT), 1), MAX_LIMIT)
    timeout = min(max(call.params.number("timeout"), 0), MAX_TIMEOUT)
    batch = queue.take(offset, limit)
    if not batch and timeout:
        queue.end_wait(ApiError(409, _CONFLICT))
        await queue.wait(timeout)
        # A negative offset has dropped what it drops: it must not drop what arrived meanwhile.
        batch = queue.take(max(offset, 0), limit)
    if batch:
        ids = [update.get("update_id") for update in batch]
        call.world.log.add("delivery", bot=call.bot.id, update_ids=ids, offset=offset)
    return batch


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    """Have updates delivered to a URL; an empty one ends that."""
    url = call.params.text("url")
    if not url:
        return _delete(call)
    call.world.limits.pause_webhook(call.bot.id)
    _check_url(url)
    secret = call.params.text("secret_token")
    if len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(call)
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.clear()
    call.bot.queue.end_wait(ApiError(409, _CONFLICT_WEBHOOK))
    connections = min(max(call.params.number("max_connections", _DEFAULT_CONNECTIONS), 1), _MAX_CONNECTIONS)
    wanted = Webhook(url, secret, connections, call.params.text("ip_address"))
    # The same webhook again is left running, as it is, with all that is on its way.
    if call.bot.webhook != wanted:
        call.bot.webhook = wanted
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    """Go back to polling."""
    return _delete(call)


def _delete(call: Call) -> bool:
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.clear()
    call.bot.webhook = None
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """Describe the webhook and how it fares."""
    webhook, queue = call.bot.webhook, call.bot.queue
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            info["ip_address"] = webhook.ip_address
        if webhook.last_error:
            info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if queue.allowed is not None:
        info["allowed_updates"] = sorted(queue.allowed)
    return info


def _remember_allowed(call: Call) -> None:
    """Keep an explicit list until the next explicit one; an empty one restores the default. What is no list is none."""
    try:
        kinds = call.params.json("allowed_updates", "allowed_updates")
    except ApiError:
        return
    if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
        call.bot.queue.allowed = {kind.lower() for kind in kinds} & _KINDS or None


def _check_url(url: str) -> None:
    """Allow HTTPS on Telegram's ports, and anything on this machine, where no certificate can be had."""
    try:
        address = parse_address(url, "https")
    except LinkError:
        raise bad_request("invalid webhook URL specified") from None
    try:
        numeric = ip_address(address.host.strip("[]"))
    except ValueError:
        numeric = None
    if address.host == "localhost" or (numeric is not None and numeric.is_loopback):
        return
    if address.protocol != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if address.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if numeric is not None and numeric.version != 4:  # noqa: PLR2004 - the version of the protocol
        raise bad_request("bad webhook: IPv6-only addresses are not allowed")
    if numeric is not None and (numeric.is_private or numeric.is_reserved):
        raise bad_request(f"bad webhook: IP address {numeric} is reserved")
