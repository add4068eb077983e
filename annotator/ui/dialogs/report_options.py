"""The options of a kind of report as ticks and numbers; only those that matter to it are there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from annotator.exporters.options import Option, ReportOptions, options_of
from annotator.language import tr
from annotator.ui.controls import Label, Tick, row
from annotator.ui.labels import plain_tip
from annotator.ui.theme import Theme, font, scroll_bar_sheet


class OptionsForm(QScrollArea):
    """Shows the options of a kind. ``changed`` tells that a person changed one."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kind = ""
        self.ticks: dict[str, Tick] = {}
        """By name of the option; those of one with several choices as "tasks.verbs"."""
        self.numbers: dict[str, QSpinBox] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))

    def show_kind(self, options: ReportOptions) -> None:
        """Show the options of a kind of report as they stand."""
        if options.kind == self._kind:
            return
        self._kind = options.kind
        self.ticks, self.numbers = {}, {}
        body = QWidget()
        body.setObjectName("paper")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 4, 4)
        lines.setSpacing(0)
        for option in options_of(options.kind):
            self._add(lines, option, getattr(options, option.name))
        lines.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)

    def applied(self, options: ReportOptions) -> ReportOptions:
        """Return options with what is ticked here."""
        made: dict[str, Any] = {}
        for option in options_of(self._kind):
            match option.of:
                case "flag":
                    made[option.name] = self.ticks[option.name].isChecked()
                case "number":
                    made[option.name] = self.numbers[option.name].value()
                case "several":
                    keys = [key for key, _ in option.choices]
                    made[option.name] = frozenset(k for k in keys if self.ticks[f"{option.name}.{k}"].isChecked())
        return replace(options, **made)

    def follow_format(self, format_: str) -> None:
        """Grey out what a format cannot hold."""
        comments = self.ticks.get("comments")
        if comments is not None:
            held = format_ in ("docx", "html")
            comments.setEnabled(held)
            why = tr("Only Word files and web pages have comments; the notes section says the same.")
            option = next(o for o in options_of(self._kind) if o.name == "comments")
            comments.setToolTip(plain_tip(option.note if held else why))

    def _add(self, lines: QVBoxLayout, option: Option, value: Any) -> None:
        match option.of:
            case "flag":
                lines.addWidget(self._tick(option.name, option.words, option.note, on=bool(value)))
            case "number":
                lines.addLayout(self._number(option, int(value)))
            case "several":
                head = Label(self._theme, option.words, "small", muted=True)
                head.setToolTip(plain_tip(option.note))
                head.setContentsMargins(4, 6, 0, 2)
                lines.addWidget(head)
                for key, words in option.choices:
                    tick = self._tick(f"{option.name}.{key}", words, option.note, on=key in value)
                    tick.setAccessibleName(f"{option.words}: {words}")
                    lines.addLayout(row(12, tick, None, gap=0))

    def _tick(self, name: str, words: str, note: str, *, on: bool) -> Tick:
        tick = Tick(self._theme, words, on)
        tick.setToolTip(plain_tip(note))
        tick.setAccessibleDescription(note)
        tick.toggled.connect(self.changed)
        self.ticks[name] = tick
        return tick

    def _number(self, option: Option, value: int) -> Any:
        spin = QSpinBox()
        spin.setRange(option.low, option.high)
        spin.setValue(value)
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # Fusion's arrows vanish in the dark theme
        spin.setFont(font("body"))
        spin.setFixedSize(56, 28)
        spin.setAccessibleName(option.words)
        spin.setToolTip(
            plain_tip(tr("{note} From {low} to {high}.", note=option.note, low=option.low, high=option.high))
        )
        spin.valueChanged.connect(self.changed)
        self.numbers[option.name] = spin
        label = Label(self._theme, option.words)
        label.setBuddy(spin)
        return row(4, label, None, spin, gap=6)
