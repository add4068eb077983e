"""Sources: every source of the article with its naming, affiliation, claims and words; renamed and deleted here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from annotator import text as texts
from annotator.model import AnnotatedArticle, Claim, Id, Source, SourceMention
from annotator.ui.controls import Button, Dot, Hints, Label, QuietCombo, column, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.table import SIDE, RegisterPanel, paint_sheet
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count, label

NONE = "none"


@lru_cache(maxsize=2)
def _word_ends(text: str) -> tuple[list[int], list[int]]:
    spans = list(texts.words(text))
    return [s for s, _ in spans], [e for _, e in spans]


def words_inside(text: str, claims: Iterable[Claim]) -> int:
    """Return how many words of the text lie wholly inside a segment of these claims; each counts once."""
    starts, ends = _word_ends(text)
    inside: set[int] = set()
    for claim in claims:
        for segment in claim.segments:
            inside.update(range(bisect_left(starts, segment.start), bisect_right(ends, segment.end)))
    return len(inside)


def source_rows(annotated: AnnotatedArticle) -> list[Row]:
    """Return one row per source in the order of first mention; author and publication only where a claim is theirs."""
    linked: dict[Id, set[Id]] = defaultdict(set)
    for link in annotated.attributions:
        linked[link.source].add(link.claim)
    rows: list[Row] = []
    for source in annotated.source_order:
        claims = [c for c in (annotated.by_id.get(id_) for id_ in linked[source.id]) if isinstance(c, Claim)]
        if source.accountable or claims:
            rows.append(_source_row(annotated, source, claims))
    return rows


def _source_row(annotated: AnnotatedArticle, source: Source, claims: Sequence[Claim]) -> Row:
    n = len(claims)
    words = words_inside(annotated.text, claims)
    standing = not source.accountable
    naming = "author’s voice" if standing else label(source.naming) or NONE
    noted = source.naming in ("anonymous", "unstated", "role_only", "collective") and not standing
    stated = "not stated" if "affiliation" in source.not_stated else source.affiliation or NONE
    return Row(
        id=source.id,
        cells=(
            Cell(source.label, source.label, muted=standing, italic=standing),
            Cell(naming, naming, muted=not noted),
            Cell(stated, source.affiliation or "", muted=True, italic=stated == "not stated"),
            Cell(str(n) if n else NONE, n, muted=not n),
            Cell(f"{words:,}" if words else NONE, words, muted=not words),
        ),
        name=f"{source.label}, {naming}, {count(n, 'claim')}, {count(words, 'word')}",
        also=" ".join((*source.aliases, source.role or "", source.note or "", label(source.kind))),
        editable=not standing and source.kind != "unstated",
    )


class DeleteSheet(QWidget):
    """Asks, under the list, what becomes of a source's claims; the text stays in view."""

    confirmed = Signal(object)
    """The source the claims move to, or None: their links are removed."""
    left = Signal()

    def __init__(self, theme: Theme, source: Source, claims: int, others: Sequence[Source]) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(f"Delete source {source.label}")
        self.setAutoFillBackground(True)
        self._remove = Dot(theme, self._loss(claims), True)
        self._move = Dot(theme, "Move it to" if claims == 1 else "Move them to")
        self._target = QuietCombo(
            theme, "Move the claims to", [(s.id, s.label) for s in others], others[0].id if others else None
        )
        self._target.setMaximumWidth(240)
        self._target.picked.connect(lambda: self._move.setChecked(True))
        self._move.setVisible(bool(others and claims))
        self._target.setVisible(bool(others and claims))
        group = QButtonGroup(self)
        group.addButton(self._remove)
        group.addButton(self._move)
        delete = Button(theme, "Delete", "primary", name=f"Delete source {source.label}")
        delete.clicked.connect(self._confirm)
        cancel = Button(theme, "Cancel")
        cancel.clicked.connect(self.left)
        head = row(
            Label(theme, f"Delete “{source.label}”", "section"),
            None,
            Label(theme, "one step to undo", "small", muted=True),
        )
        layout = column(self, (SIDE, 14, SIDE, 12), 6)
        layout.addLayout(head)
        layout.addLayout(row(self._remove, None))
        layout.addLayout(row(self._move, self._target, None, gap=4))
        keys = Hints(theme, [("↵", "delete"), ("Esc", "cancel")])
        layout.addLayout(row(delete, cancel, 8, keys, None))
        self._first = delete if not claims else self._remove

    @staticmethod
    def _loss(claims: int) -> str:
        if not claims:
            return "No claim is linked to it; its mentions stay in the text"
        if claims == 1:
            return "Remove its link; the claim stays, not linked"
        return f"Remove its {count(claims, 'link')}; the claims stay, not linked"

    def begin(self) -> None:
        """Put the keyboard here."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.confirmed.emit(self._target.value if self._move.isChecked() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter deletes, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the edge towards the list."""
        paint_sheet(self, self._theme)


