"""Every word a person reads passes through ``annotator.language``: reads the source and looks for words outside it.

A string literal counts as words where a letter, a space and a letter follow each other in it, or where it begins like a
name of a thing: a capital and a small letter. An f-string counts where a whole word stands in it. Not looked at: what
stands where no person reads (``QUIET``), docstrings, annotations, keys, comparisons, patterns and ``__all__``.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import paths
from annotator.exporters.word.styles import STYLES

HOME = Path(paths.__file__).parent
ROOMS = ("ui", "project", "storage", "importers", "exporters", "interchange")
MODULES = ("__main__", "anchoring", "errors", "settings", "text", "vocabulary")
FILES = [
    f for room in ROOMS for f in sorted((HOME / room).rglob("*.py")) if f.parent != HOME / "exporters" / "word"
] + [HOME / f"{m}.py" for m in MODULES]
SPEAK = {"tr": 1, "trn": 2, "trc": 2}
"""The doors, and how many literals each takes first."""

QUIET = {
    # Qt's names of things
    "setObjectName", "setProperty", "property", "setStyleSheet", "setStyle", "setDesktopFileName", "beginGroup",
    "QFont", "QKeySequence", "QColor", "setFamilies", "findChild", "value", "setValue", "fromString",
    # errors of programs, told to programs
    "ValueError", "KeyError", "TypeError", "RuntimeError", "AssertionError", "PermissionError", "IntegrityError",
    # logs
    "debug", "info", "warning", "error", "exception", "getLogger", "Formatter", "print",
    # the database
    "execute", "executemany", "executescript",
    # names in the files of word processors
    "child", "children",
    # words looked for in originals
    "name_set", "phrase_set", "either",
    # code
    "compile", "cast", "TypeVar", "ParamSpec", "import_module", "getattr", "strftime", "strptime", "normalize",
    "fullmatch", "match", "search", "sub", "split", "replace", "startswith", "endswith", "removeprefix", "removesuffix",
    "Error",
}  # fmt: skip
"""Calls whose literals nobody reads."""

SAID = {"ReadError", "Reader", "note", "leave_out_named", "fact", "change", "suggest"}
"""Calls by which a reader of originals says something to people."""

SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|JOIN|WHERE|ORDER BY|VALUES|IS NOT|IN \(|COLLATE|ON|ASC|AND|AS|NOT|NULL|FROM)\b|^t\.|json_|count\(|substr\("
)
SHEET = re.compile(r"[{;]\s*(\w|})|^Q\w+")
"""A style sheet of Qt: rules in braces."""
MARKUP = re.compile(r"^\s*<[?/\w]|\w=\"|^w:|\bw:")
"""A piece of a Word file."""

WORDS = re.compile(r"[^\W\d_]\S* +\S*[^\W\d_]|^[A-Z][a-z]")
WORD_OF_F = re.compile(r"(?:^|[\s“(])[^\W\d_]{2,}(?=[\s,;…)]|:\s|\.?$|\.\s)")
"""A whole word in what stands between the values of an f-string; a value is the character 0."""
DATE = re.compile(r"^(d{1,4} M{1,4}|M{1,4} d{1,4})( y{4})?$")

KEY = re.compile(
    r"^((Ctrl|Shift|Alt|Meta)\+)*"
    r"(Esc|Tab|Backtab|Backspace|Shift|Return|Enter|Space|Menu|Insert|Delete|Ins|Del|Home|End|PgUp|PgDown|Up|Down|Left|Right|F\d+|.)?$"
)
"""The name of a key, which Qt translates where it shows it."""

MONTHS = "January February March April May June July August September October November December"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter The"
ALLOWED = {
    "__main__": {"libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3", "annotator: …\n"},
    "integrity": {"search index"},
    "blocks": {*MONTHS.split(), *DAYS.split()},
    "worker": {"… to write"},
    "typesetting": {"the report says that regional water boards have seldom published"},
    "theme": {"Charis SIL", "Inter"},
    "svg": {
        "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK JP', sans-serif"
    },
    "html": {"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"},
    "main_window": {"Article Annotator"},
    "render": {"Article Annotator"},
    "options": {"Letter"},
    "link_card": {"cue back"},
    "relation_form": {"… from"},
    "chapter": {"Heading"},
    "report": {"word or character"},
    "vocabulary": {"word or character"},
    "import_article": {"word or character"},
    "facts": {"en, ar, pt-BR"},
    "own_json": {"Article Annotator …"},
    "schema": {
        "start and end in code points of the version's text, end exclusive, and the words between them",
        "Article Annotator JSON, version 1",
        "the lines of the text: …",
        "the id of a row of …",
    },
    "tabular": {"Article Annotator …"},
    "projects": {"Sample.annot"},
    "settings": {"Me", "Letter"},
    "project": {"Me"},
    "workspace": {"Me"},
    "preferences": {"Me"},
}
"""Literals that look like words and are none, by module: packages, ids, words looked for in articles, file names."""


STYLE_NAMES = {name for style in STYLES for name in (style.id, style.name)}
"""Names of styles of the report, which Word knows. The room ``exporters/word`` writes markup and holds no sentence."""


class Finder(ast.NodeVisitor):
    """Collects (line, literal) of the words outside the doors, and what is wrong at the doors."""

    def __init__(self) -> None:
        self.loose: list[tuple[int, str]] = []
        self.wrong: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        pass

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        given = [d for d in (*node.args.defaults, *node.args.kw_defaults) if d is not None]
        for part in (*node.decorator_list, *given, *node.body):
            self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if [getattr(t, "id", "") for t in node.targets] != ["__all__"]:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        pass

    def visit_match_case(self, node: ast.match_case) -> None:
        for part in node.body:
            self.visit(part)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Dict(self, node: ast.Dict) -> None:
        for value in node.values:
            self.visit(value)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SPEAK:
            self._at_the_door(node, SPEAK[name])
            for keyword in node.keywords:
                self.visit(keyword.value)
        elif name not in QUIET:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and WORDS.search(node.value):
            self.loose.append((node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(str(v.value) if isinstance(v, ast.Constant) else "\0" for v in node.values)
        if WORD_OF_F.search(text):
            self.loose.append((node.lineno, text.replace("\0", "…")))
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)

    def _at_the_door(self, node: ast.Call, literals: int) -> None:
        first = node.args[:literals]
        if len(first) < literals or not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in first):
            self.wrong.append((node.lineno, "its words must be literals, for the catalogue is made from the source"))
            return
        given = {k.arg for k in node.keywords if k.arg} | ({"n"} if literals == 2 else set())
        if any(k.arg is None for k in node.keywords):
            return
        words = [str(getattr(a, "value", "")) for a in first]
        named = {n for text in words for _, n, _, _ in string.Formatter().parse(text) if n} if given else set()
        if node.keywords and not named <= given:
            self.wrong.append((node.lineno, f"{sorted(named - given)} have no value"))


class ReaderFinder(Finder):
    """The same for what reads originals: it is full of names out of their formats, so only what is said counts."""

    saying = 0

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        self.saying += name in SAID
        super().visit_Call(node)
        self.saying -= name in SAID

    def visit_Constant(self, node: ast.Constant) -> None:
        if self.saying:
            super().visit_Constant(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if self.saying:
            super().visit_JoinedStr(node)


def found_in(file: Path) -> Finder:
    finder = ReaderFinder() if file.relative_to(HOME).parts[0] == "importers" else Finder()
    finder.visit(ast.parse(file.read_text("utf-8")))
    return finder


def no_words(text: str, file: Path) -> bool:
    """Say whether a literal is text for a machine."""
    room = file.relative_to(HOME).parts[0]
    paints_reports = "paper" in file.parts or file.stem in ("pages", "previewing")
    if text in STYLE_NAMES and (room == "exporters" or paints_reports):
        return True
    by_room = {"storage": SQL, "project": SQL, "ui": SHEET, "exporters": MARKUP}
    if room in by_room and by_room[room].search(text):
        return True
    return bool(KEY.match(text) or DATE.match(text)) or "import json, sys" in text or text in ALLOWED.get(file.stem, ())


def loose_words() -> Iterator[str]:
    for file in FILES:
        for line, text in found_in(file).loose:
            if not no_words(text, file):
                yield f"{file.relative_to(HOME.parent)}:{line}: {text!r}"


def test_no_words_stand_outside_the_language() -> None:
    found = list(loose_words())
    assert not found, "\n".join(["words that no translation reaches:", *found])


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(HOME)))
def test_the_doors_get_literals_and_every_name_in_them_a_value(file: Path) -> None:
    wrong = found_in(file).wrong
    assert not wrong, "\n".join(f"{file}:{line}: {why}" for line, why in wrong)


@pytest.mark.parametrize(
    ("code", "loose"),
    [
        ('x = "Save a copy"', 1),
        ('x = f"Wrote {name} in {place}"', 1),
        ('button("Save")', 1),
        ('x = tr("Save a copy")', 0),
        ('x = tr("Wrote {name}", name=f"of {who}")', 1),
        ('raise ValueError("not a number")', 0),
        ('def f():\n    """Do a thing."""', 0),
        ('x = f"{a}, {b}"', 0),
        ('w.setObjectName("Left side")', 0),
        ('x = {"Some key": 1}', 0),
    ],
)
def test_the_rule_itself(code: str, loose: int) -> None:
    finder = Finder()
    finder.visit(ast.parse(code))
    assert len(finder.loose) == loose


@pytest.mark.parametrize("code", ["tr(words)", 'tr(f"{a} b")', 'tr("Open {file}", name=1)', 'trn("{n} a", many, 2)'])
def test_what_is_wrong_at_a_door_is_found(code: str) -> None:
    finder = Finder()
    finder.visit(ast.parse(code))
    assert finder.wrong


def test_of_a_reader_only_what_it_says_counts() -> None:
    finder = ReaderFinder()
    finder.visit(ast.parse('NAMES = ("Media Box",)\nmade.note("It is odd.")\nraise ReadError(f"is {x} odd")'))
    assert [line for line, _ in finder.loose] == [2, 3]
