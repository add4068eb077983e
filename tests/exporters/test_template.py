"""The template: the shipped one is what the code builds; a restyled or foreign one shows in the report."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import WriteError
from annotator.exporters import KINDS, ReportOptions
from annotator.exporters.document import Report
from annotator.exporters.word import body as word
from annotator.exporters.word import package, template
from annotator.exporters.word.styles import STYLES
from tests.exporters.reading import Docx, W, run_words, style

MakeReport = Callable[..., Report]


def test_the_shipped_template_is_the_one_built() -> None:
    assert Docx(template.shipped().read_bytes()).parts == Docx(template.build()).parts


def restyled(path: Path, *changes: tuple[str, str]) -> Path:
    parts = Docx(template.build()).parts
    styles = parts["word/styles.xml"].decode()
    for old, new in changes:
        assert old in styles
        styles = styles.replace(old, new)
    path.write_bytes(package.packed({**parts, "word/styles.xml": styles.encode()}))
    return path


def test_a_restyled_source_shows_inside_claims_too(make_report: MakeReport, tmp_path: Path) -> None:
    path = restyled(tmp_path / "own.docx", ('<w:u w:val="double"', '<w:u w:val="wave"'), ("FBE9BF", "CCDDEE"))
    docx = Docx(word.document(make_report(), ReportOptions(template=path)))
    styles = docx.parts["word/styles.xml"].decode()
    assert "wave" in styles
    fills = {n.get(f"{W}fill") for n in docx.body.iter(f"{W}shd")}
    assert "CCDDEE" in fills
    assert "FBE9BF" not in fills


def test_styles_are_found_by_name_and_missing_ones_added(make_report: MakeReport, tmp_path: Path) -> None:
    path = restyled(
        tmp_path / "german.docx",
        ('w:styleId="Heading1"', 'w:styleId="berschrift1"'),
        ('<w:basedOn w:val="Heading1"/>', '<w:basedOn w:val="berschrift1"/>'),
        ('w:styleId="Entity"><w:name w:val="Entity"/>', 'w:styleId="Entity"><w:name w:val="Something else"/>'),
    )
    docx = Docx(word.document(make_report(), ReportOptions(template=path)))
    used = {style(p) for p in docx.body.iter(f"{W}p")}
    assert "berschrift1" in used
    assert "Heading1" not in used
    entity = next(r for r in docx.body.iter(f"{W}r") if run_words(r) == "a name")
    assert entity.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "EntityReport"
    ids = [s.get(f"{W}styleId") for s in docx.tree("word/styles.xml").findall(f"{W}style")]
    assert len(ids) == len(set(ids))
    assert "EntityReport" in ids


def test_a_plain_word_file_is_a_template(make_report: MakeReport, tmp_path: Path) -> None:
    docx_module = pytest.importorskip("docx")
    path = tmp_path / "plain.docx"
    docx_module.Document().save(str(path))
    docx = Docx(word.document(make_report(), ReportOptions(template=path)))
    names = {n.get(f"{W}val") for n in docx.tree("word/styles.xml").iter(f"{W}name")}
    assert {s.name for s in STYLES} <= {*names, "heading 1", "heading 2", "header", "footer"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_the_styles_of_a_plain_word_file(make_report: MakeReport, tmp_path: Path, kind: str) -> None:
    docx_module = pytest.importorskip("docx")
    path = tmp_path / "plain.docx"
    docx_module.Document().save(str(path))
    docx = Docx(word.document(make_report(kind=kind), ReportOptions(kind=kind, template=path)))
    known = {s.get(f"{W}styleId") for s in docx.tree("word/styles.xml").findall(f"{W}style")}
    used = {n.get(f"{W}val") for tag in ("pStyle", "rStyle") for n in docx.body.iter(f"{W}{tag}")}
    assert used <= known


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"plain words"])
def test_what_is_no_word_file_is_told(make_report: MakeReport, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(content)
    with pytest.raises(WriteError, match=r"bad\.docx"):
        word.document(make_report(), ReportOptions(template=path))


def test_a_zip_without_styles_is_told(make_report: MakeReport, tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "a")
    with pytest.raises(WriteError, match="not a Word document"):
        word.document(make_report(), ReportOptions(template=path))
