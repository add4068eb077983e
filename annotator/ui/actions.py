"""The one table of what the window can do: menus, keys, palette, hints and the card of keys come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from PySide6.QtGui import QKeySequence

from annotator.language import tr
from annotator.model.values import ZONES
from annotator.vocabulary import title

Scope = Literal["window", "text"]
MENUS: dict[str, str] = {
    "file": tr("&File"),
    "edit": tr("&Edit"),
    "article": tr("&Article"),
    "mark": tr("&Mark"),
    "view": tr("&View"),
    "help": tr("&Help"),
    "article/zone": tr("&Zone of this paragraph"),
    "mark/shape": tr("S&hape"),
    "view/go": tr("&Go"),
    "view/panels": tr("Pan&els"),
    "view/profile": tr("Pro&file"),
    "view/look": tr("&Look"),
    "view/column": tr("&Width of the column"),
}
"""The menus by path, in order, with their words."""

WHY_NOT = {
    "project": tr("open a project first"),
    "article": tr("show an article first"),
    "selection": tr("select words first"),
    "chosen": tr("choose a mark first"),
    "claim": tr("choose a claim first"),
    "mention": tr("choose a source or an entity first"),
    "undo": tr("there is nothing to take back"),
    "redo": tr("nothing was taken back"),
}
"""Why a command cannot be run, by what it needs and is not there."""


@dataclass(frozen=True)
class Command:
    """One thing the window can do.

    ``menu`` is a path ("file", "article/zone"); ``section`` separates groups inside it. A command of scope "text" has
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
        return bare(self.words)

    @property
    def group(self) -> str:
        """The words of the menu it stands in."""
        return bare(MENUS[self.menu])


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
        return not self.why_not(command)

    def why_not(self, command: Command) -> str:
        """Return why a command cannot be run now; empty where it can."""
        lacking = next((need for need in command.needs if not getattr(self, need)), "")
        return WHY_NOT.get(lacking, tr("not here")) if lacking else ""


_PROJECT, _ARTICLE, _CHOSEN, _CLAIM = ("project",), ("article",), ("article", "chosen"), ("article", "claim")

