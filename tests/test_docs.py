"""What README, manual and guide promise: every command is run or checked; every key, link and picture is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from annotator import cli, exporters, importers
from annotator.__main__ import PACKAGES
from annotator.importers import containers, limits
from annotator.importers.pdf import file as pdf_file
from annotator.ui.actions import COMMANDS, key_words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "command-line.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
MOST_BYTES = 120_000

MEANS = {
    "mark as claim, source, entity": ("mark.claim", "mark.source", "mark.entity"),
    "say who says the chosen claim": ("link.source",),
    "next, previous mark": ("go.next", "go.previous"),
    "the author's own voice": ("link.author",),
    "next, previous sentence nobody has looked at": ("go.next_open", "go.previous_open"),
    "nobody is named": ("link.nobody",),
    "this sentence is not a claim": ("mark.not_a_claim",),
    "through whom it is known": ("link.through",),
    "next name that is not marked": ("go.next_name",),
    "follow the link, come back": ("go.follow", "go.back"),
    "select word, name, sentence, paragraph; shrink back": ("span.grow", "span.shrink"),
    "note, verdict, tags": ("mark.note", "mark.verdict", "mark.tags"),
    "the end a word later, earlier": ("span.end_later", "span.end_earlier"),
    "mark every other place of the name": ("mark.others",),
    "add the selection to the chosen mark, cut it out": ("span.add", "span.cut"),
    "merge two entries, split one": ("register.merge", "register.split"),
    "choose among marks that coincide": ("mark.choose",),
    "filter marks": ("view.filter",),
    "code book": ("project.code_book",),
    "remove the chosen mark": ("mark.delete",),
    "line numbers, only the text": ("view.numbers", "view.alone"),
    "find in the article": ("find.open",),
    "history": ("panel.history",),
    "undo, redo": ("edit.undo", "edit.redo"),
    "next, previous part of the window": ("view.next_place", "view.previous_place"),
    "export a report": ("report.export",),
    "every command, every key": ("view.palette", "help.keys"),
    "add files, a folder, what was copied": ("project.open", "project.add_folder", "article.paste"),
    "search the project, by a pattern": ("find.project", "find.pattern"),
    "the original beside the article, this place in it": ("article.original", "article.original_place"),
    "sort the library; group, tag, put away": ("library.arrange", "library.group", "library.tags", "library.archive"),
}
"""What the key table of README says, and the commands that do it."""

IN_THE_TEXT = {
    "choose what is here; again: its details, or which of several": ["Enter"],
    "back: to the article, then to nothing chosen": ["Esc"],
}
"""Keys of the caret itself, which are no commands."""

NO_COMMAND = {
    "Enter", "Esc", "Tab", "Space", "Shift", "Ctrl", "Alt", "F2", "Backspace", "↑", "↓", "←", "→",  # everywhere
    "Ctrl+Enter",  # the link card
    "Shift+Enter",  # the list of keys
    "Shift+Del",  # the bar of the filter
    "Z",  # the preview
}  # fmt: skip
"""Keys that documents name and that belong to fields, lists and dialogs."""

IN_LISTS_TOO = {"Ctrl+J", "Del", "Alt+↑", "Alt+↓", "F6", "Ctrl+Z"}
"""Keys of commands that do the like in lists, or the same everywhere: a chapter need not explain them again."""


def fenced(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def command_lines(text: str) -> list[list[str]]:
    lines = [line for block in fenced(text) for line in block.splitlines() if line.strip()]
    return [shlex.split(part) for line in lines for part in line.split(" && ")]


def coded(text: str) -> list[list[str]]:
    """Return the words of every command in backquotes: ``annotator new PROJECT [--coder NAME]``."""
    found = re.findall(r"`(annotator(?: [^`]*)?)`", text)
    return [re.sub(r"[\[\]|\\]", " ", words).split() for words in found]


def options(command: click.Command) -> set[str]:
    return {o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)}


# -- installing


def test_the_install_commands_name_what_the_package_has() -> None:
    python, pip, script = command_lines(README)[:3]
    assert python == ["python3", "-m", "venv", ".venv"]
    assert pip == [".venv/bin/pip", "install", "."]
    assert script == [".venv/bin/annotator"] and "annotator" in PROJECT["scripts"]


def test_the_test_command_names_an_extra_that_brings_the_test_runner() -> None:
    python, pip, run = command_lines(README)[3:6]
    assert python == ["python3", "-m", "venv", ".venv"]
    extra = re.fullmatch(r"\.\[(\w+)\]", pip[-1])
    assert pip[:-1] == [".venv/bin/pip", "install", "-e"] and extra
    needs = PROJECT["optional-dependencies"][extra[1]]
    assert run == [".venv/bin/pytest"] and any(n.startswith("pytest>") for n in needs)


def test_the_system_packages_are_those_the_program_names() -> None:
    wanted = next(words for words in command_lines(README) if words[0] == "apt-get")
    assert wanted == ["apt-get", "install", *PACKAGES.split()]


def test_every_fenced_command_is_one_these_tests_know() -> None:
    known = {"python3", ".venv/bin/pip", ".venv/bin/annotator", ".venv/bin/pytest", "apt-get", "annotator"}
    assert {words[0] for page in PAGES for words in command_lines(page.read_text("utf-8"))} <= known


# -- the command line


def test_the_commands_without_a_window_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text("Harbour wall holds\n\nThe port says the wall is sound.\n", "utf-8")
    shown = [words[1:] for words in command_lines(README) if words[0] == "annotator"]
    assert [words[0] for words in shown] == ["new", "import", "list", "report", "check", "backup"]
    for words in shown:
        assert cli.run(words, lambda _: 0) == 0, words
        assert not capsys.readouterr().err, words
    assert sorted(p.name for p in tmp_path.glob("*.*")) == ["article.txt", "copy.annot", "harbour.annot", "report.docx"]


def test_the_manual_names_every_command_and_option_and_no_other() -> None:
    told = {words[1]: words for words in coded(MANUAL) if len(words) > 1}
    assert set(told) == set(cli.main.commands)
    for name, words in told.items():
        named = {w for w in words if w.startswith("--")}
        assert named == options(cli.main.commands[name]), name


def test_the_manual_names_the_arguments_in_order() -> None:
    for words in coded(MANUAL):
        if len(words) < 2 or words[1] == "open":
            continue
        wanted = [p.name for p in cli.main.commands[words[1]].params if isinstance(p, click.Argument)]
        before = words[2 : next((n for n, w in enumerate(words) if w.startswith("--")), len(words))]
        told = [w.partition(".")[0].lower().removesuffix("...") for w in before if w.isupper() or "." in w]
        assert len(told) <= len(wanted) and told[0] == wanted[0], words


def test_the_manual_names_every_choice() -> None:
    for name, command in cli.main.commands.items():
        line = next(line for line in MANUAL.splitlines() if line.startswith(f"| `annotator {name}"))
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice):
                assert all(str(choice) in line for choice in parameter.type.choices), (name, parameter.name)
    assert sorted(exporters.KINDS) == ["annotated"]


def test_every_command_answers_help() -> None:
    for name in cli.main.commands:
        assert cli.run([name, "--help"], lambda _: 0) == 0


# -- keys


def keys_in(text: str) -> list[str]:
    return re.findall(r"<kbd>(.+?)</kbd>", text)


def shown_keys(id_: str) -> set[str]:
    """Return the keys of a command, as they are pressed and as they stand on a cap."""
    keys = next(c.keys for c in COMMANDS if c.id == id_)
    return {*keys, *map(key_words, keys)}


def table(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines][2:]


def key_rows() -> list[tuple[str, str]]:
    rows = table(README.partition("## Keys")[2].partition("##")[0])
    return [(row[n], row[n + 1]) for row in rows for n in (0, 2) if row[n]]


def test_every_key_of_the_table_does_what_it_says() -> None:
    told = dict.fromkeys(MEANS, "")
    for keys, meaning in key_rows():
        if IN_THE_TEXT.get(meaning) == keys_in(keys):
            continue
        assert meaning in MEANS, f"nobody checks “{meaning}”"
        for key, id_ in zip(keys_in(keys), MEANS[meaning], strict=True):
            assert key in shown_keys(id_), (key, id_)
        told[meaning] = keys
    assert all(told.values()), "a row of the table is gone"


@pytest.mark.parametrize("page", GUIDE, ids=lambda p: p.stem)
def test_the_keys_of_a_chapter_are_those_of_the_commands_it_names(page: Path) -> None:
    by_words = {c.plain.rstrip("…"): c.id for c in COMMANDS}
    for keys, words in table(page.read_text("utf-8").partition("## Keys of this chapter")[2]):
        assert words in by_words, f"no command “{words}”"
        assert set(keys_in(keys)) <= shown_keys(by_words[words]), (keys, words)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_key_a_page_names_is_one(page: Path) -> None:
    there = NO_COMMAND.union(*(shown_keys(c.id) for c in COMMANDS))
    assert set(keys_in(page.read_text("utf-8"))) <= there


@pytest.mark.parametrize("page", GUIDE, ids=lambda p: p.stem)
def test_a_chapter_ends_with_all_the_keys_it_teaches(page: Path) -> None:
    """A key taught in the text and left out of the table below it would be checked by nobody."""
    mark = "## Keys of this chapter"
    told, _, rows = page.read_text("utf-8").partition(mark)
    if page.stem == "index":  # it names keys of all chapters
        rows = "".join(p.read_text("utf-8").partition(mark)[2] for p in GUIDE)
    assert set(keys_in(told)) <= set(keys_in(rows)) | NO_COMMAND | IN_LISTS_TOO


def test_the_tour_names_keys_that_are_there() -> None:
    tour = keys_in(README.partition("## Five minutes")[2].partition("## Keys")[0])
    assert {"J", "C", "X", "S", "E", "L", "Ctrl+D", "Ctrl+E", "Ctrl+Z"} <= set(tour)


# -- reading


READING = (ROOT / "docs" / "guide" / "reading.md").read_text("utf-8")


def section(page: str, heading: str) -> str:
    return page.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_the_guide_says_of_every_kind_of_file_what_is_kept() -> None:
    told = section(READING, "What is kept, format by format")
    assert set(re.findall(r"`(\.\w+)`", told)) == set(importers.EXTENSIONS)


def test_every_choice_and_state_the_guide_explains_is_called_so_in_the_window() -> None:
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "annotator" / "ui").rglob("*.py"))
    said = set(re.findall(r'"((?:[^"\\]|\\.)*)"', sources))
    files = section((ROOT / "docs" / "guide" / "many-at-once.md").read_text("utf-8"), "The list of files")
    choices = [row[0] for row in table(READING.partition("### How it is read\n")[2].partition("\n#")[0])]
    names = [*choices, *(row[0] for row in table(files)), *re.findall(r"^- (\*.+?\*)", files, re.MULTILINE)]
    assert len(names) > 15
    for name in names:
        words = [name] if name.strip("*") in said else name.split(", ")  # "added, *please check*" is said in two places
        assert {part.strip("*") for part in words} <= said, name


def test_the_guide_states_the_limits_as_they_are() -> None:
    told = section(READING, "Limits")
    for limit in (
        f"{limits.FILE_BYTES // 10**6} MB (plain text and Markdown {limits.TEXT_BYTES // 10**6} MB)",
        f"{limits.TEXT_CODE_POINTS:,} characters, {limits.PARAGRAPHS:,} paragraphs, {limits.LINES:,} lines",
        f"{containers.ENTRIES:,} parts, {containers.UNPACKED_BYTES // 10**6} MB unpacked",
        f"{pdf_file.PAGES:,} pages, {pdf_file.UNPACKED_BYTES // 10**6} MB unpacked",
        f"{limits.CPU_SECONDS} seconds of work",
        f"{limits.TOTAL_SECONDS // 60:.0f} minutes in all",
    ):
        assert limit in told


def test_every_refusal_the_guide_explains_is_one_a_reader_gives() -> None:
    said = "".join(p.read_text("utf-8") for p in (ROOT / "annotator" / "importers").rglob("*.py"))
    quoted = [words for words, _ in table(section(READING, "When a file is refused"))]
    refusals = re.findall(r"“(.+?)”", " ".join(quoted))
    assert len(refusals) > len(quoted)
    for refusal in refusals:
        assert all(part.strip() in said for part in refusal.split("…")), refusal


# -- links


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, place = target.partition("#")
        leads_to = page.parent / file if file else page
        assert leads_to.exists(), f"{page.name}: {target}"
        assert not place or place in headings(leads_to), f"{page.name}: {target}"


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    words = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", w.casefold()).replace(" ", "-") for w in words}


def test_the_index_leads_to_every_chapter() -> None:
    index = (ROOT / "docs" / "guide" / "index.md").read_text("utf-8")
    rows = index.partition("## Chapters")[2]
    assert set(re.findall(r"^\| \[.+?\]\(([\w-]+\.md)\)", rows, re.MULTILINE)) == {p.name for p in GUIDE} - {"index.md"}


# -- pictures


def test_every_picture_is_shown_in_some_document_and_says_what_it_shows() -> None:
    shown: set[str] = set()
    for page in PAGES:
        for words, target in re.findall(r"!\[(.*?)\]\(([^)\s]+)\)", page.read_text("utf-8")):
            assert words, f"{page.name}: {target} has no words"
            shown.add((page.parent / target).resolve().name)
    assert shown == {p.name for p in PICTURES}


def test_every_picture_is_small_and_made_by_the_command_that_makes_them_all() -> None:
    makers = ("guide.py", "guide_reading.py")
    maker = "".join((ROOT / "tests" / "e2e" / name).read_text("utf-8") for name in makers)
    for picture in PICTURES:
        assert picture.stat().st_size < MOST_BYTES, picture.name
        assert f'"{picture.stem}"' in maker, picture.name


# -- the empty page


def test_the_empty_page_names_keys_that_are_there() -> None:
    from annotator.ui.article.empty import _ways

    there = {key for c in COMMANDS for key in c.keys}
    assert {key for key, _ in _ways()} - {"Drop"} <= there
