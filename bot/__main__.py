"""``python -m bot``: the same as ``alvbot``."""

from bot.cli import main

main()
