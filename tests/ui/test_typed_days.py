"""Days as they are typed: understood where they can be read one way, else kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from annotator.ui.days import written_day
from annotator.ui.typed_days import today, typed_day


@pytest.fixture
def language():
    old = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(old)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2031-04-09", "2031-04-09"),
        ("9 April 2031", "2031-04-09"),
        ("09.04.2031", "2031-04-09"),
        ("31/12/2030", "2030-12-31"),
        ("spring 2031", "spring 2031"),
        ("2031", "2031"),
        ("  ", None),
    ],
)
def test_a_day_is_understood_or_kept(typed, stored):
    assert typed_day(typed) == stored


@pytest.mark.parametrize(
    ("name", "stored"), [("en_GB", "2031-04-09"), ("de_DE", "2031-04-09"), ("en_US", "2031-09-04")]
)
def test_figures_alone_are_read_in_the_order_of_the_system(language, name, stored):
    language(name)
    assert typed_day("9/4/2031") == stored


def test_today_is_typed_by_its_name():
    assert typed_day("Today") == today()


def test_a_stored_day_is_written_with_its_month_and_year_and_other_words_as_they_are():
    assert "2031" in written_day("2031-04-09") and written_day("2031-04-09") != "2031-04-09"
    assert written_day("spring 2031") == "spring 2031"
    assert written_day(None) == ""
    assert typed_day(written_day("2031-04-09")) == "2031-04-09"
