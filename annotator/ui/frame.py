"""The frame of the window: the row of menus, the panels beside the article with their tabs, and the three columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.language import tr
from annotator.ui.actions import caps, key_of
from annotator.ui.keyboard import has_keyboard
from annotator.ui.labels import Line, painter
from annotator.ui.paint import Box, advance, focus_ring, keycap, keycap_width
from annotator.ui.panels import PanelKind, panels_for
from annotator.ui.theme import Theme, font, icon
from annotator.ui.workspace import AFTER_PAINT, Workspace

if TYPE_CHECKING:
    from annotator.ui.panels.inspector import Inspector

ARTICLE_LEAST = 720
"""The article's column never gets less than this while the library can give way, in px."""
SMALL = 1400
"""Below this width of the window the columns beside the article are narrower."""


class CommandField(QAbstractButton):
    """Looks like a field, opens the command palette."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(280, 28)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.setAccessibleName(tr("Search or run a command, {palette}", **caps()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a field with a key cap."""
        p = painter(self)
        t, box = self._theme, Box(QRectF(self.rect()), self.isRightToLeft())
        p.setPen(QPen(QColor(t.edge), 1))
        p.setBrush(QColor(t.raised))
        p.drawRoundedRect(box.r.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.drawPixmap(box.rc(9, 7, 14, 14).toRect(), icon("search", t.muted, 14))
        key = key_of("view.palette")
        room = box.w - 42 - (keycap_width(key) if key else 0)
        box.text(p, tr("Search or run a command"), 30, 0, room, 28, font("small"), t.muted)
        if key:
            keycap(p, box, key, box.w - 6, 5, t, end=True)
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), t)
        p.end()


class TopRow(QWidget):
    """Menus and the command field in one row; there is no tool bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.menus = QMenuBar()
        self.menus.setFont(font("body"))
        self.menus.setNativeMenuBar(False)
        # Given only the room it asks for, the bar hides its menus in a mirrored window.
        self.menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.command = CommandField(theme)
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 16, 3)
        row.addWidget(self.menus, 1)
        row.addWidget(self.command)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(row)
        lines.addWidget(Line(theme))
        self.setFixedHeight(40)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Style the menus."""
        self.menus.setStyleSheet(_menu_sheet(theme))


def _menu_sheet(t: Theme) -> str:
    return f"""
    QMenuBar {{ background:{t.panel}; color:{t.ink}; padding:4px 0; border:0; }}
    QMenuBar::item {{ padding:5px 10px; border-radius:5px; background:transparent; }}
    QMenuBar::item:selected, QMenuBar::item:pressed {{ background:{t.hover}; }}
    {menu_sheet(t)}
    """


def menu_sheet(t: Theme) -> str:
    """Return the style of menus that open."""
    return f"""
    QMenu {{ background:{t.raised}; color:{t.ink}; border:1px solid {t.edge}; padding:5px; }}
    QMenu::item {{ padding:5px 28px 5px 26px; border-radius:4px; }}
    QMenu::item:selected {{ background:{t.tint}; }}
    QMenu::item:disabled {{ color:{t.muted}; }}
    QMenu::separator {{ height:1px; background:{t.line}; margin:5px 8px; }}
    QMenu::indicator {{ width:12px; height:12px; left:8px; }}
    """


def open_menu(menu: QMenu, theme: Theme, at: QPoint) -> None:
    """Open a menu at a point of the screen; it is thrown away once it was used."""
    menu.setStyleSheet(menu_sheet(theme))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


TAB_ROOM, TAB_LEAST = 18, 7
"""Between the names of two panels, and where there is little room, px."""


class PanelTabs(QTabBar):
    """Names of panels; the chosen one is heavier and underlined."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._around = TAB_ROOM
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFixedHeight(40)
        self.setAccessibleName(tr("Panels"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setUsesScrollButtons(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Return the room of a name, heavier or not: the tabs never move."""
        return QSize(int(self._words(index)) + self._around, 40)

    def _words(self, index: int) -> float:
        return advance(font("small", 600), self.tabText(index))

    def fit(self, room: int) -> None:
        """Stand closer where all names would not fit into so many px."""
        n = max(1, self.count())
        left = int((room - sum(self._words(k) for k in range(self.count()))) / n)
        around = max(TAB_LEAST, min(left, TAB_ROOM))
        if around != self._around:
            self._around = around
            self.setElideMode(Qt.TextElideMode.ElideNone)  # makes the bar lay its tabs out anew
            self.updateGeometry()

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: names are never cut."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names."""
        p: QPainter = painter(self)
        for at in range(self.count()):
            rect, on = QRectF(self.tabRect(at)), at == self.currentIndex()
            p.setFont(font("small", 600 if on else 400))
            p.setPen(QColor(self._theme.ink if on else self._theme.muted))
            p.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.tabText(at))
            if on:
                inset = self._around / 2
                p.fillRect(QRectF(rect.x() + inset, 37, rect.width() - 2 * inset, 3), QColor(self._theme.accent))
                if self.hasFocus():
                    focus_ring(p, rect.adjusted(3, 6, -3, -7), self._theme)
        p.end()


