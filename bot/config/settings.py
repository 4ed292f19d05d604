"""The settings as one, read from the environment and the file."""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Self

from pydantic import model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assembly.association import Association
from assembly.quiet import QuietHours
from assembly.reminders import ReminderTimes
from bot.config.association import AssociationSettings
from bot.config.names import CONFIG_VARIABLE, PREFIX
from bot.config.process import ProcessSettings
from bot.config.statutes import StatuteSettings
from screens.catalogue import gettext as _


class Settings(StatuteSettings, AssociationSettings, ProcessSettings, BaseSettings):
    """Everything that differs between installations and between associations."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments before the environment before the file.

        Raises ``FileNotFoundError`` when the file that ``ALVBOT_CONFIG`` names is not there.
        """
        named = os.environ.get(CONFIG_VARIABLE)
        path = Path(named or "alvbot.toml")
        if named and not path.is_file():
            raise FileNotFoundError(path)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        unknown = {name for name in os.environ if name.startswith(PREFIX) and name != CONFIG_VARIABLE} - {
            PREFIX + name.upper() for name in type(self).model_fields
        }
        if unknown:
            raise ValueError(
                _("There is no setting {variable}; remove it, see docs/settings.md.").format(variable=min(unknown))
            )
        return self

    @classmethod
    def read(cls) -> Self:
        """Read the settings from the environment and the file. Raises ``ValidationError`` and ``FileNotFoundError``."""
        return cls()  # type: ignore[call-arg]  # pydantic finds the values itself

    def association(self) -> Association:
        """Return the association that these settings describe; its ``bot_username`` comes from Telegram later."""
        return Association(
            name=self.association_name,
            contact=self.contact,
            member_article=self.member_article,
            timezone=self.timezone,
            link_days=self.link_days,
            letter_window=self.letter_window,
            sender=self.sender,
            second_factor=self.second_factor,
            second_factor_remembered=timedelta(minutes=self.second_factor_minutes),
            rehearsal_days=self.rehearsal_days,
            meeting_length=timedelta(minutes=self.meeting_minutes),
            quiet=QuietHours(*self.quiet_hours),
            reminders=ReminderTimes(
                reply_days=self.reply_reminders,
                proxy_days=self.proxy_reminders,
                ballot_minutes=self.ballot_reminders,
                outside_days=self.outside_reminders,
                at=self.reminder_time,
            ),
            key=sha256(b"second factor" + self.token.get_secret_value().encode()).digest(),
            address=self.address,
            room_url=self.room_url or "",
            statutes=self.statutes(),
        )
