"""What README and the manual promise: every command they show is run or checked, every key and link exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from annotator import cli, exporters
from annotator.__main__ import PACKAGES
from annotator.ui.actions import COMMANDS, key_words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "command-line.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

MEANS = {
    "mark the selection as claim, source, entity": ("mark.claim", "mark.source", "mark.entity"),
    "say who says the chosen claim": ("link.source",),
    "next, previous mark": ("go.next", "go.previous"),
    "write a note": ("mark.note",),
    "next, previous sentence nobody has looked at": ("go.next_open", "go.previous_open"),
    "this sentence is not a claim": ("mark.not_a_claim",),
    "follow the link": ("go.follow",),
    "add the selection to the chosen mark, cut it out": ("span.add", "span.cut"),
    "remove the chosen mark": ("mark.delete",),
    "find in the article": ("find.open",),
    "every command, by name": ("view.palette",),
    "undo, redo": ("edit.undo", "edit.redo"),
    "next, previous part of the window": ("view.next_place", "view.previous_place"),
    "the author's own voice": ("link.author",),
    "nobody is named": ("link.nobody",),
    "export a report": ("report.export",),
}
"""What the key table says, and the commands that do it."""

IN_THE_TEXT = {"what is here; again: the next one": "Enter", "back: to the article, then to nothing chosen": "Esc"}
"""Keys of the caret itself, which are no commands."""


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


def key_rows() -> list[tuple[str, str]]:
    table = README.partition("## Keys")[2].partition("##")[0]
    cells = [
        [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines() if line.startswith("|")
    ]
    return [(row[n], row[n + 1]) for row in cells[2:] for n in (0, 2)]


def test_every_key_of_the_table_does_what_it_says() -> None:
    commands = {c.id: c for c in COMMANDS}
    told = dict.fromkeys(MEANS, "")
    for keys, meaning in key_rows():
        if IN_THE_TEXT.get(meaning) == keys:
            continue
        assert meaning in MEANS, f"nobody checks “{meaning}”"
        named = [k.strip("` ") for k in re.split(r"` `|, ", keys)]
        for key, id_ in zip(named, MEANS[meaning], strict=True):
            assert key in (*commands[id_].keys, *map(key_words, commands[id_].keys)), (key, id_)
        told[meaning] = keys
    assert all(told.values()), "a row of the table is gone"


def test_the_tour_names_keys_that_are_there() -> None:
    tour = README.partition("## Five minutes")[2].partition("## Keys")[0]
    named = {k for k in re.findall(r"`([^`]+)`", tour) if re.fullmatch(r"(?:Ctrl\+)?\S", k)}
    there = {key for c in COMMANDS for key in c.keys}
    assert {"C", "S", "E", "L", "Ctrl+Z"} <= named
    assert named <= there


# -- links


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target) and not target.startswith("#"):
            assert (page.parent / target.partition("#")[0]).exists(), f"{page.name}: {target}"


def test_the_empty_page_names_keys_that_are_there() -> None:
    from annotator.ui.article.empty import _ways

    there = {key for c in COMMANDS for key in c.keys}
    assert {key for key, _ in _ways()} - {"Drop"} <= there
