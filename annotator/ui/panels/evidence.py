"""The evidence of a claim as a list: what it is and says, how it bears on the claim; a row is edited, its page opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, ClaimEvidence, Evidence, Id
from annotator.ui.days import written_day
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import NAMELESS, label, title

ROW, LINE = 44, 18
"""Height of a piece in two lines, and of the line its quote takes, px."""
STANCE_SIGNS = {"supports": "+", "contradicts": "−", "context": "○"}
_SIGN = 28
"""Room at the end of a row for the sign that opens its page, px."""
_LINE_OF_ADDRESS, _MOST_SHOWN = 16, 600
"""In pieces of how many characters an address may be broken, and how many of them are shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with how it bears on one claim, as the list shows it."""

    evidence: Evidence
    link: ClaimEvidence

    @property
    def id(self) -> Id:
        """The id of the evidence."""
        return self.evidence.id

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return name_of(self.evidence)

    @property
    def stance(self) -> str:
        """How it bears on the claim."""
        return self.link.stance

    @property
    def primary(self) -> bool:
        """Whether it is a primary source."""
        return bool(self.evidence.is_primary)

    @property
    def quoted(self) -> str:
        """The passage that counts, on one line in quotation marks; empty where none was quoted."""
        words = " ".join((self.link.quoted or "").split())
        return words if not words or words[0] in '“«„"' else f"“{words}”"

    @property
    def meta(self) -> str:
        """What tells it from another; how it bears on the claim where nothing else is known, for its sign says that too."""
        bears = {True: tr("independent of the source"), False: tr("not independent of the source"), None: ""}
        kept = tr("file kept") if self.evidence.blob else ""
        parts = (*told_of(self.evidence), kept, bears[self.link.independent])
        return " · ".join(part for part in parts if part) or label(self.stance)

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        primary = tr("primary source") if self.primary else ""
        bears = label(self.stance)
        told = self.meta if self.meta != bears else ""
        return ", ".join(part for part in (self.title, bears, told, primary, self.quoted) if part)


def name_of(evidence: Evidence) -> str:
    """Return what a piece of evidence is called, on one line."""
    return evidence.name or NAMELESS


def told_of(evidence: Evidence) -> list[str]:
    """Return publisher, day and the host of the address, those that are known."""
    host = host_of(evidence.url) if evidence.title or evidence.citation else ""
    return [part for part in (evidence.publisher or "", written_day(evidence.date), host) if part]


def pieces_of(annotated: AnnotatedArticle, claim: Id) -> list[Piece]:
    """Return a claim's evidence, in the order it was added."""
    links = annotated.evidence_of(claim)
    return [Piece(annotated.evidence[link.evidence], link) for link in links if link.evidence in annotated.evidence]


# -- addresses


