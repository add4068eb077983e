"""The look of the Word report: one table of styles, which a user may restyle in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from annotator.exporters.word.markup import (
    DECLARATION,
    DOTS,
    GREY,
    INK,
    NAMESPACES,
    Face,
    element,
    paragraph_properties,
    run_properties,
)

SERIF = Face("Charis SIL", "Noto Naskh Arabic", "Noto Serif CJK JP")
SANS = Face("Inter", "Noto Sans Arabic", "Noto Sans CJK JP")
CLAIM, CLAIM_TINT, CLAIM_TINT_TWICE, SOURCE, SOURCE_TINT = "7A4E00", "FBE9BF", "F0CC73", "0B57A4", "D7E4F3"
QUOTE_BAR = "D9A520"
TEXT_WIDTH = 16.0
"""Width of the text in cm, the same on A4 and Letter, so that one set of table widths serves both."""

COLUMN_LEFT, COLUMN_RIGHT = 1.1, 1.4
LIST_LEFT, LIST_STEP = 1.7, 0.6
"""Where the words of a list begin, and how much further in those of a list in it do, cm."""
"""Indents of the article's column in cm: the paragraph numbers hang on the left, a pencil has room on the right."""

NUMBER_INDENT = 0.95
CODED_INDENT = 1.9


@dataclass(frozen=True)
class Style:
    """A style: its id, its name (which Word keeps whatever the user's language), and its properties as XML."""

    id: str
    name: str
    kind: str
    run: str
    paragraph: str = ""
    based_on: str | None = None
    next: str | None = None

    @property
    def xml(self) -> str:
        """The ``w:style`` element."""
        default = "1" if self.id in ("Normal", "DefaultParagraphFont") else None
        custom = None if self.name in _BUILT_IN else "1"
        inner = [element("name", val=self.name)]
        if self.based_on:
            inner.append(element("basedOn", val=self.based_on))
        if self.next:
            inner.append(element("next", val=self.next))
        inner += [element("uiPriority", val=10), element("qFormat")]
        if self.paragraph:
            inner.append(f"<w:pPr>{self.paragraph}</w:pPr>")
        if self.run:
            inner.append(f"<w:rPr>{self.run}</w:rPr>")
        head = element("style", type=self.kind, default=default, customStyle=custom, styleId=self.id)
        return head[:-2] + ">" + "".join(inner) + "</w:style>"


_BUILT_IN = frozenset(
    {"Normal", "Title", "heading 1", "heading 2", "header", "footer", "annotation text", "annotation reference"}
    | {"Default Paragraph Font", "Strong", "caption", "Quote", "toc 1", "toc 2"}
)


def _paragraph(
    id_: str, name: str, paragraph: str, run: str = "", *, based_on: str = "Normal", next_: str | None = None
) -> Style:
    return Style(id_, name, "paragraph", run, paragraph, based_on, next_)


def _front() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    yield Style("Normal", "Normal", "paragraph", rp(size=9.5, color=INK, face=SANS), pp(after=4, line=13.5))
    yield _paragraph(
        "Overline",
        "Overline",
        pp(after=5, line=11, keep_next=True),
        rp(size=7.5, bold=True, caps=True, track=24, color=CLAIM),
        next_="Title",
    )
    yield _paragraph(
        "Title",
        "Title",
        pp(after=7, line=29, keep_next=True, keep_lines=True),
        rp(face=SERIF, size=24, bold=True),
        next_="Facts",
    )
    yield _paragraph("Facts", "Facts", pp(after=0, line=13), rp(size=8.5))
    yield _paragraph("Lead", "Lead", pp(before=14, after=10, line=17), rp(size=11.5))
    for n, (size, before, after, line) in enumerate(((14, 24, 5, 19), (9.5, 15, 3, 14)), 1):
        yield _paragraph(
            f"Heading{n}",
            f"heading {n}",
            pp(before=before, after=after, line=line, keep_next=True, keep_lines=True, level=n - 1),
            rp(size=size, bold=True),
            next_="Normal",
        )
    yield _paragraph(
        "SectionNote",
        "Section Note",
        pp(after=7, line=12.5, right=1.0, keep_next=True),
        rp(size=8.5, color=GREY),
    )
    yield _paragraph("Small", "Small", pp(before=6, after=3, line=12), rp(size=8, color=GREY))
    yield _paragraph("Prose", "Prose", pp(after=4, line=13.5, right=COLUMN_RIGHT, keep_lines=True))


