"""Originals that hold a little of everything their format knows: more to be changed than the plain ones."""

from __future__ import annotations

from tests.hostile import seeds
from tests.hostile.zips import pack

P = seeds.PARAGRAPHS


def richer() -> dict[str, bytes]:
    """Return an original for each ending, by file name."""
    return {
        "rich.txt": f"{seeds.HEADLINE.upper()}\n\nBy Ada Brandt\n4 March 2024\n\n{P[0]}\n\nWHAT IS KNOWN\n\n- {P[1]}\n- {P[2]}\n\n> {P[3]}\n".encode(
            "utf-16"
        ),
        "rich.md": _markdown(),
        "rich.html": _page(),
        "rich.mhtml": _archive(),
        "rich.docx": pack(_word()),
        "rich.odt": pack(_odf()),
        "rich.fodt": seeds.flat_odf(ODF_BODY),
        "rich.rtf": seeds.rtf(RTF_BODY, head=RTF_HEAD),
        "rich.pdf": _pdf(),
        "rich.epub": pack(_book()),
        "rich.eml": _mail(),
    }


def _markdown() -> bytes:
    return f"""---
title: "{seeds.HEADLINE}"
author: [Ada Brandt, Per Holm]
date: 2024-03-04
tags:
  - harbour
---

# {seeds.HEADLINE} #

*{P[0]}*

## What is known

1. {P[1]}
   - inner `code` and **bold [link](https://x.example/ "t")**
   - ![a picture](a.png)
2. {P[2]}

> {P[3]}
>
> > nested

| a | b |
|:--|--:|
| 40 | <br>0 |

```text
fenced
```

<div>html</div>[^1] &amp; [ref]

[ref]: https://x.example/
[^1]: A note.
""".encode()


def _page() -> bytes:
    data = '{"@context":"https://schema.org","@type":"NewsArticle","headline":"H","author":[{"@type":"Person","name":"Ada Brandt"}],"datePublished":"2024-03-04T08:00:00Z","publisher":{"name":"Harbour News"}}'
    head = (
        f'<script type="application/ld+json">{data}</script><meta property="og:title" content="{seeds.HEADLINE}"><meta name="author" content="Ada Brandt">'
        '<meta property="article:published_time" content="2024-03-04"><link rel="canonical" href="https://news.example.org/quay"><base href="/x">'
    )
    body = (
        '<header><nav><ul><li><a href="/">Home</a><li><a href="/a">News</a></ul></nav></header><main>'
        f'<h1>{seeds.HEADLINE}</h1><p class="standfirst">{P[0]}</p><p class="byline">By <a rel="author">Ada Brandt</a></p><time datetime="2024-03-04">4 March</time>'
        f"<p>{P[1]}</p><figure><img src=a.png alt='quay'><figcaption>The quay in May.</figcaption></figure><h2>What is known</h2><ol start=3><li>{P[2]}<ul><li>inner</ul><li>two</ol>"
        f"<blockquote><p>{P[3]}</p></blockquote><table><caption>Boats</caption><tr><th>a<td colspan=2>b</table><pre>  x\n  y</pre><p hidden>no</p><p>a&nbsp;b&shy;c<br>d<wbr>e<sup>1</sup></p>"
        '<div class="correction">Correction: it was ten.</div></main><aside class="comments"><p>First!</p></aside><footer>© 2024</footer><script>x()</script><noscript>no</noscript><template><p>t</p></template>'
    )
    return seeds.page(body, head=head)


def _archive() -> bytes:
    html = _page().replace(b"=", b"=3D")
    return seeds.web_archive(
        [
            ("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example.org/quay", html),
            ("Content-Type: text/css\r\nContent-Location: a.css", b"p { color: red }"),
            ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <a@b>", b"iVBORw0KGgo="),
        ]
    )  # fmt: skip


def _p(words: str, properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"
    )


