"""The command palette: everything the window can do, claims by number, sources and articles by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.ui.actions import COMMANDS, Actions, Command, key_words
from annotator.ui.labels import Hints, Label, Line, Painted, painter
from annotator.ui.paint import Box, advance, keycap
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import Workspace

WIDTH = 600
TOP = 72
ROW = 36
MOST = 9
"""So many rows are shown; typing finds the others."""
LIKE_ENOUGH = 72
"""Of 100: how alike words must be to be found in spite of a typing error."""


@dataclass(frozen=True)
class Entry:
    """One row: its words, what it belongs to, its key, and what it does."""

    words: str
    group: str
    key: str
    run: Callable[[], object]


def matches(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return what fits a query, the best first: every typed word in it, else words nearly like it."""
    wanted = query.casefold().split()
    if not wanted:
        return list(entries)
    found: list[tuple[float, int, Entry]] = []
    for at, entry in enumerate(entries):
        hay = f"{entry.words} {entry.group}".casefold()
        if all(word in hay for word in wanted):
            begins = entry.words.casefold().startswith(wanted[0])
            whole = any(part.startswith(wanted[0]) for part in entry.words.casefold().split())
            found.append((0 if begins else 1 if whole else 2, at, entry))
    if not found and len(query) > 2:
        from rapidfuzz import fuzz  # only now: the window starts without it

        for at, entry in enumerate(entries):
            like = fuzz.partial_ratio(" ".join(wanted), entry.words.casefold())
            if like >= LIKE_ENOUGH:
                found.append((100 - like, at, entry))
    return [entry for _, _, entry in sorted(found, key=lambda f: f[:2])]


class _Scrim(QWidget):
    """Darkens the window behind the palette; a click on it leaves."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken."""
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(0, 0, 0, 60))
        p.end()


