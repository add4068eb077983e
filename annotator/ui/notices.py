"""Notices: short sentences in a bar under the menus, never in the way of the text; progress of work in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.language import tr
from annotator.ui.controls import Button
from annotator.ui.keyboard import has_keyboard
from annotator.ui.labels import ElidedLabel, Label, painter, plain_tip
from annotator.ui.paint import focus_ring
from annotator.ui.theme import Theme, icon, sheet
from annotator.ui.workspace import Job

Act = tuple[str, Callable[[], object]]
"""What a notice offers: words of a button and what it does. The notice goes once it was done."""

MOST = 4
"""More notices than this push the oldest out."""
READ_MS = 8000
"""So long a problem stays at least that nothing can be done about, however fast somebody goes on."""


class Notice(QWidget):
    """One sentence with what can be done about it."""

    closed = Signal(object)

    def __init__(self, theme: Theme, text: str, acts: Sequence[Act], *, problem: bool, may_close: bool = True) -> None:
        super().__init__()
        self.text = text
        self._theme = theme
        self._problem = problem
        self._age = QElapsedTimer()
        self._age.start()
        self._only_tells = problem and may_close and not acts
        self.setAccessibleName(text)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 5, 10, 5)
        self.row.setSpacing(12)
        self.words = self._words(text, problem)
        self.row.addWidget(self.words, 1)
        for words, act in acts:
            self.row.addWidget(self._button(words, act))
        self._cross: _Cross | None = self._make_cross() if may_close else None
        if self._cross is not None:
            self.row.addWidget(self._cross)
        self.set_theme(theme)

    def _words(self, text: str, problem: bool) -> Label:
        """Tell a problem in full, whatever room it takes; news in one line."""
        if problem:
            label = Label(self._theme, text, "body", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            return label
        return ElidedLabel(self._theme, text, "body")

    def _button(self, words: str, act: Callable[[], object]) -> Button:
        made = Button(self._theme, words, "quiet")

        def run() -> None:
            self.closed.emit(self)
            act()

        made.clicked.connect(run)
        return made

    def _make_cross(self) -> _Cross:
        made = _Cross(self._theme)
        made.setAutoRaise(True)
        made.setAccessibleName(tr("Close this notice"))
        made.setToolTip(plain_tip(tr("Close (Esc while the keyboard is here)")))
        made.clicked.connect(lambda: self.closed.emit(self))
        return made

    def set_text(self, text: str) -> None:
        """Tell something else."""
        self.text = text
        self.words.setText(text)
        self.setAccessibleName(text)

    @property
    def was_read(self) -> bool:
        """Whether it only tells of a problem, and stood long enough to be read."""
        return self._only_tells and self._age.elapsed() >= READ_MS

    @property
    def may_close(self) -> bool:
        """Whether a person may close it without doing anything about it."""
        return self._cross is not None

    def enter(self) -> bool:
        """Give the first thing it offers the keyboard; False where it offers none."""
        first = next((b for b in self.findChildren(QAbstractButton) if b.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        if self._cross is not None:
            self._cross.theme = theme
            self._cross.setIcon(QIcon(icon("x", theme.muted)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground; a problem has a bar at its start."""
        p = painter(self)
        p.fillRect(self.rect(), QColor(self._theme.raised if self._problem else self._theme.tint))
        if self._problem:
            x = self.width() - 4 if self.isRightToLeft() else 0
            p.fillRect(QRectF(x, 0, 4, self.height()), QColor(self._theme.ink))
        p.setPen(QPen(QColor(self._theme.line), 1))
        p.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        p.end()


class _Cross(QToolButton):
    """Closes a notice; with a ring where it has the keyboard."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign as Qt does, then the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            p = painter(self)
            focus_ring(p, self.rect(), self.theme, 4)
            p.end()


class Progress(QWidget):
    """How far a job is: a thin bar, or a moving piece of it where nobody knows."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self._turn = 0
        self.setFixedSize(160, 16)
        self.setAccessibleName(name)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._move)
        self._timer.start(40)

    def set_share(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        self._share = share
        self._timer.stop()
        self.setAccessibleDescription(f"{share:.0%}")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def _move(self) -> None:
        self._turn = (self._turn + 1) % 50
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        p: QPainter = painter(self)
        track = QRectF(0, 6, self.width(), 4)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(self._theme.faint))
        p.drawRoundedRect(track, 2, 2)
        done = QRectF(0, 6, self.width() * self._share, 4)
        if self._timer.isActive():
            done = QRectF((self.width() + 40) * self._turn / 50 - 40, 6, 40, 4).intersected(track)
        p.setBrush(QColor(self._theme.accent))
        p.drawRoundedRect(done, 2, 2)
        p.end()


