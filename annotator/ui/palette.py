"""The command palette: everything the window can do now or not now, claims by number, names by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.language import tr
from annotator.ui.actions import COMMANDS, bare, command, key_of
from annotator.ui.labels import Hints, Label, Line, Painted, painter
from annotator.ui.menus import Actions
from annotator.ui.paint import Box, advance, keycap
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import Workspace

WIDTH = 600
TOP = 72
ROW = 36
MOST = 9
"""So many rows are shown at once; the arrows and the wheel bring the others."""
RECENT = 5
NEAR = ("mark", "view/go", "article", "edit", "view")
"""Menus, those nearest to the work first."""
SHORT = 40
FOUND = 200
"""Of claims no more than this are looked for: who types on finds fewer."""
LIKE_ENOUGH = 72
"""Of 100: how alike words must be to be found in spite of a typing error."""


@dataclass(frozen=True)
class Entry:
    """One row: its words, what it belongs to, its key, what it does; ``why_not`` says why it cannot be done now.

    ``id`` is the command's, where it is one.
    """

    words: str
    group: str
    key: str
    run: Callable[[], object]
    why_not: str = ""
    id: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        not_now = tr("not now: {why}", why=self.why_not) if self.why_not else ""
        return ", ".join(part for part in (self.words, self.group, self.key, not_now) if part)


def matches(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return what fits a query, the best first: every typed word in it, else words nearly like it."""
    wanted = query.casefold().split()
    if not wanted:
        return list(entries)
    found: list[tuple[float, bool, int, Entry]] = []
    for at, entry in enumerate(entries):
        hay = f"{entry.words} {entry.group}".casefold()
        if all(word in hay for word in wanted):
            begins = entry.words.casefold().startswith(wanted[0])
            whole = any(part.startswith(wanted[0]) for part in entry.words.casefold().split())
            found.append((0 if begins else 1 if whole else 2, bool(entry.why_not), at, entry))
    if not found and len(query) > 2:
        from rapidfuzz import fuzz  # only now: the window starts without it

        for at, entry in enumerate(entries):
            like = fuzz.partial_ratio(" ".join(wanted), entry.words.casefold())
            if like >= LIKE_ENOUGH:
                found.append((100 - like, bool(entry.why_not), at, entry))
    return [entry for *_, entry in sorted(found, key=lambda f: f[:3])]


class _Scrim(QWidget):
    """Darkens the window behind the palette; a click on it leaves."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken."""
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(0, 0, 0, 60))
        p.end()


