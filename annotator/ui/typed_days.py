"""Days as people type them in a field: understood where they can be read one way, kept as typed where they cannot."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt

from annotator.language import tr

_ORDERS = ("d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d M yyyy")
_MONTH_FIRST = ("M/d/yyyy", "M.d.yyyy", "M-d-yyyy", "M d yyyy")


def today() -> str:
    """Return today's day as it is stored."""
    return QDate.currentDate().toString(Qt.DateFormat.ISODate)


def typed_day(words: str) -> str | None:
    """Return a typed day as ISO 8601 ("9 April 2031", "09.04.2031", "today"); other words on one line; None for none.

    Day and month alone in figures are read in the order of the user's system.
    """
    from annotator.importers.dates import iso_date  # only now: the window starts without it

    kept = " ".join(words.split())
    if not kept:
        return None
    near = {tr("today"): 0, tr("yesterday"): -1}.get(kept.casefold())
    if near is not None:
        return QDate.currentDate().addDays(near).toString(Qt.DateFormat.ISODate)
    return iso_date(kept) or _in_own_order(kept) or kept


def _in_own_order(words: str) -> str | None:
    locale = QLocale()
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    orders = _MONTH_FIRST if 0 <= short.find("M") < short.find("d") else _ORDERS
    for form in (locale.dateFormat(QLocale.FormatType.LongFormat), *orders):
        found = locale.toDate(words, form)
        if found.isValid() and found.year() > 1000:
            return found.toString(Qt.DateFormat.ISODate)
    return None
