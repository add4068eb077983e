"""The facts of an article: title, publication, byline, date, address, language; each may be "not stated in the text"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.model import Article
from annotator.model.values import NOT_STATED
from annotator.ui.controls import Label, Tick
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.dialogs.language_field import LanguageField, language_words
from annotator.ui.panels.fields import NOT_STATED_WORDS
from annotator.ui.reading_report import FACT_WORDS, from_words
from annotator.ui.theme import Theme, font

FACTS: tuple[tuple[str, str, str, bool], ...] = (
    ("title", FACT_WORDS["title"], "", False),
    ("publication", FACT_WORDS["publication"], tr("Where it appeared"), True),
    ("byline", FACT_WORDS["byline"], tr("Who wrote it"), True),
    ("date", FACT_WORDS["date"], "2031-04-09", True),
    ("url", FACT_WORDS["url"], "https://…", True),
    ("language", FACT_WORDS["language"], tr("Type or choose one"), False),
)
"""Name of the fact, its label, an example, and whether a text may leave it out."""


class FactsForm(QWidget):
    """The facts as fields, with a tick for what the text does not state.

    ``told``: a line under each field has room to say where the fact was found.
    """

    def __init__(
        self,
        theme: Theme,
        values: Mapping[str, str | None],
        not_stated: frozenset[str] = frozenset(),
        *,
        told: bool = False,
    ) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self.ticks: dict[str, Tick] = {}
        self.found: dict[str, Label] = {}
        """The lines that say where a fact was found, by its name."""
        self._from: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._before = {name: NOT_STATED if name in not_stated else _tidy(values.get(name) or "") for name, *_ in FACTS}
        self._theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2 if told else 8)
        grid.setColumnStretch(1, 1)
        for at, (name, words, example, may_be) in enumerate(FACTS):
            label, field = self._field(name, words, example, values.get(name) or "")
            grid.addWidget(label, 2 * at, 0)
            grid.addWidget(field, 2 * at, 1, 1, 2 if told or not may_be else 1)
            if told:
                grid.addWidget(self._found_line(name), 2 * at + 1, 1, 1, 1 if may_be else 2)
            if may_be:
                tick = self._tick(theme, name, words, field, name in not_stated)
                grid.addWidget(tick, 2 * at + told, 2, Qt.AlignmentFlag.AlignTop)
                if told:
                    tick.setFont(font("small", px=11))
                    tick.setFixedHeight(22)
        self._tell_language = None if told else Label(theme, "", "small", muted=True)
        if self._tell_language is not None:
            self._tell_language.setContentsMargins(9, 0, 0, 0)
            grid.addWidget(self._tell_language, 2 * len(FACTS), 1, 1, 2)
            self.fields["language"].textChanged.connect(self._name_language)
            self._name_language()

    def _field(self, name: str, words: str, example: str, value: str) -> tuple[Label, QLineEdit]:
        self.fields[name] = field = LanguageField(self._theme) if name == "language" else _Field()
        field.setText(value)
        field.setPlaceholderText(example)
        field.setFont(font("body"))
        field.setAccessibleName(words)
        field.setCursorPosition(0)
        self._shown[name] = field.text()
        label = Label(self._theme, words, "small", muted=True)
        label.setBuddy(field)
        label.setFixedWidth(84)
        return label, field

    def _found_line(self, name: str) -> Label:
        self.found[name] = found = Label(self._theme, "", "small", muted=True, wrap=True)
        found.setFont(font("small", px=11))
        found.setContentsMargins(9, 2, 0, 6)
        found.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.fields[name].textChanged.connect(partial(self._tell, name))
        return found

    def _tick(self, theme: Theme, name: str, words: str, field: QLineEdit, on: bool) -> Tick:
        tick = Tick(theme, tr("not stated"), on)
        tick.setAccessibleName(f"{words}: {NOT_STATED_WORDS.lower()}")
        tick.toggled.connect(field.setDisabled)
        tick.toggled.connect(partial(self._tell, name))
        field.setDisabled(on)
        self.ticks[name] = tick
        return tick

    # -- where the facts were found

    def show_found(self, facts: Mapping[str, str], found_in: Mapping[str, str]) -> None:
        """Take the facts of a draft where nobody has typed others, and say where each was found."""
        self._from = dict(found_in)
        for name, field in self.fields.items():
            if field.text() == self._shown[name]:
                self._shown[name] = facts.get(name, "")
                field.setText(self._shown[name])
                field.setCursorPosition(0)
            else:
                self._shown[name] = facts.get(name, "")
            self._tell(name)

    def _tell(self, name: str, *_: object) -> None:
        line = self.found.get(name)
        if line is None:
            return
        field = self.fields[name]
        ticked = name in self.ticks and self.ticks[name].isChecked()
        if ticked:
            said = tr("You say that the text does not tell.")
        elif not field.text().strip():
            said = (
                tr("not filled in; the original says “{words}”", words=self._shown[name]) if self._shown[name] else ""
            )
            said = said or tr("not found")
        elif field.text() != self._shown[name]:
            said = tr("typed by you")
        else:
            said = tr("from {where}", where=from_words(self._from.get(name, tr("the original"))))
        if name == "language" and (words := language_words(field.text())):
            said = tr("{language} · {where}", language=words, where=said)
        line.setText(said)

    def _name_language(self) -> None:
        if self._tell_language is not None:
            self._tell_language.setText(language_words(self.fields["language"].text()))

    # -- answering

    @property
    def is_typed(self) -> bool:
        """Whether a person has filled in or ticked anything here."""
        typed = any(field.text() != self._shown[name] for name, field in self.fields.items())
        return typed or any(tick.isChecked() for tick in self.ticks.values())

    def values(self) -> dict[str, str | None]:
        """Return every fact: words, None for not filled in, or "not_stated"."""
        found: dict[str, str | None] = {}
        for name, field in self.fields.items():
            ticked = name in self.ticks and self.ticks[name].isChecked()
            found[name] = NOT_STATED if ticked else _tidy(field.text())
        return found

    def changed(self) -> dict[str, str | None]:
        """Return the facts that differ from what was there."""
        return {name: value for name, value in self.values().items() if value != self._before[name]}


class _Field(QLineEdit):
    """Shows the beginning of long words also where all of them are selected."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select from the end to the beginning."""
        super().focusInEvent(event)
        if self.hasSelectedText():
            self.setSelection(len(self.text()), -len(self.text()))


def _tidy(text: str) -> str | None:
    return " ".join(text.split()) or None


class FactsDialog(Sheet):
    """The facts of an article that is in the project."""

    def __init__(self, theme: Theme, article: Article, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Facts of the article"), parent, main=tr("Save"))
        self.form = FactsForm(theme, {n: getattr(article, n) for n, *_ in FACTS}, article.not_stated)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addWidget(Label(theme, tr("Facts of the article"), "title"))
        note = tr("“Not stated” says that the text does not tell; an empty field says that nobody has looked.")
        body.addWidget(Label(theme, note, "small", muted=True, wrap=True))
        body.addWidget(self.form)
        body.addStretch(1)
        self.set_body(body)
        self.resize(560, 380)
        title = self.form.fields["title"]
        title.textChanged.connect(self._title_typed)
        title.setFocus()

    def _title_typed(self, title: str) -> None:
        self.ok.setEnabled(bool(title.strip()))

    def changed(self) -> dict[str, str | None]:
        """Return what to write."""
        return self.form.changed()
