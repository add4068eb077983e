"""Mail: the message's whole text, joined and decoded as it was meant; what is attached and what its head says is listed."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import mail, mime
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_page

HEAD = b"From: Ana Reed <ana@post.example>\r\nTo: desk@post.example\r\nSubject: The bridge\r\nDate: Fri, 3 Oct 2025 23:30:00 -0500\r\n"


def drafted(source: bytes, **options: Any) -> Draft:
    return mail.read(source, "a.eml", ReadOptions(**options), lambda: None)


def message(body: bytes, *heads: bytes) -> bytes:
    return HEAD + b"".join(head + b"\r\n" for head in heads) + b"\r\n" + body


def shapes(draft: Draft) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, draft.text[b.start : b.end]) for b in draft.blocks]


def multipart(kind: str, *parts: bytes, boundary: str = "=_b1") -> bytes:
    mark = b"--" + boundary.encode()
    inner = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + inner + mark + b"--\r\n"


def test_subject_sender_and_date_become_facts():
    draft = drafted(message(b"One paragraph.\r\n\r\nAnother.\r\n"))
    assert draft.text.split("\n") == ["The bridge", "One paragraph.", "Another."]
    assert draft.blocks[0].zone == "headline"
    assert draft.title == "The bridge"
    assert draft.facts == {"byline": "Ana Reed", "date": "2025-10-03"}
    assert ("head line of the message", "To: desk@post.example") in draft.passages


def test_a_newsletter_names_its_publication_and_its_address():
    page = b'<p><a href="https://post.example/issue?a=1&amp;b=2">View this email in your <b>browser</b></a></p><h1>The bridge</h1><p>It is long.</p>'
    source = b"From: Ana Reed from The Valley Letter <letter@post.example>\r\nSubject: The bridge\r\nList-Id: <letter.post.example>\r\n"
    draft = drafted(source + b"Content-Type: text/html\r\n\r\n" + page)
    assert draft.facts == {
        "publication": "The Valley Letter",
        "byline": "Ana Reed",
        "url": "https://post.example/issue?a=1&b=2",
    }
    assert draft.text.count("The bridge") == 1


@pytest.mark.parametrize(
    ("sender", "heads", "byline", "publication"),
    [
        ("Ana Reed <a@x.example>", "", "Ana Reed", None),
        ("The Valley Post <a@x.example>", "List-Unsubscribe: <x>\n", None, "The Valley Post"),
        ("Ana Reed <a@x.example>", "List-Unsubscribe: <x>\n", "Ana Reed", None),
        ("Ana Reed from Bridges <a@x.example>", "List-Id: <b.x.example>\n", "Ana Reed", "Bridges"),
        ("Bank of England <a@x.example>", "List-Unsubscribe: <x>\n", "Bank of England", None),
        ("Valley Letter <a@x.example>", "List-Unsubscribe: <x>\n", None, "Valley Letter"),
        ("Ana Reed <a@x.example>", "List-Id: Bridge talk <b.x.example>\nList-Post: <x>\n", "Ana Reed", "Bridge talk"),
        ("Ana <a@x.example>", "List-Id: <b.x.example>\nList-Post: <x>\n", "Ana", None),
        ("a@x.example", "", None, None),
        ("a@x.example", "List-Unsubscribe: <x>\n", None, None),
    ],
)
def test_what_the_sender_is_is_not_invented(sender: str, heads: str, byline: str | None, publication: str | None):
    facts = drafted(f"From: {sender}\n{heads}Subject: x\n\nText.".encode()).facts
    assert (facts.get("byline"), facts.get("publication")) == (byline, publication)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?q?caf=C3=A9_noir?=", "café noir"),
        ("=?UTF-8?B?5pel5pw=?= =?UTF-8?B?rOiqng==?=", "日本語"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?windows-1256?Q?=E3=D1=CD=C8=C7?= x", "مرحبا x"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?windows-874?Q?=CA=C7=D1=CA=B4=D5?=", "สวัสดี"),
        ("=?x-nonsense?q?caf=C3=A9?=", "café"),
        ("plain =?utf-8?q?=", "plain =?utf-8?q?="),
        ("a =?utf-8*en?q?b?= c", "a b c"),
    ],
)
def test_head_lines_are_decoded(written: str, read: str):
    assert mime.words(written) == read


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ana Reed <a@b.example>", "Ana Reed"),
        ('"Reed, Ana" <a@b.example>, Tom Hill <t@b.example>', "Reed, Ana, Tom Hill"),
        ("a@b.example (Ana Reed)", "Ana Reed"),
        ("<a@b.example>", "a@b.example"),
        ("a@b.example", "a@b.example"),
        ("=?utf-8?q?Ana_R=C3=A9ed?= <a@b.example>", "Ana Réed"),
        ("", ""),
    ],
)
def test_senders_are_named(value: str, names: str):
    assert mail.people(value) == names


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("iso-2022-jp", "橋は長い。"), ("gb2312", "你好，桥。"), ("windows-1256", "الجسر طويل"), ("tis-620", "สะพานนี้"),
     ("shift_jis", "橋は長い。"), ("koi8-r", "Мост длинный"), ("utf-8", "Brücke 🌉"), ("iso-8859-1", "Brücke")],
)  # fmt: skip
@pytest.mark.parametrize("how", ["8bit", "base64", "quoted-printable"])
def test_every_alphabet_comes_out(encoding: str, text: str, how: str):
    python = {"windows-1256": "cp1256", "tis-620": "cp874"}.get(encoding, encoding)
    raw = text.encode(python)
    body = {
        "base64": base64.encodebytes(raw),
        "quoted-printable": b"".join(b"=%02X" % byte for byte in raw),
    }.get(how, raw)
    heads = (f"Content-Type: text/plain; charset={encoding}".encode(), f"Content-Transfer-Encoding: {how}".encode())
    draft = drafted(message(body, *heads))
    assert draft.text.split("\n")[1] == text
    assert "encoding" in draft.can


def test_what_could_not_be_decoded_is_counted_whichever_part_it_is_in():
    good = b"Content-Type: text/plain; charset=utf-8\r\n\r\nAll is well."
    bad = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "Brücken über Flüsse ".encode() * 3 + b"\xff."
    report = drafted(HEAD + multipart("mixed", good, bad)).report
    assert any("not UTF-8" in what and n == 1 for what, n in report.changes.items())


def test_a_wrong_charset_is_found_out_and_the_users_word_is_taken():
    body = "Die Brücke — “lang” und schön".encode()
    draft = drafted(message(body, b"Content-Type: text/plain; charset=iso-8859-1"))
    assert "Brücke — “lang”" in draft.text
    assert draft.report.encoding == "utf-8"
    given_ = drafted(message("мост".encode("cp1251"), b"Content-Type: text/plain; charset=us-ascii"), encoding="cp1251")
    assert given_.text.endswith("мост")


def test_lines_the_mail_program_broke_are_joined_and_counted():
    body = (
        b"The board has told the council four times that nobody had ever ordered\r\n"
        b"this bridge, and that the bill for it would have to be paid by somebody\r\n"
        b"else.\r\n\r\n- one\r\n- two\r\n\r\nShort lines\r\nof verse\r\n"
    )
    draft = drafted(message(body))
    assert draft.text.split("\n")[1:] == [
        "The board has told the council four times that nobody had ever ordered this bridge, and that the bill for it "
        "would have to be paid by somebody else.",
        "- one",
        "- two",
        "Short lines",
        "of verse",
    ]
    assert 2 in draft.report.changes.values()


def test_flowed_text_is_joined_and_quotations_are_quotes():
    body = b"A line \r\nthat flows.\r\n> quoted \r\n> more\r\n>> deeper\r\n From\r\n-- \r\nAna\r\n"
    draft = drafted(message(body, b"Content-Type: text/plain; format=flowed"))
    assert shapes(draft)[1:] == [
        ("paragraph", 0, "A line that flows."),
        ("quote", 1, "quoted more"),
        ("quote", 2, "deeper"),
        ("paragraph", 0, "From"),
        ("paragraph", 0, "--"),
        ("paragraph", 0, "Ana"),
    ]
    japanese = "橋は \r\n長い。".encode()
    draft = drafted(message(japanese, b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"))
    assert draft.text.endswith("橋は長い。")


def test_the_page_is_read_unless_the_plain_text_says_far_more():
    plain = b"Content-Type: text/plain\r\n\r\nThe bridge is long."
    page = b"Content-Type: text/html; charset=utf-8\r\n\r\n<h2>Long</h2><p>The <b>bridge</b> is long.</p>"
    draft = drafted(HEAD + multipart("alternative", plain, page))
    assert shapes(draft)[1][0] == "heading" or shapes(draft)[1][2] == "Long"
    assert any("the page was read" in note for note in draft.report.notes)
    stub = b"Content-Type: text/html\r\n\r\n<p>See it.</p>"
    long = b"Content-Type: text/plain\r\n\r\nThe bridge is long and it has more words than the page beside it says."
    assert "more words" in drafted(HEAD + multipart("alternative", long, stub)).text


def test_attachments_are_listed_by_name_and_size_and_forwarded_messages_read():
    inner = b"From: Tom Hill <t@post.example>\r\nSubject: Re: numbers\r\n\r\nNine lorries."
    pdf = (
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''r%C3%A9; filename*1=port.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"x" * 3_000)
    )
    draft = drafted(HEAD + multipart("mixed", b"\r\nSee below.", b"Content-Type: message/rfc822\r\n\r\n" + inner, pdf))
    assert draft.text.split("\n") == [
        "The bridge",
        "See below.",
        "Re: numbers",
        "From: Tom Hill <t@post.example>",
        "Nine lorries.",
    ]
    assert ("attachment", "réport.pdf (application/pdf, 3 kB)") in draft.passages
    assert "1 attachment" in draft.report.left_out


def test_a_page_with_its_pictures_counts_them_once():
    page = b'Content-Type: text/html\r\n\r\n<p>Text</p><img src="cid:1"><img src="https://t.example/p.gif" width=1>'
    picture = b"Content-Type: image/png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
    draft = drafted(HEAD + multipart("related", page, picture))
    assert "2 pictures" in draft.report.left_out
    assert not any("attachment" in left for left in draft.report.left_out)


def test_files_written_into_the_text_are_attachments():
    packed = "".join(binascii.b2a_uu(b"x" * 45).decode() for _ in range(20)) + "`"
    body = f"Before.\n\nbegin 644 plan.bin\n{packed}\nend\n\nbegin 644 words as these\nare no file.\nend\n"
    draft = drafted(message(body.encode()))
    assert draft.text.split("\n")[1:] == ["Before.", "begin 644 words as these", "are no file.", "end"]
    assert ("attachment", "plan.bin") in draft.passages


def test_what_mail_programs_put_before_a_message_is_passed_over():
    one = b"From ana@post.example Fri Oct  3 10:00:00 2025\n" + message(b"Text.")
    assert drafted(one).text.endswith("Text.")
    assert drafted(b"120\n" + message(b"Text.")).text.endswith("Text.")
    assert drafted(b"\xef\xbb\xbf" + message(b"Text.")).title == "The bridge"


def test_damage_is_tolerated_and_said():
    bad = message(b"caf=C3=A9 and =ZZ more", b"Content-Transfer-Encoding: quoted-printable")
    draft = drafted(bad)
    assert "café and =ZZ more" in draft.text
    assert any("damaged" in note for note in draft.report.notes)
    cut = drafted(message(base64.b64encode(b"The whole text") + b"!x", b"Content-Transfer-Encoding: base64"))
    assert "The whole text" in cut.text


@pytest.mark.parametrize(
    ("said", "kept"), [(b"en-us", "en-US"), (b"English (United States)", "en"), (b"de, en", "de"), (b"no idea", None)]
)
def test_the_language_is_a_code_or_nothing(said: bytes, kept: str | None):
    assert drafted(message(b"Some words.", b"Content-Language: " + said)).facts.get("language") == kept


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"Just words.\n\nMore.", "no head lines"),
        (b"From a 2025\nSubject: a\n\nx\n\nFrom b 2025\nSubject: b\n\ny\n", "2 messages"),
        (message(b"\r\n"), "has no text"),
        (HEAD + multipart("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nx"), "encrypted"),
        (message(b"AAAA", b"Content-Type: application/pkcs7-mime"), "encrypted"),
        (message(b"-----BEGIN PGP MESSAGE-----\r\nabc"), "encrypted"),
        (HEAD + multipart("mixed", b"Content-Type: application/pdf; name=a.pdf\r\n\r\nx"), "only 1 attachment"),
    ],
)
def test_what_cannot_be_read_is_said(source: bytes, words: str):
    with pytest.raises(ReadError, match=words):
        drafted(source)


def nested(depth: int) -> bytes:
    source = b"Content-Type: text/plain\r\n\r\ndeep"
    for n in range(depth):
        source = multipart("mixed", source, boundary=f"b{n}")
    return HEAD + source


@pytest.mark.parametrize(
    "source",
    [
        nested(49),
        nested(500),
        HEAD + multipart("mixed", *[b"\r\nx"] * 100_000),
        HEAD + multipart("alternative", *[b"Content-Type: text/html\r\n\r\n<p>x"] * 5_000),
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 5_000 + b"deep",
        HEAD + b"X: " + b"y" * 3_000_000 + b"\r\n\r\ndeep",
        HEAD + b"X: y\r\n" * 300_000 + b"\r\ndeep",
        b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\r\n\r\ndeep",
        b"From: " + b'"a' * 100_000 + b"\r\nSubject: x\r\n\r\ndeep",
        b"Content-Type: text/plain" + b'; a="' * 50_000 + b"\r\nSubject: x\r\n\r\ndeep",
        message(b">" * 1_000_000 + b" deep"),
        message(b"=" * 1_000_000 + b" deep", b"Content-Transfer-Encoding: quoted-printable"),
        message(b"deep" + b"\x00" * 100_000),
        HEAD + b"Content-Type: multipart/mixed; boundary=-\r\n\r\n" + b"---\r\n" * 50_000,
        HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\ndeep',
        message(b"From a 2025 " * 100_000 + b"deep"),
        message(b"begin 644 a\r\n#AAAA\r\n" * 50_000),
        b"From " + b"a1 " * 300_000 + b"\nSubject: x\n\ndeep",
    ],
    ids=["nested", "too-nested", "parts", "forms", "forwarded", "long-head", "heads", "words", "names", "parameters",
         "quotes", "equals", "zeros", "boundaries", "no-boundary", "from", "packed", "mbox"],
)  # fmt: skip
def test_hostile_messages_end_in_time_with_a_sentence_or_their_text(source: bytes):
    begun = time.process_time()
    try:
        assert drafted(source).text
    except ReadError as error:
        assert str(error).endswith(".")
    assert time.process_time() - begun < 5


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_nothing_but_a_read_error_is_ever_raised(noise: bytes):
    for source in (
        noise,
        HEAD + noise,
        HEAD + multipart("mixed", noise, boundary="b"),
        message(noise, b"Content-Transfer-Encoding: base64"),
    ):
        try:
            drafted(source)
        except ReadError:
            continue


def test_the_known_article_comes_back():
    body = "\r\n\r\n".join(piece.text for piece in known.PIECES[1:]).encode()
    source = f"Subject: {known.TITLE}\r\nFrom: x@y.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode()
    assert drafted(source + body).text.split("\n") == [line.rstrip() for line in known.TEXT.split("\n")]


def test_the_known_article_comes_back_from_a_page():
    page = f"<html><body>{known_page.page()}</body></html>".encode()
    source = (
        f"Subject: {known.TITLE}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    draft = drafted(source.encode() + base64.encodebytes(page))
    assert draft.text == known.TEXT
    assert [b.kind for b in draft.blocks] == [piece.kind for piece in known.PIECES]
