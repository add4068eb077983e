"""Web pages, alone and saved in one file: mark-up without end, things that reach out, parts that point at each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place, everywhere, truncated


def cases(place: Place) -> Iterator[Case]:
    yield from everywhere("html")
    yield from everywhere("mhtml")
    yield from truncated("page", "html", seeds.page())
    yield from truncated("page", "mhtml", seeds.web_archive())
    yield from _shapes()
    yield from _reaching(place)
    yield from _encodings()
    yield from _archives(place)


def _body(name: str, body: Callable[[], str], outcome: Outcome = "either", words: str = "") -> Case:
    return Case(f"{name}.html", lambda: seeds.page(body()), outcome, words)


def _shapes() -> Iterator[Case]:
    words = seeds.page_body()
    yield Case("seed.html", seeds.page, "reads", seeds.WORDS)
    yield _body("deep-div", lambda: "<div>" * 100_000 + words, "either", "")
    yield _body("deep-300", lambda: "<div>" * 300 + words + "</div>" * 300, "reads", seeds.WORDS)
    yield _body("deep-inline", lambda: words + "<p>" + "<b><i>" * 50_000 + "end of the quay", "either", "")
    yield _body("deep-table", lambda: "<table><tr><td>" * 20_000 + words)
    yield _body("deep-list", lambda: "<ul><li>" * 20_000 + words)
    yield _body("deep-quote", lambda: "<blockquote>" * 20_000 + words)
    yield _body("deep-font", lambda: "<p><font>" * 20_000 + words)
    yield _body("comments", lambda: "<!--" * 200_000 + words)
    yield _body("many-comments", lambda: "<!-- x -->" * 200_000 + words, "reads", seeds.WORDS)
    yield _body("unclosed-script", lambda: words + "<script>" + "x" * 1_000_000, "reads", seeds.WORDS)
    yield _body("unclosed-style-before", lambda: "<style>" + words)
    yield _body("scripts", lambda: "<script>if (a < b) { c = '</p>' }</script>" * 20_000 + words, "reads", seeds.WORDS)
    yield _body("attributes", lambda: f"<p {seeds.attributes(200_000)}>" + words)
    yield _body("long-attribute", lambda: f'<p title="{"x" * 5_000_000}">' + words)
    yield _body("unclosed-attribute", lambda: words + '<p title="' + "x" * 1_000_000)
    yield _body("less-than", lambda: words + "<p>" + "<" * 500_000)
    yield _body("less-than-letters", lambda: words + "<a" * 200_000)
    yield _body("ampersands", lambda: "<p>" + "&" * 500_000 + words, "reads", "")
    yield _body("entities", lambda: "<p>" + "&amp;&nosuch;&#0;&#xD800;&#x110000;&#128;" * 20_000 + words, "reads", "")
    yield _body("end-tags", lambda: "</div></p>" * 100_000 + words, "reads", seeds.WORDS)
    yield _body(
        "paragraphs-50001", lambda: "<p>The quay is closed until spring.</p>" * 50_001, "refused", "50,000 paragraphs"
    )
    yield _body("five-million", lambda: "<p>" + "quay closed " * 420_000, "refused", "5,000,000 characters")
    yield _body("long-text", lambda: "<p>" + "The quay stays closed until spring. " * 130_000, "reads", "quay")
    yield _body("breaks", lambda: "quay<br>" * 60_000)
    yield _body("cells", lambda: "<table><tr>" + "<td>quay" * 100_000)
    yield _body("spans", lambda: words + "<p>" + "<span>q</span>" * 200_000, "either", "")
    yield _body("links", lambda: words + '<a href="https://x.example/">more</a> ' * 50_000)
    yield _body("colspan", lambda: "<table><tr><td colspan=2147483647 rowspan=2147483647>quay</table>" + words)
    yield _body(
        "start-of-list", lambda: "<ol start=99999999999999999999><li value=-1>quay<li value=x>quay</ol>" + words
    )
    yield _body("plaintext", lambda: words + "<plaintext>" + "<p>" * 10_000)
    yield _body("template-svg-math", lambda: "<svg><foreignObject><math><mtext><template><p>" * 3_000 + words)
    yield _body(
        "nothing-shown",
        lambda: '<div hidden><p style="display:none">quay</p></div><script>1</script>',
        "refused",
        "no text",
    )
    yield Case("frameset.html", lambda: b"<html><frameset><frame src='/etc/passwd'></frameset></html>", "refused")
    yield Case("no-tags.html", seeds.text, "reads", seeds.WORDS)
    yield Case("tags-only.html", lambda: b"<p></p>" * 50_000, "refused", "no text")
    yield Case("doctype-only.html", lambda: b"<!DOCTYPE html>", "refused")
    yield Case("cdata.html", lambda: b"<html><body><p>quay<![CDATA[ x ]]></p>" + b"<![CDATA[" * 50_000)
    yield Case("twenty-megabytes.html", lambda: seeds.page("<div class=x></div>" * 1_050_000 + words))


def _reaching(place: Place) -> Iterator[Case]:
    words = seeds.page_body()
    f, h, s = place.file, place.http, place.share
    head = (
        f'<base href="{f}"><link rel=stylesheet href="{h}a.css"><link rel=canonical href="{h}"><script src="{h}a.js"></script>'
        f'<meta http-equiv=refresh content="0;url={h}"><meta property="og:image" content="{h}a.png"><meta property="og:title" content="{"x" * 3_000}">'
    )
    yield Case("reaches-out.html", lambda: seeds.page(
        f'{words}<img src="{h}a.png" srcset="{h}b.png 2x"><img src="{f}"><img src="file:{s}"><iframe src="{f}"></iframe>'
        f'<object data="{h}"></object><video src="{h}"></video><p style="background:url({h})">x</p>', head=head), "reads", seeds.WORDS)  # fmt: skip
    for name, data in (
        ("context-http", f'{{"@context": "{h}context.json", "@type": "NewsArticle", "headline": "Quay"}}'),
        (
            "context-file",
            f'{{"@context": ["{f}", {{"@import": "{h}"}}], "@type": "NewsArticle", "author": {{"@id": "{h}"}}}}',
        ),
        ("deep", "[" * 100_000),
        ("deep-closed", '{"@graph":' * 20_000 + "1" + "}" * 20_000),
        ("numbers", '{"headline": ' + "9" * 100_000 + "}"),
        (
            "wrong-kinds",
            '{"@type": {"a": []}, "headline": [null, 3], "author": [[["x"]]], "datePublished": {"@value": []}}',
        ),
        ("nan", '{"headline": NaN, "author": Infinity}'),
        ("surrogate", '{"@type": "NewsArticle", "headline": "a \\ud800 quay", "author": {"name": "\\u0000"}}'),
        ("many", '[{"@type": "NewsArticle", "headline": "x"}' + ', {"@type": "Person"}' * 50_000 + "]"),
        ("broken", '{"@type": "NewsArticle", "headline": "quay'),
        ("long", f'{{"@type": "NewsArticle", "headline": "{"quay " * 200_000}"}}'),
        ("date", '{"@type": "NewsArticle", "datePublished": "99999-99-99T99:99:99+99:99"}'),
    ):
        yield Case(f"json-ld-{name}.html", lambda data=data: seeds.page(
            head=f'<script type="application/ld+json">{data}</script>'), "reads", seeds.WORDS)  # fmt: skip
    yield Case("entities-of-a-doctype.html", lambda: seeds.page(
        f"&x; {words}", before=f'<!DOCTYPE html [<!ENTITY x SYSTEM "{f}">]>'), "reads", seeds.WORDS)  # fmt: skip
    yield Case("entity-file.xhtml", lambda: seeds.chapter(
        f"<p>&x;</p>{words}", before=f'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY x SYSTEM "{f}">]>'), "reads", seeds.WORDS)  # fmt: skip
    yield Case("billion-laughs.xhtml", lambda: seeds.chapter(f"<p>&l9;</p>{words}", before="<!DOCTYPE html [" + '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"), "reads", seeds.WORDS)  # fmt: skip


def _encodings() -> Iterator[Case]:
    def page(charset: str, codec: str) -> Callable[[], bytes]:
        made = (
            seeds.page()
            .decode()
            .replace('charset="utf-8"', f'charset="{charset}"')
            .replace("old quay", "old café quay")
        )
        return lambda: made.encode(codec, "xmlcharrefreplace")

    yield Case("says-utf8-is-cp1252.html", page("utf-8", "cp1252"), "reads", "old café quay")
    yield Case("says-latin1-is-utf8.html", page("iso-8859-1", "utf-8"), "reads", "old café quay")
    yield Case("says-utf16-is-utf8.html", page("utf-16", "utf-8"), "reads", "old café quay")
    yield Case("says-nonsense.html", page("x-klingon", "utf-8"), "reads", "old café quay")
    yield Case("says-utf7.html", page("utf-7", "utf-8"), "reads", "old café quay")
    yield Case("says-codec.html", page("zlib_codec", "cp1252"), "reads", "old café quay")
    yield Case("utf16.html", page("utf-8", "utf-16"), "reads", "old café quay")
    yield Case("utf16-no-mark.html", page("utf-8", "utf-16-le"))
    yield Case("nuls-between.html", lambda: seeds.page().replace(b"old quay", b"old\x00 quay"))
    yield Case("lone-surrogates.html", lambda: seeds.page(f"<p>a \ud83d quay</p>{seeds.page_body()}"))


def _archives(place: Place) -> Iterator[Case]:
    html = "Content-Type: text/html; charset=utf-8"

    def case(name: str, data: Callable[[], bytes], outcome: Outcome = "either", words: str = "") -> Case:
        return Case(f"{name}.mhtml", data, outcome, words)

    yield case("seed", seeds.web_archive, "reads", seeds.WORDS)
    yield case("page-called", seeds.page, "reads", seeds.WORDS)
    yield case("no-page", lambda: seeds.web_archive([("Content-Type: image/png", b"x")]), "refused")
    yield case("no-parts", lambda: seeds.web_archive([]), "refused")
    yield case(
        "many-parts", lambda: seeds.web_archive([(html, seeds.page()), *([("Content-Type: image/png", b"x")] * 50_000)])
    )
    yield case(
        "two-pages",
        lambda: seeds.web_archive([(html, seeds.page()), (html, seeds.page("<p>frame</p>"))]),
        "reads",
        seeds.WORDS,
    )
    frame = f'{seeds.page_body()}<iframe src="cid:self@x"></iframe>'
    yield case(
        "frame-of-itself",
        lambda: seeds.web_archive([(f"{html}\r\nContent-ID: <self@x>", seeds.page(frame))]),
        "reads",
        seeds.WORDS,
    )
    reach = f"{html}\r\nContent-Location: {place.file}"
    yield case("location-file", lambda: seeds.web_archive([(reach, seeds.page())]), "reads", seeds.WORDS)
    yield case(
        "start-missing", lambda: seeds.web_archive().replace(b'type="text/html"', b'start="<nobody@x>"'), "either"
    )
    yield case(
        "base64-noise",
        lambda: seeds.web_archive([(f"{html}\r\nContent-Transfer-Encoding: base64", b"!!!=" * 9_000)]),
        "refused",
    )
    yield case("quoted-printable-damaged", lambda: seeds.web_archive(
        [(f"{html}\r\nContent-Transfer-Encoding: quoted-printable", seeds.page().replace(b"=", b"=3D") + b"=ZZ=" * 999)]), "reads", seeds.WORDS)  # fmt: skip
    yield case("boundary-missing", lambda: seeds.web_archive().replace(b"--x1y2", b"--other"))
    yield case("boundary-unsaid", lambda: seeds.web_archive().replace(b'boundary="x1y2"', b""))
    body, kind = seeds.multipart([(html, seeds.page())])
    for n in range(120):
        body, kind = seeds.multipart([(f"Content-Type: {kind}", body)], boundary=f"b{n}", kind="related")
    yield case("nested-120", lambda: seeds.web_archive([(f"Content-Type: {kind}", body)]))
