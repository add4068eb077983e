"""The application: fonts, theme, settings, the window on its workspace, and what happens when something breaks."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip

from annotator import __version__, language, paths
from annotator.errors import AnnotatorError
from annotator.settings import Settings
from annotator.ui.history import UndoEverywhere
from annotator.ui.main_window import NAME, MainWindow
from annotator.ui.spoken import give_roles
from annotator.ui.theme import Theme, font, load_fonts, palette, wanted
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    import logging

LOG_BYTES = 1_000_000
_OVERRIDE = re.compile(r"^(Error calling Python override of [\w:]+\(\): )+")
"""What PySide puts before the words of an error that comes out of an event handler."""


class Application:
    """Makes the one window and keeps its theme. ``start`` opens what is wanted; ``run`` shows it until it is closed."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self.qt = _qt_application(arguments)
        give_roles()
        self.settings = Settings.load(paths.config())
        self.state = QSettings(str(paths.config() / "window.ini"), QSettings.Format.IniFormat)
        self.theme = self._wanted_theme()
        self._dress()
        self.workspace = Workspace(backs_up=lambda: self.settings.flag("daily_backup"))
        self.window = MainWindow(self.workspace, self.settings, self.state, self.theme, self.follow_look)
        self._undo_everywhere = UndoEverywhere(self.qt)
        self.qt.styleHints().colorSchemeChanged.connect(self.follow_look)
        self.qt.styleHints().accessibility().contrastPreferenceChanged.connect(self.follow_look)
        if self.settings.trouble:
            self.window.notices.warn(self.settings.trouble)

    # -- look

    def _wanted_theme(self) -> Theme:
        look = self.settings.text("theme")
        hints = self.qt.styleHints()
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        return wanted(look, dark=hints.colorScheme() == Qt.ColorScheme.Dark, contrast=contrast)

    def _dress(self) -> None:
        self.qt.setPalette(palette(self.theme))
        QToolTip.setPalette(palette(self.theme))
        QToolTip.setFont(font("small"))

    def follow_look(self, *_: object) -> None:
        """Take the theme the settings or the system now want."""
        theme = self._wanted_theme()
        if theme != self.theme:
            self.theme = theme
            self._dress()
            self.window.set_theme(theme)

    # -- starting

    def start(self, files: Sequence[Path] = ()) -> None:
        """Open the files given, else the last project, at the first start the sample with its tour."""
        window = self.window
        last = window.recent.last()
        given = [f.absolute() for f in files]
        if any(f.suffix == ".annot" for f in given):
            window.projects.open_files(given)
        elif last is not None:
            window.projects.open_project(last)
            window.projects.open_files(given)
        elif given:
            window.projects.open_files(given)
        elif not self.settings.flag("tour_done") and paths.resource("sample.annot").is_file():
            window.start_sample()

    def run(self) -> int:
        """Show the window and return the exit code once it was closed."""
        catch_errors(self.window)
        self.window.show()
        if self.workspace.project is not None:
            self.window.column.text.setFocus()
        self.settle()
        return self.qt.exec()

    def settle(self) -> None:
        """Look for lost things again (``open_window`` turned it off), but never among those made until now: they last."""
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(0.001)  # what works beside the window must not keep it waiting for its turn


def _qt_application(arguments: Sequence[str]) -> QApplication:
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    made = QApplication(["annotator", *arguments])
    made.setApplicationName(NAME)
    made.setApplicationDisplayName("")
    made.setApplicationVersion(__version__)
    made.setDesktopFileName("article-annotator")
    made.setStyle("Fusion")
    if language.spoken():
        _speak_as_we_do(made)
    load_fonts()
    made.setFont(font("body"))
    return made


def _speak_as_we_do(made: QApplication) -> None:
    """Let Qt's own words and the direction of the window follow the language of ours."""
    locale = QLocale(language.spoken())
    translator = QTranslator(made)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        made.installTranslator(translator)
    made.setLayoutDirection(locale.textDirection())


def catch_errors(window: MainWindow) -> None:
    """Let an error nobody expected end in the log and a sentence, never in a closed window."""
    log = paths.log_file()
    logger: logging.Logger | None = None
    telling = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal logger, telling
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if logger is None:
            logger = _logger(log)
        logger.error("unexpected", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if telling:  # an error while telling one is only logged
            return
        telling = True
        if isinstance(error, AnnotatorError):  # of something read for a view: it has words of its own
            window.workspace.failed.emit(type(error)(_OVERRIDE.sub("", str(error))), None)
        else:
            window.troubles.tell_unexpected(f"{kind.__name__}.", log)
        telling = False

    sys.excepthook = hook


def _logger(log: Path) -> logging.Logger:
    """Return what writes to the log file; to standard error where it cannot be written."""
    import logging  # only now: most days there is nothing to log
    from logging.handlers import RotatingFileHandler

    handler: logging.Handler
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("annotator")
    logger.addHandler(handler)
    return logger


def run(files: Sequence[Path] = (), ready: Callable[[Application], object] | None = None) -> int:
    """Open the window on some files, or on what was open last; returns the exit code.

    ``ready`` is called with the application just before its window is shown.
    """
    application = Application()
    application.start(files)
    if ready is not None:
        ready(application)
    return application.run()