_column = partial(paragraph_properties, left=COLUMN_LEFT, right=COLUMN_RIGHT)
_kept = partial(_column, keep_next=True, keep_lines=True)


def _article_head() -> Iterator[Style]:
    rp = run_properties
    yield _paragraph(
        "ArticleMasthead",
        "Article Masthead",
        _column(after=8, line=13, keep_next=True),
        rp(size=8.5, bold=True, color=GREY),
        next_="ArticleHeadline",
    )
    yield _paragraph(
        "ArticleHeadline",
        "Article Headline",
        _kept(before=6, after=6, line=30, level=0),
        rp(face=SERIF, size=23, bold=True),
        based_on="Heading1",
        next_="ArticleBody",
    )
    yield _paragraph(
        "ArticleStandfirst",
        "Article Standfirst",
        _kept(after=12, line=19),
        rp(face=SERIF, size=13, italic=True, color=GREY),
        next_="ArticleBody",
    )
    yield _paragraph(
        "ArticleByline",
        "Article Byline",
        _column(after=12, line=14, keep_next=True),
        rp(size=9, color=GREY),
        next_="ArticleBody",
    )


def _article_text() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    for n, (size, before) in enumerate(((14.5, 14), (12.5, 10), (11.5, 8)), 1):
        yield _paragraph(
            f"ArticleHeading{n}",
            f"Article Heading {n}",
            _kept(before=before, after=4, line=19.5, level=n),
            rp(face=SERIF, size=size, bold=True, italic=n == 3),
            based_on="Heading2",
            next_="ArticleBody",
        )
    hung = partial(_column, hanging=COLUMN_LEFT, widow=True, tabs=(("left", COLUMN_LEFT),))
    yield _paragraph("ArticleBody", "Article Body", hung(after=9.5, line=19.5, exact=True), rp(face=SERIF, size=11.5))
    quote = pp(after=9.5, right=2.0, **_deeper(2.0))
    yield _paragraph("ArticleQuote", "Article Quote", quote, rp(italic=True), based_on="ArticleBody")
    yield _paragraph("ArticleList", "Article List", pp(after=4, **_deeper(LIST_LEFT)), based_on="ArticleBody")
    yield _paragraph(
        "ArticleBox", "Article Box", pp(after=6, line=15, **_deeper(LIST_LEFT)), rp(size=9.5), based_on="ArticleBody"
    )
    yield _paragraph(
        "ArticleCorrection",
        "Article Correction",
        hung(before=4, after=8, line=15),
        rp(size=9.5, italic=True, color=GREY),
        next_="ArticleBody",
    )
    yield _paragraph(
        "ArticleCaption",
        "Article Caption",
        hung(after=9.5, line=14),
        rp(size=9, color=GREY),
        next_="ArticleBody",
    )


class _Indent(TypedDict):
    left: float
    hanging: float
    tabs: tuple[tuple[str, float], ...]


def _deeper(left: float) -> _Indent:
    """Return the indents of a block set in, its number still in the margin."""
    return {"left": left, "hanging": left, "tabs": (("clear", COLUMN_LEFT), ("left", left))}