class Side(QWidget):
    """The panels of the profile behind their tabs; each is made when it is first shown."""

    panel_changed = Signal(object)
    link_requested = Signal(str, object)
    left = Signal()
    over_changed = Signal(bool)
    """Something stands in the place of the panels now, or no longer."""
    needed = Signal()
    """The keyboard is about to go to a panel while the panels are hidden."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._kinds: tuple[PanelKind, ...] = ()
        self._made: dict[str, QWidget] = {}
        self._wanted = ""
        """A panel to show once the window has painted; empty when none waits."""
        self.current: PanelKind | None = None
        self._over: QWidget | None = None
        self.tabs = PanelTabs(theme)
        self.setMinimumWidth(300)
        self.setAutoFillBackground(True)
        head = QHBoxLayout()
        head.setContentsMargins(7, 0, 8, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        self._rule = Line(theme)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(head)
        self._lines.addWidget(self._rule)
        self.tabs.currentChanged.connect(self._turned)

    @property
    def _details(self) -> Inspector | None:
        """The Details panel, where it was made."""
        return cast("Inspector | None", self._made.get("details"))

    @property
    def panel(self) -> QWidget | None:
        """The panel shown, or what stands in its place."""
        if self._over is not None:
            return self._over
        return self._made.get(self.current.key) if self.current is not None else None

    def show_over(self, made: QWidget | None) -> None:
        """Show a widget in the place of all panels; None: the panels again."""
        if made is self._over:
            return
        if has_keyboard(self.panel):
            self.left.emit()  # before it is hidden: the keyboard would fall to the next best field
        for widget in (self._over, None if made is None else self.panel):
            if widget is not None:
                widget.hide()
        self._over = made
        self.tabs.setVisible(made is None)
        self._rule.setVisible(made is None)
        if made is not None and self._lines.indexOf(made) < 0:
            self._lines.addWidget(made, 1)
        shown = self.panel
        if shown is not None:
            shown.show()
        self.over_changed.emit(made is not None)

    def set_profile(self, profile: str) -> None:
        """Offer the panels of a profile; the one shown stays where the profile has it."""
        kinds = panels_for(profile)
        keep = self.current.key if self.current is not None else "details"
        if kinds != self._kinds:
            self._kinds = kinds
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for kind in kinds:
                self.tabs.addTab(kind.title)
            self.tabs.blockSignals(False)
            self.tabs.fit(self.width() - 15)
            self._wanted = keep if any(k.key == keep for k in kinds) else "details"
            if self.isVisible():
                self._show_wanted()
            else:  # the text is painted first: a panel takes some time to import and to build
                QTimer.singleShot(AFTER_PAINT, self, self._show_wanted)
        for panel in self._made.values():
            if hasattr(panel, "set_profile"):
                panel.set_profile(profile)  # type: ignore[attr-defined]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the names of the panels fit."""
        super().resizeEvent(event)
        self.tabs.fit(self.width() - 15)

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.show_panel(wanted)

    def show_panel(self, key: str) -> QWidget | None:
        """Show a panel by its key and return it; None where the profile has none of this name."""
        self._wanted = ""
        at = next((n for n, k in enumerate(self._kinds) if k.key == key), -1)
        if at < 0:
            return None
        self.show_over(None)
        if self.tabs.currentIndex() != at:
            self.tabs.setCurrentIndex(at)
        else:
            self._turned(at)
        return self.panel

    def step(self, by: int) -> None:
        """Show the next or the previous panel."""
        self.show_over(None)
        if self._kinds:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._kinds))

    def _turned(self, at: int) -> None:
        if not 0 <= at < len(self._kinds) or self.current == self._kinds[at]:
            return
        old, was_inside = self.panel, has_keyboard(self.panel)
        if old is not None:
            if was_inside:
                self.left.emit()
            old.hide()
        self.current = kind = self._kinds[at]
        if kind.key not in self._made:
            made = kind.make(self._workspace, self._theme)
            if hasattr(made, "link_requested"):
                made.link_requested.connect(self.link_requested)  # type: ignore[attr-defined]
            if hasattr(made, "verdict_requested"):
                made.verdict_requested.connect(lambda: self.edit("verdict"))  # type: ignore[attr-defined]
            self._lines.addWidget(made, 1)
            self._made[kind.key] = made
            if self._details is not None and made is self._details:
                self._details.left.connect(self.left)
        self._made[kind.key].show()
        self.panel_changed.emit(kind)
        if was_inside:
            self.enter()

    def edit(self, field: str) -> bool:
        """Show Details with the keyboard in "note", "verdict", "relations" or "tags"; False where what is chosen has none."""
        self._need()
        self.show_panel("details")
        panel = self._details
        if panel is None:
            return False
        fields = {"note": panel.edit_note, "verdict": panel.edit_verdict, "tags": panel.edit_tags}
        return (fields | {"relations": panel.edit_relations})[field]()

    def in_details(self) -> bool:
        """Say whether the keyboard is in the Details panel."""
        return self.panel is self._details and has_keyboard(self._details)

    def enter(self) -> None:
        """Give the panel the keyboard, at its first field or list."""
        self._need()
        panel = self.panel
        if panel is None:
            return
        if self._details is not None and panel is self._details:
            self._details.refresh_if_stale()  # else the keyboard goes to a page that is about to be turned
        if panel.focusProxy() is not None:
            panel.setFocus(Qt.FocusReason.TabFocusReason)
            return
        for child in panel.findChildren(QWidget):
            wants = child.focusPolicy() & Qt.FocusPolicy.TabFocus
            if wants == Qt.FocusPolicy.TabFocus and child.isVisibleTo(panel) and child.isEnabled():
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def _need(self) -> None:
        if self.isHidden():
            self.needed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the article from wherever a panel has no use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """Write what was typed in Details and not yet written."""
        if self._details is not None:
            self._details.commit()

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for panels made later."""
        self._theme = theme


@dataclass
class Widths:
    """How wide a person made the columns beside the article, px; 0: the rule decides."""

    library: int = 0
    side: int = 0
    wide_side: int = 0


class Columns(QSplitter):
    """Library, article, panel. The library folds where the article would get too narrow; wide panels take its room."""

    folded_changed = Signal(bool)
    needed = Signal()
    """A column was asked for while the article stands alone."""

    def __init__(self, theme: Theme, library: QWidget, article: QWidget, side: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.widths = Widths()
        self.folded = False
        self._library = library
        self._article = article
        self._side = side
        self._alone = False
        self._wide = False
        self._by_hand: bool | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget in (library, article, side):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._moved)
        self.set_theme(theme)

    def set_wide(self, wide: bool) -> None:
        """Make room for a wide or a narrow panel; the library is folded by the rule again."""
        if wide != self._wide:
            self._wide = wide
            self._by_hand = None
        self.arrange()

    def show_library(self, shown: bool) -> None:
        """Show or fold the library whatever the rule says, until another kind of panel is shown."""
        if shown and self._alone:
            self.needed.emit()
        self._by_hand = shown
        self.arrange()

    def set_alone(self, alone: bool) -> None:
        """Show the article alone, or with its neighbours."""
        self._alone = alone
        if alone and (has_keyboard(self._side) or has_keyboard(self._library)):
            self._article.setFocus()
        self._side.setVisible(not alone)
        self._library.setVisible(not alone)
        self.arrange()

    def arrange(self) -> None:
        """Set the three widths."""
        if self._alone:
            return
        total = self.width()
        small = total < SMALL
        library = min(self.widths.library, total // 2) or (224 if small else 248)
        if self._wide:
            side = self.widths.wide_side or (528 if small else 560)
        else:
            side = self.widths.side or (320 if small else 352)
        fits = total - library - side >= ARTICLE_LEAST
        shown = fits if self._by_hand is None else self._by_hand
        side = max(300, min(side, total - 440 - (library if shown else 0)))
        if not shown and has_keyboard(self._library):
            self._article.setFocus()
        self._library.setVisible(shown)
        self.setSizes([library if shown else 0, total - side - (library if shown else 0), side])
        if self.folded == shown:
            self.folded = not shown
            self.folded_changed.emit(self.folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Apply the rule to the new width."""
        super().resizeEvent(event)
        self.arrange()

    def _moved(self, _at: int, handle: int) -> None:
        library, _, side = self.sizes()
        if handle == 1:
            self.widths.library = library
        elif self._wide:
            self.widths.wide_side = side
        else:
            self.widths.side = side

    def set_theme(self, theme: Theme) -> None:
        """Colour the lines between the columns."""
        for at in range(1, self.count()):
            handle = self.handle(at)
            handle.setStyleSheet(f"background:{theme.line}")
