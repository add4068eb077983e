"""Preferences, made from the table of settings: one field for each, in its groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.settings import SETTINGS, Setting, Settings, Value
from annotator.ui.controls import Button, Label, QuietCombo, Tick, row
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.labels import Line
from annotator.ui.theme import Theme, font

LABEL = 168
"""Least width of the names before the fields; longer words widen it for all."""
NOTE = 400


class PreferencesDialog(Sheet):
    """Answers with ``changed``: the settings that differ from what is kept."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Preferences"), parent, main=tr("Save"))
        self._settings = settings
        self.read: dict[str, Callable[[], Value]] = {}
        self.controls: dict[str, QWidget] = {}
        self.names = {s.key: Label(theme, s.label, "body") for s in SETTINGS if s.group}
        self._label = max(LABEL, *(name.sizeHint().width() for name in self.names.values()))
        page = QWidget()
        page.setObjectName("paper")
        lines = QVBoxLayout(page)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(4)
        lines.addWidget(Label(theme, tr("Preferences"), "title"))
        group = ""
        for setting in SETTINGS:
            if not setting.group:
                continue
            if setting.group != group:
                self._head(lines, setting.group, first=not group)
                group = setting.group
            self._field(lines, setting)
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_body(scroll)
        self.resize(self._label + NOTE + 72, 640)

    def _head(self, lines: QVBoxLayout, words: str, *, first: bool) -> None:
        lines.addSpacing(10)
        if not first:
            lines.addWidget(Line(self.theme))
            lines.addSpacing(10)
        lines.addWidget(Label(self.theme, words, "section"))
        lines.addSpacing(2)

    def _field(self, lines: QVBoxLayout, setting: Setting) -> None:
        control = self._control(setting)
        control.setAccessibleName(setting.label)
        control.setAccessibleDescription(setting.note)
        self.controls[setting.key] = control
        name = self.names[setting.key]
        name.setFixedWidth(self._label)
        name.setBuddy(control)
        browse = self._browse(control) if setting.kind == "path" and isinstance(control, QLineEdit) else None
        line = row(name, control, gap=8)
        if browse is not None:
            line.addWidget(browse)
        elif not isinstance(control, QLineEdit):
            line.addStretch(1)
        lines.addLayout(line)
        if setting.note:
            note = Label(self.theme, setting.note, "small", muted=True, wrap=True)
            note.setFixedWidth(NOTE)
            note.setMinimumHeight(note.heightForWidth(NOTE))
            below = QHBoxLayout()
            below.setContentsMargins(self._label + 8, 0, 0, 8)
            below.addWidget(note)
            below.addStretch(1)
            lines.addLayout(below)

    def _control(self, setting: Setting) -> QWidget:
        """Return the field of a setting and note how its value is read."""
        value, key = self._settings[setting.key], setting.key
        if setting.kind == "choice":
            combo = QuietCombo(self.theme, setting.label, setting.choices, str(value))
            self.read[key] = lambda: combo.value or setting.default
            return combo
        if setting.kind == "flag":
            tick = Tick(self.theme, "", bool(value))
            self.read[key] = tick.isChecked
            return tick
        if setting.kind == "number":
            spin = QSpinBox()
            spin.setRange(setting.low, setting.high)
            spin.setSingleStep(10)
            spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # Fusion's arrows vanish in the dark theme
            spin.setValue(self._settings.number(key))
            spin.setFont(font("body"))
            spin.setFixedSize(88, 28)
            self.read[key] = spin.value
            return spin
        line = QLineEdit(str(value))
        line.setFont(font("body"))
        self.read[key] = lambda: " ".join(line.text().split()) or setting.default
        return line

    def _browse(self, field: QLineEdit) -> Button:
        button = Button(self.theme, tr("Choose…"), "quiet")

        def choose() -> None:
            start = str(Path(field.text()).parent) if field.text() else ""
            name, _ = QFileDialog.getOpenFileName(self, tr("Word template"), start, tr("Word files (*.docx *.dotx)"))
            if name:
                field.setText(name)

        button.clicked.connect(choose)
        return button

    def changed(self) -> dict[str, Value]:
        """Return what differs from what is kept."""
        found = {key: read() for key, read in self.read.items()}
        return {key: value for key, value in found.items() if value != self._settings[key]}
