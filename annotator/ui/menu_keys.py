"""Keep the keyboard of an open menu to the menu: its letters are not the article's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QMenuBar

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class MenuKeys(QObject):
    """Stops single letters as keys of commands while a menu or the menu bar has the keyboard.

    Qt tries the keys of commands before it hands a letter to a menu, and a command in a menu counts as one of the
    menu bar's: in the File menu an E would mark an entity.
    """

    def watch(self, menu: QMenu | QMenuBar) -> None:
        """Keep the letters typed in a menu to it."""
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the override of a letter or of Delete: it then comes to the menu as a key. F6 and the like go on."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        letter = event.text().isprintable() and bool(event.text())
        if event.modifiers() & _HELD or not (letter or event.key() in _REMOVING):
            return False
        event.accept()
        return True
