"""How good what is read is: the article found in saved pages beside trafilatura alone, their facts, PDFs in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import lxml.html
import regex

from annotator.importers import web
from annotator.model import Draft, ReadOptions
from tests.bench.measure import Row, Run

OWN = Path(__file__).resolve().parents[1] / "importers" / "pages"
READABILITY = Path(__file__).resolve().parents[3] / "shared" / "data" / "readability-pages"
"""Pages with known text that are no part of the project: measured where they are there."""

SHINGLE = 3
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+")
_NUMBER = regex.compile(r"^(?:\d+|[a-z])\. ")
_BLOCKS = ("p", "div", "li", "dt", "dd", "td", "th", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section", "figcaption", "caption")  # fmt: skip
_FACTS = ("title", "byline", "date", "publication")


@dataclass
class Page:
    """A saved page: its text as it is known, what is found of it, and its facts, known and found, by field."""

    name: str
    ours: float
    theirs: float
    right: int
    wrong: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def quality(run: Run) -> list[Row]:
    """Saved pages and PDFs."""
    return [*web_quality(run), *_pdf_quality(run)]


def web_quality(run: Run) -> list[Row]:
    """Main text and facts of saved pages with known text, beside trafilatura alone on the same pages."""
    rows = _rows("our own saved pages", [own_page(path) for path in sorted(OWN.glob("*.html"))])
    known = readability_pages()
    if known:
        rows += _rows("Readability’s pages", known)
    else:
        rows[0] = replace(rows[0], note=f"{rows[0].note}; {READABILITY} is not there, so only these")
    return rows


def readability_pages() -> list[Page]:
    """Return the measured pages of Readability's set; none where it is not there."""
    folders = sorted(path.parent for path in READABILITY.glob("*/source.html"))
    return [_readability_page(folder) for folder in folders]


def own_page(path: Path) -> Page:
    """Measure one of the project's own pages; its text and facts stand beside it."""
    known = json.loads(path.with_suffix(".json").read_text("utf-8"))
    lines = [_NUMBER.sub("", text) if kind == "list" else text for _, kind, text in known["lines"]]
    data = path.read_bytes()
    return _measured(path.stem, data, "\n".join(lines), {name: known["facts"].get(name, "") for name in _FACTS})


def _readability_page(folder: Path) -> Page:
    said = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
    facts = {
        "title": said["title"], "byline": said["byline"], "date": (said["publishedTime"] or "")[:10],
        "publication": said["siteName"],
    }  # fmt: skip
    text = _text_of((folder / "expected.html").read_text("utf-8"))
    return _measured(folder.name, (folder / "source.html").read_bytes(), text, facts)


def _text_of(page: str) -> str:
    """Return all the text of a page that holds nothing but its article, words of two blocks apart."""
    root = lxml.html.fromstring(page)
    for element in root.iter(*_BLOCKS):
        element.text = f" {element.text or ''}" if element.tag != "br" else None
        element.tail = f" {element.tail or ''}"
    return root.text_content()


def _measured(name: str, data: bytes, text: str, facts: dict[str, str | None]) -> Page:
    from trafilatura import extract

    draft = web.read(data, f"{name}.html", ReadOptions(), lambda: None)
    theirs = extract(data, include_comments=False) or ""
    page = Page(name, f1(_main_text(draft), text), f1(theirs, text), 0)
    found = {"title": draft.title if _is_said(draft) else "", **draft.facts}
    for field_name, expected in facts.items():
        got, wanted = found.get(field_name, ""), " ".join((expected or "").split())
        page.right += got == wanted
        if got != wanted:
            (page.wrong if wanted else page.invented).append(f"{name}: {field_name} “{got}”, not “{wanted}”")
    return page


def _main_text(draft: Draft) -> str:
    """Return a draft's text without the numbers of lists, which trafilatura does not give and nobody counts."""
    lines = ((b.kind, draft.text[b.start : b.end]) for b in draft.blocks)
    return "\n".join(_NUMBER.sub("", line) if kind == "list" else line for kind, line in lines)


def _is_said(draft: Draft) -> bool:
    """Say whether a draft's title is one the page gives; the file's name is what stands where there is none."""
    return Path(draft.file_name).stem != draft.title


def f1(found: str, known: str) -> float:
    """Return how alike two texts are: the harmonic mean of the shares of word shingles each has of the other."""
    a, b = _words(found), _words(known)
    size = min(SHINGLE, len(a) or SHINGLE, len(b) or SHINGLE)
    ours, theirs = _shingles(a, size), _shingles(b, size)
    if not ours and not theirs:
        return 1.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return set(zip(*(words[n:] for n in range(size)), strict=False))


def _rows(what: str, pages: list[Page]) -> list[Row]:
    def points(values: Sequence[float]) -> float:
        return 100 * (1 - sum(values) / len(values))

    below = [page.name for page in pages if page.ours < page.theirs]
    asked = len(_FACTS) * len(pages)
    wrong = [said for page in pages for said in (*page.wrong, *page.invented)]
    ours, theirs = points([p.ours for p in pages]), points([p.theirs for p in pages])
    each = ", ".join(f"{p.name} {p.ours:.3f} ({p.theirs:.3f})" for p in pages)
    return [
        Row(f"main text of {len(pages)} pages, {what}: 100 - mean F1", ours, "trafilatura alone", theirs, 1, unit="points",
            note=f"word-shingle F1 of each, trafilatura’s in brackets: {each}"),
        Row(f"{what}: 100 - mean F1, against what is promised", ours, "a mean F1 of 0.97", 3, 1, unit="points"),
        Row(f"{what}: pages on which trafilatura alone is better", len(below), "one page", 1, 0, unit="pages",
            note=", ".join(below)),
        Row(f"{what}: facts not right, of {asked}", len(wrong), "5 % of them", 0.05 * asked, 1, unit="facts",
            note="; ".join(wrong)),
        Row(f"{what}: facts invented", sum(len(p.invented) for p in pages), "one", 1, 0, unit="facts"),
    ]  # fmt: skip


def _pdf_quality(run: Run) -> list[Row]:
    from tests.bench.reading_pdf import pdf_quality

    names = {"own": "the tests’ own writer", "office": "LibreOffice"}
    return [
        Row(f"words of a two-column PDF by {names.get(maker, maker)} not in order", 100 * (1 - share),
            "1 % of them", 1, 1, unit="%")
        for maker, share in pdf_quality(run.folder).items()
    ]  # fmt: skip
