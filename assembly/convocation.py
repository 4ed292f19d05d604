"""Convening (oproeping): the notice period."""

from datetime import date, timedelta

from assembly.errors import NoticeTooLate


def latest_notice_day(meeting_day: date, notice_days: int) -> date:
    """Return the last local day to convene: ``notice_days`` full days lie between it and the assembly (BW 2:41)."""
    return meeting_day - timedelta(days=notice_days + 1)


def check_notice(today: date, meeting_day: date, notice_days: int, reason: str | None) -> None:
    """Refuse a convocation after the last day unless a reason is given, which then stands in the record."""
    latest = latest_notice_day(meeting_day, notice_days)
    if today > latest and not (reason and reason.strip()):
        raise NoticeTooLate(latest, notice_days)
