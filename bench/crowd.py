"""A simulated Telegram in a process of its own, with a crowd of people who have all opened their chat with one bot.

``python -m bench.crowd --people 10000`` prints its address, and stops when its standard input is closed.
"""

import argparse
import asyncio
import sys

from simulator.app import create_app
from simulator.serving import serving
from simulator.world import World  # noqa: TC001 - said where it is used

TOKEN = "123456789:simulated-bot-token-for-the-bench"  # noqa: S105 - opens nothing
FIRST = 1_000_000
"""The Telegram id of the first of them; the others follow."""


async def serve(people: int) -> None:
    """Serve the crowd until the input ends."""
    app = create_app()
    world: World = app.state.world
    bot = world.add_bot(TOKEN, "benchbot", "Bench")
    for number in range(people):
        user = world.add_user(f"Lid {number}", user_id=FIRST + number)
        world.private_chat(user, bot).opened = True
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    async with serving(app) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        await ended.wait()


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    asyncio.run(serve(parser.parse_args().people))


if __name__ == "__main__":
    main()
