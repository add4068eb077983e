"""The code book: the project's lists of terms, each with its words, definition, example and uses; every change at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.exporters.wording import language as language_words
from annotator.language import tr, trn
from annotator.model import Term
from annotator.model.code_book import CUE, LISTS, load_of
from annotator.model.values import CUE_LOADS
from annotator.project import Project
from annotator.ui.actions import keys_of, with_key
from annotator.ui.controls import Button, FieldRow, Label, QuietCombo, column, row, sign_search
from annotator.ui.dialogs.ask import Sheet, fill
from annotator.ui.dialogs.term_rows import (
    MARK,
    TERM,
    USES,
    Shelf,
    ShelfDelegate,
    TermsModel,
    TermsView,
)
from annotator.ui.labels import ElidedLabel, EmptyNote, plain_tip
from annotator.ui.panels.fields import NoteField
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Job, Workspace

SIZE = (1000, 660)
LEFT = 224


class CodeBookDialog(Sheet):
    """Lists at the start, the terms of one beside them, below it what the chosen term means. Ctrl+Z takes a change back."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        parent: QWidget | None,
        *,
        export: Callable[[], Job | None] | None = None,
    ) -> None:
        super().__init__(theme, tr("Code book"), parent, main=tr("Close"), cancel="")
        self.workspace = workspace
        self._export = export
        self._term: Term | None = None
        self._filling = False
        self.model = TermsModel(self)
        self.model.renamed.connect(self._rename)
        self.shelves = self._make_shelves()
        self.view = TermsView(theme, self.model)
        self.ok.setAutoDefault(False)
        self.ok.setDefault(False)  # Enter belongs to the fields
        self._make_parts()
        self._lay_out()
        self._order_tabs()
        self._make_keys()
        self._lock()
        self.resize(*SIZE)
        workspace.changed.connect(self.refresh)
        workspace.failed.connect(self._failed)
        self.finished.connect(self.commit)
        self.shelves.selectionModel().currentChanged.connect(self._turn)
        self.view.selectionModel().selectionChanged.connect(self._chosen)
        for at in range(len(self._shelf_list)):
            self._count(at)
        self.shelves.setCurrentIndex(self.shelves.model().index(0, 0))
        self.shelves.setFocus()

    # -- building

    def _make_shelves(self) -> QListView:
        view = QListView()
        view.setModel(QStandardItemModel(view))
        view.setItemDelegate(ShelfDelegate(self.theme, view))
        view.setAccessibleName(tr("Lists of the code book"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shelf_list: list[Shelf] = []
        project = self.project
        for list_, kind in LISTS.items():
            for code in project.languages() if list_ == CUE else [None]:
                title = tr("{list}: {language}", list=kind.title, language=language_words(code)) if code else kind.title
                self._shelf_list.append(Shelf(kind, code, title))
        model = view.model()
        assert isinstance(model, QStandardItemModel)
        for shelf in self._shelf_list:
            item = QStandardItem(shelf.title)
            item.setToolTip(plain_tip(shelf.kind.about))
            model.appendRow(item)
        return view

    def _make_parts(self) -> None:
        theme = self.theme
        self._title = Label(theme, "", "title")
        self._about = Label(theme, "", "small", muted=True, wrap=True)
        self.search = self._line(tr("Search terms"), with_key(tr("Words of a term or of its definition"), "find.open"))
        sign_search(self.search, theme)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(self._search)
        self.new = self._line(tr("Add a term"), with_key(tr("Type its words and press Enter"), "project.new"))
        self.new.returnPressed.connect(self._add)
        self.rename = self._button(tr("Rename"), tr("Other words, wherever the term is used (F2)"), self._begin_rename)
        self.up = self._button(tr("Up"), tr("Move the term up (Alt+Up)"), lambda: self._move(-1))
        self.down = self._button(tr("Down"), tr("Move the term down (Alt+Down)"), lambda: self._move(1))
        self.merge = self._button(
            tr("Merge…"),
            with_key(tr("Make one term of two; its uses go to the other"), "register.merge"),
            self._merge,
        )
        self.remove = self._button(tr("Remove"), tr("Remove a term nobody uses (Delete)"), self._remove)
        self._make_fields()
        self._empty = EmptyNote(theme, "")
        self._told = ElidedLabel(theme, "", "small", muted=True)
        self.export = Button(theme, tr("Export to Word…"))
        self.export.setToolTip(tr("Write the whole code book as a document, to print or to hand to a coder"))
        self.export.clicked.connect(self._export_now)
        self.export.setVisible(self._export is not None)
        self.foot_start.addWidget(self.export)
        self.foot_start.addWidget(self._told, 1)

    def _make_fields(self) -> None:
        theme = self.theme
        self.definition = NoteField(theme, tr("Definition"), None)
        self.definition.setPlaceholderText(tr("What it means, and where its borders are"))
        self.example = NoteField(theme, tr("Example"), None)
        self.example.setPlaceholderText(tr("An example somebody can compare with"))
        self.definition.committed.connect(partial(self._define, "definition"))
        self.example.committed.connect(partial(self._define, "example"))
        loads = [(value, self.project.code_book.title("load", value)) for value in CUE_LOADS]
        self.load = QuietCombo(theme, tr("Load"), loads, "neutral")
        self.load.picked.connect(partial(self._define, "value"))
        self._load_row = FieldRow(theme, tr("Load"), self.load)

    def _line(self, name: str, tip: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.setToolTip(tip)
        field.setFont(font("body"))
        field.setFixedHeight(32)
        return field

    def _button(self, words: str, tip: str, act: Callable[[], object]) -> Button:
        made = Button(self.theme, words)
        made.setToolTip(tip)
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        start = QWidget()
        start.setFixedWidth(LEFT)
        fill(start, self.theme.panel)
        lists = column(start, (0, 14, 0, 8))
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 8, 8)
        head.addWidget(Label(self.theme, tr("Code book"), "title"))
        lists.addLayout(head)
        lists.addWidget(self.shelves, 1)
        right = QVBoxLayout()
        right.setContentsMargins(24, 14, 20, 14)
        right.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self._title)
        names.addWidget(self._about)
        top = QHBoxLayout()
        top.addLayout(names, 1)
        top.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(top)
        right.addSpacing(4)
        right.addWidget(self.view, 1)
        right.addWidget(self._empty)
        right.addStretch(0)
        self._verbs = QWidget()
        self._verbs.setLayout(row(self.rename, self.up, self.down, self.merge, self.remove, gap=6))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.new, 1)
        line.addWidget(self._verbs)
        line.addStretch(0)  # takes the room of the field where a list takes no new terms
        right.addLayout(line)
        right.addWidget(self._load_row)
        for name, field in ((tr("Definition"), self.definition), (tr("Example"), self.example)):
            right.addWidget(FieldRow(self.theme, name, field, stretch=True))
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(start)
        body.addLayout(right, 1)
        self.set_body(body)

    def _order_tabs(self) -> None:
        """Let Tab go as one reads: lists, search, terms, what can be done with one, what it means."""
        order = (self.shelves, self.search, self.view, self.new, self.rename, self.up, self.down, self.merge, self.remove,
                 self.load, self.definition, self.example, self.export, self.ok)  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _make_keys(self) -> None:
        for keys, act in (
            (keys_of("edit.undo"), self.workspace.undo),
            (keys_of("edit.redo"), self.workspace.redo),
            (keys_of("find.open"), self.search.setFocus),
            (keys_of("register.merge"), self._merge),
            (keys_of("project.new"), self.new.setFocus),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(act)
        for keys, act in (
            ("Del", self._remove),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
        ):
            QShortcut(QKeySequence(keys), self.view, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(act)

    @property
    def project(self) -> Project:
        """The open project. Raises AnnotatorError where none is."""
        if self.workspace.project is None:
            raise AnnotatorError(tr("No project is open."))
        return self.workspace.project

    # -- following

    @property
    def shelf(self) -> Shelf:
        """The list shown."""
        return self._shelf_list[max(0, self.shelves.currentIndex().row())]

    @property
    def current(self) -> Term | None:
        """The chosen term."""
        return self.model.term_at(self.view.currentIndex())

    def refresh(self, *_: object) -> None:
        """Show the code book as it is; where the list is the same the chosen term stays chosen."""
        if self.workspace.project is None:
            return
        project, shelf, key = self.workspace.project, self.shelf, self._term.key if self._term else ""
        self._filling = True
        terms = project.terms(shelf.kind.id, shelf.language)
        self.model.show(shelf, terms, project.term_uses(shelf.kind.id), project.code_book)
        self._filling = False
        self._count(self.shelves.currentIndex().row())
        if self.model.row_of(key) >= 0:
            self.view.choose(self.model.row_of(key))
        self._chosen()

    def _count(self, at: int) -> None:
        """Say beside a list how many terms it has."""
        model, shelf = self.shelves.model(), self._shelf_list[at]
        found = len(self.project.terms(shelf.kind.id, shelf.language))
        model.setData(model.index(at, 0), f"{found:,}" if found else "–", Qt.ItemDataRole.UserRole)
        words = trn("{title}, {n} term", "{title}, {n} terms", found, title=shelf.title)
        model.setData(model.index(at, 0), words, Qt.ItemDataRole.AccessibleTextRole)

    def _turn(self, *_: object) -> None:
        """Show another list; what was typed is written first."""
        self.commit()
        self._term = None
        self._told.setText(self.project.why_read_only)
        self.search.clear()
        shelf = self.shelf
        self._title.setText(shelf.title)
        fixed = tr("The words are the program’s; say below what you mean by them.")
        self._about.setText(shelf.kind.about if shelf.kind.renamed else f"{shelf.kind.about} {fixed}")
        self.view.setAccessibleName(shelf.title)
        self.refresh()
        self.view.setColumnHidden(MARK, not self.model.mark_shown)
        self.view.setColumnHidden(USES, not self.model.uses_shown)
        self._load_row.setVisible(shelf.kind.id == CUE)
        self.view.choose(0)
        self._follow()

    def _search(self, words: str) -> None:
        key = self._term.key if self._term else ""
        self.model.search(words)
        self.view.choose(max(0, self.model.row_of(key)))
        self._chosen()

    def _chosen(self, _new: QItemSelection | None = None, _old: QItemSelection | None = None) -> None:
        """Show what the chosen term means; what was typed about the one before is written first."""
        if self._filling:
            return
        term = self.current
        if term is None or self._term is None or term.key != self._term.key:
            self.commit()
        self._term = term
        self.definition.set_value(term.definition if term else None)
        self.example.set_value(term.example if term else None)
        if term is not None and term.list == CUE:
            self.load.set_value(load_of(term))
        self._follow()

    def _follow(self) -> None:
        """Offer what can be done with the chosen term in this list."""
        kind, term, can = self.shelf.kind, self._term, not self.project.read_only
        at = self.model.row_of(term.key) if term else -1
        still = not self.model.searching
        self._show_empty()
        self.new.setVisible(kind.open and can)
        for button in (self.up, self.down, self.merge, self.remove):
            button.setVisible(kind.open)
        self.rename.setVisible(kind.renamed)
        self.rename.setEnabled(can and term is not None)
        self.up.setEnabled(can and still and at > 0)
        self.down.setEnabled(can and still and 0 <= at < len(self.model.terms) - 1)
        self.merge.setEnabled(can and term is not None and len(self.model.terms) > 1)
        self.remove.setEnabled(can and term is not None)
        for field in (self.definition, self.example, self.load):
            field.setEnabled(term is not None)

    def _show_empty(self) -> None:
        """Say what to do where no term is shown."""
        nothing = self.model.rowCount() == 0
        words = (
            tr("Nothing here fits what you typed.")
            if self.model.searching
            else tr("No term yet. Type one below and press Enter.")
        )
        if not self.model.searching and self.shelf.kind.id == CUE:
            words = tr(
                "No cue words are shipped for this language: the English ones are used until you add the first here."
            )
        self._empty.setText(words)
        self._empty.setVisible(nothing)
        self.view.setVisible(not nothing)

    def _lock(self) -> None:
        """Take nothing where the project can only be read, and say why."""
        if self.project.read_only:
            self.model.can_write = False
            for field in (self.definition, self.example):
                field.set_read_only(self.project.why_read_only)
            self.load.set_read_only(self.project.why_read_only)

    # -- writing

    def commit(self) -> None:
        """Write what was typed about the term shown so far."""
        self.definition.commit()
        self.example.commit()

    def _do(self, verb: Callable[[Project], object]) -> bool:
        """Run a verb; False where it was refused. What went wrong is told in the foot."""
        self._told.setText("")
        return self.workspace.do(lambda p: (verb(p), True)) is not None

    def _define(self, name: str, words: object) -> None:
        term = self._term
        if term is not None:
            given = str(words) if words is not None else None
            self._do(lambda p: p.edit_term(term.list, term.key, **{name: given}))

    def _add(self) -> None:
        words, shelf = self.new.text(), self.shelf
        if not words.strip():
            return
        self.search.clear()
        made: list[str] = []
        if self._do(lambda p: made.append(p.add_term(shelf.kind.id, words, language=shelf.language))):
            self.new.clear()
            self.view.choose(self.model.row_of(made[0]))
            self.view.scrollTo(self.view.currentIndex())
            self._told.setText(tr("Added “{term}”. Say below what it means, or type another.", term=words.strip()))

    def _begin_rename(self) -> None:
        index = self.view.currentIndex().siblingAtColumn(TERM)
        if index.isValid():
            self.view.setFocus()
            self.view.edit(index)

    def _rename(self, key: str, words: str) -> None:
        shelf, uses = self.shelf, self.model.uses(key)
        made: list[str] = []
        focused = self.focusWidget()
        typing = self.view.isAncestorOf(focused)
        if self._do(lambda p: made.append(p.rename_term(shelf.kind.id, key, words))):
            self.view.choose(self.model.row_of(made[0]))
            if typing:  # the rows were made anew, and the field that had the keyboard went with them
                self.view.setFocus()
            if uses:
                self._told.setText(trn("Renamed where it is used, once.", "Renamed in all {n} places.", uses))

    def _move(self, by: int) -> None:
        term, list_ = self._term, self.shelf.kind.id
        if term is not None and (self.up if by < 0 else self.down).isEnabled():
            to = self.model.row_of(term.key) + by
            self._do(lambda p: p.move_term(list_, term.key, to))

    def _remove(self) -> None:
        term, at = self._term, self.view.currentIndex().row()
        if term is not None and self.remove.isEnabled() and self.remove.isVisible():
            self.commit()
            if self._do(lambda p: p.remove_term(term.list, term.key)):
                self.view.choose(min(at, self.model.rowCount() - 1))

    def _merge(self) -> None:
        term = self._term
        if term is None or not (self.merge.isEnabled() and self.merge.isVisible()):
            return
        self.commit()
        dialog = MergeDialog(self.theme, term, self.model.terms, self.model.uses(term.key), self)
        said, into = dialog.exec() == QDialog.DialogCode.Accepted, dialog.into
        dialog.deleteLater()
        if said and into is not None and self._do(lambda p: p.merge_terms(term.list, term.key, into)):
            self.view.choose(self.model.row_of(into))
            self.view.setFocus()

    def _export_now(self) -> None:
        self.commit()
        job = self._export() if self._export is not None else None
        if job is not None:
            job.done.connect(self._exported)

    def _exported(self, path: Path) -> None:
        self._told.setText(tr("Wrote “{name}” in {parent}.", name=path.name, parent=path.parent))

    def _failed(self, error: AnnotatorError, _retry: object) -> None:
        self._told.setText(str(error))

    # -- leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed."""
        self.commit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do nothing by itself: it belongs to the fields."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class MergeDialog(Sheet):
    """Which term another one becomes part of."""

    def __init__(self, theme: Theme, term: Term, terms: tuple[Term, ...], uses: int, parent: QWidget) -> None:
        super().__init__(theme, tr("Merge terms"), parent, main=tr("Merge"))
        others = [(t.key, t.label) for t in terms if t.key != term.key]
        self._into = QuietCombo(theme, tr("Merge into"), others, others[0][0] if others else None)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(10)
        body.addWidget(Label(theme, tr("Merge “{term}” into another term", term=term.label), "title"))
        told = trn("Its use goes to the term chosen here.", "Its {n} uses go to the term chosen here.", uses) if uses else \
            tr("It is not used yet; it is removed, and its definition kept where the other has none.")  # fmt: skip
        words = Label(theme, told, "body", wrap=True)
        words.setMinimumWidth(380)
        body.addWidget(words)
        body.addWidget(FieldRow(theme, tr("Into"), self._into))
        self.set_body(body)
        self._into.setFocus()

    @property
    def into(self) -> str | None:
        """The key of the term that stays."""
        return self._into.value
