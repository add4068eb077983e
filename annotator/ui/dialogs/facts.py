"""The facts of an article: title, publication, byline, date, address, language; each may be "not stated in the text"."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.model import Article
from annotator.model.values import NOT_STATED
from annotator.ui.controls import Label, Tick
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.panels.fields import NOT_STATED_WORDS
from annotator.ui.theme import Theme, font

FACTS: tuple[tuple[str, str, str, bool], ...] = (
    ("title", tr("Title"), "", False),
    ("publication", tr("Publication"), tr("Where it appeared"), True),
    ("byline", tr("Byline"), tr("Who wrote it"), True),
    ("date", tr("Date"), "2031-04-09", True),
    ("url", tr("Web address"), "https://…", True),
    ("language", tr("Language"), "en, ar, pt-BR", False),
)
"""Name of the fact, its label, an example, and whether a text may leave it out."""


class FactsForm(QWidget):
    """The facts as fields, with a tick for what the text does not state."""

    def __init__(
        self, theme: Theme, values: Mapping[str, str | None], not_stated: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self.ticks: dict[str, Tick] = {}
        self._before = {name: NOT_STATED if name in not_stated else _tidy(values.get(name) or "") for name, *_ in FACTS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (name, words, example, may_be) in enumerate(FACTS):
            field = QLineEdit(values.get(name) or "")
            field.setPlaceholderText(example)
            field.setFont(font("body"))
            field.setAccessibleName(words)
            field.setCursorPosition(0)
            label = Label(theme, words, "small", muted=True)
            label.setBuddy(field)
            label.setFixedWidth(84)
            grid.addWidget(label, at, 0)
            grid.addWidget(field, at, 1, 1, 1 if may_be else 2)
            self.fields[name] = field
            if may_be:
                grid.addWidget(self._tick(theme, name, words, field, name in not_stated), at, 2)

    def _tick(self, theme: Theme, name: str, words: str, field: QLineEdit, on: bool) -> Tick:
        tick = Tick(theme, tr("not stated"), on)
        tick.setAccessibleName(f"{words}: {NOT_STATED_WORDS.lower()}")
        tick.toggled.connect(field.setDisabled)
        field.setDisabled(on)
        self.ticks[name] = tick
        return tick

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
        self.resize(560, 360)
        title = self.form.fields["title"]
        title.textChanged.connect(self._title_typed)
        title.setFocus()

    def _title_typed(self, title: str) -> None:
        self.ok.setEnabled(bool(title.strip()))

    def changed(self) -> dict[str, str | None]:
        """Return what to write."""
        return self.form.changed()
