"""Details: everything the profile shows about what is chosen; the article's facts where nothing is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.model import Claim, Cue, Id, Mention, SourceMention
from annotator.ui.labels import ShyScrollBar
from annotator.ui.panels.article_page import ArticlePage, NoArticlePage
from annotator.ui.panels.claim_page import ClaimPage
from annotator.ui.panels.cue_page import CuePage
from annotator.ui.panels.mention_pages import EntityPage, MarkPage, SourcePage
from annotator.ui.panels.page import Page
from annotator.ui.theme import Theme, sheet
from annotator.ui.workspace import Workspace

Subject = tuple[str, Id, str]


class Inspector(QWidget):
    """The Details panel. It follows what is chosen; what was typed is written before it turns to something else."""

    link_requested = Signal(str, object)
    """A claim whose source is to be given; the attribution to change, or None to add one."""
    left = Signal()
    """Esc in a field that has no use for it: the article is to have the keyboard again."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = theme
        self.page: Page | None = None
        self._subject: Subject | None = None
        self._stale = True
        self._turning = False
        # A page takes several milliseconds to build: the mark in the text is painted first.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._pull)
        self.setAccessibleName(tr("Details"))
        self.setStyleSheet(sheet(theme))
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self._scroll))
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        workspace.changed.connect(self.mark_stale)
        workspace.article_changed.connect(self.mark_stale)
        workspace.chosen_changed.connect(self.mark_stale)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the article; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- following

    def mark_stale(self) -> None:
        """Write what was typed where another thing is chosen now; pull once the text has painted, or when next visible."""
        self._stale = True
        if self._turning:
            return
        if not self.isVisible() or self._wanted() != self._subject:
            self._commit()
        self._later.start()

    def _pull(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show what is chosen: the same page with present values, or another page."""
        self._stale = False
        subject = self._wanted()
        if subject == self._subject and self.page is not None and self.page.refresh():
            return
        self._commit()
        self._stale = False
        self._subject = subject
        self._turn_to(self._make(subject))

    def commit(self) -> None:
        """Write what was typed and not yet written; call it before the project is closed."""
        self._commit()
        if self._stale and self.isVisible():
            self.refresh()

    def _commit(self) -> None:
        if self.page is not None and self.workspace.project is not None and not self._turning:
            self._turning = True
            self.page.commit()
            self._turning = False

    def _wanted(self) -> Subject:
        annotated, project = self.workspace.annotated, self.workspace.project
        profile = project.profile if project is not None else "editor"
        if annotated is None:
            return "none", "", profile
        mark = annotated.by_id.get(self.workspace.chosen or "")
        kinds = ((Claim, "claim"), (SourceMention, "source"), (Mention, "entity"), (Cue, "cue"))
        for kind, name in kinds:
            if isinstance(mark, kind):
                return name, mark.id, profile
        return "article", annotated.article.id, profile

    def _make(self, subject: Subject) -> Page:
        name, id_, profile = subject
        if name == "claim":
            page = ClaimPage(self.workspace, self.theme, id_, profile)
            page.link_asked.connect(partial(self.link_requested.emit, id_))
            return page
        marks: dict[str, type[MarkPage]] = {"source": SourcePage, "entity": EntityPage, "cue": CuePage}
        if name in marks:
            return marks[name](self.workspace, self.theme, id_, profile)
        if name == "article":
            return ArticlePage(self.workspace, self.theme, id_, profile)
        return NoArticlePage(self.workspace, self.theme, profile)

    def _turn_to(self, page: Page) -> None:
        if self.page is not None:
            self._scroll.takeWidget()
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        page.refresh()
        self._scroll.setWidget(page)
        self._scroll.verticalScrollBar().setValue(0)
        page.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Pull what changed meanwhile."""
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def _keep_in_view(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Let the keyboard never go where one cannot see it."""
        page = self._scroll.widget()
        if new is not None and page is not None and page.isAncestorOf(new):
            self._scroll.ensureWidgetVisible(new, 0, 24)

    # -- what the window's keys reach

    def edit_note(self) -> bool:
        """Put the keyboard in the note; False where what is shown has none."""
        self.refresh_if_stale()
        if isinstance(self.page, ClaimPage | MarkPage):
            self.page.note_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def edit_verdict(self) -> bool:
        """Put the keyboard where a claim is checked; False where no claim is shown."""
        self.refresh_if_stale()
        if isinstance(self.page, ClaimPage):
            self.page.check.go()
            return True
        return False

    def edit_relations(self) -> bool:
        """Ask which other claim the one shown stands to; False where no claim is shown."""
        self.refresh_if_stale()
        if isinstance(self.page, ClaimPage):
            self.page.relations.begin()
            return True
        return False

    def edit_tags(self) -> bool:
        """Put the keyboard where tags are typed; False where no claim is shown."""
        self.refresh_if_stale()
        if isinstance(self.page, ClaimPage) and self.page.tags.isVisibleTo(self.page):
            self.page.tags.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def refresh_if_stale(self) -> None:
        """Pull where something changed while the panel was hidden."""
        if self._stale:
            self.refresh()

    def set_profile(self, _profile: str) -> None:
        """Show the fields of another profile; nothing is deleted by it."""
        self.mark_stale()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme; what was typed is written first."""
        self._commit()
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._subject = None
        self.mark_stale()