class NoticeBar(QWidget):
    """The notices there are, newest below; takes no room where there is none."""

    said = Signal(str)
    """News that needs no answer, for the status line."""
    left = Signal()
    """The keyboard was in a notice that goes, or somebody left with Esc."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._shown: list[Notice] = []
        self._keyed: dict[str, Notice] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setStyleSheet(sheet(theme))
        self.hide()

    @property
    def texts(self) -> list[str]:
        """The sentences shown, oldest first."""
        return [n.text for n in self._shown]

    def say(self, text: str) -> None:
        """Tell news that goes by itself. It is not shown here: the text below would jump each time."""
        self.said.emit(text)

    def offer(self, text: str, acts: Sequence[Act], key: str = "", *, may_close: bool = True) -> None:
        """Show a sentence with things to do; it stays until one is done or it is closed."""
        self._show(Notice(self._theme, text, acts, problem=False, may_close=may_close), key)

    def warn(self, text: str, acts: Sequence[Act] = (), key: str = "", *, may_close: bool = True) -> None:
        """Show what went wrong and what can be done about it."""
        self._show(Notice(self._theme, text, acts, problem=True, may_close=may_close), key)

    def follow(self, job: Job) -> None:
        """Show a job's progress and a way to cancel it, until it ends; a job of a blink is not shown."""

        def show() -> None:
            notice = Notice(
                self._theme, tr("{work}…", work=job.title), [(tr("Cancel"), job.cancel)], problem=False, may_close=False
            )
            bar = Progress(self._theme, job.title)
            notice.row.insertWidget(1, bar)
            job.progressed.connect(bar.set_share)
            job.ended.connect(lambda: self._remove(notice))
            self._show(notice, "")

        delay = QTimer(job)
        delay.setSingleShot(True)
        delay.timeout.connect(show)
        job.ended.connect(delay.stop)
        delay.start(200)

    def retell(self, text: str, key: str) -> None:
        """Change the words of a notice that is shown, by its key, without reading them aloud again."""
        if key in self._keyed:
            self._keyed[key].set_text(text)

    def dismiss(self, key: str) -> None:
        """Take a notice away by its key."""
        if key in self._keyed:
            self._remove(self._keyed[key])

    def went_on(self) -> None:
        """Take away what an action answered: what could not be done before it, and problems that were read."""
        self.dismiss("problem")
        self.clear_read()

    def clear_read(self, *_: object) -> None:
        """Take away the problems that only tell, once they stood long enough to be read."""
        for notice in [n for n in self._shown if n.was_read and n not in self._keyed.values()]:
            self._remove(notice)

    def enter(self) -> bool:
        """Give the newest notice the keyboard; False where none takes it."""
        return any(notice.enter() for notice in reversed(self._shown))

    @property
    def can_enter(self) -> bool:
        """Whether a notice has something that takes the keyboard."""
        return any(notice.findChildren(QAbstractButton) for notice in self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the notice that has the keyboard; one that must stay is only left."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        here = next((n for n in self._shown if has_keyboard(n)), None)
        if here is not None and here.may_close:
            self._remove(here)
        else:
            self.left.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))

    def _show(self, notice: Notice, key: str) -> None:
        if key:
            self.dismiss(key)
            self._keyed[key] = notice
        else:
            for same in [n for n in self._shown if n.text == notice.text and n not in self._keyed.values()]:
                self._remove(same)
        notice.closed.connect(self._remove)
        self._shown.append(notice)
        self._lines.addWidget(notice)
        for old in self._shown[:-MOST]:
            self._remove(old)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def _remove(self, notice: Notice) -> None:
        if notice not in self._shown:
            return
        self._shown.remove(notice)
        self._keyed = {k: n for k, n in self._keyed.items() if n is not notice}
        if has_keyboard(notice):
            self.left.emit()  # before it is hidden: the keyboard would fall to the next best field
        notice.hide()
        self._lines.removeWidget(notice)
        notice.deleteLater()
        self.setVisible(bool(self._shown))
