"""Days and times in the user's own format."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from annotator.ui.days import day_of, short_day, time_of


@pytest.fixture(autouse=True)
def usual_locale():
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "this_year", "another"),
    [
        ("en_GB", "9 Apr", "9 Apr 2030"),
        ("en_US", "Apr 9", "Apr 9, 2030"),
        ("de_DE", "9. Apr.", "9. Apr. 2030"),
        ("es_ES", "9 de abr de 2031", "9 de abr de 2030"),
        ("ja_JP", "2031年4月9日", "2030年4月9日"),
        ("hu_HU", "2031. ápr. 9.", "2030. ápr. 9."),
    ],
)
def test_a_day_is_written_as_the_user_writes_it(locale: str, this_year: str, another: str) -> None:
    QLocale.setDefault(QLocale(locale))
    today = QDate(2031, 5, 1)
    assert (short_day(QDate(2031, 4, 9), today), short_day(QDate(2030, 4, 9), today)) == (this_year, another)


def test_a_moment_is_told_by_the_time_today_and_else_by_the_day_too() -> None:
    QLocale.setDefault(QLocale("en_GB"))
    at = "2031-04-09T10:05:00Z"
    here = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    assert time_of(at, here.date()) == here.toString("HH:mm")
    assert time_of(at, here.date().addDays(3)) == f"{day_of(at, here.date())}, {here.toString('HH:mm')}"
    assert day_of("2031-04-09T10:05:00.123Z", here.date()) == short_day(here.date(), here.date())
    assert time_of("nonsense") == day_of("nonsense") == ""
