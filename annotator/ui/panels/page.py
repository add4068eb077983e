"""What the pages of the Details panel share: fields bound to values, refreshed in place, committed before leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from annotator.model import AnnotatedArticle, Annotation, Id
from annotator.model.values import NOT_STATED
from annotator.project import Project
from annotator.ui.controls import NOT_FILLED_IN, Choice, FieldRow, KeyCap, Label, Line, Painted, QuietCombo, column, row
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.fields import NOT_STATED_WORDS, FactField, NoteField, TagEditor
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import title

A = TypeVar("A", bound=Annotation)
V = TypeVar("V")

QUOTE_LIMIT = 400
"""Longer quotes are cut in the panel: the whole of it stands in the article beside it."""


class Committing(Protocol):
    """A field that may hold typed text not yet written."""

    def commit(self) -> None:
        """Write it."""
        ...


def choices(values: Iterable[str], *, not_stated: bool = False) -> list[Choice]:
    """Return the choices of a field: not filled in, the values, and where it applies "not stated in the text"."""
    found: list[Choice] = [(None, NOT_FILLED_IN), *((v, title(v)) for v in values if v != NOT_STATED)]
    if not_stated:
        found.append((NOT_STATED, NOT_STATED_WORDS))
    return found


def writer(
    workspace: Workspace, write: Callable[[Project, Any], object], restore: Callable[[], object] | None = None
) -> Callable[[object], None]:
    """Return a slot that writes the value a signal brings, as one step; ``restore`` is called where that fails."""

    def send(value: object) -> None:
        done = workspace.do(lambda p: (write(p, value), True))
        if done is None and restore is not None:
            restore()

    return send


class Page(QWidget):
    """One page about one thing. ``refresh`` shows the present values; ``commit`` writes what was typed.

    ``shown`` is the article as it was last shown here: what was typed belongs to it, whatever is shown by then.
    """

    def __init__(self, workspace: Workspace, theme: Theme, profile: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = theme
        self.profile = profile
        self.setObjectName("paper")
        self.lines: QVBoxLayout = column(self, (16, 12, 16, 16))
        self.shown: AnnotatedArticle | None = None
        self._tab_order: list[QWidget] = []
        self._fields: list[Committing] = []
        self._refreshers: list[Callable[[AnnotatedArticle], object]] = []

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self.workspace.project

    # -- life

    def refresh(self) -> bool:
        """Show the present values; False where the thing is gone."""
        annotated = self.workspace.annotated
        if annotated is None or not self.exists(annotated):
            return False
        self.shown = annotated
        for show in self._refreshers:
            show(annotated)
        self._order_tabs()
        return True

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom: parts made anew would otherwise come last."""
        order = [w for w in _in_order(self) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if order != self._tab_order:
            self._tab_order = order
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    def exists(self, annotated: AnnotatedArticle) -> bool:
        """Say whether what the page is about is still there."""
        return True

    def commit(self) -> None:
        """Write what was typed and not yet written."""
        for field in list(self._fields):
            field.commit()

    def follow(self, show: Callable[[AnnotatedArticle], object]) -> None:
        """Call ``show`` on every refresh."""
        self._refreshers.append(show)

    def holds(self, field: Committing) -> None:
        """Commit this field with the page."""
        self._fields.append(field)

    # -- parts

    def space(self, px: int) -> None:
        """Leave a gap."""
        self.lines.addSpacing(px)

    def rule(self) -> None:
        """Draw a line between two sections."""
        self.lines.addSpacing(12)
        self.lines.addWidget(Line(self.theme))
        self.lines.addSpacing(8)

    def head(self, kind: str, name: str) -> tuple[Label, Label]:
        """Add the head of the page: mark, what it is, which of how many; returns the two labels."""
        mark = Painted(self.theme, lambda p, box, t: _mark(p, box, t, kind), name, QSize(12, 20))
        what, of = Label(self.theme, name, "section"), Label(self.theme, "", "small", muted=True)
        keys = row(KeyCap(self.theme, "]"), Label(self.theme, "next", "small", muted=True), gap=4)
        layout = row(mark, what, of, None, gap=6)
        layout.addLayout(keys)
        self.lines.addLayout(layout)
        self.space(8)
        return what, of

    def quote(self, words: str) -> Label:
        """Add the article's words, in its own face."""
        made = Label(self.theme, cut(words), "quote", wrap=True)
        self.lines.addWidget(made)
        self.space(8)
        return made

    def combo(
        self,
        name: str,
        offered: Sequence[Choice],
        value: Callable[[AnnotatedArticle], str | None],
        write: Callable[[Project, str | None], object],
    ) -> FieldRow:
        """Add a choice that follows a value and writes what is picked."""
        made = QuietCombo(self.theme, name, offered)
        show = self._shows(made.set_value, value)
        made.picked.connect(writer(self.workspace, write, show))
        return self.field(name, made)

    def text(
        self,
        name: str,
        value: Callable[[AnnotatedArticle], str | None],
        write: Callable[[Project, str | None], object],
        *,
        may_be_not_stated: bool = False,
        suggestions: Sequence[str] = (),
        hint: str = NOT_FILLED_IN,
    ) -> FieldRow:
        """Add a line of text that follows a value and writes what is typed."""
        made = FactField(
            self.theme, name, None, may_be_not_stated=may_be_not_stated, suggestions=suggestions, hint=hint
        )
        show = self._shows(made.set_value, value)
        made.committed.connect(writer(self.workspace, write, show))
        self.holds(made)
        return self.field(name, made, stretch=True)

    def _shows(self, show: Callable[[V], object], value: Callable[[AnnotatedArticle], V]) -> Callable[[], None]:
        """Show a value on every refresh; the returned function shows the stored one again."""
        self.follow(lambda a: show(value(a)))

        def again() -> None:
            if self.shown is not None:
                show(value(self.shown))

        return again

    def field(self, name: str, control: QWidget, *, stretch: bool = False) -> FieldRow:
        """Add a label with its control."""
        made = FieldRow(self.theme, name, control, stretch=stretch)
        self.lines.addWidget(made)
        if stretch:
            self.space(4)
        return made

    def note(
        self, value: Callable[[AnnotatedArticle], str | None], write: Callable[[Project, str | None], object]
    ) -> NoteField:
        """Add a note that follows a value and writes what is typed."""
        made = NoteField(self.theme, "Note", None)
        made.committed.connect(writer(self.workspace, write))
        self.follow(lambda a: made.set_value(value(a)))
        self.holds(made)
        self.lines.addWidget(made)
        return made

    def words(
        self,
        name: str,
        value: Callable[[AnnotatedArticle], tuple[str, ...]],
        write: Callable[[Project, tuple[str, ...]], object],
        *,
        add: str,
        suggestions: Sequence[str] = (),
    ) -> TagEditor:
        """Add words as chips that follow a value and write what is added or taken away."""
        made = TagEditor(self.theme, name, (), add=add, suggestions=suggestions)
        show = self._shows(made.set_words, value)
        made.changed.connect(writer(self.workspace, write, show))
        self.holds(made)
        return made


def _mark(p: QPainter, box: Box, theme: Theme, kind: str) -> None:
    at = box.rc(0, 5, 10, 10)
    glyph(p, kind, at.x(), at.y(), theme)


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets inside a widget in the order they are laid out; one without a layout is itself."""
    layout = widget.layout()
    if layout is None:
        yield widget
    else:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        if item is None:
            continue
        child, inner = item.widget(), item.layout()
        if child is not None:
            yield from _in_order(child)
        elif inner is not None:
            yield from _laid_out(inner)


def cut(words: str) -> str:
    """Return words on one line, cut after some lines' worth."""
    flat = " ".join(words.split())
    return flat if len(flat) <= QUOTE_LIMIT else flat[: QUOTE_LIMIT - 1].rstrip() + "…"


def typed(annotated: AnnotatedArticle, id_: Id, kind: type[A]) -> A | None:
    """Return an annotation where it is there and of this kind."""
    found = annotated.by_id.get(id_)
    return found if isinstance(found, kind) else None