class Palette(QFrame):
    """A card over the window. The field keeps the keyboard; arrows move the row, Enter runs it, Esc leaves."""

    def __init__(self, window: QWidget, workspace: Workspace, actions: Actions, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._actions = actions
        self._theme = theme
        self._back: QWidget | None = None
        self._scrim = _Scrim(window)
        self._scrim.hide()
        self._query = ""
        self.setAccessibleName("Command palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.edit = QLineEdit()
        self.edit.setObjectName("cmd")
        self.edit.setFont(font("body", px=15))
        self.edit.setFixedHeight(48)
        self.edit.setPlaceholderText("Type a command")
        self.edit.setAccessibleName("Search commands")
        self.edit.installEventFilter(self)
        self._count = Label(theme, "", "small", muted=True)
        self.list = FitList(theme, "Commands", lambda e: f"{e.words}, {e.group}, {e.key}", self._draw, lambda _: ROW,
                            inset=8, bar=True)  # fmt: skip
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.edit.textChanged.connect(self._search)
        self.list.gone_to.connect(self._run)
        self.setFixedWidth(WIDTH)
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        sign = Painted(self._theme, _draw_sign, "", QSize(16, 16))
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 16, 0)
        head.setSpacing(8)
        head.addWidget(sign)
        head.addWidget(self.edit, 1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 5, 12, 5)
        foot.addWidget(
            Hints(
                self._theme,
                [("↵", "run"), ("↑↓", "choose"), ("#", "go to claim"), ("@", "go to source"), ("Esc", "leave")],
            )
        )
        lines = self._lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(Line(self._theme))
        lines.addSpacing(6)
        lines.addWidget(self.list)
        lines.addSpacing(6)
        lines.addWidget(Line(self._theme))
        lines.addLayout(foot)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        self.setGraphicsEffect(shadow)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        bare = "QLineEdit#cmd, QLineEdit#cmd:focus{border:0;background:transparent;padding:0 4px;min-height:46px;}"
        self.setStyleSheet(sheet(theme) + bare)
        shadow = self.graphicsEffect()
        if isinstance(shadow, QGraphicsDropShadowEffect):
            shadow.setColor(QColor(0, 0, 0, 70 if theme.name == "light" else 160))

    # -- opening and leaving

    def open(self, back: QWidget | None) -> None:
        """Show everything; ``back`` gets the keyboard when the palette goes."""
        self._back = back
        self.edit.clear()
        self._search("")
        self._scrim.setGeometry(self._window.rect())
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go, and give the keyboard back."""
        if self.isVisible():
            self.hide()
            # A panel may have turned its page meanwhile: a field that is gone cannot take the keyboard.
            if self._back is not None and isValid(self._back) and self._back.isVisible():
                self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, entry: Entry | None) -> None:
        self.leave()
        if entry is not None:
            entry.run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the dark away with the card."""
        super().hideEvent(event)
        self._scrim.hide()

    # -- rows

    def _search(self, query: str) -> None:
        sign, words = query[:1], query[1:].strip()
        if sign == "#":
            entries = self._claims(words)
        elif sign == "@":
            entries = matches(words, self._sources())
        else:
            entries = matches(query, [*self._commands(), *(self._articles() if query.strip() else [])])
        self._query = words if sign in ("#", "@") else query.strip()
        self.list.set_values(entries[:MOST])
        self._count.setText(f"{len(entries)} of {len(COMMANDS)}" if sign not in ("#", "@") else str(len(entries)))
        if entries:
            self.list.choose(0)
        self.adjustSize()
        self.setFixedHeight(self._lines.sizeHint().height())
        room = self._window.size()
        self.move((room.width() - self.width()) // 2, min(TOP, max(8, room.height() - self.height() - 8)))

    def _commands(self) -> list[Entry]:
        return [
            Entry(
                _words(c, self._actions), _group(c), key_words(c.keys[0]) if c.keys else "", self._actions[c.id].trigger
            )
            for c in COMMANDS
            if self._actions[c.id].isEnabled() and c.id != "view.palette"
        ]

    def _claims(self, number: str) -> list[Entry]:
        annotated = self._workspace.annotated
        found: list[Entry] = []
        for claim in annotated.claims if annotated is not None else ():
            n = str(annotated.claim_numbers[claim.id]) if annotated is not None else ""
            quote = " ".join(claim.quote(annotated.text).split()) if annotated is not None else ""
            if n.startswith(number) or (number and number.casefold() in quote.casefold()):
                found.append(Entry(f"{n}  {quote}", "Claim", "", lambda c=claim.id: self._workspace.choose(c)))
        return found

    def _sources(self) -> list[Entry]:
        annotated = self._workspace.annotated
        found: list[Entry] = []
        for source in annotated.source_order if annotated is not None else ():
            places = annotated.mentions_of_source(source.id) if annotated is not None else ()
            marks = places or (annotated.claims_of(source.id) if annotated is not None else ())
            if marks:
                found.append(Entry(source.label, "Source", "", lambda m=marks[0].id: self._workspace.choose(m)))
        return found

    def _articles(self) -> list[Entry]:
        project = self._workspace.project
        if project is None:
            return []
        return [
            Entry(s.article.title, "Article", "", lambda a=s.article.id: self._workspace.show_article(a))
            for s in project.articles()
        ]

    def _draw(self, p: QPainter, box: Box, entry: Entry, state: RowState) -> None:
        t = state.theme
        cap = advance(font("key"), entry.key) + 24 if entry.key else 0
        group = advance(font("small"), entry.group)
        width = _draw_found(p, box, entry.words, self._query, box.w - 24 - cap - group - 12, t)
        box.text(p, entry.group, 24 + width, 0, group + 2, box.h, font("small"), t.muted)
        if entry.key:
            keycap(p, box, entry.key, box.w - 12, 8, t, end=True)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the palette's keys before the field does; a click elsewhere closes it."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at, n = self.list.currentIndex().row(), len(self.list.values)
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
            elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.current)
            elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and n:
                self.list.choose((at + (1 if event.key() == Qt.Key.Key_Down else -1)) % n)
            else:
                return False
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the raised ground."""
        p = painter(self)
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        p.end()


def _draw_sign(p: QPainter, box: Box, theme: Theme) -> None:
    p.drawPixmap(box.rc(0, 0, 16, 16).toRect(), icon("search", theme.muted))


def _draw_found(p: QPainter, box: Box, words: str, query: str, room: float, t: Theme) -> float:
    """Draw words with the typed letters heavier and underlined; returns the width they took."""
    plain, heavy = font("body"), font("body", 600)
    at = words.casefold().find(query.casefold()) if query else -1
    if at < 0 or len(words.casefold()) != len(words):
        width = min(advance(plain, words), room)
        box.text(p, words, 12, 0, width + 2, box.h, plain, t.ink)
        return width
    x = 0.0
    parts = (
        (words[:at], plain, False),
        (words[at : at + len(query)], heavy, True),
        (words[at + len(query) :], plain, False),
    )
    for part, face, hit in parts:
        width = min(advance(face, part), max(0.0, room - x))
        if not part or width < 4:
            continue
        box.text(p, part, 12 + x, 0, width + 1, box.h, face, t.ink)
        if hit:
            line = box.rc(12 + x, box.h / 2 + 9, width, 0)
            p.setPen(QPen(QColor(t.accent), 1.5))
            p.drawLine(line.topLeft(), line.topRight())
        x += width
    return x


def _words(command: Command, actions: Actions) -> str:
    return actions[command.id].text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _group(command: Command) -> str:
    return command.menu.split("/")[-1].replace("&", "")
