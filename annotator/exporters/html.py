"""Writes a report as one HTML file that needs nothing else: no script, no picture, no face from elsewhere.

The faces are named and not put in: a machine without them shows its own, and the file stays small enough to be mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from annotator import paths
from annotator.exporters import html_parts
from annotator.exporters.document import Paragraph, Part, Report, Table
from annotator.exporters.escaping import escaped
from annotator.exporters.html_inlines import Inlines
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Whatever a file may have brought in: a browser neither runs nor fetches anything for this page."""
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "yi"})


def document(report: Report, options: ReportOptions, renderer: Renderer | None = None) -> bytes:
    """Return the report as the bytes of an HTML file, UTF-8."""
    page = _Page(report, options)
    language = escaped(report.language)
    turned = ' dir="rtl"' if language.split("-")[0].lower() in _RIGHT_TO_LEFT else ""
    noted = ' class="noted"' if report.comments else ""
    title = escaped(" ".join(f"{report.title} – {report.kind}".split()))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{turned}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
        f'<meta name="author" content="{escaped(report.author)}">\n'
        f'<meta name="dcterms.date" content="{report.made.isoformat()}">\n'
        f"<style>\n{_style()}</style>\n</head>\n<body{noted}>\n"
        f'<a class="skip" href="#the-report">{escaped(tr("Skip to the report"))}</a>\n'
        f'<main id="the-report">\n{page.main()}</main>\n'
        f"<footer><p>{escaped(report.footer)}</p><p>{escaped(report.kind)}</p></footer>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


@cache
def _style() -> str:
    return paths.resource("report", "report.css").read_text("utf-8")


class _Page:
    """The parts of a report as pieces of a page; notes in the margin stand behind what they are about."""

    def __init__(self, report: Report, options: ReportOptions) -> None:
        self._parts = report.parts
        self._title = report.title
        self._inlines = Inlines(report.comments)
        self._is_titled = any(isinstance(p, Paragraph) and p.style == "Title" for p in report.parts)
        self._writer = html_parts.Writer(self._inlines, titled=not self._is_titled)
        self._notes_repeat = options.notes

    def main(self) -> str:
        """Return everything between the skip link and the footer."""
        out: list[str] = []
        if not self._is_titled:
            out.append(f'<h1 class="unseen">{escaped(self._title)}</h1>\n')
        of_article = _of_article(self._parts)
        inside = False
        for part, belongs in zip(self._parts, of_article, strict=True):
            if belongs != inside:
                out.append('<article class="text">\n' if belongs else "</article>\n")
                inside = belongs
            out.append(self._writer.part(part))
            out.append(self._notes())
        if inside:
            out.append("</article>\n")
        return "".join(out)

    def _notes(self) -> str:
        """Return the comments whose words began in the part just written."""
        told = self._inlines.comments_met()
        if not told:
            return ""
        repeated = " repeated" if self._notes_repeat else ""
        label = escaped(tr("Notes on this passage"))
        return f'<div class="notes{repeated}" role="group" aria-label="{label}">{told}</div>\n'


def _of_article(parts: Sequence[Part]) -> list[bool]:
    """Say of each part whether it is printed text of an article: its paragraphs, and its tables among them."""
    found: list[bool] = []
    for part in parts:
        if isinstance(part, Paragraph):
            found.append(part.style.startswith("Article") or (bool(found) and found[-1] and _is_gap(part)))
        else:
            found.append(bool(found) and found[-1] and isinstance(part, Table) and not part.has_head)
    return found


def _is_gap(paragraph: Paragraph) -> bool:
    return not paragraph.inlines and paragraph.style == "Small"
