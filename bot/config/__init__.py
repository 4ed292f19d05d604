"""Settings: environment variables ``ALVBOT_…`` over an optional TOML file; ``docs/settings.md`` lists them all."""

from bot.config.names import CONFIG_VARIABLE, PREFIX
from bot.config.settings import Settings

__all__ = ["CONFIG_VARIABLE", "PREFIX", "Settings"]
