"""How much of a known article comes back from PDFs of it, in order: two columns, hyphenated, with heads and feet."""

from __future__ import annotations

import difflib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import regex

from annotator.importers import pdf
from annotator.model import ReadOptions
from tests.importers.pdf_writer import Layout, article

_SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "article.txt"
_SECONDS = 120
_SOFT_HYPHEN = "\u00ad"


def pdf_quality(folder: Path | None = None) -> dict[str, float]:
    """Return the share of the article's words that come back in order, by who made the PDF.

    "own": the tests' writer. "office": LibreOffice, where it is there. ``folder``: where the files are made.
    """
    paragraphs = _paragraphs()
    layout = Layout(height=420, headline=_HEADLINE, head="The Lantern, page {n}", foot="{n}")
    found = {"own": _share(paragraphs, article(paragraphs, layout).to_bytes())}
    with tempfile.TemporaryDirectory(dir=folder) as made:
        data = _by_office(paragraphs, Path(made))
    if data is not None:
        found["office"] = _share(paragraphs, data)
    return found


_HEADLINE = "The Ferry and the Timetable"


def _paragraphs() -> list[str]:
    """Return the sample article's paragraphs in signs the standard fonts have."""
    text = _SAMPLE.read_text(encoding="utf-8").encode("cp1252", "ignore").decode("cp1252")
    return [" ".join(line.split()) for line in text.split("\n")[5:] if line.strip()]


def _share(paragraphs: Sequence[str], data: bytes) -> float:
    draft = pdf.read(data, "article.pdf", ReadOptions(), lambda: None)
    given = [*_HEADLINE.split(), *" ".join(paragraphs).split()]
    matcher = difflib.SequenceMatcher(None, given, draft.text.split(), autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    return in_order / max(len(given), len(draft.text.split()))


def _by_office(paragraphs: Sequence[str], folder: Path) -> bytes | None:
    office = shutil.which("soffice")
    if office is None:
        return None
    source = folder / "article.fodt"
    source.write_text(_document(paragraphs), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, timeout=_SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (folder / "article.pdf").read_bytes()


def _document(paragraphs: Sequence[str]) -> str:
    body = "".join(f'<text:p text:style-name="P">{escape(_hyphenated(p))}</text:p>' for p in paragraphs)
    return _DOCUMENT.replace("@HEADLINE", escape(_HEADLINE)).replace("@BODY", body)


def _hyphenated(text: str) -> str:
    """Return a text whose long words may be parted: the office has no dictionary for it everywhere."""
    return regex.sub(r"\p{Ll}{7,}", lambda m: regex.sub(r"(?<=..[aeiou])(?=[^aeiou]..)", _SOFT_HYPHEN, m[0]), text)


_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:font-size="10pt" fo:font-family="Liberation Serif" fo:language="en" fo:country="GB"/>
</style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="14.8cm" fo:page-height="16cm"
 fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="1.8cm" fo:margin-right="1.8cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.5cm" fo:margin-bottom="0.4cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.5cm" fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout>
<style:style style:name="P" style:family="paragraph">
<style:paragraph-properties fo:text-align="justify" fo:text-indent="0.4cm"/></style:style>
<style:style style:name="T" style:family="paragraph">
<style:text-properties fo:font-weight="bold" fo:font-size="20pt"/></style:style>
<style:style style:name="S" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.6cm"/></style:section-properties></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p>The Lantern, Saturday</text:p></style:header>
<style:footer><text:p>Page <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text><text:p text:style-name="T">@HEADLINE</text:p>
<text:section text:style-name="S" text:name="columns">@BODY</text:section></office:text></office:body>
</office:document>
"""
