"""What the pages of the Details panel share: fields bound to values, refreshed in place, committed before leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, CodeBook, Id
from annotator.model.code_book import LISTS, explained
from annotator.model.values import NOT_STATED
from annotator.project import Project
from annotator.ui.actions import key_of
from annotator.ui.controls import (
    NOT_FILLED_IN,
    Button,
    Choice,
    FieldRow,
    KeyCap,
    Label,
    Line,
    Painted,
    QuietCombo,
    Tick,
    column,
    plain_tip,
    row,
)
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.fields import NOT_STATED_WORDS, FactField, NoteField, Offers, TermCombo
from annotator.ui.panels.words import TagEditor
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import capital, title

A = TypeVar("A", bound=Annotation)
V = TypeVar("V")

QUOTE_LIMIT = 400
"""Longer quotes are cut in the panel: the whole of it stands in the article beside it."""


@runtime_checkable
class Lockable(Protocol):
    """A field that can be made to be read only."""

    def set_read_only(self, why: str) -> None:
        """Take nothing; the tool tip says why."""
        ...


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


def term_offers(workspace: Workspace, list_: str) -> Offers:
    """Return what a field offers from a list of the code book: each term with what it means."""

    def offered() -> list[tuple[str, str]]:
        project = workspace.project
        return [(t.label, explained(t)) for t in project.terms(list_)] if project is not None else []

    return offered


def term_choices(
    book: CodeBook, list_: str, keys: Iterable[str] | None = None
) -> tuple[list[Choice], dict[str | None, str]]:
    """Return the choices of a field whose values are terms, and what each means; ``keys``: these of them."""
    wanted = None if keys is None else set(keys)
    offered = [t for t in book.terms(list_) if wanted is None or t.key in wanted]
    choices_: list[Choice] = [(None, NOT_FILLED_IN), *((t.key, capital(t.label)) for t in offered)]
    return choices_, {t.key: explained(t) for t in offered}


def lock(root: QWidget, why: str) -> None:
    """Make every field below a widget one to read, its tool tip saying why; buttons, which all write, are not shown."""
    for child in root.findChildren(QWidget):
        if isinstance(child, Lockable):
            child.set_read_only(why)
        elif isinstance(child, Button):
            child.hide()
        elif isinstance(child, Tick):
            child.setEnabled(False)
            child.setToolTip(plain_tip(why))


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
        if self.project is not None and self.project.read_only:
            lock(self, self.project.why_read_only)
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
        keys = row(
            KeyCap(self.theme, lambda: key_of("go.next")), Label(self.theme, tr("next"), "small", muted=True), gap=4
        )
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

    def coded(
        self,
        name: str,
        list_: str,
        value: Callable[[AnnotatedArticle], str | None],
        write: Callable[[Project, str | None], object],
        *,
        keys: Iterable[str] | None = None,
        not_stated: bool = False,
    ) -> FieldRow:
        """Add a choice among the terms of a list of the code book; it follows both the value and the code book."""
        made = TermCombo(self.theme, name)
        show = self._shows(made.set_value, value)
        made.picked.connect(writer(self.workspace, write, show))
        offered: list[CodeBook] = []

        def follow_book(annotated: AnnotatedArticle) -> None:
            book = self.project.code_book if self.project is not None else CodeBook()
            if not offered or offered[0] is not book:
                offered[:] = [book]
                choices_, tips = term_choices(book, list_, keys)
                if not_stated:
                    choices_.append((NOT_STATED, NOT_STATED_WORDS))
                made.set_terms(choices_, value(annotated), tips)

        self.follow(follow_book)
        return self.field(name, made)

    def term_text(
        self,
        name: str,
        list_: str,
        value: Callable[[AnnotatedArticle], str | None],
        write: Callable[[Project, str | None], object],
    ) -> FieldRow:
        """Add a line of text that offers the terms of a list of the code book; other words join the list."""
        made = self.text(name, value, write, may_be_not_stated=True, offers=term_offers(self.workspace, list_))
        field = made.control

        def explain(annotated: AnnotatedArticle) -> None:
            words = value(annotated)
            book = self.project.code_book if self.project is not None else CodeBook()
            if self.project is None or not self.project.read_only:
                field.setToolTip(plain_tip(book.tip(list_, LISTS[list_].key_of(words)) if words else ""))

        self.follow(explain)
        return made

    def text(
        self,
        name: str,
        value: Callable[[AnnotatedArticle], str | None],
        write: Callable[[Project, str | None], object],
        *,
        may_be_not_stated: bool = False,
        offers: Offers | None = None,
        hint: str = NOT_FILLED_IN,
    ) -> FieldRow:
        """Add a line of text that follows a value and writes what is typed."""
        made = FactField(self.theme, name, None, may_be_not_stated=may_be_not_stated, offers=offers, hint=hint)
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
        made = NoteField(self.theme, tr("Note"), None)
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
        offers: Offers | None = None,
    ) -> TagEditor:
        """Add words as chips that follow a value and write what is added or taken away."""
        made = TagEditor(self.theme, name, (), add=add, offers=offers)
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
