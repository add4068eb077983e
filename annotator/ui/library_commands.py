"""What can be done with the articles chosen in the library, and how the library is sorted and grouped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import ArticleSummary, Project
from annotator.ui.actions import key_of, said_key
from annotator.ui.article_commands import ArticleCommands
from annotator.ui.frame import open_menu
from annotator.ui.panels.library import Library
from annotator.ui.panels.library_model import ARCHIVED, GROUPS, SORTS, Arrangement, Heading
from annotator.ui.theme import Theme, font
from annotator.ui.waiting import MANY, working
from annotator.ui.workspace import Workspace
from annotator.vocabulary import capital, count

MOST_IN_MENU = 15
"""More groups or tags than this are chosen in the dialog."""


class LibraryCommands:
    """Verbs about the articles chosen in the library; where none is, about the one shown."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        library: Library,
        articles: ArticleCommands,
        theme: Callable[[], Theme],
        export: Callable[[Id | None, Sequence[Id]], object],
        say: Callable[[str], None],
        to_library: Callable[[], object],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._library = library
        self._articles = articles
        self._theme = theme
        self._export = export
        self._say = say
        self._to_library = to_library
        library.menu_asked.connect(self.menu)
        library.delete_asked.connect(self.delete)
        library.arranging_asked.connect(self.arrange)
        library.dropped.connect(self._drop_on)

    def _chosen(self) -> list[Id]:
        """Return the articles meant: those chosen while the keyboard is in the library, else the one shown."""
        shown = self._workspace.article
        chosen = self._library.chosen if self._library.list.held else []
        return chosen or ([shown] if shown is not None else [])

    def _summaries(self) -> list[ArticleSummary]:
        return self._library.summaries_of(self._chosen())

    # -- verbs

    def facts(self) -> None:
        """Edit the facts of the chosen article, or those that several share."""
        chosen = self._chosen()
        if len(chosen) == 1:
            self._articles.facts(chosen[0])
            return
        from annotator.ui.dialogs.library_dialogs import SharedFactsDialog  # only now: the window starts without it

        summaries = self._summaries()
        if not summaries:
            return
        dialog = SharedFactsDialog(self._theme(), [s.article for s in summaries], self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and (facts := dialog.changed()):
            self._do(len(chosen), lambda p: p.edit_articles(chosen, **facts))
        dialog.deleteLater()

    def group(self) -> None:
        """Put the chosen articles into a group, or take them out of theirs."""
        from annotator.ui.dialogs.library_dialogs import GroupDialog  # only now: the window starts without it

        project, summaries = self._workspace.project, self._summaries()
        if project is None or not summaries:
            return
        names = {s.article.group_name or "" for s in summaries}
        now = names.pop() if len(names) == 1 else ""
        titles = [s.article.title for s in summaries]
        dialog = GroupDialog(self._theme(), project.groups(), now, titles, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._put_into([s.article.id for s in summaries], dialog.group)
        dialog.deleteLater()

    def set_group(self, name: str | None) -> None:
        """Put the chosen articles into a group by its name; None takes them out."""
        self._put_into(self._chosen(), name)

    def _put_into(self, articles: list[Id], name: str | None) -> None:
        n = len(articles)
        if not self._do(n, lambda p: p.set_group(articles, name)):
            return
        if name is None:
            self._say(trn("Took {n} article out of its group", "Took {n} articles out of their groups", n))
        else:
            self._say(
                trn("Put {n} article into the group “{name}”", "Put {n} articles into the group “{name}”", n, name=name)
            )

    def _drop_on(self, head: Heading) -> None:
        """Put the articles that were dragged into the group they were dropped on."""
        self._put_into(self._library.chosen, head.group or None)

    def tags(self) -> None:
        """Set the tags of the chosen articles."""
        from annotator.ui.dialogs.library_dialogs import TagsDialog  # only now: the window starts without it

        project, summaries = self._workspace.project, self._summaries()
        if project is None or not summaries:
            return
        has = {s.article.id: frozenset(s.tags) for s in summaries}
        titles = [s.article.title for s in summaries]
        dialog = TagsDialog(self._theme(), project.article_tags(), list(has.values()), titles, self._window)
        said = dialog.exec() == QDialog.DialogCode.Accepted
        changes = dialog.changed() if said else {}
        dialog.deleteLater()
        if changes and self._do(len(has), lambda p: _tag(p, list(has), changes)):
            self._say(trn("Set the tags of {n} article", "Set the tags of {n} articles", len(has)))

    def tag(self, tag: str, on: bool) -> None:
        """Give the chosen articles a tag, or take it away."""
        chosen = self._chosen()
        self._do(len(chosen), lambda p: p.tag_articles(chosen, tag, on))

    def archive(self) -> None:
        """Put the chosen articles into the archive; where all are there, take them out."""
        summaries = self._summaries()
        if not summaries:
            return
        on = not all(s.article.archived for s in summaries)
        ids = [s.article.id for s in summaries]
        if self._do(len(ids), lambda p: p.archive(ids, on)):
            n = len(ids)
            words = trn("Archived {n} article", "Archived {n} articles", n) if on else trn(
                "Took {n} article out of the archive", "Took {n} articles out of the archive", n
            )  # fmt: skip
            self._say(tr("{what}. {undo} takes it back.", what=words, undo=said_key("edit.undo")))

    def delete(self) -> None:
        """Remove the chosen articles once the user said so."""
        chosen = self._chosen()
        if len(chosen) == 1:
            self._articles.delete(chosen[0])
            return
        from annotator.ui.dialogs.ask import confirm  # only now: the window starts without it

        summaries = self._summaries()
        if not summaries:
            return
        text = tr(
            "{articles} go with all their marks, {claims} among them. {undo} brings everything back.",
            articles=count(len(summaries), "article"),
            claims=count(sum(s.claims for s in summaries), "claim"),
            undo=said_key("edit.undo"),
        )
        verb = trn("Delete {n} article", "Delete {n} articles", len(summaries))
        if not confirm(self._window, self._theme(), tr("{verb}?", verb=verb), text, verb):
            return
        if self._do(len(chosen), lambda p: p.delete_articles(chosen)):
            words = trn("Deleted {n} article", "Deleted {n} articles", len(chosen))
            self._say(tr("{what}. {undo} takes it back.", what=words, undo=said_key("edit.undo")))

    def report(self) -> None:
        """Export a report of the chosen articles; of the one shown, but offering those, away from the library."""
        chosen = self._library.chosen
        several = chosen if len(chosen) > 1 else ()
        self._export(chosen[0] if chosen and self._library.list.held else None, several)

    def show_archived(self) -> None:
        """Show the archived articles, or fold them away again."""
        self._to_library()
        if not any(s.article.archived for s in self._library.summaries):
            self._say(tr("No article is archived."))
        else:
            self._library.show_archived()

    def search_pattern(self) -> None:
        """Go to the search field, for a pattern."""
        self._to_library()
        self._library.start_search(pattern=True)

    # -- menus

    def menu(self, at: QPoint) -> None:
        """Offer what can be done with the chosen articles, or with those under a heading."""
        head = self._library.list.current
        if isinstance(head, Heading) and self._library.list.held:
            self._heading_menu(head, at)
            return
        summaries = self._summaries()
        if not summaries:
            return
        menu = QMenu(self._window)
        one = summaries[0].article.id if len(summaries) == 1 else None
        if one is None:
            _heading(menu, trn("{n} article", "{n} articles", len(summaries)))
            menu.addSeparator()
        self._add(menu, "article.facts", tr("Facts…") if one else tr("Facts they share…"), self.facts)
        if one is not None:
            menu.addAction(tr("Show original"), lambda: self._articles.original(one))
        menu.addSeparator()
        self._group_menu(menu, summaries)
        self._tag_menu(menu, summaries)
        archived = all(s.article.archived for s in summaries)
        self._add(menu, "library.archive", tr("Take out of the archive") if archived else tr("Archive"), self.archive)
        menu.addSeparator()
        if one is not None:
            menu.addAction(tr("Export report…"), lambda: self._export(one, ()))
        else:
            menu.addAction(tr("Export report of these…"), self.report)
        menu.addSeparator()
        words = tr("Delete article…") if one else trn("Delete {n} article…", "Delete {n} articles…", len(summaries))
        menu.addAction(words, self.delete)
        self._open(menu, at)

    def _heading_menu(self, head: Heading, at: QPoint) -> None:
        menu, library = QMenu(self._window), self._library
        menu.addAction(tr("Fold") if head.open else tr("Unfold"), lambda: library.list.folded.emit(head))
        menu.addAction(
            trn("Choose the {n} article", "Choose the {n} articles", head.articles), lambda: library.choose_under(head)
        )
        if head.group:
            menu.addSeparator()
            menu.addAction(tr("Rename group…"), lambda: self.rename_group(head.name))
            menu.addAction(tr("Dissolve group"), lambda: self._rename(head.name, None))
        self._open(menu, at)

    def rename_group(self, old: str) -> None:
        """Ask for another name of a group."""
        from annotator.ui.dialogs.library_dialogs import NameDialog  # only now: the window starts without it

        dialog = NameDialog(self._theme(), old, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.name not in ("", old):
            new = dialog.name
            self._rename(old, new)
        dialog.deleteLater()

    def _rename(self, old: str, new: str | None) -> None:
        project = self._workspace.project
        n = next((n for name, n in project.groups() if name == old), 0) if project is not None else 0
        self._do(n, lambda p: p.rename_group(old, new))

    def _do(self, n: int, verb: Callable[[Project], None]) -> bool:
        """Run a verb about so many articles, saying first where that takes its time; False where it failed."""
        with working(self._say, long=n >= MANY):
            return bool(self._workspace.do(lambda p: _done(verb(p))))

    def _add(self, menu: QMenu, id_: str, words: str, act: Callable[[], object]) -> QAction:
        """Add an act with its command's key beside it."""
        key = key_of(id_)
        return menu.addAction(f"{words}\t{key}" if key else words, act)

    def _group_menu(self, menu: QMenu, summaries: list[ArticleSummary]) -> None:
        project = self._workspace.project
        if project is None:
            return
        below = menu.addMenu(tr("Group"))
        here = {s.article.group_name for s in summaries}
        for name, _ in project.groups()[:MOST_IN_MENU]:
            action = below.addAction(name.replace("&", "&&"), partial(self.set_group, name))
            action.setCheckable(True)
            action.setChecked(here == {name})
        below.addSeparator()
        self._add(below, "library.group", tr("Other or new group…"), self.group)
        if here != {None}:
            below.addAction(tr("In no group"), partial(self.set_group, None))

    def _tag_menu(self, menu: QMenu, summaries: list[ArticleSummary]) -> None:
        project = self._workspace.project
        if project is None:
            return
        below = menu.addMenu(tr("Tags"))
        for tag in project.article_tags()[:MOST_IN_MENU]:
            every = all(tag in s.tags for s in summaries)
            action = below.addAction(tag.replace("&", "&&"), partial(self.tag, tag, not every))
            action.setCheckable(True)
            action.setChecked(every)
        below.addSeparator()
        self._add(below, "library.tags", tr("Tags…"), self.tags)

    def arrange(self) -> None:
        """Open the menu of sorting, grouping and what is listed at all."""
        self._to_library()
        library, menu = self._library, QMenu(self._window)
        now = library.arrangement
        _heading(menu, tr("Sort by"))
        for sort in SORTS:
            self._choice(menu, "sort", capital(SORTS[sort]), now.sort == sort, replace(now, sort=sort))
        self._switch(menu, tr("The other way round"), now.down, lambda: library.set_arrangement(replace(now, down=not now.down)))  # fmt: skip
        menu.addSeparator()
        _heading(menu, tr("Headings by"))
        for group in GROUPS:
            self._choice(menu, "group", capital(GROUPS[group]), now.group == group, replace(now, group=group))
        menu.addSeparator()
        self._tag_choices(menu)
        archived = sum(s.article.archived for s in library.summaries)
        act = self._switch(
            menu, tr("Archived ({n})", n=archived), ARCHIVED in now.folded, lambda: library.set_arrangement(now.turned(ARCHIVED))
        )  # fmt: skip
        act.setEnabled(archived > 0)
        if not now.usual:
            menu.addSeparator()
            menu.addAction(tr("As usual"), lambda: library.set_arrangement(Arrangement(folded=now.folded)))
        button = library.arrange_button
        self._open(menu, _under(button, menu.sizeHint().width()))

    def _tag_choices(self, menu: QMenu) -> None:
        project, library = self._workspace.project, self._library
        now = library.arrangement
        below = menu.addMenu(tr("Only with the tag"))
        tags = list(project.article_tags()) if project is not None else []
        if now.tag and now.tag not in tags:
            tags.append(now.tag)
        for tag in tags:
            self._choice(below, "tag", tag.replace("&", "&&"), now.tag == tag, replace(now, tag=tag))
        below.setEnabled(bool(tags or now.tag))
        if now.tag:
            below.addSeparator()
            below.addAction(tr("Any tag"), lambda: library.set_arrangement(replace(now, tag="")))

    def _choice(self, menu: QMenu, name: str, words: str, on: bool, wanted: Arrangement) -> None:
        """Add one of several ways to arrange; ``name`` says which of them exclude each other."""
        group = menu.findChild(QActionGroup, name) or QActionGroup(menu)
        group.setObjectName(name)
        action = menu.addAction(words, lambda: self._library.set_arrangement(wanted))
        action.setCheckable(True)
        action.setChecked(on)
        group.addAction(action)

    @staticmethod
    def _switch(menu: QMenu, words: str, on: bool, act: Callable[[], object]) -> QAction:
        action = menu.addAction(words, act)
        action.setCheckable(True)
        action.setChecked(on)
        return action

    def _open(self, menu: QMenu, at: QPoint) -> None:
        open_menu(menu, self._theme(), at)


def _heading(menu: QMenu, words: str) -> None:
    """Add words that can only be read: over a part of a menu."""
    made = menu.addAction(words)
    made.setEnabled(False)
    made.setFont(font("small", 600))


def _under(button: QWidget, width: int) -> QPoint:
    """Return where a menu opens under a button, at its start."""
    rect = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
    return QPoint(rect.right() - width, rect.bottom() + 2) if button.isRightToLeft() else rect.bottomLeft()


def _tag(project: Project, articles: list[Id], changes: dict[str, bool]) -> None:
    """Give and take away tags as one step."""
    named = trn("set the tags of {n} article", "set the tags of {n} articles", len(articles))
    with project.one_step(named):
        for tag, on in changes.items():
            project.tag_articles(articles, tag, on)


def _done(_: object) -> bool:
    """Say that a verb which returns nothing was done."""
    return True
