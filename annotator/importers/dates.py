"""A line that is nothing but a date, as an ISO 8601 date; dates that can be read two ways are left alone."""

from __future__ import annotations

from datetime import date

import regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_LEAD = (
    r"\s*(?:(?:first\s+)?(?:published|posted|updated|dated?|last\s+updated)\s*(?:on|at|:)?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_TIME = r"(?:\s*(?:,|at|T|\||-|–|·)?\s*\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|a\.m\.|p\.m\.)?\s*(?:[A-Z]{2,5}|Z|[+-]\d{2}:?\d{2})?)?\s*\.?\s*"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_FORMS = tuple(
    regex.compile(_LEAD + form + _TIME, flags=regex.IGNORECASE)
    for form in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<number>\d{{2}})-{_DAY}",
    )
)


def iso_date(line: str) -> str | None:
    """Return the date a line consists of ("Published 3 June 2024, 10:15" is "2024-06-03"), or None."""
    if len(line) > 80:
        return None
    for form in _FORMS:
        match = form.fullmatch(line)
        if match is None:
            continue
        parts = match.groupdict()
        month = parts.get("number") or _MONTHS.index(parts["month"][:3].casefold()) + 1
        try:
            return date(int(parts["year"]), int(month), int(parts["day"])).isoformat()
        except ValueError:
            return None
    return None
