"""The methods of the Bot API, one file per errand; importing this package fills the table in ``registry``."""

from simulator.methods import callbacks, chats, commands, deleting, editing, files, pins, polling, profile, sending
from simulator.methods.registry import METHODS, Call

__all__ = [
    "METHODS", "Call", "callbacks", "chats", "commands", "deleting", "editing", "files", "pins", "polling", "profile",
    "sending",
]  # fmt: skip