def _word() -> dict[str, bytes]:
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="urn:wps"><w:txbxContent>'
        f"{_p('In the box')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{_p('In the box')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    body = (
        _p(seeds.HEADLINE, '<w:pStyle w:val="Title"/>') + _p(P[0]) + _p("What is known", '<w:pStyle w:val="Heading1"/>')
        + _p(P[1], numbered.format(0)) + _p("inner", numbered.format(1)) + _p(P[2], '<w:pStyle w:val="Quote"/>')
        + '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t>May</w:t></w:r></w:fldSimple><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:id="2" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>'
        '<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Symbol" w:char="F061"/></w:r><w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc>{_p('a')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{_p('b')}<w:tbl><w:tr><w:tc>{_p('c')}</w:tc></w:tr></w:tbl>{_p('')}</w:tc></w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent>{_p(P[3])}</w:sdtContent></w:sdt>{box}<w:sectPr/>"
    )  # fmt: skip
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/><w:basedOn w:val="Normal"/><w:pPr>{more}</w:pPr></w:style>'
        for i, n, more in (
            ("Normal", "Normal", ""),
            ("Title", "Title", ""),
            ("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>'),
            ("Quote", "Quote", ""),
        )
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n, f in enumerate(("decimal", "lowerRoman"))
    )
    parts = {
        "styles": f"<w:docDefaults/>{styles}",
        "numbering": f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        "footnotes": f'<w:footnote w:id="2">{_p("A note.")}</w:footnote>',
        "comments": f'<w:comment w:id="0" w:author="A">{_p("A comment.")}</w:comment>',
        "header": _p("Harbour News"),
    }
    roots = {"header": "hdr"}
    core = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:creator>Ada</dc:creator></cp:coreProperties>'
    return seeds.word_parts(
        seeds.word_document(body),
        **{f"word/{n}.xml": f'<w:{roots.get(n, n)} xmlns:w="{seeds.W}">{made}</w:{roots.get(n, n)}>'.encode() for n, made in parts.items()},
        **{
            "word/_rels/document.xml.rels": seeds.relations(*((f"rId{k}", n, f"{n}.xml") for k, n in enumerate(parts)), ("rId9", "hyperlink", "https://x.example/")),
            "docProps/core.xml": core.encode(),
            "_rels/.rels": seeds.relations(("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "docProps/core.xml")),
        },
    )  # fmt: skip


ODF_BODY = (
    f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">{seeds.HEADLINE}</text:h>'
    f'<text:p text:style-name="Quotations">{P[0]}<text:s text:c="3"/><text:tab/><text:line-break/><text:span>x</text:span><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    f'<text:p>A note.</text:p></text:note-body></text:note><text:change text:change-id="c1"/><office:annotation><text:p>A comment.</text:p></office:annotation></text:p><text:list><text:list-item><text:p>{P[1]}</text:p>'
    f"<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
    f'<table:covered-table-cell/><table:table-cell table:number-columns-repeated="3"><text:p>b</text:p></table:table-cell></table:table-row></table:table><text:section><text:p>{P[2]}</text:p></text:section>'
    f"<text:p><text:ruby><text:ruby-base>港</text:ruby-base><text:ruby-text>みなと</text:ruby-text></text:ruby><text:hidden-text>x</text:hidden-text><text:a>{P[3]}</text:a></text:p>"
)


def _odf() -> dict[str, bytes]:
    meta = f'<office:document-meta {seeds.ODF_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>T</dc:title><dc:creator>Ada</dc:creator><dc:language>en-GB</dc:language></office:meta></office:document-meta>'
    style = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    styles = (
        f'<office:document-styles {seeds.ODF_SPACES} {style}><office:styles><style:style style:name="Quotations" style:display-name="Quotations" style:family="paragraph" style:parent-style-name="Standard"/>'
        '<style:style style:name="Standard" style:family="paragraph"/></office:styles><office:master-styles><style:master-page style:name="S"><style:header><text:p>Harbour News</text:p></style:header></style:master-page></office:master-styles></office:document-styles>'
    )
    return seeds.odf_parts(seeds.odf_content(ODF_BODY), **{"meta.xml": meta.encode(), "styles.xml": styles.encode()})


RTF_HEAD = (
    "\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fcharset128 MS Gothic;}{\\f2\\fcharset204 Arial;}}{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}"
    "{\\s2\\sbasedon0 Quote;}}{\\info{\\title T}{\\author Ada}{\\creatim\\yr2024\\mo3\\dy4}}{\\*\\generator x;}{\\header Harbour News\\par}"
)
RTF_BODY = (
    f"\\pard\\s1\\b {seeds.HEADLINE}\\b0\\par\\pard {seeds.rtf_words(P[0])}\\par{{\\listtext 1.\\tab}}\\ls1\\ilvl0 {seeds.rtf_words(P[1])}\\par\\pard\\s2 {seeds.rtf_words(P[2])}{{\\footnote\\chftn A note.}}\\par"
    "{\\field{\\*\\fldinst HYPERLINK \"https://x.example/\"}{\\fldrslt link}}{\\f1 \\'8d\\'60}{\\f2 \\'e3}\\~\\-\\_\\line\\tab {\\v hidden}{\\deleted old}\\par"
    "\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b\\cell\\row\\pard{\\pict\\pngblip\\picw1 89504e47}{\\object{\\*\\objdata 00}{\\result r}}{\\*\\annotation A comment.}{\\shp{\\*\\shpinst{\\shptxt box\\par}}}"
    f"{{\\upr{{x}}{{\\*\\ud y}}}}\\u8364\\'80 {seeds.rtf_words(P[3])}\\par"
)


def _pdf() -> bytes:
    left = "\n".join(f"1 0 0 1 60 {700 - 14 * n} Tm (left line {n} of the quay-) Tj" for n in range(20))
    right = "\n".join(f"1 0 0 1 320 {700 - 14 * n} Tm [(right) -300 (line {n})] TJ" for n in range(20))
    words = f"BT /F1 20 Tf 60 760 Td ({seeds.HEADLINE}) Tj /F1 10 Tf\n{left}\n{right}\n/F2 9 Tf 1 0 0 1 60 300 Tm <00410042> Tj 3 Tr (ocr) Tj ET q 1 0 0 1 0 0 cm /X Do Q /P <</MCID 0>> BDC EMC"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Rotate 0 /Resources << /Font << /F1 5 0 R /F2 8 0 R >> /XObject << /X 7 0 R >> >> >>"
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0041> <0042> <0061> endbfrange 1 beginbfchar <0043> <fb01> endbfchar endcmap end"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Lang (en) /Outlines 12 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>", 3: page % 4, 4: seeds.flate(words.encode()),
        5: seeds.FONT, 6: page % 4, 7: seeds.stream(b"BT /F1 9 Tf 60 100 Td (In the form) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> "),
        8: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [9 0 R] /ToUnicode 10 0 R >>",
        9: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [65 [500 600]] >>",
        10: seeds.flate(cmap), 11: b"<< /Title (T) /Author (\xfe\xff\x00A) >>", 12: b"<< /First 13 0 R >>", 13: b"<< /Title (x) /Parent 12 0 R >>",
    }  # fmt: skip
    return seeds.pdf(objects, trailer=b"/Info 11 0 R ")


def _book() -> dict[str, bytes]:
    names = ("one.xhtml", "two.xhtml", "notes.xhtml")
    nav = '<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol><li><a href="one.xhtml">First</a><ol><li><a href="two.xhtml#a">Second</a></li></ol></li></ol></nav>'
    ncx = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>First</text></navLabel><content src="one.xhtml"/></navPoint></navMap></ncx>'
    note = f'<h2>Second</h2><p>{P[1]}<a epub:type="noteref" href="#n1" xmlns:epub="http://www.idpf.org/2007/ops">1</a></p><aside epub:type="footnote" id="n1" xmlns:epub="http://www.idpf.org/2007/ops"><p>A note.</p></aside>'
    more = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="c" href="c.css" media-type="text/css"/>'
    return seeds.book_parts(
        seeds.chapter(f"{seeds.page_body()}<ul><li>a<ol><li>b</li></ol></li></ul><table><tr><td>a</td><td>b</td></tr></table><img alt='x' src='a.png'/>"),
        seeds.package(names, more=more),
        **{"OEBPS/two.xhtml": seeds.chapter(note), "OEBPS/notes.xhtml": seeds.chapter("<p>The end.</p>"), "OEBPS/nav.xhtml": seeds.chapter(nav), "OEBPS/toc.ncx": ncx.encode()},
    )  # fmt: skip


def _mail() -> bytes:
    html = _page()
    alternative, kind = seeds.multipart(
        [
            ("Content-Type: text/plain; charset=utf-8; format=flowed", "\r\n".join(f"{p} \r\n> quoted" for p in P).encode()),
            ("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", html.replace(b"=", b"=3D")),
        ],
        kind="alternative", boundary="inner",
    )  # fmt: skip
    body, outer = seeds.multipart(
        [
            (f"Content-Type: {kind}", alternative),
            ("Content-Type: message/rfc822", seeds.mail()),
            ('Content-Type: application/pdf; name="=?utf-8?q?a=C3=A9.pdf?="\r\nContent-Disposition: attachment; filename*=utf-8\'\'a%C3%A9.pdf\r\nContent-Transfer-Encoding: base64', b"JVBERi0="),
        ]
    )  # fmt: skip
    head = "List-Id: Harbour News <news.example.org>\r\nList-Unsubscribe: <https://x.example/u>\r\nArchived-At: <https://news.example.org/a>\r\nReceived: from a by b;\r\n\tMon, 4 Mar 2024 08:00:00 +0000\r\n"
    return seeds.mail(body, kind=outer, head=head)
