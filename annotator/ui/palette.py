"""The command palette: everything the window can do now or not now, claims by number, names by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
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
from annotator.model import Id
from annotator.model.claim_search import Found, find_claims, one_line
from annotator.ui.actions import ALSO, COMMANDS, bare, command, key_of
from annotator.ui.labels import Hints, Label, Line, Painted, painter
from annotator.ui.menus import Actions
from annotator.ui.paint import Box, advance, keycap
from annotator.ui.palette_rows import PaletteRow, draw_found, matches
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import Workspace

WIDTH = 600
TOP = 72
ROW = 36
MOST = 9
"""So many rows are shown at once; the arrows and the wheel bring the others."""
RECENT = 5
NEAR_MENUS = ("mark", "view/go", "article", "edit", "view")
"""Menus, those nearest to the work first."""
SHORT = 40
FOUND = 200
"""Of claims no more than this are shown: who types on finds fewer."""


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
        self._found: list[PaletteRow] = []
        self._top = 0
        self._offered: list[PaletteRow] = []
        self._titles: list[PaletteRow] | None = None
        self._named: list[PaletteRow] | None = None
        self._claims: Iterator[list[Found]] = iter(())
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
        self._make_parts()
        self._lay_out()
        self.setFixedWidth(WIDTH)
        self.set_theme(theme)
        self.hide()

    def _make_parts(self) -> None:
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look_on)
        self.edit = QLineEdit()
        self.edit.setObjectName("cmd")
        self.edit.setFont(font("body", px=15))
        self.edit.setFixedHeight(48)
        self.edit.setPlaceholderText(tr("Type a command, or a name"))
        self.edit.setAccessibleName(tr("Search commands"))
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._search)
        self._count = Label(self._theme, "", "small", muted=True)
        self.list = FitList(
            self._theme, tr("Commands"), lambda r: r.spoken, self._draw, lambda _: ROW, inset=8, bar=True
        )
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.gone_to.connect(self._run)

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
        self._titles = self._named = None
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

    def _run(self, act: PaletteRow | None) -> None:
        if act is not None and act.why_not:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, act.spoken))
            return
        self.leave()
        if act is not None:
            if act.id:
                self._recent = [act.id, *(id_ for id_ in self._recent if id_ != act.id)][:RECENT]
                self.ran.emit(tuple(self._recent))
            act.run()

    def _change_key(self, act: PaletteRow | None) -> None:
        if act is not None and act.id:
            self.leave()
            self.key_asked.emit(act.id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the dark away with the card."""
        super().hideEvent(event)
        self._looking.stop()
        self._scrim.hide()

    # -- rows

    def _search(self, query: str) -> None:
        sign, words = query[:1], query[1:].strip()
        self._looking.stop()
        if sign == "#":
            annotated = self._workspace.annotated
            self._claims = find_claims(annotated, words) if annotated is not None else iter(())
            acts = self._more_claims(FOUND)
        elif sign == "@":
            acts = matches(words, self._sources())
        else:
            acts = matches(query, self._everything(names=bool(query.strip())))
        self._query = words if sign in ("#", "@") else query.strip()
        self._found = acts
        self._show(0, 0)
        self._fit()

    def _fit(self) -> None:
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
        self._count_rows()

    def _count_rows(self) -> None:
        cut = self.edit.text().startswith("#") and len(self._found) == FOUND
        found = f"{len(self._found):,}{'+' if cut else ''}"
        self._count.setText(found if self._found or self._looking.isActive() else tr("Nothing is called so"))

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

    def _everything(self, *, names: bool) -> list[PaletteRow]:
        """Return what was run lately, what the panel offers, all that can be run, then what cannot now; then names."""
        acts = [self._act(c.id) for c in COMMANDS if c.id != "view.palette"]
        lately = sorted((e for e in acts if e.id in self._recent), key=lambda e: self._recent.index(e.id))
        # What needs most of what is chosen comes first: it is what the choosing was for.
        others = sorted(
            (e for e in acts if e.id not in self._recent),
            key=lambda e: (bool(e.why_not), -len(command(e.id).needs), _rank(e.id)),
        )
        found = [*(e for e in lately if not e.why_not), *self._offered, *others, *(e for e in lately if e.why_not)]
        return [*found, *self._sources(), *self._articles()] if names else found

    def _act(self, id_: str) -> PaletteRow:
        each, action = command(id_), self._actions[id_]
        why_not = "" if action.isEnabled() else self._actions.why_not(id_)
        return PaletteRow(bare(action.text()), each.group, key_of(id_), action.trigger, why_not, id_, ALSO.get(id_, ""))

    def _of_panel(self) -> list[PaletteRow]:
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
        return [PaletteRow(bare(a.text()), group, "", a.trigger) for a in actions]

    def _more_claims(self, most: int) -> list[PaletteRow]:
        """Return what one more piece of the claims holds; the others are looked at when the window had its turn."""
        annotated = self._workspace.annotated
        piece = next(self._claims, None)
        if piece is None or annotated is None:
            return []
        if len(piece) < most:
            self._looking.start(0)
        return [
            PaletteRow(f"{n}  {one_line(annotated, c)}", tr("Claim"), "", lambda id_=c.id: self._workspace.choose(id_))
            for n, c in piece[:most]
        ]

    def _look_on(self) -> None:
        found = self._more_claims(FOUND - len(self._found))
        if found:
            shown = len(self.list.values)
            self._found += found
            if shown < MOST:
                self._show(self._top, self._top + max(0, self.list.currentIndex().row()))
                self._fit()
                return
        self._count_rows()

    def _sources(self) -> list[PaletteRow]:
        """Return who and what is named in the article, read once while the palette is open."""
        if self._named is None:
            self._named = self._read_names()
        return self._named

    def _read_names(self) -> list[PaletteRow]:
        """Return them where they are first named; whom only claims name come last."""
        annotated = self._workspace.annotated
        if annotated is None:
            return []
        named: list[tuple[int, PaletteRow]] = []
        for source in annotated.sources.values():
            if annotated.is_named(source.id):
                first = next((mark.start for mark in annotated.mentions_of_source(source.id)), len(annotated.text))
                row = PaletteRow(source.label, tr("Source"), "", lambda id_=source.id: self._go_to_source(id_))
                named.append((first, row))
        named.sort(key=lambda pair: pair[0])
        found = [row for _, row in named]
        for entity in annotated.entities.values():
            places = annotated.mentions_of_entity(entity.id)
            if places:
                choose = partial(self._workspace.choose, places[0].id)
                found.append(PaletteRow(entity.name, tr("Entity"), "", choose))
        return found

    def _go_to_source(self, source: Id) -> None:
        annotated = self._workspace.annotated
        if annotated is not None:
            marks = annotated.mentions_of_source(source) or annotated.claims_of(source)
            self._workspace.choose(marks[0].id if marks else None)

    def _articles(self) -> list[PaletteRow]:
        """Return the articles of the project, read once while the palette is open."""
        project = self._workspace.project
        if self._titles is None:
            self._titles = [
                PaletteRow(title, tr("Article"), "", lambda a=id_: self._workspace.show_article(a))
                for id_, title in (project.titles() if project is not None else {}).items()
            ]
        return self._titles

    def _draw(self, p: QPainter, box: Box, act: PaletteRow, state: RowState) -> None:
        t = state.theme
        cap = advance(font("key"), act.key) + 24 if act.key else 0
        ink = t.muted if act.why_not else t.ink
        beside = tr("not now: {why}", why=act.why_not) if act.why_not else act.group
        face = font("small", italic=bool(act.why_not))
        group = min(advance(face, beside), box.w / 2)
        width = draw_found(p, box, act.words, self._query, box.w - 24 - cap - group - 12, t, ink)
        box.text(p, beside, 24 + width, 0, group + 2, box.h, face, t.muted)
        if act.key:
            keycap(p, box, act.key, box.w - 12, 8, t, end=True)

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


def _rank(id_: str) -> int:
    """Return how near a command's menu is to the work: marking, going about, the article, the rest."""
    menu = command(id_).menu
    return next((n for n, near in enumerate(NEAR_MENUS) if menu.startswith(near)), len(NEAR_MENUS))


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"
