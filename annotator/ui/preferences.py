"""What the user chose: look, name, paper, folders. Kept at once, applied at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QMainWindow

from annotator.errors import WriteError
from annotator.language import tr
from annotator.settings import Settings, Value
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import documents_folder
from annotator.ui.theme import Theme
from annotator.ui.workspace import AFTER_PAINT, Workspace

if TYPE_CHECKING:
    from annotator.exporters.options import ReportOptions


class Preferences:
    """The settings as the window uses them.

    ``look_changed``, ``zoom_changed`` and ``profile_chosen`` apply what was chosen; ``to_article`` gives the article the
    keyboard.
    """

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        settings: Settings,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        *,
        look_changed: Callable[[], object],
        zoom_changed: Callable[[int], object],
        profile_chosen: Callable[[str], object],
        to_article: Callable[[], object],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self._notices = notices
        self._theme = theme
        self._look_changed = look_changed
        self._zoom_changed = zoom_changed
        self._profile_chosen = profile_chosen
        self._to_article = to_article
        self.view_changed: Callable[[], object] = lambda: None
        """Called when column width or line numbers were chosen here."""

    def keep(self, **values: Value) -> None:
        """Keep settings; where the disk refuses they hold until the program ends, and that is said."""
        try:
            self._settings.put(**values)
        except WriteError as error:
            self._notices.warn(str(error), key="settings")

    def open(self) -> None:
        """Show all settings and apply what was changed."""
        from annotator.ui.dialogs.preferences import PreferencesDialog  # only now: the window starts without it

        dialog = PreferencesDialog(self._theme(), self._settings, self._window)
        changed = dialog.changed() if dialog.exec() else {}
        dialog.deleteLater()
        if changed:
            self.apply(changed)

    def apply(self, changed: dict[str, Value]) -> None:
        """Keep settings and let the window follow them."""
        self.keep(**changed)
        if "theme" in changed:
            self._look_changed()
        if {"column", "numbered"} & set(changed):
            self.view_changed()
        if "zoom" in changed:
            self._zoom_changed(self._settings.number("zoom"))
        if {"coder_name", "coder_initials"} & set(changed):
            self.name_coder(self._settings.text("coder_name"))

    def keep_recent(self, commands: tuple[str, ...]) -> None:
        """Remember the commands run lately from the palette."""
        self.keep(recent_commands=commands)

    def choose_look(self, look: str) -> None:
        """Go light, dark or with the system."""
        self.apply({"theme": look})

    def choose_new_profile(self, profile: str) -> None:
        """Choose the profile new projects get."""
        self.keep(profile=profile, profile_asked=True)

    def ask_work(self, go_on: Callable[[], object]) -> None:
        """Ask once, above the article, what the user's work is; then show what it needs and go on."""
        middle = self._window.centralWidget()
        layout = middle.layout() if middle is not None else None
        if self._settings.flag("profile_asked") or not isinstance(layout, QBoxLayout):
            go_on()
            return

        def show() -> None:
            if not self._window.isVisible():  # a slow start: nobody could see the question, nor have its keyboard
                QTimer.singleShot(AFTER_PAINT, self._window, show)
                return
            from annotator.ui.welcome import WorkQuestion  # only now: the window is painted first

            strip = WorkQuestion(self._theme(), self._settings.text("profile"))

            def chosen(profile: str) -> None:
                self._to_article()
                strip.hide()
                layout.removeWidget(strip)
                strip.deleteLater()
                self.choose_new_profile(profile)
                self._profile_chosen(profile)
                go_on()

            strip.chosen.connect(chosen)
            self._workspace.closed.connect(strip.deleteLater)  # it was about what is shown
            layout.insertWidget(0, strip)
            strip.show()  # the layout would do so later: what is not shown cannot have the keyboard
            strip.enter()

        QTimer.singleShot(AFTER_PAINT, self._window, show)

    # -- the person at work

    def name_coder(self, name: str) -> None:
        """Give the person at work a name, here and in new projects."""
        self.keep(coder_name=" ".join(name.split()) or tr("Me"))
        project = self._workspace.project
        if project is not None and not project.read_only:
            said, initials = self._settings.text("coder_name"), self._settings.text("coder_initials") or None
            self._workspace.do(lambda p: p.set_coder_name(said, initials))

    def name_to_ask(self) -> str | None:
        """Return the name to propose where the person at work is still "Me" in this project; None: there is one."""
        project = self._workspace.project
        nameless = ("Me", tr("Me"))
        if project is None or project.read_only or project.coder.name not in nameless:
            return None
        kept = self._settings.text("coder_name")
        return "" if kept in nameless else kept

    def tour_ended(self) -> None:
        """Remember that the tour was seen."""
        self.keep(tour_done=True, tour_stop=0)

    def tour_left(self) -> None:
        """Remember that the tour was seen, and say where it goes on."""
        self.keep(tour_done=True)
        self._notices.say(tr("The tour goes on where you left it: Help > Tour in the sample."))

    def tour_reached(self, stop: int) -> None:
        """Remember how far the tour came."""
        self.keep(tour_stop=stop)

    # -- reports

    def report_options(self) -> ReportOptions:
        """Return the options the next report begins with."""
        from annotator.exporters.options import ReportOptions  # only now: the window starts without it

        template = self._settings.text("template")
        return ReportOptions(
            paper=self._settings.text("paper"), template=Path(template) if template else None,
            line_numbers=self._settings.flag("line_numbers"),
        )  # fmt: skip

    def report_author(self) -> str:
        """Return the author of reports; an empty text where that is who works on the project."""
        return self._settings.text("report_author")

    def keep_report_options(self, options: ReportOptions, folder: Path) -> None:
        """Remember paper, template and folder for the next report."""
        self.keep(paper=options.paper, template=str(options.template or ""), last_folder=str(folder))

    def folder(self) -> Path:
        """Return the folder the last report went to, else the user's documents."""
        last = self._settings.text("last_folder")
        with suppress(OSError):  # no folder can have such a name
            if last and Path(last).is_dir():
                return Path(last)
        return documents_folder()