class SourcesPanel(RegisterPanel):
    """The source register of the article shown."""

    title = "Sources"
    kind = "source"
    columns: Sequence[Column] = (
        Column("Name"),
        Column("Naming", 98, needs=400),
        Column("Affiliation", 116, needs=460),
        Column("Claims", 68, number=True),
        Column("Words", 80, number=True),
    )
    empty = "No sources yet. Select who is speaking in the article and press S, or press L on a claim."

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__(workspace, theme)
        self.model.editable = True
        self.model.renamed.connect(self._rename)
        self.sheet: DeleteSheet | None = None
        rename = Button(theme, "Rename", "quiet", name="Rename the chosen source")
        rename.clicked.connect(self.rename_current)
        delete = Button(theme, "Delete…", "quiet", name="Delete the chosen source")
        delete.clicked.connect(lambda: self.current and self.delete(self.current))
        self._actions = QWidget()
        layout = row(rename, delete, None, Hints(theme, [("↵", "next place"), ("F2", "rename"), ("Del", "delete")]))
        layout.setContentsMargins(SIDE - 4, 4, SIDE, 6)
        self._actions.setLayout(layout)
        self.foot.addWidget(self._actions)
        workspace.article_changed.connect(self._leave_sheet)

    def rows(self) -> Sequence[Row]:
        """Return one row per source of the article shown."""
        annotated = self.workspace.annotated
        return source_rows(annotated) if annotated else ()

    def chosen_id(self) -> Id | None:
        """Return the source the chosen mention names."""
        annotated = self.workspace.annotated
        mark = annotated.by_id.get(self.workspace.chosen or "") if annotated else None
        return mark.source if isinstance(mark, SourceMention) else None

    def go(self, id_: Id | None) -> None:
        """Choose the source's first mention; again: the next one; without a mention its claims."""
        annotated = self.workspace.annotated
        if annotated is None or id_ is None:
            return
        marks = annotated.mentions_of_source(id_) or annotated.claims_of(id_)
        ids = [m.id for m in marks]
        if ids:
            at = ids.index(self.workspace.chosen) + 1 if self.workspace.chosen in ids else 0
            self.workspace.choose(ids[at % len(ids)])

    def actions_for(self, menu: QMenu, row: Row) -> None:
        """Offer to rename and delete."""
        id_ = row.id
        if id_ is None:
            return
        menu.addAction("Go there", lambda: self.go(id_))
        if row.editable:
            menu.addAction("Rename", self.rename_current)
            menu.addAction("Delete…", lambda: self.delete(id_))

    def _rename(self, id_: Id, name: str) -> None:
        self.workspace.do(lambda p: p.edit_source(id_, label=name))

    def delete(self, id_: Id) -> None:
        """Ask what becomes of the source's claims, then delete it."""
        annotated = self.workspace.annotated
        source = annotated.sources.get(id_) if annotated else None
        if annotated is None or source is None or not source.accountable:
            return
        self._leave_sheet()
        others = [s for s in annotated.source_order if s.accountable and s.id != id_]
        self.sheet = DeleteSheet(self.theme, source, len(annotated.claims_of(id_)), others)
        self.sheet.confirmed.connect(partial(self._delete, id_))
        self.sheet.left.connect(self._cancel)
        self.foot.insertWidget(0, self.sheet)
        self._actions.hide()
        self.sheet.begin()

    def _delete(self, id_: Id, move_to: Id | None) -> None:
        self._leave_sheet()
        self.workspace.do(lambda p: p.delete_source(id_, move_to=move_to))
        self.view.setFocus()

    def _cancel(self) -> None:
        self._leave_sheet()
        self.view.setFocus()

    def _leave_sheet(self) -> None:
        if self.sheet is not None:
            self.foot.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
            self._actions.show()
