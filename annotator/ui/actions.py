"""The one table of what the window can do: menus, keys, the command palette, hints and the list of keys come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.model.values import ZONES
from annotator.ui.labels import plain_tip
from annotator.ui.menu_keys import MenuKeys
from annotator.vocabulary import title

Scope = Literal["window", "text"]
MENUS = ("&File", "&Edit", "&Article", "&Mark", "&View", "&Help")


@dataclass(frozen=True)
class Command:
    """One thing the window can do.

    ``menu`` is a path ("File", "Article/Zone"); ``section`` separates groups inside it. A command of scope "text" has
    its keys only while the article's text has the keyboard. ``handler`` names a controller and its method. ``needs``
    lists what must be there (names of Situation); ``choice`` names the value of Situation that ``argument`` is one of.
    """

    id: str
    words: str
    keys: tuple[str, ...]
    menu: str
    section: int
    handler: str
    tip: str
    scope: Scope = "window"
    needs: tuple[str, ...] = ()
    argument: str | None = None
    choice: str = ""
    hint: str = ""
    context: bool = False

    @property
    def plain(self) -> str:
        """The words without the mark of the underlined letter."""
        return self.words.replace("&", "")


@dataclass(frozen=True)
class Situation:
    """What is open, shown and chosen: decides which commands can be run and which of several values is ticked."""

    project: bool = False
    article: bool = False
    selection: bool = False
    chosen: bool = False
    claim: bool = False
    mention: bool = False
    undo: str = ""
    redo: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])

    def allows(self, command: Command) -> bool:
        """Say whether everything a command needs is there."""
        return all(bool(getattr(self, need)) for need in command.needs)


_PROJECT, _ARTICLE, _CHOSEN, _CLAIM = ("project",), ("article",), ("article", "chosen"), ("article", "claim")

COMMANDS: tuple[Command, ...] = (
    # -- File
    Command("project.new", "&New project…", ("Ctrl+N",), "File", 0, "projects.new", "Make a new project: one file on your disk"),
    Command("project.open", "&Open…", ("Ctrl+O",), "File", 0, "projects.open", "Open a project, or add articles to this one"),
    Command("project.sample", "Open the &sample", (), "File", 0, "projects.open_sample", "Open the annotated sample article"),
    Command("article.paste", "Paste as &article…", ("Ctrl+Shift+V",), "File", 1, "imports.paste",
            "Make an article of the text on the clipboard"),
    Command("report.export", "&Export report…", ("Ctrl+E",), "File", 2, "handover.export",
            "Write the annotated article as a Word document", needs=_ARTICLE),
    Command("project.copy", "Save a &copy…", (), "File", 3, "handover.save_copy",
            "Write a checked copy of the whole project, its history included", needs=_PROJECT),
    Command("project.clean_copy", "Save a copy for o&thers…", (), "File", 3, "handover.save_copy_for_others",
            "Write a copy without the history: what you deleted is not in it", needs=_PROJECT),
    Command("project.check", "Chec&k the project", (), "File", 3, "handover.check",
            "Look whether the file is as it should be; writes nothing", needs=_PROJECT),
    Command("project.close", "C&lose project", ("Ctrl+W",), "File", 4, "projects.close", "Close the project and go to the start page",
            needs=_PROJECT),
    Command("app.preferences", "&Preferences…", ("Ctrl+,",), "File", 4, "preferences.open", "Look, language, your name, paper"),
    Command("app.quit", "&Quit", ("Ctrl+Q",), "File", 5, "window.quit", "Everything is saved already"),
    # -- Edit
    Command("edit.undo", "&Undo", ("Ctrl+Z",), "Edit", 0, "history.undo", "Take back the last step, in whichever article it was",
            needs=("undo",)),
    Command("edit.redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", 0, "history.redo", "Do the step again that was taken back",
            needs=("redo",)),
    Command("edit.copy", "&Copy", ("Ctrl+C",), "Edit", 1, "navigation.copy", "Copy the selected words", scope="text",
            needs=("article", "selection"), context=True),
    Command("find.open", "&Find in the article…", ("Ctrl+F",), "Edit", 2, "navigation.find", "Find words in the article", needs=_ARTICLE),
    Command("find.next", "Find &next", ("F3", "Ctrl+G"), "Edit", 2, "navigation.find_next", "Go to the next place found", needs=_ARTICLE),
    Command("find.previous", "Find &previous", ("Shift+F3", "Ctrl+Shift+G"), "Edit", 2, "navigation.find_previous",
            "Go to the place found before", needs=_ARTICLE),
    Command("find.project", "Find in the pro&ject…", ("Ctrl+Shift+F",), "Edit", 2, "navigation.search_project",
            "Find words in all articles and notes", needs=_PROJECT),
    # -- Article
    Command("article.facts", "&Facts…", ("Ctrl+I",), "Article", 0, "articles.facts",
            "Title, publication, byline, date, address, language", needs=_ARTICLE),
    Command("article.original", "&Original file…", (), "Article", 0, "articles.original",
            "The file this was read from, and what was changed in reading it", needs=_ARTICLE),
    *(
        Command(f"zone.{zone}", title(zone), (), "Article/&Zone of this paragraph", 1, "articles.set_zone",
                f"Make the paragraph at the caret {zone}", needs=_ARTICLE, argument=zone, choice="zone")
        for zone in ZONES
    ),
    Command("article.next", "&Next article", ("Alt+PgDown",), "Article", 2, "articles.next", "Show the next article of the library",
            needs=_ARTICLE),
    Command("article.previous", "&Previous article", ("Alt+PgUp",), "Article", 2, "articles.previous",
            "Show the article before this one", needs=_ARTICLE),
    Command("article.delete", "&Delete article…", (), "Article", 3, "articles.delete",
            "Remove the article with its marks; undo brings it back", needs=_ARTICLE),
    # -- Mark
    Command("mark.claim", "&Claim", ("C",), "Mark", 0, "marking.mark", "Mark the selected words, or the sentence at the caret, as a claim",
            scope="text", needs=_ARTICLE, argument="claim", hint="claim", context=True),
    Command("mark.source", "&Source", ("S",), "Mark", 0, "marking.mark", "Mark the selected words, or the word at the caret, as a source",
            scope="text", needs=_ARTICLE, argument="source_mention", hint="source", context=True),
    Command("mark.entity", "&Entity", ("E",), "Mark", 0, "marking.mark", "Mark the selected words, or the word at the caret, as an entity",
            scope="text", needs=_ARTICLE, argument="mention", hint="entity", context=True),
    Command("mark.not_a_claim", "Sentence is not a clai&m", ("X",), "Mark", 0, "marking.not_a_claim",
            "Say that the sentence at the caret holds no claim; again takes it back", scope="text", needs=_ARTICLE, hint="not a claim",
            context=True),
    Command("link.source", "&Link claim to its source…", ("L",), "Mark", 1, "linking.link", "Say who stands behind the claim",
            scope="text", needs=_ARTICLE, hint="link", context=True),
    Command("link.author", "Claim is the &author’s own voice", ("Ctrl+.",), "Mark", 1, "linking.author_voice",
            "Say that the author makes this claim", needs=_ARTICLE, context=True),
    Command("link.nobody", "Nobody is na&med for the claim", ("Ctrl+Shift+.",), "Mark", 1, "linking.nobody",
            "Say that the text names nobody: “it is believed”", needs=_ARTICLE, context=True),
    Command("link.remove", "&Remove the claim’s links", ("Ctrl+Shift+L",), "Mark", 1, "linking.unlink", "Take back who stands behind the claim",
            needs=_CLAIM, context=True),
    Command("mark.note", "&Note", ("N",), "Mark", 2, "marking.note", "Write a note about what is chosen", scope="text", needs=_CHOSEN,
            hint="note", context=True),
    Command("mark.verdict", "&Verdict", ("V",), "Mark", 2, "marking.verdict", "Say how far the claim is checked", scope="text",
            needs=_CLAIM, hint="verdict", context=True),
    Command("mark.tags", "&Tags", ("T",), "Mark", 2, "marking.tags", "Tag the claim", scope="text", needs=_CLAIM),
    Command("span.end_later", "Grow the &end", ("Alt+Right",), "Mark/S&hape", 3, "marking.end_later",
            "One word more at the end of the selection or the chosen mark", scope="text", needs=_ARTICLE),
    Command("span.end_earlier", "Shrink the e&nd", ("Alt+Left",), "Mark/S&hape", 3, "marking.end_earlier",
            "One word less at the end", scope="text", needs=_ARTICLE),
    Command("span.start_earlier", "Grow the &start", ("Alt+Shift+Left",), "Mark/S&hape", 3, "marking.start_earlier",
            "One word more at the start", scope="text", needs=_ARTICLE),
    Command("span.start_later", "Shrink the s&tart", ("Alt+Shift+Right",), "Mark/S&hape", 3, "marking.start_later",
            "One word less at the start", scope="text", needs=_ARTICLE),
    Command("span.sentence", "Select the sen&tence", ("Ctrl+L",), "Mark/S&hape", 3, "marking.select_sentence",
            "Select the sentence at the caret; again adds the next one", scope="text", needs=_ARTICLE),
    Command("span.add", "&Add the selection as a part", ("+", "="), "Mark/S&hape", 4, "marking.add_part",
            "A quote interrupted by “she said” is one mark with two parts", scope="text", needs=("article", "selection"), context=True),
    Command("span.cut", "&Cut the selection out", ("-",), "Mark/S&hape", 4, "marking.cut_out",
            "Take the selected words out of the chosen mark", scope="text", needs=("article", "selection"), context=True),
    Command("span.split", "S&plit at the caret", ("Ctrl+/",), "Mark/S&hape", 4, "marking.split",
            "Make two marks of the chosen one; both keep its fields and links", scope="text", needs=_CHOSEN, context=True),
    Command("mark.delete", "&Delete mark", ("Delete", "Backspace"), "Mark", 5, "marking.delete", "Remove the chosen mark; undo brings it back",
            scope="text", needs=_CHOSEN, context=True),
    # -- View
    Command("go.next", "Ne&xt mark", ("]",), "View/&Go", 0, "navigation.next_mark", "Choose the next mark", scope="text", needs=_ARTICLE,
            hint="next"),
    Command("go.previous", "Pre&vious mark", ("[",), "View/&Go", 0, "navigation.previous_mark", "Choose the mark before", scope="text",
            needs=_ARTICLE),
    Command("go.next_open", "Next &open sentence", ("J",), "View/&Go", 0, "navigation.next_open",
            "Go to the next sentence nobody has looked at", scope="text", needs=_ARTICLE, hint="next open sentence"),
    Command("go.previous_open", "Previous o&pen sentence", ("K",), "View/&Go", 0, "navigation.previous_open",
            "Go to the open sentence before", scope="text", needs=_ARTICLE),
    Command("go.follow", "&Follow the link", ("F",), "View/&Go", 0, "linking.follow",
            "From a claim to where its source is named, from a source to its claims", scope="text", needs=_CHOSEN, hint="follow",
            context=True),
    Command("go.back", "&Back from the link", ("B",), "View/&Go", 0, "linking.back", "Go back to where the link was followed from",
            scope="text", needs=_ARTICLE, hint="back"),
    Command("view.palette", "&Command palette", ("Ctrl+K",), "View", 1, "window.open_palette", "Search everything the window can do"),
    Command("view.library", "&Library", ("Ctrl+1",), "View", 1, "navigation.library", "Go to the library; again folds it", needs=_PROJECT),
    Command("view.next_place", "Next &place", ("F6",), "View", 1, "navigation.next_place",
            "Library, text, cards, panel", needs=_PROJECT),
    Command("view.previous_place", "Previous place", ("Shift+F6",), "View", 1, "navigation.previous_place",
            "Panel, cards, text, library", needs=_PROJECT),
    Command("view.next_panel", "Next p&anel", ("Ctrl+PgDown",), "View", 1, "navigation.next_panel", "Show the next panel", needs=_PROJECT),
    Command("view.previous_panel", "Previous pa&nel", ("Ctrl+PgUp",), "View", 1, "navigation.previous_panel",
            "Show the panel before", needs=_PROJECT),
    *(
        Command(f"profile.{profile}", title(profile), (), "View/Pro&file", 2, "window.choose_profile",
                "Which fields and panels show; nothing is deleted by it", needs=_PROJECT, argument=profile, choice="profile")
        for profile in ("teacher", "editor", "researcher")
    ),
    *(
        Command(f"theme.{look}", words, (), "View/&Look", 2, "preferences.choose_look", "Light or dark", argument=look, choice="look")
        for look, words in (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
    ),
    Command("zoom.in", "Zoom &in", ("Ctrl++", "Ctrl+="), "View", 3, "navigation.zoom_in", "Larger text", needs=_ARTICLE),
    Command("zoom.out", "Zoom &out", ("Ctrl+-",), "View", 3, "navigation.zoom_out", "Smaller text", needs=_ARTICLE),
    Command("zoom.reset", "Usual si&ze", ("Ctrl+0",), "View", 3, "navigation.zoom_reset", "Text at 100 %", needs=_ARTICLE),
    # -- Help
    Command("help.keys", "&Keys", ("F1",), "Help", 0, "window.show_keys", "Every key, to read, copy or print"),
    Command("help.about", "&About Article Annotator", (), "Help", 1, "window.about", "Version, licence, where your files are"),
)  # fmt: skip

_BY_ID = {c.id: c for c in COMMANDS}
_SHOWN_KEYS = {"Delete": "Del", "Backspace": "⌫", "PgDown": "PgDn", "Right": "→", "Left": "←", "Up": "↑", "Down": "↓"}


def command(id_: str) -> Command:
    """Return a command by its id."""
    return _BY_ID[id_]


def key_words(key: str) -> str:
    """Return a key as it is shown on a cap: "Alt+→"."""
    *held, last = ("Ctrl", "+") if key == "Ctrl++" else key.split("+") if key != "+" else ("+",)
    return "+".join([*held, _SHOWN_KEYS.get(last, last)])


def hints(*ids: str) -> list[tuple[str, str]]:
    """Return the first key and the hint of some commands, for the line above the article."""
    return [(key_words(_BY_ID[i].keys[0]), _BY_ID[i].hint or _BY_ID[i].plain) for i in ids]


def key_list() -> str:
    """Return every key with what it does, as plain text to read or print."""
    lines: list[str] = []
    for menu in dict.fromkeys(c.menu.split("/")[0] for c in COMMANDS):
        lines += [menu, "-" * len(menu)]
        for c in COMMANDS:
            if c.keys and c.menu.split("/")[0] == menu:
                where = "  (in the article)" if c.scope == "text" else ""
                lines.append(f"{', '.join(key_words(k) for k in c.keys):<24}{c.plain.rstrip('…')}{where}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


class Actions(QObject):
    """The table made into actions, put into menus and given to the widgets whose keys they are."""

    def __init__(self, window: QWidget, text: QWidget, controllers: Mapping[str, object]) -> None:
        """Make every action. Raises AttributeError where a handler is missing."""
        super().__init__(window)
        self._menu_keys = MenuKeys(self)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for each in COMMANDS:
            action = self._make(each, controllers)
            (text if each.scope == "text" else window).addAction(action)
            self._actions[each.id] = action

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def _make(self, each: Command, controllers: Mapping[str, object]) -> QAction:
        action = QAction(each.words, self)
        action.setObjectName(each.id)
        action.setToolTip(plain_tip(each.tip))
        action.setStatusTip(each.tip)
        action.setShortcuts([QKeySequence(key) for key in each.keys])
        in_text = each.scope == "text"
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if in_text else Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_ROLES.get(each.id, QAction.MenuRole.NoRole))
        if each.choice:
            action.setCheckable(True)
            group = self._groups.setdefault(each.choice, QActionGroup(self))
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
            group.addAction(action)
        controller, _, method = each.handler.partition(".")
        handler: Callable[..., object] = getattr(controllers[controller], method)
        run = partial(handler, each.argument) if each.argument is not None else handler
        action.triggered.connect(lambda _checked=False, run=run: run())
        return action

    def follow(self, situation: Situation) -> None:
        """Enable what can be run, tick what is set, and name the steps that undo and redo would take."""
        for each in COMMANDS:
            action = self._actions[each.id]
            action.setEnabled(situation.allows(each))
            if each.choice:
                action.setChecked(situation.values.get(each.choice) == each.argument)
        self["edit.undo"].setText(f"&Undo: {situation.undo.replace('&', '&&')}" if situation.undo else "&Undo")
        self["edit.redo"].setText(f"&Redo: {situation.redo.replace('&', '&&')}" if situation.redo else "&Redo")

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put everything into menus; returns them by path, without the marks of underlined letters."""
        self._menu_keys.watch(bar)
        menus: dict[str, QMenu] = {}
        for words in MENUS:
            menus[words.replace("&", "")] = self._menu(bar.addMenu(words))
        last: dict[str, int] = {}
        for each in COMMANDS:
            top, _, below = each.menu.partition("/")
            path = each.menu.replace("&", "")
            if below and path not in menus:
                _separate(menus[top], last, top, each.section)
                menus[path] = self._menu(menus[top].addMenu(below))
            menu = menus[path]
            _separate(menu, last, path, each.section)
            menu.addAction(self._actions[each.id])
        return menus

    def _menu(self, menu: QMenu) -> QMenu:
        menu.setToolTipsVisible(True)
        self._menu_keys.watch(menu)
        return menu

    def context_menu(self, parent: QWidget, ids: Iterable[str] | None = None) -> QMenu:
        """Return a menu of what can be done with what is selected or chosen."""
        menu = self._menu(QMenu(parent))
        section: int | None = None
        for each in COMMANDS:
            wanted = each.id in ids if ids is not None else each.context
            if not wanted or not self._actions[each.id].isEnabled():
                continue
            group = hash((each.menu, each.section))
            if section not in (None, group):
                menu.addSeparator()
            section = group
            menu.addAction(self._actions[each.id])
        return menu


_ROLES = {
    "app.quit": QAction.MenuRole.QuitRole,
    "app.preferences": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


def _separate(menu: QMenu, last: dict[str, int], path: str, section: int) -> None:
    if path in last and last[path] != section:
        menu.addSeparator()
    last[path] = section
