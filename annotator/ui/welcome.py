"""The start page: shown while no project is open. It teaches the three marks and starts everything with one key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.language import tr, trn
from annotator.ui.actions import key_of
from annotator.ui.controls import Button, EmptyNote, Label, row
from annotator.ui.days import short_day
from annotator.ui.dialogs.ask import fill
from annotator.ui.labels import Line, Painted, painter
from annotator.ui.paint import Box, advance, focus_ring, keycap, keycap_width
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.recent import Recent
from annotator.ui.theme import Theme, font, icon, sheet

WIDTH = 816
SHOWN = 5
PROFILES = (
    ("teacher", tr("Teacher"), tr("Three marks and seven fields: enough for a lesson")),
    ("editor", tr("Editor"), tr("Adds cues, checking status, evidence and entities")),
    ("researcher", tr("Researcher"), tr("Adds nested attributions and everything that is coded")),
)
SPECIMEN = (
    (tr("The harbour master"), "source", tr("who")),
    (tr("said"), "cue", tr("how")),
    (tr("the wall will hold for forty years"), "claim", tr("what")),
)


class Choice(QAbstractButton):
    """A row that starts something: sign, words, the key of a command; or, in a group, one of a few with a dot."""

    pressed_enter = Signal()

    def __init__(
        self, theme: Theme, title: str, text: str, *, sign: str = "", command: str = "", one_of: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._text = text
        self._sign = sign
        self._command = command
        self._one_of = one_of
        self.setFixedHeight(80 if one_of else 56)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setCheckable(one_of)
        self.set_words(title, text)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.setAccessibleDescription(", ".join(part for part in (self._text, self._key) if part))
        self.update()

    @property
    def _key(self) -> str:
        return key_of(self._command) if self._command else ""

    def set_words(self, title: str, text: str) -> None:
        """Say what it starts now."""
        self._title, self._text = title, text
        self.setAccessibleName(title)
        self.set_theme(self._theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.pressed_enter.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        p = painter(self)
        t, box = self._theme, Box(QRectF(self.rect()), self.isRightToLeft())
        on = self._one_of and self.isChecked()
        if self.underMouse() or on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.tint if on else t.hover))
            p.drawRoundedRect(box.r, 8, 8)
        if self._one_of:
            self._draw_one_of(p, box, on)
        else:
            self._draw_start(p, box)
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), t, 8)
        p.end()

    def _draw_one_of(self, p: QPainter, box: Box, on: bool) -> None:
        t = self._theme
        p.setPen(QPen(QColor(t.accent if on else t.edge), 1.5 if on else 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(box.r.adjusted(1, 1, -1, -1), 8, 8)
        dot = box.rc(14, 14, 14, 14)
        p.setPen(QPen(QColor(t.ink if on else t.edge), 1.5))
        p.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5))
        if on:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.ink))
            p.drawEllipse(dot.adjusted(4, 4, -4, -4))
        box.text(p, self._title, 38, 10, box.w - 50, 22, font("body", 600), t.ink)
        box.text(p, self._text, 38, 34, box.w - 50, 42, font("small"), t.muted, wrap=True)

    def _draw_start(self, p: QPainter, box: Box) -> None:
        t = self._theme
        p.drawPixmap(box.rc(14, 18, 20, 20).toRect(), icon(self._sign, t.accent, 20))
        box.text(p, self._title, 48, 8, box.w - 120, 20, font("body", 600), t.ink)
        box.text(
            p,
            self._text,
            48,
            28,
            box.w - 62 - (keycap_width(self._key) + 8 if self._key else 0),
            18,
            font("small"),
            t.muted,
        )
        if self._key:
            keycap(p, box, self._key, box.w - 14, 19, t, end=True)


def _draw_specimen(p: QPainter, box: Box, t: Theme) -> None:
    """Draw one sentence that explains the product in its own marks."""
    face, x = font("article", px=21), 0.0
    for words, kind, below in SPECIMEN:
        width = advance(face, words)
        at = box.rc(x, 2, width, 30)
        y = at.bottom() + 1
        if kind == "claim":
            p.fillRect(at, QColor(t.band))
            p.setPen(QPen(QColor(t.claim), 2))
            p.drawLine(QPointF(at.x(), y), QPointF(at.right(), y))
            p.drawLine(QPointF(at.x(), at.y()), QPointF(at.x(), y))
            p.drawLine(QPointF(at.right(), y), QPointF(at.right(), y + 5))
        elif kind == "source":
            p.setPen(QPen(QColor(t.source), 1.2))
            for below_it in (-1, 1.6):
                p.drawLine(QPointF(at.x(), y + below_it), QPointF(at.right(), y + below_it))
        else:
            pen = QPen(QColor(t.cue), 2)
            pen.setDashPattern([2.2, 1.6])
            p.setPen(pen)
            p.drawLine(QPointF(at.x(), y), QPointF(at.right(), y))
        box.text(p, words, x, 0, width + 4, 32, face, t.ink)
        box.text(p, below, x, 40, 80, 18, font("small"), t.muted)
        x += width + 9


class Welcome(QWidget):
    """The page."""

    sample_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    paste_asked = Signal()
    project_asked = Signal(object)
    profile_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Start"))
        self.first = Choice(theme, "", "", sign="book-open")
        self.new = Choice(
            theme, tr("New project"), tr("One file on your disk; nothing is sent"), sign="file-plus-2",
            command="project.new",
        )  # fmt: skip
        self.open = Choice(
            theme,
            tr("Open…"),
            tr("A project, or articles: web pages, Word, PDF…"),
            sign="folder-open",
            command="project.open",
        )
        self.paste = Choice(
            theme, tr("Paste an article"), tr("What you copied, with its form"), sign="file-text",
            command="article.paste",
        )  # fmt: skip
        self.recent = FitList(theme, tr("Recent projects"), _spoken, _draw_recent, lambda _: 52)
        self._none = EmptyNote(theme, tr("Projects you open stand here."))
        self._profiles = {key: Choice(theme, name, text, one_of=True) for key, name, text in PROFILES}
        self._lay_out(theme)
        self.first.clicked.connect(self.sample_asked)
        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        self.paste.clicked.connect(self.paste_asked)
        self.recent.gone_to.connect(self._go)
        self.set_theme(theme)

    def _lay_out(self, theme: Theme) -> None:
        said = " ".join(words for words, _, _ in SPECIMEN)
        page = QWidget()
        page.setFixedWidth(WIDTH)
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 24, 0, 24)
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(Label(theme, tr("Article Annotator"), "display"))
        lines.addSpacing(10)
        lines.addWidget(
            Painted(theme, _draw_specimen, tr("{sentence}: who, how, what", sentence=said), QSize(WIDTH, 60))
        )
        lines.addSpacing(30)
        lines.addLayout(self._starts(theme))
        lines.addSpacing(28)
        lines.addWidget(Line(theme))
        lines.addSpacing(20)
        note = Label(theme, tr("Changes at any time; nothing you enter is lost."), "small", muted=True)
        lines.addLayout(row(Label(theme, tr("What you see"), "section"), note, None))
        lines.addSpacing(10)
        lines.addLayout(self._profile_row())
        lines.addSpacing(28)
        lines.addWidget(
            Label(
                theme,
                tr("Drop a project, an article or a folder of them anywhere in this window to begin."),
                "small",
                muted=True,
            )
        )
        lines.addStretch(1)
        self._scroll(page)

    def _starts(self, theme: Theme) -> QHBoxLayout:
        """Return what can be started beside what was open lately."""
        start, recent = QVBoxLayout(), QVBoxLayout()
        start.setSpacing(4)
        recent.setSpacing(4)
        for widget in (Label(theme, tr("Start"), "section"), self.first, self.new, self.open, self.paste):
            start.addWidget(widget)
        for widget in (Label(theme, tr("Recent"), "section"), self.recent, self._none):
            recent.addWidget(widget)
        start.addStretch(1)
        recent.addStretch(1)
        two = QHBoxLayout()
        two.setSpacing(48)
        two.addLayout(start, 1)
        two.addLayout(recent, 1)
        return two

    def _profile_row(self) -> QHBoxLayout:
        """Return the profiles, one of which is ticked."""
        profiles = QHBoxLayout()
        profiles.setSpacing(16)
        self._group = QButtonGroup(self)
        for key, choice in self._profiles.items():
            self._group.addButton(choice)
            profiles.addWidget(choice, 1)
            choice.clicked.connect(lambda _=False, k=key: self.profile_chosen.emit(k))
        return profiles

    def _scroll(self, page: QWidget) -> None:
        """Put the page in the middle, and let a low window scroll it."""
        middle = QWidget()
        middle.setObjectName("paper")
        across = QHBoxLayout(middle)
        across.addStretch(1)
        across.addWidget(page)
        across.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_state(self, recent: Sequence[Recent], profile: str, *, sample: bool, tour_stop: int = 0) -> None:
        """Show which projects there are and which profile new ones get; hide the sample where none was shipped.

        ``tour_stop`` is how far the tour came, 0 where it was not begun or was gone through.
        """
        if tour_stop:
            self.first.set_words(tr("Go on with the tour"), tr("In the sample article, where you left it"))
        else:
            text = tr("A five-minute tour: mark a claim, link it, print a report")
            self.first.set_words(tr("Try the sample article"), text)
        self.recent.set_values(list(recent)[:SHOWN])
        self.recent.setVisible(bool(recent))
        self._none.setVisible(not recent)
        self._profiles[profile].setChecked(True)
        self.first.setVisible(sample)

    def _go(self, recent: Recent) -> None:
        self.project_asked.emit(recent.path)

    def enter(self) -> None:
        """Give the first choice the keyboard."""
        (self.first if self.first.isVisibleTo(self) else self.new).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        fill(self, theme.page)
        self.setStyleSheet(sheet(theme))


class WorkQuestion(QWidget):
    """A strip above the article, asked once: what the user's work is, which decides what shows."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, profile: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("What is your work?"))
        self.choices = {key: Choice(theme, name, text, one_of=True) for key, name, text in PROFILES}
        self._group = QButtonGroup(self)
        note = tr("It decides which fields and panels show. View > Profile changes it at any time; nothing is lost.")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 16)
        lines.setSpacing(10)
        words = row(Label(theme, tr("What is your work?"), "title"), Label(theme, note, "small", muted=True), None)
        lines.addLayout(words)
        across = QHBoxLayout()
        across.setSpacing(12)
        for key, choice in self.choices.items():
            self._group.addButton(choice)
            choice.setMaximumWidth(340)
            across.addWidget(choice, 1)
            choice.pressed_enter.connect(lambda k=key: self.chosen.emit(k))
        self.go_on = Button(theme, tr("Go on"), "primary")
        self.go_on.clicked.connect(self._answer)
        across.addWidget(self.go_on)
        across.addStretch(1)
        lines.addLayout(across)
        lines.addWidget(Line(theme))
        self.choices[profile].setChecked(True)
        self.set_theme(theme)

    def _answer(self) -> None:
        self.chosen.emit(next(key for key, choice in self.choices.items() if choice.isChecked()))

    def enter(self) -> None:
        """Give the ticked choice the keyboard."""
        next(c for c in self.choices.values() if c.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        fill(self, theme.panel)
        self.setStyleSheet(sheet(theme))


def _counts(recent: Recent) -> str:
    if recent.articles is None or recent.claims is None:
        return str(recent.path.parent)
    articles = trn("{n} article", "{n} articles", recent.articles)
    return f"{articles} · {trn('{n} claim', '{n} claims', recent.claims)}"


def when(day: str, today: date | None = None) -> str:
    """Return a day as people say it: today, yesterday, Monday, 3 Apr."""
    now = today or date.today()
    try:
        then = date.fromisoformat(day)
    except ValueError:
        return ""
    ago = (now - then).days
    if ago <= 1:
        return tr("yesterday") if ago == 1 else tr("today")
    if ago < 7:
        return QLocale().dayName(then.isoweekday())
    return short_day(QDate(then.year, then.month, then.day), QDate(now.year, now.month, now.day))


def _spoken(recent: Recent) -> str:
    return ", ".join((recent.path.stem, _counts(recent), when(recent.day)))


def _draw_recent(p: QPainter, box: Box, recent: Recent, state: RowState) -> None:
    t = state.theme
    box.text(p, recent.path.stem, 12, 6, box.w - 110, 20, font("body", 500), t.ink)
    box.text(p, _counts(recent), 12, 26, box.w - 24, 18, font("small"), t.muted)
    box.text(p, when(recent.day), box.w - 100, 6, 88, 20, font("small"), t.muted, end=True)