def page_of(address: str | None) -> QUrl | None:
    """Return the page an address leads to; None where it is no web address: nothing else is ever opened."""
    url = QUrl((address or "").strip(), QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme().lower() in ("http", "https") and url.host() else None


def host_of(address: str | None) -> str:
    """Return whose address it is; empty where it is no web address."""
    page = page_of(address)
    return page.host().removeprefix("www.") if page is not None else ""


def open_page(address: str | None, parent: QWidget | None, theme: Theme) -> bool:
    """Open an address in the browser once a person saw where it leads and said so; the program itself never asks for it."""
    from annotator.ui.dialogs.ask import confirm  # only now: most pages are never opened

    page = page_of(address)
    if page is None:
        return False
    host = page.host(QUrl.ComponentFormattingOption.FullyEncoded)
    words = page.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    title = tr("Open a page of {host} in the browser?", host=host)
    return confirm(parent, theme, title, foldable(words), tr("Open")) and QDesktopServices.openUrl(page)


def foldable(address: str) -> str:
    """Return an address with places where a line may end."""
    pieces = (address[at : at + _LINE_OF_ADDRESS] for at in range(0, min(len(address), _MOST_SHOWN), _LINE_OF_ADDRESS))
    return "\u200b".join(pieces) + ("…" if len(address) > _MOST_SHOWN else "")


# -- the list


def _height(piece: Piece) -> int:
    return ROW + (LINE if piece.quoted else 0)


def _tip(piece: Piece) -> str:
    keys = tr("Enter edits it, Del takes it away.")
    if page_of(piece.evidence.url) is not None:
        keys = tr("Enter edits it, Ctrl+Enter opens its page in the browser, Del takes it away.")
    note = piece.link.note or ""
    told = (piece.title, title(piece.stance), piece.meta, piece.evidence.url or "", piece.quoted, note, keys)
    return "\n".join(dict.fromkeys(part for part in told if part))


def _draw(p: QPainter, box: Box, piece: Piece, state: RowState) -> None:
    theme = state.theme
    sign = box.rc(8, 6, 18, 18)
    p.setPen(QPen(QColor(theme.edge), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(sign.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    p.setFont(font("body", 600))
    p.setPen(QColor(theme.ink))
    p.drawText(sign, Qt.AlignmentFlag.AlignCenter, STANCE_SIGNS.get(piece.stance, ""))
    leads = page_of(piece.evidence.url) is not None
    end = _SIGN if leads else 8
    if leads:
        p.drawPixmap(box.rc(box.w - 22, 7, 14, 14).toRect(), icon("globe", theme.accent, 14))
    room = 56 if piece.primary else 0
    box.text(p, piece.title, 34, 3, box.w - 34 - end, 20, font("body"), theme.ink)
    box.text(p, piece.meta, 34, 21, box.w - 42 - room, 18, font("small"), theme.muted)
    if room:
        box.text(p, tr("primary"), box.w - room - 8, 21, room, 18, font("small"), theme.muted, end=True)
    if piece.quoted:
        box.text(p, piece.quoted, 34, 21 + LINE, box.w - 42, 20, font("quote", px=13), theme.ink)


class EvidenceList(FitList):
    """The pieces of one claim. Enter or a click edits, Ctrl+Enter or the sign at the end opens the page."""

    open_asked = Signal(object)
    save_asked = Signal(object)
    """The file kept with a piece is to be written out."""

    def __init__(self, theme: Theme) -> None:
        model: RowsModel[Piece] = RowsModel(lambda piece: piece.spoken, tip=_tip)
        super().__init__(theme, tr("Evidence"), lambda piece: piece.spoken, _draw, _height, model=model)
        self._pressed_sign = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the page of the current piece at Ctrl+Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.current is not None:
            self.open_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whether the press is on the sign that opens a page."""
        self._pressed_sign = self._on_sign(event.position().toPoint())
        super().mousePressEvent(event)

    def _on_sign(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        piece: Piece | None = index.data(CELL_ROLE)
        if piece is None or page_of(piece.evidence.url) is None:
            return False
        box = Box(QRectF(self.visualRect(index)), self.isRightToLeft())
        return box.rc(box.w - _SIGN, 0, _SIGN, 26).contains(at.toPointF())

    def _go(self, index: QModelIndex) -> None:
        value = index.data(CELL_ROLE)
        if value is not None:
            (self.open_asked if self._pressed_sign else self.gone_to).emit(value)
        self._pressed_sign = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a piece."""
        at = self.menu_place(event)
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            self.setCurrentIndex(self.indexAt(event.pos()))
        piece: Piece | None = self.current
        if piece is not None:
            menu = piece_menu(
                self, piece, self.gone_to.emit, self.open_asked.emit, self.save_asked.emit, self.delete_asked.emit
            )
            menu.exec(at)
            menu.deleteLater()


Act = Callable[[Piece], object]


def piece_menu(parent: QWidget, piece: Piece, edit: Act, open_: Act, save: Act, remove: Act) -> QMenu:
    """Return the menu of a piece of evidence; the four are called with the piece."""
    menu = QMenu(parent)
    menu.addAction(tr("Edit…"), lambda: edit(piece))
    address = piece.evidence.url or ""
    if page_of(address) is not None:
        menu.addAction(tr("Open its page in the browser"), lambda: open_(piece))
    if address:
        menu.addAction(tr("Copy the address"), lambda: QGuiApplication.clipboard().setText(address))
    if piece.evidence.blob:
        menu.addAction(tr("Save its file as…"), lambda: save(piece))
    menu.addSeparator()
    menu.addAction(tr("Take away from this claim"), lambda: remove(piece))
    return menu
