"""Saved web pages: the page that was shown, read as a page, with the address it was saved from."""

from __future__ import annotations

import base64
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import web_archive
from annotator.model import Draft, ReadOptions
from tests.importers import known, known_page

STORY = (
    "<p>The board has told the council four times that nobody had ordered the bridge, and four times the minutes of the "
    "meeting did not hold a word of it, the clerk of the council said on Friday.</p>"
    "<p>Nobody has paid the bill, which stands at four hundred thousand crowns, and the builder has gone out of business "
    "since then, so that there is nobody left who could be asked about it.</p>"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>The bridge | The Post</title></head><body><nav><a href="/">Home</a></nav>'
    f"<article><h1>The bridge</h1>{STORY}</article></body></html>"
)


def drafted(source: bytes, **options: Any) -> Draft:
    return web_archive.read(source, "a.mhtml", ReadOptions(**options), lambda: None)


def archive(*parts: bytes, heads: bytes = b"", kind: bytes = b'type="text/html"') -> bytes:
    mark = b"--=_x"
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/bridge\r\nSubject: The bridge\r\n"
        b"Date: Fri, 3 Oct 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n" + heads
    )
    body = b"".join(b"\r\n" + mark + b"\r\n" + part for part in parts) + b"\r\n" + mark + b"--\r\n"
    return head + b'Content-Type: multipart/related; boundary="=_x"; ' + kind + b"\r\n\r\n" + body


def page(html: str = PAGE, *heads: bytes, encoding: str = "utf-8") -> bytes:
    raw = base64.encodebytes(html.encode(encoding))
    more = b"".join(head + b"\r\n" for head in heads)
    return b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n" + more + b"\r\n" + raw


PICTURE = b"Content-Type: image/png\r\nContent-Location: https://post.example/p.png\r\n\r\nxx"


def test_the_article_in_the_page_is_found_and_its_address_known():
    draft = drafted(archive(page(), PICTURE))
    assert "nobody had ordered the bridge" in draft.text
    assert draft.title == "The bridge"
    assert draft.facts["url"] == "https://post.example/bridge"
    assert "date" not in draft.facts
    assert any("2025-10-03" in note for note in draft.report.notes)
    assert "whole_page" in draft.can
    whole = drafted(archive(page(), PICTURE), whole_page=True)
    assert "Home" in whole.text


def test_the_part_it_starts_with_is_the_page():
    other = page("<p>An advertisement in a frame.</p>", b"Content-ID: <frame-2@x>")
    source = archive(other, page(PAGE, b"Content-ID: <main@x>"), kind=b'start="<main@x>"')
    assert "An advertisement" not in drafted(source).text
    assert "nobody had ordered" in drafted(source).text


def test_what_scripts_had_set_into_the_page_is_read():
    shadow = f'<html><body><my-story><template shadowmode="open"><article><h1>The bridge</h1>{STORY}</article></template></my-story>'
    assert "nobody had ordered" in drafted(archive(page(shadow + "</body></html>")), whole_page=True).text


def test_a_page_of_frames_gives_the_frame_with_the_text():
    frames = page("<html><frameset><frame src=a.htm></frameset></html>")
    assert "nobody had ordered" in drafted(archive(frames, page("<p>x</p>"), page())).text


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("cp1256", "قال رئيس البلدية إن الجسر هدية من المقاطعة"), ("gb18030", "桥梁没有人订购而且没有人付钱"),
     ("shift_jis", "記者は町役場に尋ねたが誰も注文していない"), ("cp874", "สะพานนี้ไม่มีใครสั่งและไม่มีใครจ่าย")],
)  # fmt: skip
@pytest.mark.parametrize("where", ["head", "page"])
def test_every_alphabet_comes_out(encoding: str, words: str, where: str):
    name = {"cp1256": "windows-1256", "cp874": "windows-874", "gb18030": "gb2312"}.get(encoding, encoding)
    meta = f'<meta charset="{name}">' if where == "page" else ""
    html = f"<html><head>{meta}</head><body><h1>{words}</h1><p>{words} {words}</p></body></html>"
    part = page(html, encoding=encoding)
    if where == "head":
        part = part.replace(b"text/html", f"text/html; charset={name}".encode(), 1)
    assert words in drafted(archive(part), whole_page=True).text


def test_an_archive_of_one_part_is_read():
    single = (
        b"Content-Type: text/html\r\nContent-Location: https://post.example/a\r\nMIME-Version: 1.0\r\n\r\n"
        + PAGE.encode()
    )
    assert drafted(single).facts["url"] == "https://post.example/a"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"no heads at all", "no head lines"),
        (archive(PICTURE), "holds no web page"),
        (archive(page("<html></html>")), "has no text"),
        (archive(), "holds no web page"),
    ],
)
def test_what_cannot_be_read_is_said(source: bytes, words: str):
    with pytest.raises(ReadError, match=words):
        drafted(source)


def test_an_archive_that_ends_in_the_middle_is_read_and_said():
    draft = drafted(archive(page()).removesuffix(b"\r\n--=_x--\r\n"))
    assert "nobody had ordered" in draft.text
    assert any("ends in the middle" in note for note in draft.report.notes)


@pytest.mark.parametrize(
    "source",
    [
        archive(*[PICTURE] * 5_000),
        archive(*[page("")] * 2_000),
        archive(page("<div>" * 50_000 + "deep")),
        archive(b"Content-Type: multipart/related; boundary==_x\r\n\r\n" * 1_000 + page()),
    ],
    ids=["pictures", "empty", "deep", "loops"],
)
def test_hostile_archives_end_in_time(source: bytes):
    begun = time.process_time()
    try:
        assert drafted(source).text
    except ReadError as error:
        assert str(error).endswith(".")
    assert time.process_time() - begun < 8


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_nothing_but_a_read_error_is_ever_raised(noise: bytes):
    for source in (noise, archive(noise), archive(b"Content-Type: text/html\r\n\r\n" + noise)):
        try:
            drafted(source)
        except ReadError:
            continue


def test_the_known_article_comes_back():
    draft = drafted(archive(page(f"<html><body>{known_page.page()}</body></html>"), PICTURE), whole_page=True)
    assert draft.text == known.TEXT
    assert draft.title == known.TITLE
