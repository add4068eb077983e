"""Dates as people write them, alone on a line or among other words, as ISO 8601; what can be read two ways is left alone."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from typing import Any

import regex

from annotator.importers.looked_for import either, name_set

_LONGEST = 100
_MONTHS = (
    name_set(
        "january jan enero ene janvier janv januar jän jänner januari gennaio gen janeiro января янв stycznia يناير ינואר มกราคม ม.ค"
    ),
    name_set(
        "february feb febrero février févr fev fevereiro februar februari febbraio февраля фев lutego فبراير פברואר กุมภาพันธ์ ก.พ"
    ),
    name_set("march mar marzo mars märz mrz maart março марта мар marca مارس מרץ מרס มีนาคม มี.ค"),
    name_set("april apr abril abr avril avr aprile апреля апр kwietnia أبريل إبريل אפריל เมษายน เม.ย"),
    name_set("may mayo mai mei maggio mag maio мая maja مايو מאי พฤษภาคม พ.ค"),
    name_set("june jun junio juin juni giugno giu junho июня июн czerwca يونيو יוני มิถุนายน มิ.ย"),
    name_set("july jul julio juillet juil juli luglio lug julho июля июл lipca يوليو יולי กรกฎาคม ก.ค"),
    name_set("august aug agosto août aout agosto augustus августа авг sierpnia أغسطس אוגוסט สิงหาคม ส.ค"),
    name_set(
        "september sept sep septiembre septembre settembre set setembro сентября сен września سبتمبر ספטמבר กันยายน ก.ย"
    ),
    name_set(
        "october oct octubre octobre oktober okt ottobre ott outubro октября окт października أكتوبر אוקטובר ตุลาคม ต.ค"
    ),
    name_set("november nov noviembre novembre novembro ноября ноя listopada نوفمبر נובמבר พฤศจิกายน พ.ย"),
    name_set(
        "december dec diciembre dic décembre déc dez dezember dezembro dicembre декабря дек grudnia ديسمبر דצמבר ธันวาคม ธ.ค"
    ),
)
"""Names of each month in the languages of many pages; each name is of one month only."""

_WEEKDAYS = either("""
    mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?
    montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so
    lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo
    lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica
    maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
    (?:segunda|terça|quarta|quinta|sexta)(?:-feira)?
    понедельник|вторник|среда|четверг|пятница|суббота|воскресенье
    الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد
    יום (?:ראשון|שני|שלישי|רביעי|חמישי|שישי)|שבת
    วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)(?:ที่)?
""")
_SAID = either("""
    first published|published|posted|updated|last updated|last modified|dated?|veröffentlicht|aktualisiert|stand
    publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|опубликовано|обновлено
    نشر|نُشر|פורסם|发布|發布|更新|公開|発行|เผยแพร่
""")
_LEAD = (
    rf"\s*(?:{_SAID}\s*(?:on|at|am|le|el|op|في|ב-?|于|於|:|：)?\s*)?"
    rf"(?:{_WEEKDAYS}\.?,?\s+)?(?:(?:le|den|dem|der)\s+)?"
)
_AT = either(r"""
    ,|at|um|à|a las|T|\||-|–|·|/
""")
_TIME = (
    rf"(?:\s*{_AT}?"
    r"\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:am|pm|a\.m\.|p\.m\.|uhr|น\.)?"
    r"\s*(?:\(?[A-Z]{2,5}\)?|Z|(?:GMT|UTC)?\s*[+-]\d{2}:?(?:\d{2})?)?(?:\s*\([A-Z]{2,5}\))?)?"
    r"(?:\s*[(（][^()（）]{1,6}[)）])?\s*\.?\s*"
)
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>(?:1[6-9]|20|2[45])\d{2})"
_NAME = r"(?P<name>[\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)?)\.?"
_FORMS = (
    rf"{_DAY}(?:st|nd|rd|th|er|º|\.)?\s*(?:of\s+|de\s+|di\s+)?{_NAME},?\s+(?:de\s+|del\s+|พ\.ศ\.\s*|ค\.ศ\.\s*)?{_YEAR}(?:\s*(?:г\.?|года))?",
    rf"{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    rf"{_DAY}-{_NAME}-{_YEAR}",
    rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark){_DAY}",
    rf"{_YEAR}(?P<number>\d{{2}}){_DAY}(?:T\d{{4,6}}Z?)?",
    rf"{_YEAR}\s*年\s*(?P<number>\d{{1,2}})\s*月\s*{_DAY}\s*日",
    rf"{_YEAR}\s*년\s*(?P<number>\d{{1,2}})\s*월\s*{_DAY}\s*일",
    rf"{_DAY}\.\s?(?P<number>\d{{1,2}})\.\s?{_YEAR}",
    rf"(?P<either>\d{{1,2}})/(?P<or>\d{{1,2}})/{_YEAR}",
)
_BUDDHIST = 543
_BUDDHIST_FROM = 2400


def iso_date(line: str) -> str | None:
    """Return the date a line consists of ("Published 3 June 2024, 10:15" is "2024-06-03"), or None."""
    if len(line) > _LONGEST or sum(map(str.isdecimal, line)) < 5:
        return None
    line = _plain(line)
    for form in _compiled():
        match = form.fullmatch(line)
        found = _date(match.groupdict()) if match else None
        if found is not None:
            return found.isoformat()
    return None


def date_in(text: str) -> str | None:
    """Return the first ISO date that stands in a short text among other words, or None."""
    text = _plain(text[: 2 * _LONGEST])
    for form in _inside():
        match = form.search(text)
        found = _date(match.groupdict()) if match else None
        if found is not None:
            return found.isoformat()
    return None


def _plain(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFC", text))


def _date(parts: dict[str, str | None]) -> date | None:
    year, day, month = int(parts["year"] or 0), int(parts.get("day") or 0), int(parts.get("number") or 0)
    if parts.get("name"):
        month = _month_names().get((parts["name"] or "").casefold().rstrip("."), 0)
        month = month or _month_names().get((parts["name"] or "").casefold().removeprefix("ב"), 0)
    elif parts.get("either"):
        a, b = int(parts["either"] or 0), int(parts["or"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None  # the third of April or the fourth of March
        day, month = max(a, b), min(a, b)
    try:
        return date(year - _BUDDHIST if year >= _BUDDHIST_FROM else year, month, day)
    except ValueError:
        return None


@cache
def _compiled() -> tuple[Any, ...]:
    return tuple(regex.compile(_LEAD + form + _TIME, flags=regex.IGNORECASE) for form in _FORMS)


@cache
def _inside() -> tuple[Any, ...]:
    return tuple(regex.compile(rf"(?<!\w){form}(?!\d)", flags=regex.IGNORECASE) for form in _FORMS)


@cache
def _month_names() -> dict[str, int]:
    return {unicodedata.normalize("NFC", name).casefold(): n for n, names in enumerate(_MONTHS, 1) for name in names}
