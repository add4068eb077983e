"""Files through the reading process beside the same reader called here: what the sandbox costs once it is warm."""

from __future__ import annotations

from importlib import import_module

from annotator.importers import ReadOptions
from annotator.importers.readers import READERS
from annotator.importers.sandbox import Pool
from tests.bench.measure import Row, Run, alternate, median, p95, timed
from tests.hostile import seeds
from tests.hostile.zips import pack

ROUNDS = 15
MOST_MORE = 150.0
"""Milliseconds the sandbox may add to a file."""
KINDS = (("web", "html"), ("word", "docx"), ("pdf", "pdf"))


def rows(run: Run) -> list[Row]:
    """Return a row for each kind: an article of some 5,000 characters, read in a warm process and here."""
    paragraphs = [f"{n}. {p}" for n in range(12) for p in seeds.PARAGRAPHS]
    originals = {
        "html": seeds.page(seeds.page_body(paragraphs)),
        "docx": pack(seeds.word_parts(seeds.word_document(seeds.word_body(paragraphs)))),
        "pdf": seeds.pdf(seeds.pdf_objects(seeds.flate(seeds.pdf_text(paragraphs)))),
    }
    made: list[Row] = []
    with Pool() as pool:
        for kind, ending in KINDS:
            made.append(_row(pool, run, kind, originals[ending], f"article.{ending}"))
    return [*made, _cold(originals["docx"])]


def _row(pool: Pool, run: Run, kind: str, data: bytes, name: str) -> Row:
    read = import_module(READERS[kind].module).read
    ours, bare = alternate(
        lambda: pool.read_bytes(data, name), lambda: read(data, name, ReadOptions(), lambda: None), ROUNDS, run.timer
    )
    more = median(ours) - median(bare)
    what = f"one .{name.rpartition('.')[2]} through the sandbox, warm"
    return Row(
        what, median(ours), "the reader alone, in-process", median(bare), None,
        p95=p95(ours), p95_at_most=round(p95(bare) + MOST_MORE), note=f"{more:+.1f} ms ({MOST_MORE:g} ms at most)",
    )  # fmt: skip


def _cold(data: bytes) -> Row:
    """Return a row, only told, for the first file: a process is started for it."""

    def once() -> None:
        with Pool() as pool:
            pool.read_bytes(data, "article.docx")

    first = median([timed(once) for _ in range(5)])
    with Pool() as pool:
        pool.read_bytes(data, "article.docx")
        warm = median([timed(lambda: pool.read_bytes(data, "article.docx")) for _ in range(9)])
    return Row("one .docx through a process of its own", first, "a warm process", warm, None)
