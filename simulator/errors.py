"""Refusals: of the Bot API (in Telegram's words) and of the control API."""


class ApiError(Exception):
    """A refusal of the Bot API.

    ``code`` is both the HTTP status and ``error_code``; ``parameters`` becomes ResponseParameters
    (``retry_after`` in seconds, ``migrate_to_chat_id``).
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class ControlError(Exception):
    """A refusal of the control API: an HTTP status and one sentence for its caller."""

    def __init__(self, text: str, status: int = 400, **more: object) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
        self.more = more


def bad_request(text: str, **parameters: int) -> ApiError:
    """Return error 400 in Telegram's words, ``text`` without the prefix."""
    return ApiError(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> ApiError:
    """Return error 403 in Telegram's words, ``text`` without the prefix."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return error 429; ``retry_after`` in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
