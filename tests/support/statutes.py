"""Associations described by settings alone, as an environment gives them."""

from collections.abc import Mapping
from unittest.mock import patch

from assembly.association import Association
from bot.config import Settings

REQUIRED = {"ALVBOT_TOKEN": "123456:a-token", "ALVBOT_ASSOCIATION_NAME": "Coöperatie Voorbeeld U.A."}


def by_settings(settings: Mapping[str, str]) -> Association:
    """Return the association of an environment that holds ``settings`` and nothing else of ours."""
    with patch.dict("os.environ", {**REQUIRED, **settings}, clear=True):
        return Settings.read().association()