def _notes_and_tables() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    note = partial(pp, left=NUMBER_INDENT, keep_lines=True)
    yield _paragraph("Note", "Note", note(after=1.5, line=12.3), rp(size=8.5))
    yield _paragraph(
        "NoteHead",
        "Note Head",
        note(
            before=8,
            after=1.5,
            hanging=NUMBER_INDENT,
            keep_next=True,
            tabs=(("left", NUMBER_INDENT), ("right", TEXT_WIDTH)),
        ),
        rp(bold=True),
        based_on="Note",
        next_="Note",
    )
    yield _paragraph(
        "NoteAsked",
        "Note Asked",
        note(before=5, after=2, line=12.3, right=COLUMN_RIGHT, keep_next=True),
        rp(size=8.5),
        based_on="Note",
    )
    yield _paragraph(
        "NoteAnswer", "Note Answer", note(before=1, after=6, line=12.3, right=COLUMN_RIGHT), based_on="Note"
    )
    yield _paragraph(
        "TableHead", "Table Head", pp(after=0, line=11, keep_next=True), rp(size=7.5, bold=True, color=GREY)
    )
    yield _paragraph("TableText", "Table Text", pp(after=0, line=12), rp(size=8.5))
    # Charis asks for 1.6 em of line by itself: only an exact height keeps quotes in tables together.
    yield _paragraph("TableQuote", "Table Quote", pp(after=0, line=13.5, exact=True), rp(face=SERIF, size=9.5))
    yield _paragraph(
        "TableNote", "Table Note", pp(before=2, after=0, line=11), rp(size=8, color=GREY), based_on="TableText"
    )
    yield _paragraph("Caption", "caption", pp(before=12, after=3, line=12, keep_next=True), rp(size=8.5, bold=True))
    yield _paragraph(
        "Quote",
        "Quote",
        pp(
            before=2,
            after=3,
            line=15.5,
            exact=True,
            left=NUMBER_INDENT,
            right=COLUMN_RIGHT,
            keep_lines=True,
            borders={"left": (12, QUOTE_BAR, 8, "single")},
        ),
        rp(face=SERIF, size=10.5),
    )
    yield _paragraph("Header", "header", pp(after=0, line=11, tabs=(("right", TEXT_WIDTH),)), rp(size=7.5, color=GREY))
    yield _paragraph("Footer", "footer", "", based_on="Header")
    yield _paragraph("CommentText", "annotation text", pp(after=2, line=12), rp(size=9))


def _coded() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    coded = partial(pp, left=CODED_INDENT, keep_lines=True)
    yield _paragraph(
        "CodedHead",
        "Coded Head",
        coded(
            before=11,
            after=2,
            line=12.3,
            hanging=CODED_INDENT,
            keep_next=True,
            tabs=(("left", CODED_INDENT), ("right", TEXT_WIDTH)),
        ),
        rp(size=8.5, bold=True),
        next_="CodedQuote",
    )
    yield _paragraph(
        "CodedQuote",
        "Coded Quote",
        coded(before=1, after=3, line=15, exact=True, right=COLUMN_RIGHT),
        rp(face=SERIF, size=10),
        next_="Coded",
    )
    yield _paragraph("Coded", "Coded", coded(after=1, line=12, right=COLUMN_RIGHT), rp(size=8.5))


def _figures() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    # What stands in a cell for its colour only: a taller line would swell the bar.
    yield _paragraph("Picture", "Picture", pp(after=0, line=2, keep_next=True), rp(size=2))
    yield _paragraph("BarText", "Bar Text", pp(after=0, line=11.5), rp(size=7.5))
    yield _paragraph(
        "Figure", "Key Figure", pp(after=0, line=23, keep_next=True), rp(size=19, bold=True), next_="FigureLabel"
    )
    yield _paragraph(
        "FigureLabel", "Key Figure Label", pp(before=3, after=0, line=11.5, right=0.5), rp(size=8.2, color=GREY)
    )
    for n, (size, before, left, bold) in enumerate(((9.5, 3, 0.0, True), (9, 0, 0.6, None)), 1):
        yield _paragraph(
            f"Contents{n}",
            f"toc {n}",
            pp(before=before, after=1, line=14, left=left, tabs=(("right", TEXT_WIDTH, "dot"),)),
            rp(size=size, bold=bold),
        )


