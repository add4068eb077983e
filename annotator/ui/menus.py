"""The table of commands made into actions with their keys, and put into menus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.language import tr
from annotator.ui.actions import COMMANDS, MENUS, Command, Situation, command, keys_of, with_key
from annotator.ui.labels import plain_tip
from annotator.ui.menu_keys import MenuKeys


class Actions(QObject):
    """The table made into actions, put into menus and given to the widgets whose keys they are."""

    def __init__(self, window: QWidget, text: QWidget, controllers: Mapping[str, object]) -> None:
        """Make every action. Raises AttributeError where a handler is missing."""
        super().__init__(window)
        self._menu_keys = MenuKeys(self)
        self._situation = Situation()
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for each in COMMANDS:
            action = self._make(each, controllers)
            (text if each.scope == "text" else window).addAction(action)
            self._actions[each.id] = action

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def _make(self, each: Command, controllers: Mapping[str, object]) -> QAction:
        action = QAction(each.words, self)
        action.setObjectName(each.id)
        action.setStatusTip(each.tip)
        in_text = each.scope == "text"
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if in_text else Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_ROLES.get(each.id, QAction.MenuRole.NoRole))
        if each.choice:
            action.setCheckable(True)
            group = self._groups.setdefault(each.choice, QActionGroup(self))
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
            group.addAction(action)
        controller, _, method = each.handler.partition(".")
        handler: Callable[..., object] = getattr(controllers[controller], method)
        run = partial(handler, each.argument) if each.argument is not None else handler
        action.triggered.connect(lambda _checked=False, run=run: run())
        _give_keys(action, each)
        return action

    def follow_keys(self) -> None:
        """Take the keys the commands have now."""
        for each in COMMANDS:
            _give_keys(self._actions[each.id], each)

    def follow(self, situation: Situation) -> None:
        """Enable what can be run, tick what is set, and name the steps that undo and redo would take."""
        self._situation = situation
        for each in COMMANDS:
            action = self._actions[each.id]
            action.setEnabled(situation.allows(each))
            if each.choice:
                action.setChecked(situation.values.get(each.choice) == each.argument)
        undo, redo = situation.undo.replace("&", "&&"), situation.redo.replace("&", "&&")
        self["edit.undo"].setText(tr("&Undo: {step}", step=undo) if undo else command("edit.undo").words)
        self["edit.redo"].setText(tr("&Redo: {step}", step=redo) if redo else command("edit.redo").words)

    def why_not(self, id_: str) -> str:
        """Return why a command cannot be run now; empty where it can."""
        return self._situation.why_not(command(id_))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put everything into menus; returns them by path."""
        self._menu_keys.watch(bar)
        menus: dict[str, QMenu] = {}
        for path, words in MENUS.items():
            if "/" not in path:
                menus[path] = self._menu(bar.addMenu(words))
        last: dict[str, int] = {}
        for each in COMMANDS:
            top, _, below = each.menu.partition("/")
            if below and each.menu not in menus:
                _separate(menus[top], last, top, each.section)
                menus[each.menu] = self._menu(menus[top].addMenu(MENUS[each.menu]))
            menu = menus[each.menu]
            _separate(menu, last, each.menu, each.section)
            menu.addAction(self._actions[each.id])
        return menus

    def _menu(self, menu: QMenu) -> QMenu:
        menu.setToolTipsVisible(True)
        self._menu_keys.watch(menu)
        return menu

    def context_menu(self, parent: QWidget, ids: Iterable[str] | None = None) -> QMenu:
        """Return a menu of what can be done with what is selected or chosen."""
        menu = self._menu(QMenu(parent))
        section: int | None = None
        for each in COMMANDS:
            wanted = each.id in ids if ids is not None else each.context
            if not wanted or not self._actions[each.id].isEnabled():
                continue
            group = hash((each.menu, each.section))
            if section not in (None, group):
                menu.addSeparator()
            section = group
            menu.addAction(self._actions[each.id])
        return menu


_ROLES = {
    "app.quit": QAction.MenuRole.QuitRole,
    "app.preferences": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


def _separate(menu: QMenu, last: dict[str, int], path: str, section: int) -> None:
    if path in last and last[path] != section:
        menu.addSeparator()
    last[path] = section


def _give_keys(action: QAction, each: Command) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys_of(each.id)])
    action.setToolTip(plain_tip(with_key(each.tip, each.id)))
