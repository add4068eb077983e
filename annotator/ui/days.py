"""Days and times as the user's system writes them, in few words.

Reports write theirs out in one language, whosever computer makes them: ``exporters.wording``.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

_WEEKDAY = re.compile(r"[ ,،]*dddd[ ,،]*")
_YEAR = re.compile(r"(?<!'),? yyyy$")
"""The year, where nothing but a space or a comma ties it to the rest: "d 'de' MMM 'de' yyyy" keeps it."""

_ISO_DAY = len("2031-04-09")
_NO_YEAR = QDate(1, 1, 1)
"""A day of a year nobody means."""


def short_day(day: QDate, today: QDate | None = None) -> str:
    """Return a day with the month's short name, without the year where it is this one; empty for no day."""
    if not day.isValid():
        return ""
    pattern = _WEEKDAY.sub("", QLocale().dateFormat(QLocale.FormatType.LongFormat)).replace("MMMM", "MMM")
    if day.year() == (today or QDate.currentDate()).year():
        pattern = _YEAR.sub("", pattern)
    return QLocale().toString(day, pattern)


def written_day(stored: str | None, *, every_year: bool = True) -> str:
    """Return a stored day as the user's system writes it; other words as they are; ``every_year``: this one's too."""
    found = QDate.fromString(stored or "", Qt.DateFormat.ISODate)
    if not found.isValid() or len(stored or "") != _ISO_DAY:
        return stored or ""
    return short_day(found, _NO_YEAR if every_year else None)


def day_of(at: str, today: QDate | None = None) -> str:
    """Return the day of a stored moment where the user is; empty for what is none."""
    return short_day(_moment(at).date(), today)


def time_of(at: str, today: QDate | None = None) -> str:
    """Return a stored moment where the user is: the time today, else the day with it; empty for what is none."""
    moment = _moment(at)
    if not moment.isValid():
        return ""
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    today = today or QDate.currentDate()
    return time if moment.date() == today else f"{short_day(moment.date(), today)}, {time}"


def _moment(at: str) -> QDateTime:
    return QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