class Palette(QFrame):
    """A card over the window. The field keeps the keyboard; arrows move the row, Enter runs it, Esc leaves.

    ``panel`` gives the panel shown, whose own actions are offered too; ``recent`` the ids of commands run lately.
    """

    key_asked = Signal(str)
    """The command whose key is to be changed."""
    ran = Signal(object)
    """The ids of the commands run lately, the last one first."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        actions: Actions,
        theme: Theme,
        *,
        panel: Callable[[], QWidget | None] = lambda: None,
        recent: Sequence[str] = (),
    ) -> None:
        super().__init__(window)
        self._panel = panel
        self._recent = [id_ for id_ in recent if any(c.id == id_ for c in COMMANDS)]
        self._found: list[Entry] = []
        self._top = 0
        self._offered: list[Entry] = []
        self._titles: list[Entry] | None = None
        self._menu: QMenu | None = None
        self._window = window
        self._workspace = workspace
        self._actions = actions
        self._theme = theme
        self._back: QWidget | None = None
        self._scrim = _Scrim(window)
        self._scrim.hide()
        self._query = ""
        self.setAccessibleName(tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.edit = QLineEdit()
        self.edit.setObjectName("cmd")
        self.edit.setFont(font("body", px=15))
        self.edit.setFixedHeight(48)
        self.edit.setPlaceholderText(tr("Type a command, or a name"))
        self.edit.setAccessibleName(tr("Search commands"))
        self.edit.installEventFilter(self)
        self._count = Label(theme, "", "small", muted=True)
        self.list = FitList(theme, tr("Commands"), lambda e: e.spoken, self._draw, lambda _: ROW, inset=8, bar=True)
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
                [
                    ("↵", tr("run")),
                    ("↑↓", tr("choose")),
                    ("Ctrl+↵", tr("change its key")),
                    ("#", tr("claims")),
                    ("@", tr("sources")),
                    ("Esc", tr("leave")),
                ],
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
            shadow.setColor(QColor(0, 0, 0, 160 if theme.dark else 70))

    # -- opening and leaving

    def open(self, back: QWidget | None) -> None:
        """Show everything; ``back`` gets the keyboard when the palette goes."""
        self._back = back
        self._titles = None
        self._offered = self._of_panel()
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
        if entry is not None and entry.why_not:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, entry.spoken))
            return
        self.leave()
        if entry is not None:
            if entry.id:
                self._recent = [entry.id, *(id_ for id_ in self._recent if id_ != entry.id)][:RECENT]
                self.ran.emit(tuple(self._recent))
            entry.run()

    def _change_key(self, entry: Entry | None) -> None:
        if entry is not None and entry.id:
            self.leave()
            self.key_asked.emit(entry.id)

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
            entries = matches(query, self._everything(names=bool(query.strip())))
        self._query = words if sign in ("#", "@") else query.strip()
        self._found = entries
        self._show(0, 0)
        self.adjustSize()
        self.setFixedHeight(self._lines.sizeHint().height())
        room = self._window.size()
        self.move((room.width() - self.width()) // 2, min(TOP, max(8, room.height() - self.height() - 8)))

    def _show(self, top: int, chosen: int) -> None:
        """Show the rows from ``top`` on, one of all of them chosen."""
        self._top = max(0, min(top, len(self._found) - MOST))
        self.list.set_values(self._found[self._top : self._top + MOST])
        if self._found:
            self.list.choose(max(0, min(chosen - self._top, len(self.list.values) - 1)))
        self._count.setText(f"{len(self._found):,}")

    def _move(self, by: int, *, round_: bool = True) -> None:
        """Choose another row, bringing it into sight; ``round_``: after the last comes the first."""
        n = len(self._found)
        if not n:
            return
        at = self._top + self.list.currentIndex().row() + by
        at = at % n if round_ else max(0, min(at, n - 1))
        top = min(self._top, at) if at < self._top + MOST else at - MOST + 1
        self._show(top, at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Bring other rows into sight."""
        by = -1 if event.angleDelta().y() > 0 else 1
        self._show(self._top + by, self._top + by + self.list.currentIndex().row())

    def _everything(self, *, names: bool) -> list[Entry]:
        """Return what was run lately, what the panel offers, all that can be run, then what cannot now; then names."""
        entries = [self._entry(c.id) for c in COMMANDS if c.id != "view.palette"]
        lately = sorted((e for e in entries if e.id in self._recent), key=lambda e: self._recent.index(e.id))
        # What needs most of what is chosen comes first: it is what the choosing was for.
        others = sorted(
            (e for e in entries if e.id not in self._recent),
            key=lambda e: (bool(e.why_not), -len(command(e.id).needs), _rank(e.id)),
        )
        found = [*(e for e in lately if not e.why_not), *self._offered, *others, *(e for e in lately if e.why_not)]
        return [*found, *self._sources(), *self._articles()] if names else found

    def _entry(self, id_: str) -> Entry:
        each, action = command(id_), self._actions[id_]
        why_not = "" if action.isEnabled() else self._actions.why_not(id_)
        return Entry(bare(action.text()), each.group, key_of(id_), action.trigger, why_not, id_)

    def _of_panel(self) -> list[Entry]:
        """Return what the panel shown offers for its chosen row."""
        from annotator.ui.models import ROW_ROLE
        from annotator.ui.panels.table import RegisterPanel  # only now: the window starts without panels

        panel = self._panel()
        if not isinstance(panel, RegisterPanel):
            return []
        row = panel.view.currentIndex().siblingAtColumn(0).data(ROW_ROLE)
        if row is None or row.id is None:
            return []
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self)
        panel.actions_for(self._menu, row)
        group = tr("{panel}: {name}", panel=panel.title, name=_short(row.name))
        actions = [a for a in self._menu.actions() if not a.isSeparator() and not a.menu() and a.isEnabled()]
        return [Entry(bare(a.text()), group, "", a.trigger) for a in actions]

    def _claims(self, words: str) -> list[Entry]:
        """Return claims by number or words, no more than can be looked through."""
        annotated = self._workspace.annotated
        if annotated is None:
            return []
        text, wanted = annotated.text, words.casefold()

        def fitting() -> Iterator[Entry]:
            for n, claim in enumerate(annotated.claims, 1):
                if not wanted or str(n).startswith(wanted) or wanted in claim.quote(text).casefold():
                    quote = " ".join(claim.quote(text).split())
                    yield Entry(f"{n}  {quote}", tr("Claim"), "", lambda c=claim.id: self._workspace.choose(c))

        return list(islice(fitting(), FOUND))

    def _sources(self) -> list[Entry]:
        annotated = self._workspace.annotated
        found: list[Entry] = []
        for source in annotated.source_order if annotated is not None else ():
            places = annotated.mentions_of_source(source.id) if annotated is not None else ()
            marks = places or (annotated.claims_of(source.id) if annotated is not None else ())
            if marks:
                found.append(Entry(source.label, tr("Source"), "", lambda m=marks[0].id: self._workspace.choose(m)))
        for entity in annotated.entities.values() if annotated is not None else ():
            named = annotated.mentions_of_entity(entity.id) if annotated is not None else ()
            if named:
                found.append(Entry(entity.name, tr("Entity"), "", lambda m=named[0].id: self._workspace.choose(m)))
        return found

    def _articles(self) -> list[Entry]:
        """Return the articles of the project, read once while the palette is open."""
        project = self._workspace.project
        if self._titles is None:
            self._titles = [
                Entry(title, tr("Article"), "", lambda a=id_: self._workspace.show_article(a))
                for id_, title in (project.titles() if project is not None else {}).items()
            ]
        return self._titles

    def _draw(self, p: QPainter, box: Box, entry: Entry, state: RowState) -> None:
        t = state.theme
        cap = advance(font("key"), entry.key) + 24 if entry.key else 0
        ink = t.muted if entry.why_not else t.ink
        beside = tr("not now: {why}", why=entry.why_not) if entry.why_not else entry.group
        face = font("small", italic=bool(entry.why_not))
        group = min(advance(face, beside), box.w / 2)
        width = _draw_found(p, box, entry.words, self._query, box.w - 24 - cap - group - 12, t, ink)
        box.text(p, beside, 24 + width, 0, group + 2, box.h, face, t.muted)
        if entry.key:
            keycap(p, box, entry.key, box.w - 12, 8, t, end=True)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the palette's keys before the field does; a click elsewhere closes it."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Use a key of the palette; False where it is the field's."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST, Qt.Key.Key_PageUp: -MOST}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self._change_key if held else self._run)(self.list.current)
        elif key in steps:
            self._move(steps[key], round_=abs(steps[key]) == 1)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the raised ground."""
        p = painter(self)
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        p.end()


def _draw_sign(p: QPainter, box: Box, theme: Theme) -> None:
    p.drawPixmap(box.rc(0, 0, 16, 16).toRect(), icon("search", theme.muted))


def _draw_found(p: QPainter, box: Box, words: str, query: str, room: float, t: Theme, ink: str) -> float:
    """Draw words with the typed letters heavier and underlined; returns the width they took."""
    plain, heavy = font("body"), font("body", 600)
    at = words.casefold().find(query.casefold()) if query else -1
    if at < 0 or len(words.casefold()) != len(words):
        width = min(advance(plain, words), room)
        box.text(p, words, 12, 0, width + 2, box.h, plain, ink)
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
        box.text(p, part, 12 + x, 0, width + 1, box.h, face, ink)
        if hit:
            line = box.rc(12 + x, box.h / 2 + 9, width, 0)
            p.setPen(QPen(QColor(t.accent), 1.5))
            p.drawLine(line.topLeft(), line.topRight())
        x += width
    return x


def _rank(id_: str) -> int:
    """Return how near a command's menu is to the work: marking, going about, the article, the rest."""
    menu = command(id_).menu
    return next((n for n, near in enumerate(NEAR) if menu.startswith(near)), len(NEAR))


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"
