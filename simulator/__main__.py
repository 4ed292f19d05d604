"""Run the simulator: ``python -m simulator --port 8081 --token 123:ABC --username alvbot``."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from simulator.app import create_app
from simulator.serving import serving

_CHUNK = 4096
_EPILOG = """Bots reach it at /bot<token>/<method>, people are played on the page at / and over HTTP at /sim, which
/sim/docs describes: clock, limits, faults, weather, downtime and the log of all that happened."""


def _arguments(line: list[str] | None) -> argparse.Namespace:
    about = "A simulated Telegram Bot API server."
    parser = argparse.ArgumentParser(prog="python -m simulator", description=about, epilog=_EPILOG)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8081, help="port to listen on; 0 lets the system choose")
    parser.add_argument("--token", help="token of a first bot, as in 123456:ABC-DEF")
    parser.add_argument("--username", default="bot", help="username of that bot")
    parser.add_argument("--name", help="first name of that bot (default: its username)")
    parser.add_argument("--validate", action="store_true", help="check everything against aiogram's Bot API model")
    parser.add_argument("--port-file", type=Path, help="write the base URL to this file when ready")
    parser.add_argument("--exit-with-parent", action="store_true", help="stop when standard input is closed")
    return parser.parse_args(line)


async def _run(options: argparse.Namespace) -> None:
    app = create_app(validate=options.validate)
    if options.token:
        app.state.world.add_bot(options.token, options.username, options.name or options.username)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if options.exit_with_parent:
        # The parent holds the other end of a pipe: however it dies, the pipe then becomes readable and empty.
        try:
            loop.add_reader(sys.stdin.fileno(), _stop_at_end_of_input, stop)
        except PermissionError:
            raise SystemExit("--exit-with-parent needs a pipe as standard input") from None
    async with serving(app, options.host, options.port) as url:
        if options.port_file:
            _write_whole(options.port_file, url)
        sys.stdout.write(f"listening on {url}\n")
        sys.stdout.flush()
        await stop.wait()


def _stop_at_end_of_input(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), _CHUNK):
        stop.set()


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or none."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def main(line: list[str] | None = None) -> None:
    """Run until interrupted."""
    asyncio.run(_run(_arguments(line)))


if __name__ == "__main__":
    main()
