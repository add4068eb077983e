"""What the user chose: look, name, paper, folders. Kept at once, applied at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.errors import WriteError
from annotator.settings import Settings, Value
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import documents_folder
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.exporters.options import ReportOptions


class Preferences:
    """The settings as the window uses them. ``look_changed`` and ``zoom_changed`` apply what was chosen."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        settings: Settings,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        *,
        look_changed: Callable[[], object],
        zoom_changed: Callable[[int], object],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self._notices = notices
        self._theme = theme
        self._look_changed = look_changed
        self._zoom_changed = zoom_changed

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
        if "zoom" in changed:
            self._zoom_changed(self._settings.number("zoom"))
        if {"coder_name", "coder_initials"} & set(changed):
            self.name_coder(self._settings.text("coder_name"))

    def choose_look(self, look: str) -> None:
        """Go light, dark or with the system."""
        self.apply({"theme": look})

    def choose_new_profile(self, profile: str) -> None:
        """Choose the profile new projects get."""
        self.keep(profile=profile)

    # -- the person at work

    def name_coder(self, name: str) -> None:
        """Give the person at work a name, here and in new projects."""
        self.keep(coder_name=" ".join(name.split()) or "Me", name_asked=True)
        project = self._workspace.project
        if project is not None and not project.read_only:
            said, initials = self._settings.text("coder_name"), self._settings.text("coder_initials") or None
            self._workspace.do(lambda p: p.set_coder_name(said, initials))

    def ask_name_once(self) -> None:
        """Ask for the user's name, once and in passing; whoever does not answer is called Me."""
        if not self._settings.flag("name_asked"):
            self.keep(name_asked=True)
            words, name = "Your name, for reports and Word comments:", self._settings.text("coder_name")
            self._notices.ask(words, "Your name", name, self.name_coder, "name")

    def tour_ended(self) -> None:
        """Remember that the tour was seen, then ask for the name."""
        self.keep(tour_done=True)
        self.ask_name_once()

    # -- reports

    def report_options(self) -> ReportOptions:
        """Return the options the next report begins with."""
        from annotator.exporters.options import ReportOptions  # only now: the window starts without it

        template = self._settings.text("template")
        return ReportOptions(paper=self._settings.text("paper"), template=Path(template) if template else None)

    def keep_report_options(self, options: ReportOptions, folder: Path) -> None:
        """Remember paper, template and folder for the next report."""
        self.keep(paper=options.paper, template=str(options.template or ""), last_folder=str(folder))

    def folder(self) -> Path:
        """Return the folder the last report went to, else the user's documents."""
        last = self._settings.text("last_folder")
        return Path(last) if last and Path(last).is_dir() else documents_folder()
