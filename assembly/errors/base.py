"""What every refusal is."""

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a refusal is an outcome of the domain, not a failure of the program
    """An act that the rules refuse; nothing of it is stored."""
