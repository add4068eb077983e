"""How a claim's checking went: every change with who, when and why; folded to a count until somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, CodeBook, Id, Verification
from annotator.ui.controls import column, row
from annotator.ui.days import time_of
from annotator.ui.models import RowsModel
from annotator.ui.paint import Box, status_glyph
from annotator.ui.panels.folding import Fold
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import title

ROW, LINE = 42, 18
"""Height of a change, and of the line its reason takes, px."""


@dataclass(frozen=True, slots=True)
class CheckChange:
    """One change: what was said, by whom and when, and why."""

    status: str
    what: str
    who: str
    why: str

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        return ", ".join(part for part in (self.what, self.who, self.why) if part)


def changes_of(annotated: AnnotatedArticle, claim: Id) -> list[CheckChange]:
    """Return what was said of a claim's checking, the latest first."""
    events: Sequence[Verification | None] = (None, *annotated.verifications.get(claim, ()))
    return [_change(before, now, annotated.code_book) for before, now in pairwise(events) if now is not None][::-1]


def _change(before: Verification | None, now: Verification, book: CodeBook) -> CheckChange:
    was, is_ = (before.verdict if before is not None else None), now.verdict
    if is_ is not None and is_ != was:
        what = book.title("verdict", is_)
        if was is not None:
            what = tr("{verdict}, before: {old}", verdict=what, old=book.label("verdict", was))
    elif was is not None and is_ is None:
        what = tr(
            "Took back “{verdict}”: {status}", verdict=book.label("verdict", was), status=title(now.status).lower()
        )
    else:
        what = title(now.status)
    who = " · ".join(part for part in (now.person or "", time_of(now.at)) if part)
    return CheckChange(now.status, what, who, " ".join((now.why or "").split()))


def _draw(p: QPainter, box: Box, change: CheckChange, state: RowState) -> None:
    theme = state.theme
    at = box.rc(8, 8, 12, 12)
    status_glyph(p, change.status, at.x(), at.y(), theme, theme.muted)
    box.text(p, change.what, 28, 3, box.w - 36, 20, font("body"), theme.ink)
    box.text(p, change.who, 28, 21, box.w - 36, LINE, font("small"), theme.muted)
    if change.why:
        box.text(p, change.why, 28, 21 + LINE, box.w - 36, LINE, font("small", italic=True), theme.ink)


class CheckHistory(QWidget):
    """The count of changes; a click or Enter unfolds them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fold = Fold(theme, "")
        self._fold.setToolTip(tr("Who said what of this claim’s checking, when and why"))
        self._fold.turned.connect(self._show)
        model: RowsModel[CheckChange] = RowsModel(lambda change: change.spoken, tip=lambda change: change.why)
        self.list = FitList(
            theme, tr("Changes of the check"), lambda change: change.spoken, _draw,
            lambda change: ROW + (LINE if change.why else 0), model=model,
        )  # fmt: skip
        self.list.hide()
        layout = column(self)
        layout.addLayout(row(self._fold, None))
        layout.addWidget(self.list)

    def refresh(self, annotated: AnnotatedArticle, claim: Id) -> None:
        """Show the changes of a claim; the first one is told elsewhere, so one alone is not listed."""
        found = changes_of(annotated, claim)
        self._fold.set_words(trn("{n} change", "{n} changes", len(found)))
        self.setVisible(len(found) > 1 or any(change.why for change in found))
        self.list.set_values(found)

    def _show(self, opened: bool) -> None:
        self.list.setVisible(opened)
