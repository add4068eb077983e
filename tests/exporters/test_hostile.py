"""Every kind of report from an article whose words were chosen to do harm: they stay words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from annotator.exporters import KINDS, ReportOptions
from annotator.exporters.document import Report
from annotator.exporters.word import body as word
from annotator.model import (
    AnnotatedArticle,
    Claim,
    ClaimEvidence,
    Cue,
    Entity,
    Evidence,
    Mention,
    SourceMention,
    Verification,
)
from tests.exporters.conftest import Maker
from tests.exporters.reading import Docx, W, words
from tests.exporters.test_annotated import assert_anchors

MakeReport = Callable[..., Report]
FIELD = '{ HYPERLINK "file://evil.example/x" } { INCLUDETEXT "C:\\\\secret.txt" } =cmd|\'/C calc\'!A0'
MARKUP = '</w:t></w:r><w:p/><script>alert(1)</script> &amp; "quoted" <b>'
ODD = "a\x00b\x08c\x1bd\u202eevil\u2066\ufffe\U000e0001 \U0001f600"


def hostile() -> AnnotatedArticle:
    made = Maker(f"A title\n{FIELD} says that {MARKUP} and {ODD} holds. Nobody counted it.\nقالت الهيئة 橋は安全だ")
    made.article = replace(
        made.article,
        title=f"{ODD} {FIELD} {MARKUP} " + "long " * 80,
        publication=MARKUP,
        url="javascript:alert(document.cookie)",
        licence_note=FIELD,
        language="xx'\"<",
    )
    made.source("who", FIELD + MARKUP, naming="anonymous", affiliation=ODD, role=MARKUP, side=FIELD)
    made.source("nobody", "Nobody named", kind="unstated", naming="unstated")
    made.entities["it"] = Entity(id="it", name=MARKUP + ODD, kind="work", external="\\\\server\\share")
    mention = made.add(SourceMention, "says", source="who")
    cue = made.add(Cue, "says that")
    claim = made.add(
        Claim,
        MARKUP,
        type="factual",
        check_worthy="yes",
        short_text=FIELD,
        note="\x01" + "word =SUM(A1) <b> " * 110_000,
        tags=("=1+1", MARKUP),
    )
    made.link(claim, "who", source_mention=mention, cue=cue, load="doubt")
    other = made.add(Claim, ODD, type="opinion", form="narration")
    made.link(other, "nobody")
    made.add(Mention, "holds", entity="it")
    made.verifications[claim] = (
        Verification(claim=claim, status="checked", verdict="1", at="not a time", why=MARKUP + FIELD),
    )
    for n, url in enumerate(
        ("javascript:alert(1)", "\\\\server\\share\\x", "file:///etc/passwd", "data:text/html,<b>", "http://[")
    ):
        made.evidence[f"e{n}"] = Evidence(id=f"e{n}", title=MARKUP, url=url, archive_url=url, date=ODD, publisher=FIELD)
        made.claim_evidence.append(ClaimEvidence(claim=claim, evidence=f"e{n}", stance="contradicts", quoted=MARKUP))
    return made.annotated()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_chosen_to_do_harm_stays_words(make_report: MakeReport, kind: str) -> None:
    options = replace(ReportOptions(), kind=kind)
    docx = Docx(word.document(make_report(hostile(), kind=kind), options))
    for name, data in docx.parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    fields = {n.text.strip().split()[0] for n in docx.body.iter(f"{W}instrText")}
    assert fields <= {"PAGE", "NUMPAGES", "PAGEREF"}
    outside = re.findall(r'Target="([^"]*)" TargetMode="External"', docx.parts["word/_rels/document.xml.rels"].decode())
    assert outside == []
    assert_anchors(docx)
    assert not docx.tree("word/document.xml").findall(".//script")


@pytest.mark.parametrize("kind", ["annotated", "audit", "claims"])
def test_the_words_themselves_are_all_there(make_report: MakeReport, kind: str) -> None:
    told = "".join(words(Docx(word.document(make_report(hostile(), kind=kind), ReportOptions())).body))
    assert "<script>alert(1)</script>" in told
    assert "=cmd|" in told


@pytest.mark.parametrize("kind", ["annotated", "audit", "claims"])
def test_the_same_report_gives_the_same_bytes(make_report: MakeReport, kind: str) -> None:
    first, second = (word.document(make_report(hostile(), kind=kind), ReportOptions()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_and_picture_has_words_for_who_does_not_see_it(make_report: MakeReport, kind: str) -> None:
    docx = Docx(word.document(make_report(kind=kind), ReportOptions()))
    for table in docx.body.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
    for drawing in docx.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        assert drawing.get("descr") and drawing.get("title")
