"""The main window: puts the parts together and lets them hear of each other; everything else is in the parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator import paths
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id, Mention, SourceMention
from annotator.project import Changes
from annotator.settings import Settings
from annotator.ui.actions import Situation, hints
from annotator.ui.article_commands import ArticleCommands
from annotator.ui.article_view import ArticleColumn
from annotator.ui.checks import Checks
from annotator.ui.context_menus import ContextMenus
from annotator.ui.frame import Columns, Side, TopRow
from annotator.ui.handover import Handover
from annotator.ui.help import Help, use_own_keys
from annotator.ui.history import History
from annotator.ui.imports import Imports
from annotator.ui.labels import retheme
from annotator.ui.library_commands import LibraryCommands
from annotator.ui.linking import Linking
from annotator.ui.marking import Marking
from annotator.ui.menus import Actions
from annotator.ui.navigation import Navigation
from annotator.ui.notices import NoticeBar
from annotator.ui.originals import Originals
from annotator.ui.panels import PanelKind
from annotator.ui.panels.library import Library
from annotator.ui.preferences import Preferences
from annotator.ui.projects import Projects
from annotator.ui.recent import RecentProjects
from annotator.ui.register_commands import RegisterCommands
from annotator.ui.status import StatusLine
from annotator.ui.theme import Theme
from annotator.ui.tour import Tour
from annotator.ui.troubles import Troubles
from annotator.ui.viewing import Viewing
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.link_card import LinkCard
    from annotator.ui.palette import Palette
    from annotator.ui.welcome import Welcome

NAME = "Article Annotator"
USUAL_SIZE = (1440, 900)
LEAST_SIZE = (880, 560)
FRAME = (16, 48)
"""Room for what window managers put around a window, px."""


class MainWindow(QMainWindow):
    """One window on one workspace. ``look_changed`` is called when the user chose light, dark or the system's look."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        state: QSettings,
        theme: Theme,
        look_changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = settings
        self.theme = theme
        self._state = state
        self._look_changed = look_changed
        self._situation = Situation()
        self._steps = ("", "")
        self._closing = False
        self._shown: Id | None = None
        self._annotated: AnnotatedArticle | None = None
        self._carets: dict[Id, int] = {}
        self.setObjectName("main")
        self.setWindowTitle(NAME)
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        use_own_keys(settings)
        self._make_parts()
        self._lay_out()
        self._make_controllers()
        self._connect()
        self._restore()
        self._project_changed()

    # -- building

    def _make_parts(self) -> None:
        theme, workspace = self.theme, self.workspace
        self.top = TopRow(theme)
        self.notices = NoticeBar(theme)
        self.library = Library(workspace, theme)
        self.column = ArticleColumn(theme)
        self.side = Side(workspace, theme)
        self.columns = Columns(theme, self.library, self.column, self.side)
        self.status = StatusLine(theme)
        self.recent = RecentProjects(self.settings, self._state)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.columns)
        middle = QWidget()
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for widget in (self.notices, self.pages, self.status):
            lines.addWidget(widget, 1 if widget is self.pages else 0)
        self.setMenuWidget(self.top)
        self.setCentralWidget(middle)

    def _make_controllers(self) -> None:
        workspace, say = self.workspace, self.notices.say
        commit, theme = self.side.commit, self._theme_now
        self.preferences = Preferences(
            self, workspace, self.settings, self.notices, theme, to_article=self.column.text.setFocus,
            look_changed=self._look_chosen, zoom_changed=self.column.set_zoom, profile_chosen=self.choose_profile,
        )  # fmt: skip
        self.imports = Imports(self, workspace, self.notices, theme, lambda name: self.projects.need(name))
        self.projects = Projects(
            self, workspace, self.notices, self.recent, before_leaving=commit, add_files=self.imports.add_files,
            new_coder=lambda: self.settings.text("coder_name"), new_profile=lambda: self.settings.text("profile"),
        )  # fmt: skip
        self.troubles = Troubles(workspace, self.notices, self.projects)
        self.handover = Handover(
            self, workspace, self.notices, theme, commit, options=self.preferences.report_options,
            keep_options=self.preferences.keep_report_options, folder=self.preferences.folder, written=lambda: self.tour.report_written(),
            name_to_ask=self.preferences.name_to_ask, name_coder=self.preferences.name_coder, author=self.preferences.report_author,
        )  # fmt: skip
        self.marking = Marking(workspace, self.column, self.side, say)
        self.linking = Linking(workspace, self.column, lambda: self.card, say)
        self.navigation = Navigation(workspace, self.column, self.columns, self.library, self.side, self.notices)
        self.viewing = Viewing(
            self, self.column, self.columns, self.side, (self.top, self.status), settings=self.settings,
            preferences=self.preferences, say=say, followed=self._follow_situation,
        )  # fmt: skip
        self.originals = Originals(
            self, workspace, self.side, self.columns, self.column, theme, self.imports.reading, self.notices
        )
        self.articles = ArticleCommands(self, workspace, self.library, theme, self.column.caret, self.originals)
        self.shelf = LibraryCommands(
            self, workspace, self.library, self.articles, theme, self.handover.export, say, lambda: self.columns.show_library(True)
        )  # fmt: skip
        self.registers = RegisterCommands(self, workspace, self.side, commit, self.column, theme, say)
        self.checks = Checks(self, workspace, self.column, self.side, theme, say)
        self.history = History(workspace, commit, say, self.column)
        self.tour = Tour(
            workspace, self.notices, self.preferences.tour_ended, left=self.preferences.tour_left,
            reached=self.preferences.tour_reached,
        )  # fmt: skip
        self.help = Help(
            self, self.settings, self.preferences, theme, keys_changed=self._keys_changed, tour=self.start_sample
        )
        self.actions_ = Actions(
            self, self.column.text,
            {
                "projects": self.projects, "imports": self.imports, "handover": self.handover, "history": self.history,
                "marking": self.marking, "linking": self.linking, "navigation": self.navigation, "articles": self.articles,
                "originals": self.originals, "window": self, "preferences": self.preferences, "viewing": self.viewing, "help": self.help,
                "registers": self.registers, "library": self.shelf, "checks": self.checks,
            },
        )  # fmt: skip
        self.menus = self.actions_.fill(self.top.menus)
        self.recent_menu = self.projects.recent_menu(self.menus["file"], self.actions_["project.sample"])
        self.pointed = ContextMenus(self, workspace, self.actions_, theme)
        self._palette: Palette | None = None
        self._card: LinkCard | None = None
        self._welcome: Welcome | None = None

    def _connect(self) -> None:
        w, column = self.workspace, self.column
        w.in_sight = column.in_sight
        w.name_to_ask, w.name_given = self.preferences.name_to_ask, self.preferences.name_coder
        w.picked = lambda: self.library.chosen
        w.place_asked.connect(column.select)
        w.opened.connect(self._project_changed)
        w.closed.connect(self._project_changed)
        w.article_changed.connect(self._show_article)
        w.changed.connect(self._changed)
        w.coverage_changed.connect(self._show_coverage)
        w.chosen_changed.connect(self._chosen_changed)
        w.saving.connect(self.status.set_saving)
        w.job_started.connect(self.notices.follow)
        self.notices.said.connect(self.status.say)
        column.chosen_changed.connect(w.choose)
        column.selection_changed.connect(self._follow_situation)
        column.selection_changed.connect(self.originals.follow)
        column.activated.connect(self._open_details)
        column.context_requested.connect(self.pointed.on_text)
        column.library_requested.connect(self.navigation.library)
        column.zoom_changed.connect(self.status.set_zoom)
        self.side.panel_changed.connect(self._panel_changed)
        self.side.link_requested.connect(self.linking.link_claim)
        self.side.left.connect(column.text.setFocus)
        self.columns.folded_changed.connect(column.set_folded)
        self.library.add_asked.connect(self.projects.open)
        self.library.opened.connect(self.navigation.open_article)
        self.status.next_open_asked.connect(self.navigation.next_open)
        self.status.previous_open_asked.connect(self.navigation.previous_open)
        column.caret_moved.connect(self.status.set_caret)
        self.status.profile_asked.connect(self._open_profiles)
        self.status.zoom_asked.connect(self.navigation.zoom_reset)
        self.top.command.clicked.connect(self.open_palette)
        self.menus["article"].aboutToShow.connect(self._follow_zone)

    @property
    def welcome(self) -> Welcome:
        """The start page, made when it is first needed."""
        if self._welcome is None:
            from annotator.ui.welcome import Welcome

            self._welcome = page = Welcome(self.theme)
            self.pages.addWidget(page)
            page.sample_asked.connect(self.start_sample)
            page.new_asked.connect(self.projects.new)
            page.open_asked.connect(self.projects.open)
            page.paste_asked.connect(self.imports.paste)
            page.project_asked.connect(self.projects.open_project)
            page.profile_chosen.connect(self.preferences.choose_new_profile)
        return self._welcome

    @property
    def card(self) -> LinkCard:
        """The card that asks who says it, made when it is first needed."""
        if self._card is None:
            from annotator.ui.link_card import LinkCard

            self._card = LinkCard(self.workspace, self.theme, self)
            self._card.proposed.connect(self._show_hints)
            self.linking.hear(self._card)
        return self._card

    @property
    def commands(self) -> Palette:
        """The command palette, made when it is first needed."""
        if self._palette is None:
            from annotator.ui.palette import Palette

            self._palette = Palette(
                self, self.workspace, self.actions_, self.theme,
                panel=lambda: self.side.panel, recent=self.settings.list_("recent_commands"),
            )  # fmt: skip
            self._palette.key_asked.connect(self.help.show_keys)
            self._palette.ran.connect(self.preferences.keep_recent)
        return self._palette

    def _look_chosen(self) -> None:
        self._look_changed()
        self._follow_situation()

    def _theme_now(self) -> Theme:
        return self.theme

    # -- following the workspace

    def _project_changed(self) -> None:
        """Show the columns of the project, or the start page."""
        project = self.workspace.project
        self.viewing.show_line(project is not None)
        self._note_steps()
        self.notices.dismiss("report")  # it was another project's
        if project is not None:
            self.pages.setCurrentWidget(self.columns)
            self.show_profile(project.profile)
            self.setWindowTitle(f"{project.name} – {NAME}")
            self.column.text.setFocus()
        else:
            self.setWindowTitle(NAME)
            self.status.set_saving("")
            self.status.set_profile("")
            self.show_start()
        self._show_article()

    def show_start(self) -> None:
        """Show the start page, once the window is shown: a start that opens a project has no use for it."""
        if self.isVisible() and self.workspace.project is None:
            sample = paths.resource("sample.annot").is_file()
            self.welcome.show_state(
                self.recent.all(),
                self.settings.text("profile"),
                sample=sample,
                tour_stop=self.settings.number("tour_stop"),
            )
            self.pages.setCurrentWidget(self.welcome)
            self.welcome.enter()

    def _show_article(self, *_: object) -> None:
        w = self.workspace
        if self._card is not None:
            self._card.dismiss()
        if self._shown is not None:
            self._carets[self._shown] = self.column.caret()
        self._shown, self._annotated = w.article, w.annotated
        self.column.show_article(w.annotated, w.coverage)
        if w.article in self._carets:
            self.column.set_caret(self._carets[w.article])
        self.viewing.follow_article()
        self.status.set_orphans(w.annotated.orphans if w.annotated is not None else 0)
        self.status.set_article_shown(w.annotated is not None)
        self._show_coverage()
        self._follow_situation()
        focused = QApplication.focusWidget() or self
        beside = self.library.isAncestorOf(focused) or self.side.isAncestorOf(focused)  # steps may be taken there
        if w.annotated is not None and self.isVisible() and not beside:
            self.column.text.setFocus()

    def _changed(self, changes: Changes) -> None:
        w = self.workspace
        self.notices.went_on()
        self._note_steps()
        if w.annotated is not None and (changes.code_book or w.article in changes.touched_articles):
            same = w.annotated is self._annotated
            self.column.refresh(
                w.annotated, w.coverage, changes.marks if same else None,
                links=changes.links, checked=changes.verification, entries=changes.registers,
            )  # fmt: skip
            self._annotated = w.annotated
            self.status.set_orphans(w.annotated.orphans)
            self.status.set_coverage(w.coverage)
        self._follow_situation()

    def _show_coverage(self) -> None:
        w = self.workspace
        if w.annotated is not None:
            self.column.set_coverage(w.coverage)
        self.status.set_coverage(w.coverage)

    def _chosen_changed(self, chosen: Id | None) -> None:
        if self.column.chosen != chosen:
            self.column.choose(chosen)
        if self.side.in_details():  # its page is about to be turned: the keyboard would fall to the next best field
            self.column.text.setFocus()
        self._follow_situation()

    def _note_steps(self) -> None:
        """Note what undo and redo would do; asked once per action, not per key."""
        project = self.workspace.project
        undo, redo = (project.undo_step, project.redo_step) if project is not None else (None, None)
        self._steps = (undo.name if undo is not None else "", redo.name if redo is not None else "")

    def situation(self, zone: str = "") -> Situation:
        """Return what is open, shown and chosen now."""
        w = self.workspace
        mark = w.annotated.by_id.get(w.chosen or "") if w.annotated is not None else None
        start, end = self.column.selection() if w.annotated is not None else (0, 0)
        profile = w.project.profile if w.project is not None else ""
        return Situation(
            project=w.project is not None, article=w.annotated is not None, selection=start != end, chosen=mark is not None,
            claim=isinstance(mark, Claim), mention=isinstance(mark, SourceMention | Mention),
            undo=self._steps[0], redo=self._steps[1],
            values={"profile": profile, "look": self.settings.text("theme"), "zone": zone} | self.viewing.values,
        )  # fmt: skip

    def _follow_situation(self, *_: object) -> None:
        now = self.situation()
        if now != self._situation:
            self._situation = now
            self.actions_.follow(now)
            self._show_hints()

    def _follow_zone(self) -> None:
        block = self.articles.block()
        self.actions_.follow(self.situation(block.zone if block is not None else ""))

    def _show_hints(self, *_: object) -> None:
        now, leave = self._situation, [("Esc", tr("back"))]
        if self._card is not None and self._card.isVisible():
            shown = [("↵", tr("link")), ("Esc", tr("later"))]
        elif self.workspace.project is not None and self.workspace.project.read_only:
            shown = hints("go.next", "go.follow", "find.open") if now.article else []
        elif now.selection:
            shown = [*hints("mark.claim", "mark.source", "mark.entity"), *leave]
        elif now.claim:
            shown = [*hints("link.source", "mark.verdict", "mark.note"), *leave]
        elif now.chosen:
            shown = [*hints("go.follow", "mark.note", "go.next"), *leave]
        else:
            shown = hints("go.next_open", "mark.claim", "mark.not_a_claim", "go.next_name") if now.article else []
        self.column.set_hints(shown)

    # -- places and menus

    def _panel_changed(self, kind: PanelKind) -> None:
        self.columns.set_wide(kind.wide)

    def _open_details(self, annotation: Id) -> None:
        """Enter on a mark: its details, with the keyboard."""
        self.workspace.choose(annotation)
        self.side.show_panel("details")
        self.side.enter()

    def _open_profiles(self) -> None:
        self.pointed.on_profile(self.status.profile)

    # -- verbs of the window itself

    def open_palette(self) -> None:
        """Search everything the window can do."""
        focused = QApplication.focusWidget()
        self.commands.open(self.column.text if focused in (None, self.top.command) else focused)

    def choose_profile(self, profile: str) -> None:
        """Show the fields and panels of a profile, here and when the project is opened again."""
        self.side.commit()
        self.workspace.do(lambda p: p.set_profile(profile))
        if self.workspace.project is not None:
            self.show_profile(self.workspace.project.profile)

    def show_profile(self, profile: str) -> None:
        """Show what a profile shows."""
        self.side.set_profile(profile)
        self.column.set_profile(profile)
        self.status.set_profile(profile)
        self._follow_situation()

    def start_sample(self) -> None:
        """Open the sample and begin the tour."""
        if self.projects.open_sample() and self.workspace.project is not None and not self.workspace.project.read_only:
            self.tour.start(self.settings.number("tour_stop"), self.preferences.ask_work)

    def _keys_changed(self) -> None:
        """Show the keys as they are now wherever a key is shown."""
        self.actions_.follow_keys()
        self._show_hints()
        self.tour.refresh()
        retheme(self, self.theme)

    # -- look, size, dropping, leaving

    def set_theme(self, theme: Theme) -> None:
        """Take another theme, everywhere in the window."""
        self.theme = theme
        retheme(self, theme)

    def _restore(self) -> None:
        geometry = self._state.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(self._first_size())
        widths = self.columns.widths
        for name in ("library", "side", "wide_side"):
            kept = str(self._state.value(f"columns/{name}", 0))
            setattr(widths, name, int(kept) if kept.isdecimal() and len(kept) < 5 else 0)  # the file may be damaged
        self.column.set_zoom(self.settings.number("zoom"))
        self.status.set_zoom(self.column.zoom)

    def _first_size(self) -> QSize:
        """Return the usual size, less where the screen has no room for it and for the window's frame."""
        room = self.screen().availableSize() - QSize(*FRAME)
        return QSize(*USUAL_SIZE).boundedTo(room).expandedTo(QSize(*LEAST_SIZE))

    def _remember(self) -> None:
        self._state.setValue("geometry", self.saveGeometry())
        for name in ("library", "side", "wide_side"):
            self._state.setValue(f"columns/{name}", getattr(self.columns.widths, name))
        if self.column.zoom != self.settings.number("zoom"):
            self.preferences.keep(zoom=self.column.zoom)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the start page where nothing was opened by now."""
        super().showEvent(event)
        self.viewing.restore()
        self.show_start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the cards where the window moved from under them."""
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text from outside; words dragged within the window stay where they are."""
        if not event.source() and self.imports.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project, make articles of the rest."""
        event.acceptProposedAction()
        self.activateWindow()
        self.imports.drop(event.mimeData(), self.projects.open_project)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed; where that fails stay once, so that it can be saved elsewhere."""
        if not self.imports.may_leave():
            event.ignore()
            return
        self.troubles.failed = False
        self.side.commit()
        if self.troubles.failed and not self._closing:
            self._closing = True
            event.ignore()
            return
        self._remember()
        self.projects.remember()
        self.imports.reading.close()
        self.hide()  # nobody need look on while what is cancelled ends
        self.workspace.wait_for_jobs()
        self.workspace.close()
        event.accept()