COMMANDS: tuple[Command, ...] = (
    # -- File
    Command("project.new", tr("&New project…"), ("Ctrl+N",), "file", 0, "projects.new", tr("Make a new project: one file on your disk")),
    Command("project.open", tr("&Open…"), ("Ctrl+O",), "file", 0, "projects.open", tr("Open a project, or add articles to this one")),
    Command("project.sample", tr("Open the &sample"), (), "file", 0, "projects.open_sample", tr("Open the annotated sample article")),
    Command("article.paste", tr("Paste as &article…"), ("Ctrl+Shift+V",), "file", 1, "imports.paste",
            tr("Make an article of what is on the clipboard: headings, lists and tables stay what they are")),
    Command("article.paste_plain", tr("Paste as plain te&xt"), (), "file", 1, "imports.paste_plain",
            tr("Make an article of the words on the clipboard alone")),
    Command("project.add_folder", tr("Add a &folder…"), ("Ctrl+Shift+N",), "file", 1, "imports.add_folder",
            tr("Add every article in a folder and in the folders below it")),
    Command("project.import_list", tr("Files bein&g added"), ("Ctrl+Shift+I",), "file", 1, "imports.show_list",
            tr("The list of files that are being added, or were added last, with what came of each"), needs=_PROJECT),
    Command("report.export", tr("&Export report…"), ("Ctrl+E",), "file", 2, "library.report",
            tr("Write the annotated article as a Word document"), needs=_ARTICLE),
    Command("project.copy", tr("Save a &copy…"), (), "file", 3, "handover.save_copy",
            tr("Write a checked copy of the whole project, its history included"), needs=_PROJECT),
    Command("project.clean_copy", tr("Save a copy for o&thers…"), (), "file", 3, "handover.save_copy_for_others",
            tr("Write a copy without the history: what you deleted is not in it"), needs=_PROJECT),
    Command("project.code_book", tr("Code &book…"), ("Ctrl+Shift+K",), "file", 2, "handover.code_book",
            tr("The project’s lists of terms: tags, verdicts, affiliations, cue words; each with definition and example"),
            needs=_PROJECT),
    Command("project.house_rules", tr("&House rules…"), (), "file", 2, "handover.house_rules",
            tr("Which sourcing checks are made, how urgent each is, why, and whose standard it follows"), needs=_PROJECT),
    Command("project.check", tr("Chec&k the project"), (), "file", 3, "handover.check",
            tr("Look whether the file is as it should be; writes nothing"), needs=_PROJECT),
    Command("project.close", tr("C&lose project"), ("Ctrl+W",), "file", 4, "projects.close", tr("Close the project and go to the start page"),
            needs=_PROJECT),
    Command("app.preferences", tr("&Preferences…"), ("Ctrl+,",), "file", 4, "preferences.open", tr("Look, language, your name, paper")),
    Command("app.quit", tr("&Quit"), ("Ctrl+Q",), "file", 5, "window.close", tr("Everything is saved already")),
    # -- Edit
    Command("edit.undo", tr("&Undo"), ("Ctrl+Z",), "edit", 0, "history.undo", tr("Take back the last step, in whichever article it was"),
            needs=("undo",)),
    Command("edit.redo", tr("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "edit", 0, "history.redo", tr("Do the step again that was taken back"),
            needs=("redo",)),
    Command("edit.copy", tr("&Copy"), ("Ctrl+C",), "edit", 1, "navigation.copy", tr("Copy the selected words"), scope="text",
            needs=("article", "selection"), context=True),
    Command("find.open", tr("&Find in the article…"), ("Ctrl+F",), "edit", 2, "navigation.find", tr("Find words in the article"), needs=_ARTICLE),
    Command("find.next", tr("Find &next"), ("F3", "Ctrl+G"), "edit", 2, "navigation.find_next", tr("Go to the next place found"), needs=_ARTICLE),
    Command("find.previous", tr("Find &previous"), ("Shift+F3", "Ctrl+Shift+G"), "edit", 2, "navigation.find_previous",
            tr("Go to the place found before"), needs=_ARTICLE),
    Command("find.project", tr("Find in the pro&ject…"), ("Ctrl+Shift+F",), "edit", 2, "navigation.search_project",
            tr("Find words in all articles and notes"), needs=_PROJECT),
    Command("find.pattern", tr("Find a pa&ttern in the project…"), ("Ctrl+Alt+F",), "edit", 2, "library.search_pattern",
            tr("Find what matches a regular expression in all articles"), needs=_PROJECT),
    # -- Article
    Command("article.facts", tr("&Facts…"), ("Ctrl+I",), "article", 0, "library.facts",
            tr("Title, publication, byline, date, address, language"), needs=_ARTICLE),
    Command("article.original", tr("Show &original"), ("Ctrl+Shift+O",), "article", 0, "originals.toggle",
            tr("What this was read from, beside the article: its text, its source, what was changed in reading it; again closes it"),
            needs=_ARTICLE),
    Command("article.original_place", tr("Show t&his place in the original"), ("O",), "article", 0, "originals.show_place",
            tr("Go to the same words in the original: those selected, chosen or at the caret"), scope="text", needs=_ARTICLE,
            context=True),
    Command("article.save_original", tr("&Save the original as…"), (), "article", 0, "originals.save",
            tr("Write the file this was read from, byte for byte"), needs=_ARTICLE),
    *(
        Command(f"zone.{zone}", title(zone), (), "article/zone", 1, "articles.set_zone",
                tr("Make the paragraph at the caret {zone}", zone=title(zone)), needs=_ARTICLE, argument=zone, choice="zone")
        for zone in ZONES
    ),
    Command("library.group", tr("&Group…"), ("Ctrl+Shift+H",), "article", 2, "library.group",
            tr("Put the article, or those chosen in the library, under a heading of your own"), needs=_ARTICLE),
    Command("library.tags", tr("&Tags of the article…"), ("Ctrl+T",), "article", 2, "library.tags",
            tr("Tag the article, or those chosen in the library"), needs=_ARTICLE),
    Command("library.archive", tr("&Archive, or take out of it"), ("Ctrl+Shift+B",), "article", 2, "library.archive",
            tr("Put the article, or those chosen in the library, out of the way; its marks stay as they are"), needs=_ARTICLE),
    Command("article.next", tr("&Next article"), ("Alt+PgDown",), "article", 3, "articles.next", tr("Show the next article of the library"),
            needs=_ARTICLE),
    Command("article.previous", tr("&Previous article"), ("Alt+PgUp",), "article", 3, "articles.previous",
            tr("Show the article before this one"), needs=_ARTICLE),
    Command("article.delete", tr("&Delete article…"), (), "article", 4, "library.delete",
            tr("Remove the article with its marks; undo brings it back"), needs=_ARTICLE),
    # -- Mark
    Command("mark.claim", tr("&Claim"), ("C",), "mark", 0, "marking.mark", tr("Mark the selected words, or the sentence at the caret, as a claim"),
            scope="text", needs=_ARTICLE, argument="claim", hint=tr("claim"), context=True),
    Command("mark.source", tr("&Source"), ("S",), "mark", 0, "marking.mark", tr("Mark the selected words, or the word at the caret, as a source"),
            scope="text", needs=_ARTICLE, argument="source_mention", hint=tr("source"), context=True),
    Command("mark.entity", tr("&Entity"), ("E",), "mark", 0, "marking.mark", tr("Mark the selected words, or the word at the caret, as an entity"),
            scope="text", needs=_ARTICLE, argument="mention", hint=tr("entity"), context=True),
    Command("mark.not_a_claim", tr("Sentence is not a clai&m"), ("X",), "mark", 0, "marking.not_a_claim",
            tr("Say that the sentence at the caret holds no claim; again takes it back"), scope="text", needs=_ARTICLE, hint=tr("not a claim"),
            context=True),
    Command("link.source", tr("&Link claim to its source…"), ("L",), "mark", 1, "linking.link", tr("Say who stands behind the claim"),
            scope="text", needs=_ARTICLE, hint=tr("link"), context=True),
    Command("link.author", tr("Claim is the &author’s own voice"), ("Ctrl+.",), "mark", 1, "linking.author_voice",
            tr("Say that the author makes this claim"), needs=_ARTICLE, context=True),
    Command("link.nobody", tr("No&body is named for the claim"), ("Ctrl+Shift+.",), "mark", 1, "linking.nobody",
            tr("Say that the text names nobody: “it is believed”"), needs=_ARTICLE, context=True),
    Command("link.through", tr("Known throu&gh…"), ("Shift+L",), "mark", 1, "linking.through",
            tr("Say who passed the claim on: “the minister, the paper says, …”"), scope="text", needs=_CLAIM, context=True),
    Command("link.remove", tr("&Remove the claim’s links"), ("Ctrl+Shift+L",), "mark", 1, "linking.unlink", tr("Take back who stands behind the claim"),
            needs=_CLAIM, context=True),
    Command("mark.choose", tr("Choose among mar&ks here…"), (".",), "mark", 2, "viewing.choose_here",
            tr("List the marks that coincide at the caret"), scope="text", needs=_ARTICLE, hint=tr("marks here")),
    Command("mark.note", tr("&Note"), ("N",), "mark", 2, "marking.note", tr("Write a note about what is chosen"), scope="text", needs=_CHOSEN,
            hint=tr("note"), context=True),
    Command("mark.verdict", tr("&Verdict"), ("V",), "mark", 2, "marking.verdict", tr("Say how far the claim is checked"), scope="text",
            needs=_CLAIM, hint=tr("verdict"), context=True),
    Command("mark.relate", tr("Relate to other cla&ims…"), (), "mark", 2, "marking.relate",
            tr("Say who answers the claim, contradicts it or says the same"), needs=_CLAIM, context=True),
    Command("mark.tags", tr("&Tags"), ("T",), "mark", 2, "marking.tags", tr("Tag the claim"), scope="text", needs=_CLAIM),
    Command("span.end_later", tr("Grow the &end"), ("Alt+Right",), "mark/shape", 3, "marking.end_later",
            tr("One word more at the end of the selection or the chosen mark"), scope="text", needs=_ARTICLE),
    Command("span.end_earlier", tr("Shrink the e&nd"), ("Alt+Left",), "mark/shape", 3, "marking.end_earlier",
            tr("One word less at the end"), scope="text", needs=_ARTICLE),
    Command("span.start_earlier", tr("Grow the &start"), ("Alt+Shift+Left",), "mark/shape", 3, "marking.start_earlier",
            tr("One word more at the start"), scope="text", needs=_ARTICLE),
    Command("span.start_later", tr("Shrink the s&tart"), ("Alt+Shift+Right",), "mark/shape", 3, "marking.start_later",
            tr("One word less at the start"), scope="text", needs=_ARTICLE),
    Command("span.sentence", tr("Se&lect the sentence"), ("Ctrl+L",), "mark/shape", 3, "marking.select_sentence",
            tr("Select the sentence at the caret; again adds the next one"), scope="text", needs=_ARTICLE),
    Command("span.grow", tr("Grow to &word, sentence, paragraph"), ("Alt+Up",), "mark/shape", 3, "marking.grow",
            tr("Select the word at the caret; again the name, the sentence, the paragraph"), scope="text", needs=_ARTICLE),
    Command("span.shrink", tr("Shrink &back"), ("Alt+Down",), "mark/shape", 3, "marking.shrink_back",
            tr("Take back the last step the selection grew by"), scope="text", needs=_ARTICLE),
    Command("span.add", tr("&Add the selection as a part"), ("+", "="), "mark/shape", 4, "marking.add_part",
            tr("A quote interrupted by “she said” is one mark with two parts"), scope="text", needs=("article", "selection"), context=True),
    Command("span.cut", tr("&Cut the selection out"), ("-",), "mark/shape", 4, "marking.cut_out",
            tr("Take the selected words out of the chosen mark"), scope="text", needs=("article", "selection"), context=True),
    Command("span.split", tr("S&plit at the caret"), ("Ctrl+/",), "mark/shape", 4, "marking.split",
            tr("Make two marks of the chosen one; both keep its fields and links"), scope="text", needs=_CHOSEN, context=True),
    Command("mark.others", tr("Mark &other places of the name…"), ("Ctrl+M",), "mark", 4, "registers.mark_others",
            tr("Find every other place that says the name of the chosen source or entity, look at them and mark them"), needs=_ARTICLE,
            context=True),
    Command("register.merge", tr("Merge &with another entry…"), ("Ctrl+J",), "mark", 4, "registers.merge",
            tr("Make one entry of two that are the same source or entity"), needs=_ARTICLE),
    Command("register.split", tr("S&plit the entry…"), ("Ctrl+Shift+J",), "mark", 4, "registers.split",
            tr("Give some mentions of a source or entity an entry of their own"), needs=_ARTICLE),
    Command("mark.delete", tr("&Delete mark"), ("Del", "Backspace"), "mark", 5, "marking.delete", tr("Remove the chosen mark; undo brings it back"),
            scope="text", needs=_CHOSEN, context=True),
    # -- View
    Command("go.next", tr("Ne&xt mark"), ("]",), "view/go", 0, "navigation.next_mark", tr("Choose the next mark"), scope="text", needs=_ARTICLE,
            hint=tr("next")),
    Command("go.previous", tr("Pre&vious mark"), ("[",), "view/go", 0, "navigation.previous_mark", tr("Choose the mark before"), scope="text",
            needs=_ARTICLE),
    *(
        Command(f"go.{way}_{kind}", words, (key,), "view/go", 1, f"navigation.{way}_of_kind", tip, scope="text", needs=_ARTICLE, argument=mark)
        for way, kind, mark, key, words, tip in (
            ("next", "claim", "claim", "Shift+C", tr("Next &claim"), tr("Choose the next claim")),
            ("previous", "claim", "claim", "Ctrl+Shift+C", tr("Previous c&laim"), tr("Choose the claim before")),
            ("next", "source", "source_mention", "Shift+S", tr("Next &source"), tr("Choose the next place that names a source")),
            ("previous", "source", "source_mention", "Ctrl+Shift+S", tr("Previous so&urce"), tr("Choose the place before that names a source")),
            ("next", "entity", "mention", "Shift+E", tr("Next &entity"), tr("Choose the next place that names an entity")),
            ("previous", "entity", "mention", "Ctrl+Shift+E", tr("Previous en&tity"), tr("Choose the place before that names an entity")),
        )
    ),
    Command("go.next_unchecked", tr("Next claim to chec&k"), ("F7",), "view/go", 1, "checks.next_unchecked",
            tr("Choose the next claim that is worth checking and not checked yet, and say how many are left"), needs=_ARTICLE),
    Command("go.next_name", tr("Next na&me not marked"), ("W",), "view/go", 1, "navigation.next_name",
            tr("Select the next name that is neither source nor entity yet; then S or E marks it"), scope="text", needs=_ARTICLE,
            hint=tr("next name")),
    Command("go.next_open", tr("Next &open sentence"), ("J",), "view/go", 0, "navigation.next_open",
            tr("Go to the next sentence nobody has looked at"), scope="text", needs=_ARTICLE, hint=tr("next open sentence")),
    Command("go.previous_open", tr("Previous o&pen sentence"), ("K",), "view/go", 0, "navigation.previous_open",
            tr("Go to the open sentence before"), scope="text", needs=_ARTICLE),
    Command("go.follow", tr("&Follow the link"), ("F",), "view/go", 0, "linking.follow",
            tr("From a claim to where its source is named, from a source to its claims"), scope="text", needs=_CHOSEN, hint=tr("follow"),
            context=True),
    Command("go.back", tr("&Back from the link"), ("B",), "view/go", 0, "linking.back", tr("Go back to where the link was followed from"),
            scope="text", needs=_ARTICLE, hint=tr("back")),
    Command("view.filter", tr("Filter &marks…"), ("Ctrl+D",), "view", 0, "viewing.filter",
            tr("Let marks of some kind, type, source, check, tag or coder stand out"), needs=_ARTICLE),
    Command("view.filter_rest", tr("&Hide the rest, or dim it"), ("Ctrl+Shift+D",), "view", 0, "viewing.hide_rest",
            tr("Leave out the marks that do not match, or draw them thin and pale"), needs=_ARTICLE),
    Command("view.filter_clear", tr("&Show all marks"), (), "view", 0, "viewing.clear_filter", tr("Close the filter"), needs=_ARTICLE),
    Command("view.palette", tr("&Command palette"), ("Ctrl+K",), "view", 1, "window.open_palette", tr("Search everything the window can do")),
    Command("view.library", tr("Librar&y"), ("Ctrl+1",), "view", 1, "navigation.library", tr("Go to the library; twice folds it"), needs=_PROJECT),
    Command("library.arrange", tr("Sort and group the li&brary…"), ("Ctrl+Shift+A",), "view", 1, "library.arrange",
            tr("Sort articles, put them under headings, list those of one tag"), needs=_PROJECT),
    Command("library.archived", tr("Archive&d articles"), (), "view", 1, "library.show_archived",
            tr("Show the archived articles at the end of the library, or fold them away"), needs=_PROJECT),
    Command("view.ledger", tr("Cl&aim ledger…"), ("F9",), "view", 1, "checks.ledger",
            tr("What is said more than once, over all articles: who says it where, and how far it is checked"), needs=_PROJECT),
    Command("view.evidence", tr("E&vidence of the project…"), ("Shift+F9",), "view", 1, "checks.evidence",
            tr("Every piece of evidence with the claims that rest on it"), needs=_PROJECT),
    Command("view.next_place", tr("Next &place"), ("F6",), "view", 1, "navigation.next_place",
            tr("Notices, library, text, cards, panel"), needs=_PROJECT),
    Command("view.previous_place", tr("P&revious place"), ("Shift+F6",), "view", 1, "navigation.previous_place",
            tr("Panel, cards, text, library, notices"), needs=_PROJECT),
    *(
        Command(f"panel.{panel}", words, (key,), "view/panels", 1, "navigation.show_panel", tip, needs=_PROJECT, argument=panel)
        for panel, words, key, tip in (
            ("details", tr("&Details"), "Ctrl+2", tr("All there is to say of what is chosen")),
            ("claims", tr("&Claims"), "Ctrl+3", tr("Every claim with who says it and how far it is checked")),
            ("sources", tr("&Sources"), "Ctrl+4", tr("Everybody who speaks in the article")),
            ("entities", tr("&Entities"), "Ctrl+5", tr("Persons, places and things the project knows")),
            ("audit", tr("A&udit"), "Ctrl+7", tr("How many claims say who speaks, who is quoted how much, and what the house rules ask")),
            ("history", tr("&History"), "Ctrl+6", tr("Every step taken, to go back to or forward to")),
        )
    ),
    Command("view.next_panel", tr("Next p&anel"), ("Ctrl+PgDown",), "view/panels", 2, "navigation.next_panel", tr("Show the next panel"), needs=_PROJECT),
    Command("view.previous_panel", tr("Previous pa&nel"), ("Ctrl+PgUp",), "view/panels", 2, "navigation.previous_panel",
            tr("Show the panel before"), needs=_PROJECT),
    *(
        Command(f"profile.{profile}", title(profile), (), "view/profile", 2, "window.choose_profile",
                tr("Which fields and panels show; nothing is deleted by it"), needs=_PROJECT, argument=profile, choice="profile")
        for profile in ("teacher", "editor", "researcher")
    ),
    *(
        Command(f"theme.{look}", words, (), "view/look", 2, "preferences.choose_look", tr("Light or dark"), argument=look, choice="look")
        for look, words in (
            ("system", tr("As the s&ystem")), ("light", tr("&Light")), ("dark", tr("&Dark")),
            ("light-contrast", tr("Light, &high contrast")), ("dark-contrast", tr("Dark, high &contrast")),
        )
    ),
    *(
        Command(f"column.{width}", words, (), "view/column", 2, "viewing.set_width", tr("How many letters stand in a line"),
                argument=width, choice="column")
        for width, words in (("narrow", tr("&Narrow")), ("usual", tr("&Usual")), ("wide", tr("&Wide")))
    ),
    Command("view.numbers", tr("Line &numbers"), ("F8",), "view", 2, "viewing.number_lines", tr("Number every fifth line"),
            needs=_ARTICLE, argument="on", choice="numbered"),
    Command("view.alone", tr("Only the te&xt"), ("F11",), "view", 2, "viewing.toggle_alone",
            tr("Only the article with its margin; Esc or F11 brings everything back"), needs=_ARTICLE, argument="on", choice="alone"),
    Command("zoom.in", tr("Zoom &in"), ("Ctrl++", "Ctrl+="), "view", 3, "navigation.zoom_in", tr("Larger text"), needs=_ARTICLE),
    Command("zoom.out", tr("Zoom &out"), ("Ctrl+-",), "view", 3, "navigation.zoom_out", tr("Smaller text"), needs=_ARTICLE),
    Command("zoom.reset", tr("Usual si&ze"), ("Ctrl+0",), "view", 3, "navigation.zoom_reset", tr("Text at 100 %"), needs=_ARTICLE),
    # -- Help
    Command("help.keys", tr("&Keys…"), ("F1",), "help", 0, "help.show_keys", tr("Every key: look it up, change it, print the card")),
    Command("help.tour", tr("&Tour in the sample"), (), "help", 0, "help.start_tour",
            tr("Mark, link and report in the sample article, step by step; goes on where it was left")),
    Command("help.about", tr("&About Article Annotator"), (), "help", 1, "help.about", tr("Version, licence, where your files are")),
)  # fmt: skip

ALSO = {
    "project.new": tr("create file"),
    "project.open": tr("add article, import files, load"),
    "project.add_folder": tr("import files, directory, many articles"),
    "project.import_list": tr("list of files, import, progress, failed"),
    "article.paste": tr("add article, import clipboard"),
    "article.paste_plain": tr("add article, import clipboard"),
    "report.export": tr("word document, docx, print, save report"),
    "project.copy": tr("backup, save as"),
    "project.clean_copy": tr("share, send, hand over"),
    "project.code_book": tr("codes, categories, glossary"),
    "project.house_rules": tr("standards, checks, findings, newsroom"),
    "panel.audit": tr("sourcing, figures, findings, who speaks, statistics"),
    "app.preferences": tr("settings, options"),
    "app.quit": tr("exit"),
    "find.project": tr("search all articles"),
    "find.pattern": tr("search, regular expression, regex"),
    "find.open": tr("search"),
    "article.facts": tr("metadata, properties, author"),
    "article.original": tr("source file, as it was, pdf"),
    "article.delete": tr("remove article"),
    "library.group": tr("folder, collection, heading"),
    "mark.delete": tr("remove mark"),
    "mark.note": tr("comment"),
    "mark.verdict": tr("check, evidence, fact-check, true, false, status"),
    "go.next_unchecked": tr("verify, fact-check, to do, worth checking"),
    "view.evidence": tr("sources checked against, references, bibliography, citations"),
    "mark.relate": tr("reply, contradicts, supports, same as, relation, two accounts"),
    "view.ledger": tr("same claims, repeated, says the same, corroboration"),
    "register.merge": tr("join, duplicate"),
    "help.keys": tr("shortcuts, help"),
}  # fmt: skip
"""Other words by which people look for a command in the palette."""

_BY_ID = {c.id: c for c in COMMANDS}
_SHOWN_KEYS = {
    "Del": tr("Del"), "Ins": tr("Ins"), "Backspace": "⌫", "PgDown": tr("PgDn"), "PgUp": tr("PgUp"), "Right": "→", "Left": "←", "Up": "↑", "Down": "↓",
    "Return": "↵", "Enter": "↵", "Space": tr("Space"),
}  # fmt: skip
_NAMED = {
    "claim": "mark.claim", "source": "mark.source", "entity": "mark.entity", "not_a_claim": "mark.not_a_claim",
    "link": "link.source", "next_open": "go.next_open", "previous_open": "go.previous_open",
    "next": "go.next", "note": "mark.note", "verdict": "mark.verdict",
    "open": "project.open", "paste": "article.paste", "undo": "edit.undo", "redo": "edit.redo", "find": "find.open",
    "export": "report.export", "palette": "view.palette", "library": "view.library", "keys": "help.keys",
}  # fmt: skip
_own: dict[str, tuple[str, ...]] = {}


def command(id_: str) -> Command:
    """Return a command by its id. Raises KeyError."""
    return _BY_ID[id_]


def take_keys(own: Mapping[str, tuple[str, ...]]) -> None:
    """Take the user's own keys, by command; all others keep those of the table."""
    global _own  # one program has one person at its keyboard, as it speaks one language
    _own = {id_: tuple(keys) for id_, keys in own.items() if id_ in _BY_ID}
    _window_keys.cache_clear()


def keys_of(id_: str) -> tuple[str, ...]:
    """Return the keys a command has now: the user's own, else those of the table."""
    return _own[id_] if id_ in _own else _BY_ID[id_].keys


def key_of(id_: str) -> str:
    """Return a command's first key as it is shown on a cap; empty where it has none."""
    keys = keys_of(id_)
    return key_words(keys[0]) if keys else ""


def said_key(id_: str) -> str:
    """Return a command's key as a sentence names it; its words in quotes where it has none."""
    return key_of(id_) or tr("“{command}”", command=_BY_ID[id_].plain)


def caps() -> dict[str, str]:
    """Return the keys that sentences name, by what they are for: made anew each time, as a person may change them."""
    return {name: said_key(id_) for name, id_ in _NAMED.items()}


def with_key(words: str, id_: str) -> str:
    """Return words with a command's key behind them, as every tool tip tells it."""
    key = key_of(id_)
    return tr("{words} ({key})", words=words, key=key) if key else words


def is_window_key(key: QKeySequence) -> bool:
    """Say whether a key belongs to the window wherever the keyboard is, in a field too."""
    return key.toString(QKeySequence.SequenceFormat.PortableText) in _window_keys()


@cache
def _window_keys() -> frozenset[str]:
    undoing = ("edit.undo", "edit.redo")  # a field has its own undo first
    ids = (c.id for c in COMMANDS if c.scope == "window" and c.id not in undoing)
    return frozenset(key for id_ in ids for key in keys_of(id_))


def key_words(key: str) -> str:
    """Return a key as it is shown on a cap: "Alt+→"."""
    held, last = (key[:-2].split("+"), "+") if key.endswith("++") else (key.split("+")[:-1], key.split("+")[-1] or "+")
    return "+".join([*(part for part in held if part), _SHOWN_KEYS.get(last, last)])


def bare(words: str) -> str:
    """Return words without the marks of underlined letters."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def hints(*ids: str) -> list[tuple[str, str]]:
    """Return the first key and the hint of some commands, for the line above the article."""
    return [(key_of(i), _BY_ID[i].hint or _BY_ID[i].plain) for i in ids if keys_of(i)]
