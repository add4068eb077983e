"""Where the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def has_keyboard(place: QWidget | None) -> bool:
    """Say whether the keyboard is in a widget or in a part of it."""
    focused = QApplication.focusWidget()
    return place is not None and focused is not None and (focused is place or place.isAncestorOf(focused))
