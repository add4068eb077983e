"""The main job in a real window on a real article: marks, links, undo, close, reopen, report, by keys from outside."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain, product
from pathlib import Path

import pytest

from annotator import importers, paths
from annotator import text as texts
from annotator.importers import Draft
from annotator.model import AnnotatedArticle
from annotator.project import Project
from tests.e2e import xvfb

REAL = Path(__file__).parents[3] / "shared" / "data" / "articles" / "000_9df3176ecd155f8f.txt"
CLAIMS, SOURCES, ENTITIES, LINKS = 10, 10, 10, 8
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME_WORDS = re.compile(r"[A-Z][a-z]{2,}(?: (?:of (?:the )?)?[A-Z][a-z]+){0,3}")
LONG_WORD = re.compile(r"\b[a-z]{7,}\b")

pytestmark = pytest.mark.slow


@pytest.fixture
def screen() -> Iterator[xvfb.Screen]:
    if missing := xvfb.missing():
        pytest.skip(f"not installed: {', '.join(missing)}")
    shots = os.environ.get("ANNOTATOR_SHOTS")
    with xvfb.Screen(shots=Path(shots) if shots else None) as made:
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The weekly's front page where it is at hand, else the sample's text; a copy, so that nothing happens to it."""
    copy = tmp_path / "front page.txt"
    copy.write_bytes((REAL if REAL.is_file() else paths.resource("sample", "article.txt")).read_bytes())
    return copy


# -- what to mark: words that stand once and that every keyboard has


def body(draft: Draft) -> list[tuple[int, int]]:
    return [(b.start, b.end) for b in draft.blocks if b.zone == "body" and b.kind == "paragraph"]


def once(text: str, words: str) -> bool:
    return words.isascii() and text.casefold().count(words.casefold()) == 1


