"""Keep the keyboard of an open menu to the menu: its letters are not the article's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MenuKeys(QObject):
    """Stops the single letters of the widget behind a menu while the menu is open.

    Qt tries the keys of the widget that had the keyboard before it hands a letter to the menu: in the File menu an E
    would mark an entity. The filter stands only while a menu is open, so that it costs no paint.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._behind: QWidget | None = None

    def watch(self, menu: QMenu) -> QMenu:
        """Keep the letters of a menu to it; returns the menu."""
        menu.aboutToShow.connect(self._begin)
        return menu

    def _begin(self) -> None:
        behind = QApplication.focusWidget()
        if behind is not None and behind is not self._behind:
            self._end()
            self._behind = behind
            behind.installEventFilter(self)
            behind.destroyed.connect(self._forget)

    def _end(self) -> None:
        if self._behind is not None:
            self._behind.removeEventFilter(self)
            self._behind.destroyed.disconnect(self._forget)
            self._behind = None

    def _forget(self) -> None:
        self._behind = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take an override without Ctrl or Alt while a menu is open: the key then goes to the menu."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(QApplication.activePopupWidget(), QMenu):
            self._end()  # the first key after the menu closed
            return False
        if event.modifiers() & _HELD:
            return False
        event.accept()
        return True
