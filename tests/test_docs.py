"""What README, manual and guide promise: every command is run or checked; every key, link and picture is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from contextlib import closing
from pathlib import Path

import click
import pytest

from annotator import cli, exporters, importers, paths
from annotator.__main__ import PACKAGES
from annotator.analysis import sourcing
from annotator.exporters import figures
from annotator.exporters.options import options_of
from annotator.importers import containers, limits
from annotator.importers.pdf import file as pdf_file
from annotator.project import Project
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
    "audit, export a report": ("panel.audit", "report.export"),
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
    "Z",  # the preview of an article
    "PgUp", "PgDn", "Home", "End", "W",  # the pages of a report
    "A",  # the findings of the audit
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
    assert [words[0] for words in shown] == [
        "new", "import", "list", "audit", "report", "report", "check", "backup",
    ]  # fmt: skip
    for words in shown:
        assert cli.run(words, lambda _: 0) == 0, words
        assert not capsys.readouterr().err, words
    written = ["article.txt", "audit.html", "copy.annot", "harbour.annot", "report.docx"]
    assert sorted(p.name for p in tmp_path.glob("*.*")) == written


def test_every_command_the_guide_names_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.ui.render import renderer  # a PDF is among them

    monkeypatch.chdir(tmp_path)
    Path("sample.annot").write_bytes(paths.resource("sample.annot").read_bytes())
    told = [words[1:] for page in GUIDE for words in coded(page.read_text("utf-8")) if len(words) > 1]
    assert {"list", "audit", "report"} <= {words[0] for words in told}
    for words in told:
        here = ["sample.annot" if word == "PROJECT" else word for word in words]
        assert cli.run(here, lambda _: 0, renderer) == 0, words


def commands(group: click.Group = cli.main, before: str = "") -> dict[str, click.Command]:
    """Return every command by its words: "report", and "annotations export" of a group."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        words = f"{before}{name}"
        found |= commands(command, f"{words} ") if isinstance(command, click.Group) else {words: command}
    return found


def called(words: list[str]) -> str:
    """Return which command a line of the manual calls."""
    return " ".join(words[1:3]) if words[1] in cli.main.commands and words[1] not in commands() else words[1]


def test_the_manual_names_every_command_and_option_and_no_other() -> None:
    told = {called(words): words for words in coded(MANUAL) if len(words) > 1}
    assert set(told) == set(commands())
    for name, words in told.items():
        named = {w for w in words if w.startswith("--")}
        assert named == options(commands()[name]), name


def test_the_manual_names_the_arguments_in_order() -> None:
    for words in coded(MANUAL):
        if len(words) < 2 or words[1] == "open":
            continue
        wanted = [p.name for p in commands()[called(words)].params if isinstance(p, click.Argument)]
        before = words[
            1 + len(called(words).split()) : next((n for n, w in enumerate(words) if w.startswith("--")), len(words))
        ]
        told = [w.partition(".")[0].lower().removesuffix("...") for w in before if w.isupper() or "." in w]
        assert len(told) <= len(wanted) and told[0] == wanted[0], words


def test_the_manual_names_every_choice() -> None:
    for name, command in commands().items():
        line = next(line for line in MANUAL.splitlines() if line.startswith(f"| `annotator {name}"))
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice):
                assert all(str(choice) in line for choice in parameter.type.choices), (name, parameter.name)
    assert all(f"| `{kind}` |" in MANUAL for kind in exporters.KINDS)
    named = {name for kind in exporters.KINDS for option in options_of(kind) for name in [option.name]}
    assert all(f"`{name}`" in MANUAL for name in named)


def test_every_command_answers_help() -> None:
    for name in commands():
        assert cli.run([*name.split(), "--help"], lambda _: 0) == 0


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


def tables(text: str) -> list[list[str]]:
    """Return the rows of all tables of a text, without their heads."""
    return [row for part in re.split(r"\n\n", text) for row in table(part)]


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


# -- the audit and the reports


AUDIT = (ROOT / "docs" / "guide" / "audit.md").read_text("utf-8")


def test_the_guide_says_of_every_figure_how_it_is_counted() -> None:
    told = {row[0]: row[1] for row in tables(section(AUDIT, "Every figure"))}
    assert told == {words.title: words.counted for words in figures.WORDS.values()}


def test_the_figures_the_guide_reads_are_those_of_the_sample(tmp_path: Path) -> None:
    copy = tmp_path / "sample.annot"
    copy.write_bytes(paths.resource("sample.annot").read_bytes())
    with closing(Project.open(copy)) as project:
        counted = sourcing.audit([sourcing.tally(project.annotated(project.article_ids()[0]))])
    shown = {
        w.title: figures.per_cent(counted.figures[k].share) for k, w in figures.WORDS.items() if k in counted.figures
    }
    told = re.findall(r"^- \*\*(.+?), (\d+ %)\*\*", section(AUDIT, "How to read them"), re.MULTILINE)
    assert len(told) > 3
    for title, share in told:
        assert shown[title] == share


def test_the_guide_says_of_every_report_what_can_be_chosen() -> None:
    told = dict(tables(section((ROOT / "docs" / "guide" / "reports.md").read_text("utf-8"), "What goes in")))
    assert told == {
        title: ", ".join(f"*{option.words}*" for option in options_of(kind)) for kind, title in exporters.KINDS.items()
    }


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
    makers = ("guide.py", "guide_reading.py", "guide_reports.py")
    maker = "".join((ROOT / "tests" / "e2e" / name).read_text("utf-8") for name in makers)
    for picture in PICTURES:
        assert picture.stat().st_size < MOST_BYTES, picture.name
        assert f'"{picture.stem}"' in maker, picture.name


# -- the empty page


def test_the_empty_page_names_keys_that_are_there() -> None:
    from annotator.ui.article.empty import _ways

    there = {key for c in COMMANDS for key in c.keys}
    assert {key for key, _ in _ways()} - {"Drop"} <= there
