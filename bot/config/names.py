"""Under which names settings are found."""

PREFIX = "ALVBOT_"
CONFIG_VARIABLE = "ALVBOT_CONFIG"
"""Names the TOML file; without it ``alvbot.toml`` in the working directory is read where it exists."""
