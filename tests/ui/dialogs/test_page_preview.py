"""The picture of a page: it begins below the headline."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.model import Block
from annotator.project import Project
from annotator.ui.dialogs.page_preview import PagePreview, _beginning
from annotator.ui.theme import LIGHT


def test_the_headline_stands_once_whatever_stands_over_it() -> None:
    kicker, headline, body = Block(0, 6), Block(7, 15, zone="headline"), Block(17, 34)
    assert _beginning((kicker, headline, body)) == 17
    assert _beginning((headline, body)) == 17
    assert _beginning((kicker, body)) == 0
    assert _beginning(()) == 0


def test_a_long_title_takes_a_second_line(qtbot: QtBot, project: Project, article: str) -> None:
    long = "The bridge to the harbour will close on the first of March, and nobody said when it opens again"
    pictures = []
    for title in (long, long[:20]):
        project.edit_article(article, title=title)
        preview = PagePreview(LIGHT, project.annotated(article))
        qtbot.addWidget(preview)
        preview.resize(700, 600)
        page = preview._place()
        picture = preview.grab().toImage()
        x, y = page.rect.x() + page.px(64), page.rect.y() + page.px(56)
        second = range(int(y + page.px(44)), int(y + page.px(76)))
        row = range(int(x), int(x + page.px(200)))
        pictures.append(any(picture.pixelColor(i, j).lightness() < 90 for j in second for i in row))
    assert pictures == [True, False]
