"""The scale of verdicts: five numbered steps and "not enough evidence", the chosen one spelled out with who and when."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.language import tr
from annotator.model import CodeBook, Verification
from annotator.model.values import VERDICTS
from annotator.ui.days import day_of
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, advance, elided, focus_ring
from annotator.ui.spoken import value_changed
from annotator.ui.theme import Theme, font

NONE = "none"
"""The verdict that there is not enough evidence: the one that needs none."""
KEYS = {**{value: value for value in VERDICTS if value != NONE}, "0": NONE}
"""What is typed for each verdict."""
_GAP = 4
_LEAST_STEP = 24
_BETWEEN = 12
_LEAST_SAID = 80
"""Room between a verdict's words and who gave it, and what is left for that at least, px."""


def said(event: Verification, room: float) -> str:
    """Return who gave a verdict and when, in so many px; where it is too much, a name cut short and the day whole."""
    face, when = font("small"), day_of(event.at)
    if not event.person or not when:
        return event.person or when
    left = room - advance(face, f", {when}") - 1
    return f"{elided(face, event.person, left)}, {when}" if left > advance(face, "MM…") else when


class VerdictScale(QWidget):
    """The verdicts side by side. Those that need evidence are pale while there is none, and can be chosen even so."""

    picked = Signal(object)
    """A verdict, or None to take it back."""
    HEIGHT = 56

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._event: Verification | None = None
        self._book = CodeBook()
        self._why = ""
        self._cursor = 0
        self._able = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_event(None)

    @property
    def verdict(self) -> str | None:
        """The verdict shown."""
        return self._event.verdict if self._event else None

    @property
    def able(self) -> bool:
        """Whether there is evidence a verdict could rest on."""
        return self._able

    def show_event(self, event: Verification | None) -> None:
        """Show the verdict of an event."""
        self._event = event
        if self.verdict in VERDICTS:
            self._cursor = VERDICTS.index(self.verdict or "")
        self._tell()
        self.update()

    def set_book(self, book: CodeBook) -> None:
        """Take the words of the verdicts from a code book."""
        if book is not self._book:
            self._book = book
            self._tell()
            self.update()

    def set_read_only(self, why: str) -> None:
        """Show the verdict and take none; the tool tip says why."""
        self._why = why

    def set_able(self, able: bool) -> None:
        """Draw the steps that need evidence pale, while there is none."""
        if able != self._able:
            self._able = able
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(tr("Verdict: {words}", words=self._words()))
        said = tr("At {step}, {words}; Enter chooses it", step=self._sign(self._cursor), words=self.spoken_value())
        needs = not self._able and VERDICTS[self._cursor] != NONE
        self.setAccessibleDescription(tr("{said}; it asks for evidence first", said=said) if needs else said)

    @staticmethod
    def _sign(at: int) -> str:
        return "0" if VERDICTS[at] == NONE else VERDICTS[at]

    def spoken_value(self) -> str:
        """Return the words of the step Enter would choose."""
        return self._book.title("verdict", VERDICTS[self._cursor])

    def _words(self) -> str:
        return self._book.title("verdict", self.verdict) if self.verdict else tr("No verdict yet")

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what the step under the pointer means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._why or self._meaning(event.pos())), self)
            return True
        return super().event(event)

    def _meaning(self, at: QPoint) -> str:
        n = self._step_at(at.x(), at.y())
        if n is None:
            return self._book.tip("verdict", self.verdict)
        words = tr("{words} ({key})", words=self._book.title("verdict", VERDICTS[n]), key=self._sign(n))
        return "\n".join((words, self._book.tip("verdict", VERDICTS[n])))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the scale."""
        return QSize(240, self.HEIGHT)

    def _step_rect(self, box: Box, n: int) -> QRectF:
        """Return where a step stands: the last takes the room of its words, the others share the rest."""
        numbers = len(VERDICTS) - 1
        words = advance(font("small"), self._book.title("verdict", NONE)) + 14
        last = max(_LEAST_STEP, min(words, box.w - numbers * (_LEAST_STEP + _GAP)))
        width = (box.w - last - numbers * _GAP) / numbers
        return box.rc(n * (width + _GAP), 1, last if n == numbers else width, 26)

    def _step_at(self, x: float, y: float) -> int | None:
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        return next((n for n in range(len(VERDICTS)) if self._step_rect(box, n).contains(x, y)), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter chooses, a digit chooses its step; Delete takes the verdict back."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            step = -step if self.isRightToLeft() else step
            self._cursor = max(0, min(self._cursor + step, len(VERDICTS) - 1))
            self._tell()
            value_changed(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(VERDICTS[self._cursor])
        elif event.text() in KEYS:
            self.choose(event.text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.verdict and not self._why:
            self.picked.emit(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the step under the pointer; the chosen one again takes the verdict back."""
        n = self._step_at(event.position().x(), event.position().y())
        if n is not None:
            self._pick(None if VERDICTS[n] == self.verdict else VERDICTS[n])

    def choose(self, key: str) -> None:
        """Choose a step by its digit; 0 is "not enough evidence"."""
        self._pick(KEYS[key])

    def _pick(self, verdict: str | None) -> None:
        if verdict != self.verdict and not self._why:
            self.picked.emit(verdict)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Spell out the step the keyboard is at."""
        super().focusInEvent(event)
        self.update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw steps and words."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        for n, value in enumerate(VERDICTS):
            self._paint_step(p, box, self._step_rect(box, n), value, at_cursor=self.hasFocus() and n == self._cursor)
        self._paint_words(p, box)
        p.end()

    def _paint_words(self, p: QPainter, box: Box) -> None:
        """Draw the verdict with who gave it; without one, the step the keyboard is at."""
        theme = self._theme
        if self.verdict is None or self._event is None:
            at = tr("{step}: {words}", step=self._sign(self._cursor), words=self.spoken_value())
            words = at if self.hasFocus() and not self._why else self._words()
            box.text(p, words, 0, 33, box.w, 22, font("body"), theme.muted)
            return
        face = font("body", 600)
        room = max(_LEAST_SAID, box.w - advance(face, self._words()) - _BETWEEN)
        box.text(p, self._words(), 0, 33, box.w - room - _BETWEEN, 22, face, theme.ink)
        box.text(p, said(self._event, room), box.w - room, 33, room, 22, font("small"), theme.muted, end=True)

    def _paint_step(self, p: QPainter, box: Box, rect: QRectF, value: str, *, at_cursor: bool) -> None:
        theme = self._theme
        on = value == self.verdict
        able = self._able or on or value == NONE
        p.setPen(QPen(QColor(theme.ink if on else theme.edge if able else theme.line), 1))
        p.setBrush(QColor(theme.ink if on else theme.raised if able else theme.panel))
        p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        ink = theme.page if on else theme.ink if able else theme.muted
        if value == NONE:
            words = Box(rect, box.rtl)
            face = font("small", 600 if on else 400)
            words.text(
                p, self._book.title("verdict", NONE), 5, 0, rect.width() - 10, rect.height(), face, ink, mid=True
            )
        else:
            p.setFont(font("body", 600 if on else 400))
            p.setPen(QColor(ink))
            p.drawText(rect, Qt.AlignmentFlag.AlignCenter, value)
        if at_cursor:
            focus_ring(p, rect, theme, 5)