def _lessons() -> Iterator[Style]:
    pp, rp = paragraph_properties, run_properties
    task = partial(pp, left=NUMBER_INDENT)
    numbered = partial(pp, after=0, exact=True)
    yield _paragraph("NumberedLine", "Numbered Line", numbered(line=19), rp(face=SERIF, size=11))
    yield _paragraph("NumberedHeadline", "Numbered Headline", numbered(line=22), rp(face=SERIF, size=15, bold=True))
    yield _paragraph("NumberedHeading", "Numbered Heading", numbered(line=19), rp(face=SERIF, size=11, bold=True))
    yield _paragraph("NumberedSmall", "Numbered Small", numbered(line=19), rp(size=8.5, color=GREY))
    yield _paragraph("NumberedMargin", "Numbered Margin", numbered(line=19), rp(size=8))
    hung = partial(task, hanging=NUMBER_INDENT, keep_next=True, tabs=(("left", NUMBER_INDENT),))
    yield _paragraph(
        "Task",
        "Task",
        hung(before=20, after=3, line=17, keep_lines=True, level=1),
        rp(size=12, bold=True),
        next_="TaskText",
    )
    yield _paragraph("TaskText", "Task Text", task(after=4, line=14.5, keep_lines=True), rp(size=9.5))
    yield _paragraph(
        "TaskQuote",
        "Task Quote",
        hung(before=9, after=3, line=15.5, exact=True, keep_lines=True),
        rp(face=SERIF, size=10.5),
    )
    dotted = (4, DOTS, 0, "dotted")
    yield _paragraph(
        "WritingLine",
        "Writing Line",
        task(before=0, after=0, line=22, exact=True, borders={"bottom": dotted, "between": dotted}),
        rp(size=9),
    )
    yield _paragraph("WritingSpace", "Writing Space", pp(before=0, after=0, line=22, exact=True), rp(size=9))
    yield _paragraph("Answer", "Answer", task(after=4, line=13, keep_lines=True), rp(size=9))


def _characters() -> Iterator[Style]:
    rp = run_properties
    number = partial(rp, face=SANS, bold=True, italic=False, no_proof=True)
    for name, run in (
        ("Default Paragraph Font", ""),
        ("annotation reference", rp(size=8)),
        ("Claim", rp(fill=CLAIM_TINT)),
        ("Claim Overlap", rp(fill=CLAIM_TINT_TWICE)),
        ("Source", rp(underline=("double", SOURCE))),
        ("Cue", rp(underline=("dash", GREY))),
        ("Entity", rp(box=("dotted", DOTS))),
        ("Claim Mark", number(color=CLAIM, size=11.5, superscript=True)),
        ("Source Mark", number(color=SOURCE, size=11.5, superscript=True)),
        ("Claim Number", number(color=CLAIM, size=8.5)),
        ("Source Number", number(color=SOURCE, size=8.5)),
        ("Paragraph Number", rp(face=SANS, size=7.5, bold=False, italic=False, color="6F6960", no_proof=True)),
        ("Web Address", rp(color=SOURCE, no_proof=True)),
        ("Figure Whole", rp(bold=False, color=GREY, size=10.5)),
        ("Figure Share", rp(bold=False, color=GREY, size=8.5)),
        ("On Colour", rp(color="FFFFFF")),
        ("Article Words", rp(face=SERIF)),
        ("Strong", rp(bold=True)),
        ("Quiet", rp(color=GREY)),
    ):
        id_ = "CommentReference" if name == "annotation reference" else name.replace(" ", "")
        yield Style(id_, name, "character", run)


STYLES: tuple[Style, ...] = (
    *_front(),
    *_article_head(),
    *_article_text(),
    *_notes_and_tables(),
    *_coded(),
    *_figures(),
    *_lessons(),
    *_characters(),
)
"""Every style of the report, in the order Word's gallery shows them."""

IDS = {s.id: s.name for s in STYLES}

_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

_FONTS = (
    (SERIF.latin, "Cambria", "roman"),
    (SANS.latin, "Segoe UI", "swiss"),
    (SERIF.arabic, "Times New Roman", "roman"),
    (SANS.arabic, "Segoe UI", "swiss"),
    (SERIF.east_asian, "Yu Mincho", "roman"),
    (SANS.east_asian, "Yu Gothic", "swiss"),
)


def styles_xml() -> str:
    """Return the template's ``styles.xml``: our styles, and Word's own hidden from the gallery."""
    languages = element("lang", val="en-GB", eastAsia="ja-JP", bidi="ar-SA")
    defaults = run_properties(face=SANS, size=9.5) + languages
    latent = element(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>{latent}"
        f"{''.join(s.xml for s in STYLES)}{_TABLE}</w:styles>"
    )


def font_table_xml() -> str:
    """Return a font table that names, for each face, what to take where it is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}">{element("altName", val=instead)}{element("family", val=family)}'
        f"{element('pitch', val='variable')}</w:font>"
        for name, instead, family in _FONTS
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"
