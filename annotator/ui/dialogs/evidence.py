"""The evidence of the project: every piece with how often it is used, and the claims that rest on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.project import EvidenceUse, FoundClaim
from annotator.ui.actions import caps
from annotator.ui.controls import Button, EmptyNote, Hints, Label, column, row, sign_search
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.dialogs.ledger import PAUSE_MS, LedgerList, draw_quote
from annotator.ui.models import RowsModel
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.evidence import name_of, open_page, page_of, told_of
from annotator.ui.panels.evidence_files import save_file
from annotator.ui.panels.lists import RowState
from annotator.ui.panels.relation_form import said
from annotator.ui.theme import Theme, font, icon
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count

PIECE_ROW, CLAIM_ROW = 66, 72


def _meta(use: EvidenceUse) -> str:
    primary = tr("primary source") if use.evidence.is_primary else ""
    kept = tr("file kept") if use.evidence.blob else ""
    return " · ".join(part for part in (*told_of(use.evidence), primary, kept) if part)


def _used(use: EvidenceUse) -> str:
    where = count(use.articles, "article")
    return tr("{claims} in {articles}", claims=count(use.claims, "claim"), articles=where)


def _spoken(use: EvidenceUse) -> str:
    return ", ".join(part for part in (name_of(use.evidence), _meta(use), _used(use)) if part)


def _tip(use: EvidenceUse) -> str:
    e = use.evidence
    return "\n".join(part for part in (name_of(e), e.citation or "", e.url or "", e.archive_url or "") if part)


def _draw_piece(p: QPainter, box: Box, use: EvidenceUse, state: RowState) -> None:
    theme = state.theme
    leads = page_of(use.evidence.url) is not None
    if leads:
        p.drawPixmap(box.rc(box.w - 26, 8, 14, 14).toRect(), icon("globe", theme.accent, 14))
    face = font("body", 600 if state.chosen else 400)
    box.text(p, name_of(use.evidence), 16, 5, box.w - (46 if leads else 26), 20, face, theme.ink)
    box.text(p, _meta(use), 16, 25, box.w - 26, 18, font("small"), theme.muted)
    box.text(p, _used(use), 16, 42, box.w - 26, 18, font("small"), theme.muted)


def _where(place: FoundClaim) -> str:
    return tr("{title}, claim {n}", title=" ".join(place.title.split()), n=place.number)


def _draw_claim(p: QPainter, box: Box, place: FoundClaim, state: RowState) -> None:
    theme, room = state.theme, box.w - 50
    at = box.rc(14, 12, 10, 10)
    glyph(p, "claim", at.x(), at.y(), theme)
    below = draw_quote(p, box, said(place), 36, room, theme)
    box.text(p, _where(place), 36, below, room, 18, font("small"), theme.muted)


class EvidenceDialog(Sheet):
    """Pieces at the start, the claims that rest on the chosen one beside them. Accepted: ``place`` is where to go."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Evidence of the project"), parent, main=tr("Go there"), cancel=tr("Close"))
        self._workspace = workspace
        self._all: list[EvidenceUse] = []
        self.filter = QLineEdit()
        self.filter.setFont(font("body"))
        self.filter.setPlaceholderText(tr("Filter by title, publisher, address"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        sign_search(self.filter, theme)
        self.rows: RowsModel[EvidenceUse] = RowsModel(_spoken, tip=_tip)
        self.pieces = LedgerList(theme, tr("Evidence"), self.rows, PIECE_ROW, _draw_piece)
        self.places: RowsModel[FoundClaim] = RowsModel(lambda c: f"{said(c)}, {_where(c)}", tip=said)
        self.claims = LedgerList(theme, tr("Claims that rest on it"), self.places, CLAIM_ROW, _draw_claim)
        self.to_page = Button(theme, tr("Open its page"), "quiet")
        self._count = Label(theme, "", "title", muted=True)
        self._empty = EmptyNote(theme, "")
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(PAUSE_MS)
        self._lay_out(theme)
        self.filter.textChanged.connect(self._narrow)
        self.pieces.pointed.connect(self._read_soon)
        self.pieces.gone_to.connect(self._enter_claims)
        self.pieces.menu_asked.connect(self._menu)
        self.pieces.open_asked.connect(self._open)
        self._reading.timeout.connect(self._show_claims)
        self.claims.gone_to.connect(self.accept)
        self.to_page.clicked.connect(self._open)
        self.resize(1000, 620)
        self._all = list(workspace.project.all_evidence()) if workspace.project is not None else []
        self._narrow()
        (self.pieces if self.rows.rows else self.filter).setFocus()

    def _lay_out(self, theme: Theme) -> None:
        start, end = QWidget(), QWidget()
        lines = column(start, (0, 0, 8, 0), 6)
        lines.addWidget(self.filter)
        lines.addWidget(self.pieces, 1)
        other = column(end, (8, 0, 0, 0), 6)
        other.addLayout(row(Label(theme, tr("Claims that rest on it"), "section"), None, self.to_page))
        other.addWidget(self.claims, 1)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(start)
        self._parts.addWidget(end)
        self._parts.setSizes([460, 520])
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 20, 8)
        body.setSpacing(10)
        body.addLayout(row(Label(theme, tr("Evidence of the project"), "title"), self._count, None))
        about = tr("Each piece once, with every claim it is used for. It is edited in the details of a claim.")
        body.addWidget(Label(theme, about, "small", muted=True, wrap=True))
        body.addWidget(self._empty)
        body.addWidget(self._parts, 1)
        body.addStretch(0)
        self.set_body(body)
        keys = [("↵", tr("go there")), ("Ctrl+↵", tr("open its page")), ("Esc", tr("close"))]
        self.foot_start.addWidget(Hints(theme, keys), 1)

    # -- what is chosen

    @property
    def use(self) -> EvidenceUse | None:
        """The piece chosen."""
        return self.pieces.current if self.rows.rows else None

    @property
    def place(self) -> FoundClaim | None:
        """The claim to go to: the one chosen, else the first."""
        return self.claims.current or next(iter(self.places.rows), None)

    # -- showing

    def _narrow(self, *_: object) -> None:
        words = self.filter.text().casefold().split()
        found = [use for use in self._all if all(w in _hay(use) for w in words)]
        self.rows.set_rows(found)
        self._count.setText(f"{len(found):,}" if found else "")
        self._parts.setVisible(bool(self._all))
        self._empty.setVisible(not found)
        none = tr("No evidence yet. Choose a claim, press {verdict}, and add what it was checked against.", **caps())
        self._empty.setText(tr("No piece holds these words.") if self._all else none)
        if found:
            self.pieces.choose(0)
        self._show_claims()

    def _show_claims(self) -> None:
        self._reading.stop()
        project, use = self._workspace.project, self.use
        there: Sequence[FoundClaim] = project.evidence_uses(use.evidence.id) if project is not None and use else ()
        self.places.set_rows(there)
        if there:
            self.claims.choose(0)
        self.to_page.setVisible(use is not None and page_of(use.evidence.url) is not None)
        self.ok.setEnabled(bool(there))

    def _read_soon(self, *_: object) -> None:
        self._reading.start()

    def _enter_claims(self, *_: object) -> None:
        self._show_claims()
        self.claims.setFocus()

    # -- doing

    def _open(self, *_: object) -> None:
        if self.use is not None:
            open_page(self.use.evidence.url, self, self.theme)

    def _menu(self, at: QPoint) -> None:
        use = self.use
        if use is None:
            return
        menu = QMenu(self)
        if page_of(use.evidence.url) is not None:
            menu.addAction(tr("Open its page in the browser"), self._open)
        if use.evidence.url:
            menu.addAction(tr("Copy the address"), lambda: QGuiApplication.clipboard().setText(use.evidence.url or ""))
        if use.evidence.blob:
            menu.addAction(tr("Save its file as…"), lambda: save_file(self._workspace, use.evidence.id, self))
        if not menu.isEmpty():
            menu.exec(at)
        menu.deleteLater()

    def accept(self, *_: object) -> None:
        """Go to the chosen claim; from the filter Enter leads into the list."""
        if self.filter.hasFocus() and self.rows.rows:
            self.pieces.setFocus()
        elif self.place is not None:
            super().accept()

    def reject(self) -> None:
        """Close; Esc in a filter with words empties it first."""
        if self.filter.hasFocus() and self.filter.text():
            self.filter.clear()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the filter into the list, Right and Left between the lists."""
        key = event.key()
        if key == Qt.Key.Key_Down and self.filter.hasFocus():
            self.pieces.setFocus()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and (self.pieces.hasFocus() or self.claims.hasFocus()):
            forward = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            (self.claims if forward else self.pieces).setFocus()
        else:
            super().keyPressEvent(event)


def _hay(use: EvidenceUse) -> str:
    e = use.evidence
    return " ".join(part for part in (e.title, e.citation, e.publisher, e.url) if part).casefold()
