"""Settings of the association: what it is called, and when it reminds."""

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, Field

from assembly.access import SecondFactorMode
from assembly.association import Window
from assembly.quiet import QuietHours
from assembly.reminders import ReminderTimes
from bot.config.values import Days, Hours, Minutes, TimeOfDay

_REMINDERS = ReminderTimes()
_QUIET = QuietHours()


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("this is no IANA time zone")
    return ZoneInfo(name).key


class AssociationSettings(BaseModel):
    """What differs between associations, beside their statutes."""

    association_name: str = Field(min_length=1, max_length=200, description="The association's full name.")
    contact: str = Field(default="het regiebureau", description="Whom people can ask, as it stands in a sentence.")
    member_article: str = Field(
        default="", description="What stands before a member's name in a sentence, such as `de gemeente `."
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Europe/Amsterdam", description="The association's time zone, as an IANA name."
    )
    link_days: int = Field(default=30, ge=1, le=365, description="Days that a registration link works.")
    letter_window: Window = Field(
        default=Window.LEFT, description="Where window envelopes (C5/6) show the address: `left` or `right`."
    )
    sender: str = Field(
        default="",
        max_length=100,
        description="The line above the address of letters; if empty, the association's name.",
    )
    second_factor: SecondFactorMode = Field(
        default=SecondFactorMode.OPTIONAL,
        description="A code of an app before opening, closing, importing and sending: `off`, `optional` (asked of "
        "those who set it up) or `required`. Choose `required` for a real assembly.",
    )
    second_factor_minutes: int = Field(
        default=30, ge=1, le=720, description="Minutes for which such a code holds; then it is asked again."
    )
    meeting_minutes: int = Field(
        default=180, ge=15, le=1440, description="Minutes that an assembly takes in people's calendars."
    )
    reply_reminders: Days = Field(
        default=_REMINDERS.reply_days,
        description="Days before the assembly on which who has not replied is reminded: representatives, coordinators, "
        "and the secretariat with a list of calls. Fewer numbers are fewer steps; `none` sends none.",
    )
    proxy_reminders: Days = Field(
        default=_REMINDERS.proxy_days,
        description="The same for proxies that were announced, or wait for a signature or their holder: days before "
        "the last day for proxies.",
    )
    ballot_reminders: Minutes = Field(
        default=_REMINDERS.ballot_minutes,
        description="The same for votes that were not cast: minutes after the vote was opened.",
    )
    outside_reminders: Days = Field(
        default=_REMINDERS.outside_days,
        description="The same for consultations and resolutions in writing: days before the vote closes.",
    )
    reminder_time: TimeOfDay = Field(
        default=_REMINDERS.at, description="The local time of day at which reminders go out on their days."
    )
    rehearsal_days: int = Field(
        default=3,
        ge=1,
        le=30,
        description="Days after which a dress rehearsal (generale repetitie) is erased by itself, where nobody did it "
        "before.",
    )
    quiet_hours: Hours = Field(
        default=(_QUIET.begin, _QUIET.end),
        description="Between these local times no notice goes out, unless that is chosen, and nobody is reminded, "
        "unless the assembly is open.",
    )
    address: str = Field(
        default="", max_length=200, description="The association's postal address, with commas between its lines."
    )
