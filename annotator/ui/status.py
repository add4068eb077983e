"""The status line: saved or not, how much of the article is accounted for, orphans, profile and zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annotator.analysis.coverage import Coverage
from annotator.language import tr, trn
from annotator.ui.actions import key_of, with_key
from annotator.ui.controls import ElidedLabel, Label
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, advance, focus_ring, keycap, keycap_width
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import title

HEIGHT = 28
NEWS_MS = 7000
_GAPS = 16 + 24 + 8 + 8 + 16 + 16 + 16 + 10
"""Room between and beside the parts of the line, px."""
MOST_TICKS = 60
"""Longer articles get a bar in place of one tick per sentence."""

SAVING = {
    "saved": ("check", tr("Saved")),
    "saving": ("clock", tr("Saving…")),
    "read-only": ("x", tr("Read-only")),
    "failed": ("x", tr("Not saved")),
}


class _Painted(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        p = painter(self)
        self.draw(p, Box(QRectF(self.rect()), self.isRightToLeft()))
        p.end()

    def draw(self, p: QPainter, box: Box) -> None:
        """Draw inside ``box``."""
        raise NotImplementedError


class SavedSign(_Painted):
    """Whether everything shown is in the file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._state = ""

    @property
    def words(self) -> str:
        """What it says."""
        return SAVING[self._state][1] if self._state else ""

    def set_state(self, state: str) -> None:
        """Show "saved", "saving", "read-only", "failed", or "" for no project."""
        self._state = state
        self.setFixedWidth(int(18 + advance(font("small", 600), self.words)) + 2 if state else 0)
        self.setAccessibleName(self.words)
        self.update()

    def draw(self, p: QPainter, box: Box) -> None:
        """Draw the sign and its word."""
        if not self._state:
            return
        t = self.theme
        sign, words = SAVING[self._state]
        good = self._state == "saved"
        p.drawPixmap(box.rc(0, 8, 12, 12).toRect(), icon(sign, t.accent if good else t.ink, 12))
        box.text(p, words, 18, 0, box.w - 18, HEIGHT, font("small", 400 if good else 600), t.ink)


_FURTHER_ON = (tr("next"), tr("Go to the next sentence nobody has looked at"), "go.next_open")
_BEFORE = (
    tr("before"),
    tr("Go back to the last sentence nobody has looked at: none lies further on"),
    "go.previous_open",
)
"""The words, the tip and the command of the way to an open sentence."""


