"""A field for a language: typed as a code (BCP 47), or chosen by its name."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale, QStringListModel, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from annotator.language import tr
from annotator.ui.controls import ChoiceDelegate
from annotator.ui.theme import Theme, font, icon, scroll_bar_sheet

CODES = (
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et",
    "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it",
    "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lb", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt",
    "my", "nb", "ne", "nl", "nn", "om", "pa", "pl", "ps", "pt", "ro", "ru", "rw", "si", "sk", "sl", "so", "sq",
    "sr", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zh-Hant",
    "zu",
)  # fmt: skip
"""The languages that are offered; any other code can be typed."""


@cache
def language_words(code: str) -> str:
    """Return the English name of a language by its code; empty where it has none."""
    tag = code.strip().replace("_", "-")
    if not 2 <= len(tag.split("-")[0]) <= 3 or not tag.split("-")[0].isalpha():
        return ""
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return ""
    if QLocale.languageToCode(locale.language()) != tag.split("-")[0].lower():
        return ""  # Qt made another one of it
    name = QLocale.languageToString(locale.language())
    parts = tag.split("-")[1:]
    said: list[str] = []
    if any(len(p) == 4 for p in parts):
        said.append(QLocale.scriptToString(locale.script()))
    if any(len(p) in (2, 3) for p in parts):
        said.append(QLocale.territoryToString(locale.territory()))
    return f"{name} ({', '.join(said)})" if said else name


@cache
def _offered() -> tuple[str, ...]:
    named = [(language_words(code) or code, code) for code in CODES]
    return tuple(f"{name}  {code}" for name, code in sorted(named))


class LanguageField(QLineEdit):
    """Typing a name or a code narrows the list; the arrow, or Down, opens all of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._completer = QCompleter(self)
        self._popup = QListView()
        self._popup.setAccessibleName(tr("Languages"))
        self._completer.setPopup(self._popup)  # it sets a delegate of its own: ours comes after
        self._popup.setItemDelegate(ChoiceDelegate(self._popup))
        self._popup.setFont(font("body"))
        self._completer.setModel(QStringListModel(list(_offered()), self._completer))
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(9)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._chosen)
        self.textEdited.connect(self._typed)
        self._open = QAction(self)
        self._open.setText(tr("Choose a language (Down)"))
        self._open.triggered.connect(self.show_all)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour the arrow."""
        self._open.setIcon(QIcon(icon("chevron-down", theme.muted, 12)))
        self._popup.setStyleSheet(
            f"QListView {{ background:{theme.raised}; color:{theme.ink}; border:1px solid {theme.edge}; padding:4px;"
            f" selection-background-color:{theme.tint}; selection-color:{theme.ink}; outline:0; }}"
        )
        self._popup.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))

    def show_all(self) -> None:
        """Open the whole list."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def _typed(self, words: str) -> None:
        if words.strip():
            self._completer.setCompletionPrefix(words.strip())
            self._completer.complete()
        else:
            self._popup.hide()

    def _chosen(self, row: str) -> None:
        self.setText(row.rsplit(None, 1)[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list; Enter takes what is current in it before it means anything to the dialog."""
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.show_all()
        elif self._popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)
