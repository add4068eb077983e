"""The annotated report as an HTML file, beside one boundary sweep over the same marks that writes plain HTML."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from annotator import exporters
from annotator.exporters import ReportOptions, html
from annotator.exporters.document import Report
from annotator.exporters.material import Material
from annotator.model import AnnotatedArticle
from annotator.project import Project
from tests.bench import corpus
from tests.bench.measure import Row, Run, alternate, median, times

COMMENTS = (60, 1_000, 10_000)
PER_COMMENT = 100
"""Code points of the article for each comment."""
GROWTH = 1.3


def rows(run: Run) -> list[Row]:
    """Write the report of articles with ever more comments; what ten times as many take, and what making it takes."""
    out: list[Row] = []
    took: dict[int, float] = {}
    for comments in run.sizes or COMMENTS:
        annotated = _annotated(run, comments)
        options = exporters.options_from("annotated", None, {})

        def build(annotated: AnnotatedArticle = annotated, options: ReportOptions = options) -> Report:
            return exporters.build(Material((annotated,)), options, coder="Me", today=date(2026, 1, 1))

        report = build()
        data = html.document(report, options).decode("utf-8")
        words = re.findall(r">([^<]+)<", data.partition("</article>")[2])

        def ours(report: Report = report, options: ReportOptions = options) -> bytes:
            return html.document(report, options)

        def bare(annotated: AnnotatedArticle = annotated, words: list[str] = words) -> bytes:
            return _sweep(annotated, words)

        mine, other = alternate(ours, bare, 9 if comments <= 1_000 else 4, run.timer)
        took[comments] = median(mine)
        what = f"annotated report as HTML, {len(annotated.claims):,} comments"
        note = (
            f"making the report that is written takes {median(times(build, 2)):,.0f} ms more, whatever file it becomes"
        )
        limit = "one boundary sweep writing the same words as plain HTML"
        out.append(Row(what, took[comments], limit, median(other), 10, note=note))
    if {1_000, 10_000} <= set(took):
        what = "the same, 10,000 comments"
        out.append(Row(what, took[10_000], "ten times the time of 1,000", took[1_000] * 10, GROWTH))
    return out


def _annotated(run: Run, comments: int) -> AnnotatedArticle:
    path = run.folder / f"page-{comments}.annot"
    # Three of five marks are claims.
    article = corpus.project(path, comments * PER_COMMENT, round(comments * 5 / 3))
    project = Project.open(path, read_only=True)
    annotated = project.annotated(article)
    project.close()
    return annotated


def _sweep(annotated: AnnotatedArticle, words: list[str]) -> bytes:
    """Return the article with each mark as a span, and all other words of the report as paragraphs."""
    text = annotated.text
    edges: list[tuple[int, int, str]] = []
    for n, mark in enumerate(annotated.annotations):
        kind = type(mark).__name__.lower()
        for s in mark.segments:
            edges += [(s.start, 1, f'<span class="{kind}" id="m{n}">'), (s.end, 0, "</span>")]
    edges.sort()
    out: list[str] = ["<!DOCTYPE html><title>Article</title><p>"]
    at = 0
    for offset, _, tag in edges:
        out += [escape(text[at:offset]).replace("\n", "</p><p>"), tag]
        at = offset
    out += [escape(text[at:]).replace("\n", "</p><p>"), "</p>", *(f"<p>{w}</p>" for w in words)]
    return "".join(out).encode("utf-8")