class CoverageTicks(_Painted):
    """One tick per sentence, full where it is accounted for; a bar for long articles."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._states: Sequence[bool] = ()
        self._done = self._total = 0

    def set_coverage(self, coverage: Coverage | None) -> None:
        """Show these sentences."""
        self._done, self._total = (coverage.accounted, len(coverage.sentences)) if coverage is not None else (0, 0)
        few = coverage is not None and self._total <= MOST_TICKS
        said = trn(
            "{done} of {n} sentence accounted for",
            "{done} of {n} sentences accounted for",
            self._total,
            done=self._done,
        )
        self.setAccessibleName(said)
        self._states = coverage.states if few and coverage is not None else ()
        self.setFixedWidth(self._total * 5 if few else 160 if self._total else 0)
        self.update()

    def draw(self, p: QPainter, box: Box) -> None:
        """Draw the ticks or the bar."""
        t = self.theme
        if not self._total:
            return
        if not self._states:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.faint))
            p.drawRoundedRect(box.rc(0, 12, 152, 4), 2, 2)
            p.setBrush(QColor(t.ink))
            p.drawRoundedRect(box.rc(0, 12, 152 * self._done / self._total, 4), 2, 2)
            return
        for at, accounted in enumerate(self._states):
            tick = box.rc(at * 5, 10, 3, 8)
            p.setPen(Qt.PenStyle.NoPen if accounted else QPen(QColor(t.edge), 1))
            p.setBrush(QColor(t.ink) if accounted else Qt.BrushStyle.NoBrush)
            p.drawRect(tick if accounted else tick.adjusted(0.5, 0.5, -0.5, -0.5))


class StatusButton(QAbstractButton):
    """Words in the status line that do something; the tool tip tells the key of the command that does the same.

    ``cap`` shows that key before the words.
    """

    def __init__(self, theme: Theme, words: str, tip: str, command: str = "", *, cap: bool = False) -> None:
        super().__init__()
        self._tip = tip
        self.command = command
        self._cap = cap
        self.setText(words)
        self.set_theme(theme)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme, and the key as it is now."""
        self._theme = theme
        tip = with_key(self._tip, self.command) if self.command else self._tip
        self.setToolTip(plain_tip(tip))
        self.setAccessibleDescription(tip)
        self.updateGeometry()
        self.update()

    @property
    def _key(self) -> str:
        return key_of(self.command) if self._cap else ""

    def set_words(self, words: str) -> None:
        """Show other words."""
        self.setText(words)
        self.updateGeometry()

    def lead_to(self, words: str, tip: str, command: str) -> None:
        """Stand for another command."""
        if command != self.command:
            self._tip, self.command = tip, command
            self.set_words(words)
            self.set_theme(self._theme)

    def sizeHint(self) -> QSize:
        """Return the room the words take."""
        cap = keycap_width(self._key) + 6 if self._key else 0
        return QSize(int(advance(font("small"), self.text()) + cap) + 14, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key cap and words."""
        p = painter(self)
        t = self._theme
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        if self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.hover))
            p.drawRoundedRect(box.rc(1, 3, box.w - 2, HEIGHT - 6), 4, 4)
        x = 6.0
        if self._key:
            x += keycap(p, box, self._key, x, 5, t) + 6
        box.text(p, self.text(), x, 0, box.w - x, HEIGHT, font("small"), t.muted)
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), t, 4)
        p.end()


class StatusLine(QWidget):
    """The line at the foot of the window."""

    next_open_asked = Signal()
    previous_open_asked = Signal()
    profile_asked = Signal()
    zoom_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._some_open = False
        self._article_shown = True
        self.setFixedHeight(HEIGHT)
        self.saved = SavedSign(theme)
        self.ticks = CoverageTicks(theme)
        self.coverage = Label(theme, "", "small")
        self._coverage: Coverage | None = None
        self._caret = 0
        self.next_open = StatusButton(theme, *_FURTHER_ON, cap=True)
        self.orphans = Label(theme, "", "small")
        self.news = ElidedLabel(theme, "", "small")
        self._news_timer = QTimer(self)
        self._news_timer.setSingleShot(True)
        self._news_timer.setInterval(NEWS_MS)
        self._news_timer.timeout.connect(self._forget)
        self.profile = StatusButton(theme, "", tr("Which fields and panels show"))
        self.zoom = StatusButton(theme, "100 %", tr("Back to the usual size"), "zoom.reset")
        self.next_open.clicked.connect(self._ask_for_open)
        self.profile.clicked.connect(self.profile_asked)
        self.zoom.clicked.connect(self.zoom_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(0)
        for widget, gap in (
            (self.saved, 24),
            (self.ticks, 8),
            (self.coverage, 8),
            (self.next_open, 16),
            (self.orphans, 16),
        ):
            row.addWidget(widget)
            row.addSpacing(gap)
        row.addWidget(self.news, 1)
        row.addSpacing(16)
        row.addWidget(self.profile)
        row.addWidget(self.zoom)
        self.set_coverage(None)
        self.set_orphans(0)

    def say(self, news: str) -> None:
        """Show news for some seconds, in place of the news before, and read it aloud; "" takes the news away."""
        self.news.setText(news)
        self._news_timer.start()
        self._share()
        if news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, news))

    def _forget(self) -> None:
        self.news.setText("")
        self._share()

    def _share(self) -> None:
        """Let what is always there give its room to news that would be cut, the least wanted first."""
        words = self.news.text()
        wanted: dict[QWidget, bool] = {
            self.next_open: self._some_open, self.coverage: True, self.ticks: True,
            self.profile: bool(self.profile.text()), self.zoom: self._article_shown,
        }  # fmt: skip
        takers = [widget for widget in (self.saved, self.orphans, *wanted) if wanted.get(widget, not widget.isHidden())]
        room = self.width() - _GAPS - sum(max(w.sizeHint().width(), w.minimumWidth()) for w in takers)
        lack = advance(font("small"), words) - room if words else 0
        for widget, shown in wanted.items():
            width = max(widget.sizeHint().width(), widget.minimumWidth())
            gives = shown and lack > 0 and width > 0 and not widget.hasFocus()
            lack -= width if gives else 0
            widget.setVisible(shown and not gives)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room."""
        super().resizeEvent(event)
        self._share()

    def set_saving(self, state: str) -> None:
        """Show whether everything is saved; "" where no project is open."""
        self.saved.set_state(state)
        self._tell()

    def set_coverage(self, coverage: Coverage | None) -> None:
        """Show, sentence by sentence, what is accounted for; nothing where that is not known."""
        self.ticks.set_coverage(coverage)
        n, total = (coverage.accounted, len(coverage.sentences)) if coverage is not None else (0, 0)
        words = trn(
            "{done} of {n} sentence accounted for", "{done} of {n} sentences accounted for", total, done=f"{n:,}"
        )
        counting = coverage is not None and not coverage.complete
        self.coverage.setText(tr("Counting sentences…") if counting else words if total else "")
        self._some_open = n < total
        self._coverage = coverage
        self._look_round()
        self._share()
        self._tell()

    def set_caret(self, offset: int) -> None:
        """Lead on to the next open sentence from here (code points), or back where there is none further on."""
        self._caret = offset
        self._look_round()

    def _look_round(self) -> None:
        known = self._coverage
        behind = known is not None and known.complete and bool(known.open) and known.open[-1] <= self._caret
        self.next_open.lead_to(*(_BEFORE if behind and known and known.open[0] < self._caret else _FURTHER_ON))

    def _ask_for_open(self) -> None:
        back = self.next_open.command == _BEFORE[2]
        (self.previous_open_asked if back else self.next_open_asked).emit()

    def set_orphans(self, n: int) -> None:
        """Show how many marks lost their place."""
        self.orphans.setText("⚓ " + trn("{n} orphan", "{n} orphans", n) if n else "")
        self.orphans.setVisible(bool(n))
        self._tell()

    def set_profile(self, profile: str) -> None:
        """Show the profile; "" where no project is open."""
        self.profile.set_words(tr("{profile} view", profile=title(profile)) if profile else "")
        self._share()
        self._tell()

    def set_zoom(self, per_cent: int) -> None:
        """Show the size of the text."""
        self.zoom.set_words(tr("{n} %", n=per_cent))
        self._tell()

    def set_article_shown(self, shown: bool) -> None:
        """Hide what is about an article where none is shown."""
        self._article_shown = shown
        self._share()

    def _tell(self) -> None:
        parts = (self.saved.words, self.coverage.text(), self.orphans.text(), self.profile.text())
        self.setAccessibleName(". ".join(p for p in parts if p))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line above it."""
        p = painter(self)
        p.fillRect(self.rect(), QColor(self._theme.panel))
        p.fillRect(QRectF(0, 0, self.width(), 1), QColor(self._theme.line))
        p.end()
