"""Answers to pressed buttons."""

from simulator.methods.registry import Call, method

_MAX_CACHE = 24 * 30 * 3600


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """Answer a press once, in time: a notice of at most 200 characters, an alert, or nothing to see."""
    params = call.params
    answer = {
        "text": params.text("text") or None,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url") or None,
        "cache_time": min(max(params.number("cache_time"), 0), _MAX_CACHE),
    }
    seconds = call.world.limits.numbers.callback_seconds
    press = call.world.presses.answer(call.bot, params.text("callback_query_id"), answer, seconds)
    call.world.log.add("answer", bot=call.bot.id, callback_query_id=press.id, user=press.user.id, answer=answer)
    return True
