"""A line that says who wrote an article and when, in the languages of many pages."""

from __future__ import annotations

import regex

from annotator.importers import blocks as shapes
from annotator.importers.dates import date_in, iso_date

_LONGEST = 250
_LONGEST_NAME = 100
_MOST_WORDS = 10
_STRONG = regex.compile(
    r"\s*(?:(?:posted|written|reported|story|words|text|reporting|analysis)\s+by\s+|"
    r"(?:author|byline|words|text|autor|auteur|автор|текст|بقلم|כתב|מאת|作者|文|記者|记者|撰文|取材|ผู้เขียน)\s*[:：]\s*|"
    r"(?:بقلم|מאת|автор|เรื่องโดย|โดย)\s+)",
    regex.IGNORECASE,
)
"""Words before a name that are nothing else at the beginning of a line."""

_WEAK = regex.compile(r"\s*(?:by|von|par|por|door|di|av|af|de|od|كتبت?)\s+", regex.IGNORECASE)
"""Words before a name that begin many a sentence too."""

_PLACE = regex.compile(r"\p{Lu}[\p{L}.’'-]+(?:\s+\p{Lu}[\p{L}.’'-]+){0,2}")
"""What may stand before the date of a dispatch."""

_PARTS = regex.compile(r"\s*[|•·｜\n\t]\s*|\s+[–—-]\s+|\s{2,}")
_BETWEEN = regex.compile(r",?\s+(?:on|am|le|el|il|op|em|في|ב-?)\s+|[,，]\s*|\s+")
_NO_NAME = regex.compile(
    r"https?://|www\.|@|[.!?。！？]\s*\S{3}.*[.!?。！？]|\d{3}|[!?…:;。！？]$|"
    r"\b(?:updated|published|posted|minutes?|comments?|read|share|follow|subscribe)\b",
    regex.IGNORECASE,
)


def signature(line: str, *, said: bool = False) -> tuple[str, str]:
    """Return who wrote it and the ISO date a line consists of, each empty where it does not say.

    ``said``: the page says that this is a byline; then a bare name will do.
    """
    if len(line) > _LONGEST:
        return "", ""
    who = date = ""
    other = 0
    for part in filter(None, map(str.strip, _PARTS.split(line))):
        name, day = _of_part(part, said and not who)
        who, date = who or name, date or day
        other += 0 if name or day else len(part)
    if said and not date:
        date = date_in(line) or ""
    return ("", "") if other > len(line) // 2 and not said else (who, date)


def is_name(text: str) -> bool:
    """Say whether a text may be what persons or an agency are called."""
    text = text.strip()
    if not 1 < len(text) <= _LONGEST_NAME or len(text.split()) > _MOST_WORDS or _NO_NAME.search(text):
        return False
    return text[0].isalnum() and not text[0].isdigit() and any(c.isalpha() for c in text)


def without_by(text: str) -> str:
    """Return a name without the words before it: "By Ana Reed" is "Ana Reed"."""
    text = " ".join(text.split())
    match = _STRONG.match(text) or _WEAK.match(text)
    return text[match.end() if match and match.end() < len(text) else 0 :].strip(" ,，|·•")


def _of_part(part: str, said: bool) -> tuple[str, str]:
    day = iso_date(part)
    if day is not None:
        return "", day
    name = _signed(part, said)
    if name and not any(map(str.isdecimal, name)):
        return name, ""
    for between in _BETWEEN.finditer(part):
        day = iso_date(part[between.end() :])
        if day is not None:
            name = _signed(part[: between.start()], said)
            return (name, day) if name or said or _PLACE.fullmatch(part[: between.start()]) else ("", "")
    return name, ""


def _signed(part: str, said: bool) -> str:
    named = shapes.byline(part)
    if named is not None:
        return named
    match = _STRONG.match(part)
    if match is None and not said:
        return ""
    match = match or _WEAK.match(part)
    rest = part[match.end() :] if match else part
    return rest.strip(" ,，") if is_name(rest) else ""
