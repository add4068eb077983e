"""PDF: forms and pages that go in circles, streams that swell, tables of places that lie, pages without letters."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import cache

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place, everywhere, truncated
from tests.hostile.seeds import flate, pdf, pdf_objects, pdf_text, stream

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
    b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
)


def cases(place: Place) -> Iterator[Case]:
    yield from everywhere("pdf")
    yield from truncated("paper", "pdf", pdf())
    yield from _circles()
    yield from _swelling()
    yield from _structure()
    yield from _contents()
    yield from _fonts()
    yield from _reaching(place)


def _case(name: str, make: Callable[[], bytes], outcome: Outcome = "either", words: str = "") -> Case:
    return Case(f"{name}.pdf", make, outcome, words)


Held = bytes | Callable[[], bytes]
"""What an object holds, or what makes it when it is wanted."""


def _with(
    name: str, outcome: Outcome = "either", words: str = "", more: dict[int, Held] | None = None, **changed: Held
) -> Case:
    def make() -> bytes:
        objects = pdf_objects(**{n: _made(body) for n, body in changed.items()})
        return pdf({**objects, **{n: _made(body) for n, body in (more or {}).items()}})

    return _case(name, make, outcome, words)


def _made(held: Held) -> bytes:
    return held if isinstance(held, bytes) else held()


def _form(body: bytes, entries: bytes = b"") -> bytes:
    return stream(
        body,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R /Y 7 0 R >> /Font << /F1 5 0 R >> >> "
        + entries,
    )


def _circles() -> Iterator[Case]:
    words = pdf_text()
    yield _with("form-of-itself", "reads", seeds.WORDS, {6: _form(b"/X Do")}, content=flate(words + b"\n/X Do"))
    yield _with(
        "forms-of-each-other",
        "reads",
        seeds.WORDS,
        {6: _form(b"/Y Do " * 9), 7: _form(b"/X Do " * 9)},
        content=flate(words + b"\n/X Do"),
    )
    fan = {
        6 + n: stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> " % (7 + n),
        )
        for n in range(20)
    }
    yield _with("forms-that-multiply", "either", "", {**fan, 26: _form(b"")}, content=flate(words + b"\n/X Do"))
    yield _with("pages-of-themselves", "either", "", pages=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")
    yield _with(
        "pages-in-a-circle",
        "either",
        "",
        {6: b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>"},
        pages=b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
    )
    deep = {
        6 + n: b"<< /Type /Pages /Kids [%d 0 R] /Parent 2 0 R /Count 1 >>" % (7 + n if n < 4_999 else 3)
        for n in range(5_000)
    }
    yield _with("pages-deep", "either", "", deep, pages=b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>")
    yield _with(
        "page-many-times", "either", "", pages=b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>"
    )
    yield _with(
        "parent-in-a-circle", "reads", seeds.WORDS, pages=b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>"
    )
    yield _with("length-of-itself", "either", "", content=b"<< /Length 4 0 R >>\nstream\n" + words + b"\nendstream")
    yield _with("contents-of-itself", "either", "", page=(PAGE % 3))
    yield _with("object-of-itself", "either", "", {6: b"6 0 R"}, page=PAGE.replace(b"%d 0 R", b"6 0 R"))
    yield _with("objects-in-a-circle", "either", "", {6: b"7 0 R", 7: b"6 0 R"}, page=PAGE.replace(b"%d 0 R", b"6 0 R"))
    yield _with(
        "contents-many-times",
        "either",
        "",
        page=(PAGE % 4).replace(b"/Contents 4 0 R", b"/Contents [" + b"4 0 R " * 20_000 + b"]"),
    )
    yield _with(
        "resources-of-itself",
        "either",
        "",
        page=PAGE.replace(b"%d", b"4").replace(b"/Resources <<", b"/Resources 3 0 R /Old <<"),
    )
    yield _with("outlines-in-a-circle", "reads", seeds.WORDS, {6: b"<< /First 7 0 R /Last 7 0 R >>", 7: b"<< /Title (x) /Next 7 0 R /First 6 0 R /Parent 6 0 R >>"},
                catalog=b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>")  # fmt: skip
    yield _case("prev-of-itself", lambda: _prev(pdf(), None), "reads", seeds.WORDS)
    yield _case("prev-beyond", lambda: _prev(pdf(), 99_999_999))


def _prev(data: bytes, to: int | None) -> bytes:
    at = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % (at if to is None else to))


@cache
def _blanks(megabytes: int) -> bytes:
    """Return so many megabytes of blanks, compressed, made without holding them."""
    squeeze = zlib.compressobj(9)
    block = b" " * 1_000_000
    return b"".join(squeeze.compress(block) for _ in range(megabytes)) + squeeze.flush()


def _swelling() -> Iterator[Case]:
    words = pdf_text()

    def bomb(times: int, megabytes: int = 300) -> bytes:
        data = _blanks(megabytes)
        for _ in range(times - 1):
            data = zlib.compress(data, 9)
        return stream(data, b"/Filter [" + b"/FlateDecode " * times + b"] ")

    yield _with("flate-bomb", content=lambda: bomb(1))
    yield _with("flate-bomb-twice", content=lambda: bomb(2, 1_000))
    yield _with("flate-bomb-thrice", content=lambda: bomb(3))
    yield _with("filters-many", "either", "", content=stream(words, b"/Filter [" + b"/ASCIIHexDecode " * 5_000 + b"] "))
    yield _with(
        "run-length-bomb", "either", "", content=stream(b"\x81 " * 2_000_000 + b"\x80", b"/Filter /RunLengthDecode ")
    )
    yield _with("run-length-in-flate", content=lambda: stream(
        zlib.compress(b"\x81 " * 4_000_000 + b"\x80", 9), b"/Filter [/FlateDecode /RunLengthDecode] "))  # fmt: skip
    yield _with(
        "lzw-noise",
        "either",
        "",
        content=stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 9_999, b"/Filter /LZWDecode "),
    )
    yield _with("ascii85-z", "either", "", content=stream(b"z" * 3_000_000 + b"~>", b"/Filter /ASCII85Decode "))
    yield _with(
        "predictor-huge",
        "either",
        "",
        content=stream(
            zlib.compress(words),
            b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 /BitsPerComponent 64 >> ",
        ),
    )
    yield _with(
        "predictor-zero",
        "either",
        "",
        content=stream(
            zlib.compress(words), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 0 /Colors 0 >> "
        ),
    )
    yield _with("picture-huge", "reads", seeds.WORDS, {6: lambda: stream(_blanks(300), b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode ")},
                content=flate(words + b"\nq 1 0 0 1 0 0 cm /X Do Q"))  # fmt: skip
    inline = b"\nBI /W 99999 /H 99999 /BPC 8 /CS /RGB ID " + b"\x00" * 1_000_000 + b" EI\n"
    yield _with("picture-inline", "either", "", content=flate(inline + words))
    yield _with("picture-inline-endless", "either", "", content=flate(words + b"\nBI /W 9 /H 9 ID " + b"x" * 3_000_000))
    boxed = b"/Type /ObjStm /N 500 /First 8 /Filter /FlateDecode "
    yield _with("object-stream-bomb", "reads", seeds.WORDS, {6: lambda: stream(_blanks(300), boxed)})
    hundred = {
        **pdf_objects(),
        2: b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % n for n in range(10, 210)) + b"] /Count 200 >>",
    }
    hundred |= dict.fromkeys(range(10, 210), PAGE % 4)
    yield _case("pages-200", lambda: pdf(hundred), "reads", seeds.WORDS)


def _structure() -> Iterator[Case]:
    sound = pdf()
    yield _case("seed", lambda: sound, "reads", seeds.WORDS)
    yield _case(
        "table-of-places-wrong", lambda: sound.replace(b"00000 n", b"00007 n").replace(b"0000000", b"0000009"), "either"
    )
    yield _case("startxref-nowhere", lambda: sound.replace(b"startxref\n", b"startxref\n9"), "either")
    yield _case("startxref-missing", lambda: sound[: sound.rindex(b"startxref")], "either")
    yield _case("startxref-negative", lambda: sound.replace(b"startxref\n", b"startxref\n-"), "either")
    yield _case("table-huge", lambda: sound.replace(b"xref\n0 6", b"xref\n0 2147483647"), "either")
    yield _case("table-far", lambda: sound.replace(b"xref\n0 6", b"xref\n2147483640 6"), "either")
    yield _case("size-huge", lambda: sound.replace(b"/Size 6", b"/Size 99999999999999"), "either")
    yield _case("root-missing", lambda: sound.replace(b"/Root 1 0 R", b""), "either")
    yield _case("root-is-a-page", lambda: sound.replace(b"/Root 1 0 R", b"/Root 3 0 R"), "either")
    yield _case("root-is-a-number", lambda: sound.replace(b"/Root 1 0 R", b"/Root 17"), "either")
    yield _case("junk-before", lambda: b"\x00junk\n" * 99 + sound, "either")
    yield _case("junk-behind", lambda: sound + b"\x00junk\n" * 9_999, "either")
    yield _case("head-only", lambda: b"%PDF-1.7\n", "refused")
    yield _case(
        "head-and-noise", lambda: b"%PDF-1.7\n" + bytes((n * 7919 >> 3) & 255 for n in range(200_000)), "refused"
    )
    yield _case("nested-arrays", lambda: pdf({**pdf_objects(), 6: b"[" * 200_000}), "either")
    yield _case("nested-dictionaries", lambda: pdf({**pdf_objects(), 6: b"<< /A " * 100_000}), "either")
    yield _case(
        "nested-in-the-page",
        lambda: pdf(pdf_objects(page=(PAGE % 4)[:-2] + b"/Y " + b"[" * 20_000 + b"]" * 20_000 + b" >>")),
        "either",
    )
    yield _case("string-without-end", lambda: pdf({**pdf_objects(), 6: b"(" * 500_000}), "either")
    yield _case("names-long", lambda: pdf({**pdf_objects(), 6: b"/" + b"A" * 2_000_000}), "either")
    yield _case("numbers-long", lambda: pdf(pdf_objects(page=(PAGE % 4).replace(b"595", b"9" * 100_000))), "either")
    yield _case(
        "objects-100000",
        lambda: pdf({**pdf_objects(), **dict.fromkeys(range(7, 100000), b"null")}),
        "reads",
        seeds.WORDS,
    )
    yield _case("no-pages", lambda: pdf(pdf_objects(pages=b"<< /Type /Pages /Kids [] /Count 0 >>")), "either")
    yield _case(
        "pages-said-many",
        lambda: pdf(pdf_objects(pages=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>")),
        "reads",
        seeds.WORDS,
    )
    yield _case(
        "kids-wrong",
        lambda: pdf(pdf_objects(pages=b"<< /Type /Pages /Kids [null 7 (x) 99 0 R 3 0 R] /Count 5 >>")),
        "either",
    )
    for name, box in (("box-missing", b""), ("box-zero", b"/MediaBox [0 0 0 0]"), ("box-huge", b"/MediaBox [-1e38 -1e38 1e38 1e38]"),
                      ("box-wrong", b"/MediaBox [(a) /b null]"), ("box-turned", b"/MediaBox [595 842 0 0] /Rotate 90"), ("rotate-wrong", b"/MediaBox [0 0 595 842] /Rotate 77")):  # fmt: skip
        yield _case(
            name, lambda box=box: pdf(pdf_objects(page=(PAGE % 4).replace(b"/MediaBox [0 0 595 842]", box))), "either"
        )
    locked = (
        b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (%s) /U (%s) >> /ID [(0123456789abcdef) (0123456789abcdef)] "
        % (b"o" * 32, b"u" * 32)
    )
    yield _case("locked", lambda: pdf(trailer=locked), "refused", "password")
    yield _case("locked-unknown", lambda: pdf(trailer=locked.replace(b"/Standard", b"/Adobe.PubSec")), "refused")
    yield _case("locked-noise", lambda: pdf(trailer=b"/Encrypt << /Filter /Standard /V 99 /R (x) /O 7 >> "), "refused")
    yield _case("locked-nowhere", lambda: pdf(trailer=b"/Encrypt 99 0 R "))
    form = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA (x) /Fields [] >> >>"
    wait = pdf_text(
        ["Please wait... If this message is not eventually replaced by the proper contents of the document"]
    )
    yield _case("xfa-only", lambda: pdf(pdf_objects(flate(wait), catalog=form)), "refused")
    info = (
        b"/Info << /Title (" + b"quay " * 400_000 + b") /Author (\xfe\xff\xd8\x00) /CreationDate (D:99999999999999) >> "
    )
    yield _case("info-huge", lambda: pdf(trailer=info), "reads", seeds.WORDS)


def _contents() -> Iterator[Case]:
    words = pdf_text()

    def content(name: str, made: bytes, outcome: Outcome = "either", text: str = "") -> Case:
        return _with(name, outcome, text, content=flate(made))

    picture = stream(
        b"\x00" * 300,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceRGB /BitsPerComponent 8 ",
    )
    yield _with("scanned", "refused", "picture", {6: picture}, content=flate(b"q 595 0 0 842 0 0 cm /X Do Q"))
    yield content("no-text", b"0 0 m 9 9 l S", "refused")
    yield content("white-space-only", b"BT /F1 11 Tf 72 700 Td (   ) Tj ET", "refused")
    yield content("graphics-states-deep", b"q " * 200_000 + words)
    yield content("graphics-states-up", b"Q " * 200_000 + words, "reads", seeds.WORDS)
    yield content("marked-content-deep", b"/P BMC " * 200_000 + words)
    yield content("text-objects-deep", b"BT " * 100_000 + words)
    yield content("operators-unknown", b"foo " * 300_000 + words, "reads", seeds.WORDS)
    yield content("operands-without-operator", b"1 " * 600_000 + words)
    yield content("operands-missing", b"Tf Td Tm TJ Tj cm re Do gs cs scn BDC \n" * 200 + words)
    yield content("operands-wrong", b"/x (y) Tf [1] Td (a) TL [[(a)]] TJ null Tj << >> Do \n" * 200 + words)
    yield content("strings-nested", words + b"\nBT /F1 9 Tf (" + b"(" * 100_000)
    yield content("arrays-nested", words + b"\nBT /F1 9 Tf " + b"[" * 100_000 + b"] TJ ET")
    yield content("numbers-odd", b"1e999 --5 +-.- 0x7 . 9" + b"9" * 5_000 + b" Td\n" + words)
    yield content("matrix-zero", b"0 0 0 0 0 0 cm\n" + words)
    yield content("matrix-huge", b"1e30 0 0 1e30 1e30 1e30 cm\n" + words)
    yield content("letters-without-size", words.replace(b"11 Tf", b"0 Tf"))
    yield content("letters-of-negative-size", words.replace(b"11 Tf", b"-11 Tf"))
    yield content("letters-huge", words.replace(b"11 Tf", b"1e20 Tf"))
    yield content("all-in-one-place", words.replace(b"14 TL", b"0 TL"))
    yield content("off-the-page", words.replace(b"72 760 Td", b"-9000 -9000 Td"))
    yield content(
        "letters-400000",
        b"BT /F1 1 Tf 9 800 Td 1 TL\n" + b"(quay quay quay quay quay quay quay quay) Tj T*\n" * 10_000 + b"ET",
    )
    yield content("letters-one-by-one", b"BT /F1 9 Tf\n" + b"".join(
        b"1 0 0 1 %d %d Tm (q) Tj\n" % (n * 37 % 590, n * 91 % 840) for n in range(60_000)) + b"ET")  # fmt: skip
    yield content(
        "boxes-20000",
        b"".join(b"%d %d 9 9 re f\n" % (n % 590, n % 840) for n in range(20_000)) + words,
        "reads",
        seeds.WORDS,
    )
    yield content("kerned", b"BT /F1 9 Tf 9 700 Td [" + b"(q) -99999 (u) 1e9 " * 20_000 + b"] TJ ET")


def _fonts() -> Iterator[Case]:
    words = pdf_text()

    def font(
        name: str, made: bytes, more: dict[int, bytes] | None = None, outcome: Outcome = "either", text: str = ""
    ) -> Case:
        return _with(name, outcome, text, more, font=made)

    to = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    yield font("font-missing", b"null")
    yield font(
        "font-of-itself",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
    )
    yield font("font-subtype-unknown", b"<< /Type /Font /Subtype /Type99 /BaseFont /X >>")
    yield font(
        "font-widths-huge",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar -9 /LastChar 2147483647 /Widths [1 (a) null] >>",
    )
    yield font(
        "font-differences",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [99999 /a (b) 1.5 /uniD800 /u110000 /g9999999999] >> >>",
    )
    yield font(
        "font-type3-of-itself",
        b"<< /Type /Font /Subtype /Type3 /FontMatrix [0 0 0 0 0 0] /FontBBox [0 0 0 0] /CharProcs << /a 4 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [0] /Resources << /Font << /F1 5 0 R >> >> >>",
    )
    yield font("map-noise", to, {6: stream(b"\x00<\xff>" * 9_999)})
    big = b"1 beginbfrange <0000> <ffffffff> <0041> endbfrange\n"
    yield font(
        "map-range-huge", to, {6: stream(b"/CIDInit /ProcSet findresource begin begincmap\n" + big * 50 + b"endcmap")}
    )
    yield font(
        "map-range-backwards", to, {6: stream(b"begincmap 1 beginbfrange <ffff> <0000> <0041> endbfrange endcmap")}
    )
    yield font(
        "map-long-targets",
        to,
        {6: stream(b"begincmap 1 beginbfchar <65> <" + b"0041" * 200_000 + b"> endbfchar endcmap")},
    )
    yield font("map-surrogates", to, {6: stream(b"begincmap 2 beginbfchar <65> <d83d> <61> <dc00> endbfchar endcmap")})
    yield font("map-of-itself", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>")
    yield font("map-uses-file", b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /..#2f..#2f..#2fetc#2fpasswd /DescendantFonts [6 0 R] >>",
               {6: b"<< /Type /Font /Subtype /CIDFontType2 /CIDSystemInfo << /Registry (../../..) /Ordering (/etc/passwd) >> >>"})  # fmt: skip
    yield font("map-bomb", to, {6: lambda: stream(_blanks(300), b"/Filter /FlateDecode ")})
    program = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 6 0 R >> >>"
    yield font("font-program-noise", program, {6: flate(bytes((n * 7919 >> 3) & 255 for n in range(50_000)))})
    yield font(
        "font-program-tables",
        program,
        {
            6: flate(
                b"\x00\x01\x00\x00\xff\xff" + bytes(6) + b"cmap\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff" * 999
            )
        },
    )
    one = b"<< /Type /Font /Subtype /Type1 /BaseFont /X /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile 6 0 R >> >>"
    yield font(
        "font-program-type1",
        one,
        {6: stream(b"%!PS\n/Encoding 256 array\n" + b"dup 1 /a put\n" * 200_000, b"/Length1 99999999 ")},
    )
    no_letters = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>"
    hexed = b"BT /F1 9 Tf 72 700 Td <" + b"".join(b"%04x" % n for n in range(1, 400)) + b"> Tj ET"
    yield _with("letters-without-text", "refused", "", {6: cid}, font=no_letters, content=flate(hexed))
    yield _with(
        "widths-of-many",
        "either",
        "",
        {6: cid.replace(b"/DW 500", b"/DW 500 /W [0 2147483647 500 1 [" + b"5 " * 99_999 + b"]]")},
        font=no_letters,
        content=flate(hexed + words),
    )


def _reaching(place: Place) -> Iterator[Case]:
    f, h = place.file.encode(), place.http.encode()
    words = pdf_text()
    act = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (%s) >> /AA << /O << /S /JavaScript /JS (app.launchURL('%s')) >> >> >>"
        % (h, h)
    )
    yield _with("acts", "reads", seeds.WORDS, catalog=act)
    yield _with(
        "launches",
        "reads",
        seeds.WORDS,
        catalog=b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (%s) >> >>" % f,
    )
    outside = (
        b"<< /Length 0 /F << /Type /Filespec /F (%s) >> /FFilter /FlateDecode >>\nstream\n\nendstream"
        % f.removeprefix(b"file://")
    )
    yield _with("contents-in-another-file", "refused", "", content=outside)
    yield _with(
        "form-of-another-file",
        "reads",
        seeds.WORDS,
        {6: _form(b"", b"/Ref << /F (%s) /Page 0 >> " % f)},
        content=flate(words + b"\n/X Do"),
    )
    yield _with("embedded-file", "reads", seeds.WORDS, {6: stream(b"MZ\x90" * 999, b"/Type /EmbeddedFile ")},
                catalog=b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(../../x.exe) << /Type /Filespec /F (../../x.exe) /EF << /F 6 0 R >> >>] >> >> >>")  # fmt: skip
