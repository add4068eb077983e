"""Preferences from the table, the original, and the question before something goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.settings import SETTINGS, Settings
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.theme import LIGHT


def test_every_setting_of_a_group_has_a_field_and_only_changes_are_answered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings.load(tmp_path)
    dialog = PreferencesDialog(LIGHT, settings, None)
    qtbot.addWidget(dialog)
    assert set(dialog.controls) == {s.key for s in SETTINGS if s.group}
    assert dialog.changed() == {}
    field = dialog.controls["coder_name"]
    assert isinstance(field, QLineEdit)
    field.setText("  Ada  Byle ")
    assert dialog.changed() == {"coder_name": "Ada Byle"}
    settings.put(**dialog.changed())
    assert Settings.load(tmp_path).text("coder_name") == "Ada Byle"


def test_no_name_of_a_setting_is_cut(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PreferencesDialog(LIGHT, Settings.load(tmp_path), None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.names["numbered"].text() == "Line numbers beside the text"
    for name in dialog.names.values():
        assert name.width() >= name.fontMetrics().horizontalAdvance(name.text())


def test_about_opens(qtbot: QtBot) -> None:
    dialog = AboutDialog(LIGHT, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.isVisible()
