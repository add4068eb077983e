"""Mail: head lines that are none, parts in parts in parts, encodings nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import seeds
from tests.hostile.cases import Case, Outcome, Place, everywhere, truncated

PLAIN = "Content-Type: text/plain; charset=utf-8"


def cases(place: Place) -> Iterator[Case]:
    yield from everywhere("eml")
    yield from truncated("letter", "eml", seeds.mail())
    yield from _heads()
    yield from _parts(place)
    yield from _bodies()


def _case(name: str, make: Callable[[], bytes], outcome: Outcome = "either", words: str = "") -> Case:
    return Case(f"{name}.eml", make, outcome, words)


def _heads() -> Iterator[Case]:
    words = seeds.WORDS
    yield _case("seed", seeds.mail, "reads", words)
    for name, head in (
        ("head-line-long", f"X-Long: {'x' * 3_000_000}\r\n"),
        ("head-line-folded", "X-Fold: a\r\n" + "\tb\r\n" * 100_000),
        ("head-lines-many", "X-Many: a\r\n" * 100_000),
        ("subject-encoded-broken", "Subject: =?utf-8?b?!!!?= =?x-klingon?q?=ZZ?= =?utf-8?q?" + "=" * 9_999 + "\r\n"),
        ("subject-encoded-many", "Subject: " + "=?utf-8?b?w6k=?= " * 20_000 + "\r\n"),
        ("addresses-many", "Cc: " + "a@b.example, " * 50_000 + "\r\n"),
        ("addresses-nested", "Reply-To: " + "(" * 20_000 + "\r\n"),
        ("addresses-brackets", "Sender: " + "<" * 20_000 + "\r\n"),
        ("addresses-quotes", "Reply-To: " + '"a' * 20_000 + "\r\n"),
        ("groups", "Cc: " + "a:" * 20_000 + "\r\n"),
        ("date-nonsense", "Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n"),
        ("list-id", "List-Id: " + "<<>>" * 9_999 + "\r\nArchived-At: file:///etc/passwd\r\n"),
        ("references", "References: " + "<a@b> " * 50_000 + "\r\n"),
        ("raw-bytes", "X-Raw: \udcff\udcfe caf\xe9\r\n".encode("utf-8", "surrogatepass").decode("latin-1")),
        ("nul-in-head", "X-Nul: a\x00b\r\n"),
        ("parameters-many", "Content-Disposition: inline" + "; a*0*=utf-8''x" * 20_000 + "\r\n"),
        ("type-twice", "Content-Type: image/png\r\n"),
        ("encoding-unknown", "Content-Transfer-Encoding: x-uuencode-9\r\n"),
    ):
        yield _case(name, lambda head=head: seeds.mail(head=head))
    for name, kind in (
        ("charset-unknown", "text/plain; charset=x-klingon"), ("charset-codec", "text/plain; charset=zlib_codec"),
        ("charset-wrong", "text/plain; charset=utf-16"), ("charset-bytes", 'text/plain; charset="\x00"'),
        ("charset-long", f"text/plain; charset={'x' * 100_000}"), ("type-nonsense", "//;;=/"), ("type-empty", ""),
        ("type-parameters", "text/plain" + "; a=b" * 20_000), ("type-continued", "text/plain; charset*0=ut; charset*1=f-8; charset*99999999=x"),
        ("idna", "text/plain; charset=idna"), ("undefined", "text/plain; charset=undefined"), ("punycode", "text/plain; charset=punycode"),
    ):  # fmt: skip
        yield _case(name, lambda kind=kind: seeds.mail(kind=kind))
    yield _case("no-head", seeds.text)
    yield _case("head-only", lambda: b"From: a@b.example\r\nSubject: quay\r\n", "either")
    yield _case(
        "mbox",
        lambda: (
            b"From a@b Mon Mar  4 08:00:00 2024\n"
            + seeds.mail()
            + b"\n\nFrom b@c Tue Mar  5 08:00:00 2024\n"
            + seeds.mail()
        ),
    )
    yield _case("line-ends-mixed", lambda: seeds.mail().replace(b"\r\n", b"\n", 3).replace(b"\r\n", b"\r", 2))
    yield _case("page-called", seeds.page, "reads", words)


def _parts(place: Place) -> Iterator[Case]:
    html = "Content-Type: text/html; charset=utf-8"

    def mixed(*parts: tuple[str, bytes], kind: str = "mixed", boundary: str = "x1y2") -> bytes:
        body, its = seeds.multipart(parts, kind=kind, boundary=boundary)
        return seeds.mail(body, kind=its)

    def nested(depth: int) -> bytes:
        body, kind = seeds.multipart([(PLAIN, seeds.text())])
        for n in range(depth):
            body, kind = seeds.multipart([(f"Content-Type: {kind}", body)], boundary=f"b{n}")
        return seeds.mail(body, kind=kind)

    def forwarded(depth: int) -> bytes:
        made = seeds.mail()
        for _ in range(depth):
            made = seeds.mail(made, kind="message/rfc822")
        return made

    for depth in (20, 500, 3_000):
        yield _case(f"parts-nested-{depth}", lambda depth=depth: nested(depth))
        yield _case(f"forwarded-{depth}", lambda depth=depth: forwarded(depth))
    yield _case("parts-100000", lambda: mixed(*([(PLAIN, b"quay")] * 100_000)))
    yield _case("boundary-lines", lambda: mixed((PLAIN, seeds.text())).replace(b"--x1y2--", b"--x1y2\r\n" * 200_000))
    yield _case("boundary-missing", lambda: mixed((PLAIN, seeds.text())).replace(b'; boundary="x1y2"', b""))
    yield _case("boundary-empty", lambda: mixed((PLAIN, seeds.text())).replace(b'"x1y2"', b'""'))
    yield _case("boundary-of-patterns", lambda: mixed((PLAIN, seeds.text()), boundary="(((a+)+)+$[" * 4))
    yield _case("no-parts", lambda: mixed())
    yield _case(
        "attachments-only",
        lambda: mixed(("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf", b"%PDF")),
        "refused",
    )
    names = 'Content-Type: application/x\r\nContent-Disposition: attachment; filename="../../../etc/passwd"'
    yield _case("attachment-climbing", lambda: mixed((PLAIN, seeds.text()), (names, b"x")), "reads", seeds.WORDS)
    yield _case(
        "alternative", lambda: mixed((PLAIN, b"short"), (html, seeds.page()), kind="alternative"), "reads", seeds.WORDS
    )
    reach = f'{seeds.page_body()}<img src="{place.http}pixel.gif"><iframe src="{place.file}"></iframe><link rel=stylesheet href="{place.http}">'
    yield _case("page-reaches-out", lambda: mixed((html, seeds.page(reach))), "reads", seeds.WORDS)
    yield _case("external-body", lambda: mixed((PLAIN, seeds.text()), (
        f'Content-Type: message/external-body; access-type=local-file; name="{place.file}"', b"Content-Type: text/plain\r\n\r\n")))  # fmt: skip
    yield _case("partial", lambda: seeds.mail(seeds.text(), kind='message/partial; id="x"; number=1; total=9'))
    yield _case(
        "encrypted",
        lambda: mixed(
            ("Content-Type: application/pgp-encrypted", b"Version: 1"),
            ("Content-Type: application/octet-stream", b"x"),
            kind="encrypted",
        ),
    )
    yield _case(
        "winmail", lambda: mixed(("Content-Type: application/ms-tnef; name=winmail.dat", b'x\x9f>"' * 99)), "refused"
    )
    yield _case(
        "delivery-status",
        lambda: mixed(
            (PLAIN, seeds.text()), ("Content-Type: message/delivery-status", b"a: b\r\n\r\n" * 9_999), kind="report"
        ),
    )


def _bodies() -> Iterator[Case]:
    coded = "Content-Transfer-Encoding: {}\r\n"

    def body(name: str, coding: str, data: bytes, outcome: Outcome = "either", words: str = "") -> Case:
        made = seeds.mail(data, kind="text/plain; charset=utf-8").replace(
            b"Content-Transfer-Encoding: 8bit\r\n", coded.format(coding).encode()
        )
        return _case(name, lambda: made, outcome, words)

    yield body("base64-noise", "base64", b"!!!!=" * 20_000)
    yield body("base64-cut", "base64", b"VGhlIHF1YXkgaXMgY2xvc2Vk" * 99 + b"V", "reads", "quay")
    yield body("base64-long", "base64", b"cXVheSBh" * 700_000)
    yield body("quoted-noise", "quoted-printable", b"=ZZ=\r\n==" * 20_000 + b"quay")
    yield body("quoted-ends-open", "quoted-printable", b"The quay is closed=", "reads", "quay")
    yield body("uuencoded", "x-uuencode", b"begin 644 a\r\n" + b"M" * 9_999 + b"\r\nend")
    yield body("quotes-deep", "8bit", b">" * 100_000 + b" quay\r\n", "either")
    yield body("lines-50001", "8bit", b"quay\r\n" * 50_001, "refused")
    yield body("text-too-long", "8bit", b"quay " * 1_000_100, "refused")
    flowed = seeds.mail(b"quay \r\n" * 40_000 + b"end", kind="text/plain; charset=utf-8; format=flowed; delsp=yes")
    yield _case("flowed", lambda: flowed, "reads", "quay")
    yield _case("eight-bit-wrong", lambda: seeds.mail("Café quay ".encode("cp1252") * 50), "reads", "Café quay")
