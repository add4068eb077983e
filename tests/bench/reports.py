"""Writing the fact-checker's draft: an article of claims side by side, each with a comment, as a Word file."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from annotator import exporters
from annotator import text as texts
from annotator.exporters.material import Material
from annotator.model import (
    AnnotatedArticle,
    Article,
    Attribution,
    Block,
    Claim,
    Coder,
    Layer,
    Segment,
    Source,
    Verification,
    Version,
)
from tests.bench import corpus
from tests.bench.measure import Row, Run, alternate, median

COUNTS = (60, 1_000, 10_000)
_LENGTH = 85
_SOURCES = 40


def article(claims: int) -> AnnotatedArticle:
    """An article with one claim after the other: most with a source, some checked, each fifth with a note."""
    body = corpus.text(claims * _LENGTH)
    coder = Coder(id="coder", name="Ada Reader", initials="AR")
    layer = Layer(id="layer", coder="coder")
    sources = {
        f"s{n}": Source(id=f"s{n}", article="article", label=f"Source {n}", naming="named", kind="person")
        for n in range(min(_SOURCES, claims))
    }
    marks = [
        Claim(
            id=f"c{n:06d}",
            layer="layer",
            article="article",
            coder="coder",
            type="factual",
            form="indirect",
            check_worthy="yes",
            note="Ask who counted, and when." if n % 5 == 0 else None,
            segments=(Segment(n * _LENGTH + 3, n * _LENGTH + 68),),
        )
        for n in range(claims)
    ]
    return AnnotatedArticle(
        article=Article(id="article", title="Bench", language="en-GB"),
        version=Version(id="version", article="article", text=body, sha256=texts.sha256(body)),
        blocks=[Block(start, end) for start, end in texts.lines(body)],
        layer=layer,
        coders={"coder": coder},
        annotations=marks,
        sources=sources,
        entities={},
        attributions=[
            Attribution(layer="layer", claim=c.id, source=f"s{n % len(sources)}") for n, c in enumerate(marks) if n % 4
        ],
        verifications={
            c.id: (Verification(claim=c.id, status="checked", verdict="4", person="Ada Reader"),) for c in marks[::7]
        },
    )


def rows(run: Run) -> list[Row]:
    """Word reports with 60, 1,000 and 10,000 comments, and how their time grows."""
    options = exporters.options_from("annotated", None, {})
    out, plain = run.folder / "out.docx", run.folder / "bare.zip"
    found: list[Row] = []
    took: dict[int, float] = {}
    for count in COUNTS:
        material = Material((article(count),))

        def ours(material: Material = material) -> None:
            built = exporters.build(material, options, coder="Ada Reader", today=date(2026, 1, 1))
            exporters.write(built, out, options)

        ours()
        words, comments = _words(out)

        def bare(words: str = words, comments: str = comments) -> None:
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("word/document.xml", words)
                archive.writestr("word/comments.xml", comments)

        mine, other = alternate(ours, bare, 15 if count < COUNTS[-1] else 3, run.timer)
        took[count] = median(mine)
        what = f"Word report with {count:,} comments"
        limit = "the same words and comments as strings into a zip"
        found.append(Row(what, took[count], limit, median(other), 25))
    few, many = COUNTS[1:]
    grown = f"Word report, from {few:,} to {many:,} comments"
    found.append(Row(grown, took[many], f"the one with {few:,}", took[few], 1.3 * many / few))
    return found


def _words(path: Path) -> tuple[str, str]:
    with zipfile.ZipFile(path) as archive:
        parts = (archive.read(f"word/{name}.xml").decode() for name in ("document", "comments"))
        words, comments = ("\n".join(re.findall("<w:t[^>]*>([^<]*)</w:t>", part)) for part in parts)
    return words, comments
