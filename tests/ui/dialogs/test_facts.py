"""Facts: filled in, not filled in, and not stated are three things."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.project import Project
from annotator.ui.dialogs.facts import FactsDialog
from annotator.ui.theme import LIGHT


def test_only_what_was_changed_is_answered(qtbot: QtBot, project: Project, article: str) -> None:
    dialog = FactsDialog(LIGHT, project.article(article), None)
    qtbot.addWidget(dialog)
    assert dialog.changed() == {}
    dialog.form.fields["publication"].setText("  The Vale   Post ")
    dialog.form.ticks["byline"].setChecked(True)
    assert dialog.changed() == {"publication": "The Vale Post", "byline": "not_stated"}
    assert not dialog.form.fields["byline"].isEnabled()


def test_what_was_answered_is_kept_and_shown_again(qtbot: QtBot, project: Project, article: str) -> None:
    project.edit_article(article, date="not_stated", publication="The Vale Post")
    dialog = FactsDialog(LIGHT, project.article(article), None)
    qtbot.addWidget(dialog)
    assert dialog.form.ticks["date"].isChecked() and dialog.changed() == {}
    dialog.form.fields["publication"].clear()
    assert dialog.changed() == {"publication": None}


def test_an_article_needs_a_title(qtbot: QtBot, project: Project, article: str) -> None:
    dialog = FactsDialog(LIGHT, project.article(article), None)
    qtbot.addWidget(dialog)
    dialog.form.fields["title"].setText("  ")
    assert not dialog.ok.isEnabled()