def claims_in(draft: Draft) -> list[str]:
    """Return the beginnings of sentences, evenly over the article."""
    found: list[str] = []
    for start, end in chain.from_iterable(texts.sentences(draft.text, *b, "en") for b in body(draft)):
        plain = re.match(r"[A-Za-z0-9 ,;:.-]*", draft.text[start:end])
        words = (plain[0] if plain else "").strip(" ,;:.-")
        words = words if len(words) <= 90 else words[:90].rpartition(" ")[0]
        if len(words) > 35 and once(draft.text, words):
            found.append(words)
    step = max(1, len(found) // CLAIMS)
    return found[::step][:CLAIMS]


def names_in(draft: Draft, claims: list[str]) -> list[str]:
    """Return names, then other long words, that stand once; none where a claim begins: Enter there chooses the claim."""
    found: list[str] = []
    taken = {draft.text.index(c) for c in claims}
    for pattern, (start, end) in product((NAME_WORDS, LONG_WORD), body(draft)):
        for name in pattern.finditer(draft.text, start, end):
            apart = name.start() not in taken and not any(name[0] in f or f in name[0] for f in found)
            if apart and once(draft.text, name[0]):
                found.append(name[0])
    return found


# -- looking into the file


def look(path: Path, ask: Callable[[Project, AnnotatedArticle], object]) -> object:
    """Ask something of the project's file while the window has it open."""
    reader = Project.open(path, read_only=True)
    try:
        return ask(reader, reader.annotated(reader.articles()[0].article.id))
    finally:
        reader.close()


def counts(path: Path) -> tuple[int, int, int, int]:
    """Return how many claims, source mentions, entity mentions and linked claims the file holds now."""

    def ask(_: Project, a: AnnotatedArticle) -> tuple[int, int, int, int]:
        return len(a.claims), len(a.source_mentions), len(a.mentions), len({link.claim for link in a.attributions})

    found = look(path, ask)
    assert isinstance(found, tuple)
    return found


class Person:
    """Somebody who marks an article by the keyboard; what they did is in the file before they go on."""

    def __init__(self, screen: xvfb.Screen, project: Path) -> None:
        self.screen = screen
        self.project = project

    def wait(self, *wanted: int | None) -> None:
        """Wait until the file holds these counts; None: whatever there is."""

        def there() -> bool:
            return all(w in (None, n) for w, n in zip(wanted, counts(self.project), strict=True))

        xvfb.until(there, f"{wanted} in the file; there are {counts(self.project)}")

    def find(self, words: str) -> None:
        """Leave words selected."""
        self.screen.press("ctrl+f")
        self.screen.type(words)
        self.screen.press("Return", "Escape")

    def mark(self, key: str, words: str) -> None:
        """Make words a mark."""
        self.find(words)
        self.screen.press(key)

    def choose(self, words: str) -> None:
        """Choose the mark that begins with these words."""
        self.find(words)
        self.screen.press("Left", "shift+c")


def open_article(screen: xvfb.Screen, article: Path, home: Path) -> Path:
    """Start on an article, add it as it is; returns the project that was made for it."""
    screen.run("open", str(article), home=home)
    screen.wait_for("Add article")
    screen.shot("import")
    screen.press("Return")
    screen.wait_gone("Add article")
    xvfb.until(lambda: list((home / "documents").glob("*.annot")), "a project made for it")
    project = next((home / "documents").glob("*.annot"))
    screen.wait_for(f"{project.stem} – {xvfb.NAME}")
    return project


def comment_ids(report: Path) -> dict[str, list[str]]:
    """Return the ids of comments, and of their starts, ends and references in the text."""
    from lxml import etree

    with zipfile.ZipFile(report) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
        comments = etree.fromstring(parts.read("word/comments.xml"))
    found = {"comment": [c.get(f"{W}id") for c in comments.iter(f"{W}comment")]}
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found[name] = [e.get(f"{W}id") for e in document.iter(f"{W}{name}")]
    return {name: sorted(str(i) for i in ids) for name, ids in found.items()}


def faults_of(report: Path) -> list[str]:
    audit = pytest.importorskip("openxml_audit")
    result = audit.OpenXmlValidator().validate(report)
    return [str(e) for e in result.errors]


def test_the_main_job(screen: xvfb.Screen, article: Path, tmp_path: Path) -> None:
    draft = importers.read(article)
    claims = claims_in(draft)
    names = names_in(draft, claims)
    sources, entities = names[:SOURCES], names[SOURCES : SOURCES + ENTITIES]
    assert (len(claims), len(sources), len(entities)) == (CLAIMS, SOURCES, ENTITIES)
    home = tmp_path / "home"
    project = open_article(screen, article, home)
    person = Person(screen, project)

    for n, words in enumerate(claims, 1):
        person.mark("c", words)
        person.wait(n, 0, 0, 0)
    for n, words in enumerate(sources, 1):
        person.mark("s", words)
        person.wait(CLAIMS, n, 0, 0)
    for n, words in enumerate(entities, 1):
        person.mark("e", words)
        person.wait(CLAIMS, SOURCES, n, 0)
    screen.shot("marked")

    for n, words in enumerate(claims[:LINKS], 1):
        person.choose(words)
        screen.press("l")
        if n == LINKS:
            screen.type(sources[0][:6])
        screen.shot(f"link-{n}")
        screen.press("Return")
        person.wait(CLAIMS, None, ENTITIES, n)
    screen.shot("linked")

    person.mark("e", claims[-1].split(" ", 1)[1])
    person.wait(CLAIMS, None, ENTITIES + 1, LINKS)
    screen.press("ctrl+z")
    person.wait(CLAIMS, None, ENTITIES, LINKS)
    screen.press("ctrl+z")
    person.wait(CLAIMS, None, ENTITIES, LINKS - 1)
    screen.press("ctrl+shift+z")
    person.wait(CLAIMS, None, ENTITIES, LINKS)

    screen.press("ctrl+q")
    screen.wait_gone(xvfb.NAME)
    screen.run(home=home)
    screen.wait_for(xvfb.NAME)
    screen.shot("reopened")
    screen.press("ctrl+z")
    person.wait(CLAIMS, None, ENTITIES, LINKS - 1)
    screen.press("ctrl+shift+z")
    person.wait(CLAIMS, None, ENTITIES, LINKS)

    screen.press("ctrl+e")
    screen.wait_for("Export report")
    screen.shot("export")
    screen.press("Return")
    screen.wait_for("Export report", count=2)
    screen.press("Return")
    xvfb.until(lambda: list((home / "documents").glob("*.docx")), "the report")
    screen.wait_gone("Export report")
    screen.shot("exported")
    screen.press("ctrl+q")
    screen.wait_gone(xvfb.NAME)

    made, sources_named, entities_named, linked = counts(project)  # who is proposed is marked by being accepted
    assert (made, entities_named, linked) == (CLAIMS, ENTITIES, LINKS) and sources_named >= SOURCES
    assert look(project, lambda p, _: p.check()) == []
    quotes = look(project, lambda _, a: sorted(c.quote(a.text) for c in a.claims))
    assert quotes == sorted(claims)
    report = next((home / "documents").glob("*.docx"))
    ids = comment_ids(report)
    assert len(ids["comment"]) == len(set(ids["comment"])) == CLAIMS
    assert ids["commentRangeStart"] == ids["commentRangeEnd"] == ids["commentReference"] == ids["comment"]
    assert faults_of(report) == []
