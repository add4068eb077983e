"""The verbs of the Help menu: keys, the tour, what this is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.settings import Settings
from annotator.ui.actions import take_keys
from annotator.ui.preferences import Preferences
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog


def use_own_keys(settings: Settings) -> None:
    """Let every command have the keys the settings hold."""
    lines = settings.list_("keys")
    if not lines:
        take_keys({})
        return
    from annotator.ui.keys import read_keys  # only now: most people keep the keys of the table

    take_keys(read_keys(lines))


class Help:
    """Opens the dialogs. ``keys_changed`` lets the window show the keys as they are now."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        preferences: Preferences,
        theme: Callable[[], Theme],
        *,
        keys_changed: Callable[[], object],
        tour: Callable[[], object],
    ) -> None:
        self._window = window
        self._settings = settings
        self._preferences = preferences
        self._theme = theme
        self._keys_changed = keys_changed
        self._tour = tour

    def show_keys(self, of: str = "") -> None:
        """Show every key, to look up, change and print; on request beginning with a command's."""
        from annotator.ui.dialogs.keys import KeysDialog  # only now: the window starts without it

        own, paper = self._settings.list_("keys"), self._settings.text("paper")
        dialog = KeysDialog(self._theme(), own, paper, self._take, self._window)
        if of:
            dialog.show_command(of)
        self._show(dialog)

    def _take(self, lines: tuple[str, ...]) -> None:
        """Keep the user's own keys and use them at once."""
        self._preferences.keep(keys=lines)
        use_own_keys(self._settings)
        self._keys_changed()

    def start_tour(self) -> None:
        """Open the sample and go on with the tour where it was left."""
        self._tour()

    def about(self) -> None:
        """Show what this is."""
        from annotator.ui.dialogs.about import AboutDialog  # only now: the window starts without it

        self._show(AboutDialog(self._theme(), self._window))

    @staticmethod
    def _show(dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
