"""How long a proof takes, and with which seed: numbers from the environment, so that a find can be made again."""

import os
from random import Random

SEED = int(os.environ.get("PROOF_SEED", "1"))
"""Decides everything that is left to chance."""

CUTS = int(os.environ.get("PROOF_CUTS", "20000"))
"""How often the power fails in the long proof."""


def chance(seed: int = SEED) -> Random:
    """Return the chance that ``seed`` decides."""
    return Random(seed)  # noqa: S311 - it must come out the same again


KILLS = int(os.environ.get("PROOF_KILLS", "250"))
"""How often the long proof kills the bot, on each database and with each way in which updates come."""

EVENINGS = int(os.environ.get("PROOF_EVENINGS", "100"))
"""Evenings of proxies at random that the long proof plays, on each database, each with other settings."""
