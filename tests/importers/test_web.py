"""Saved pages of many kinds: the article, line for line, its facts, and what was left out around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ReadError
from annotator.importers import web
from annotator.importers.manuscript import Manuscript
from annotator.model import Draft, ReadOptions

PAGES = Path(__file__).with_name("pages")
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
SENTENCE = "The boat left on time, and nobody on the landing stage could say when it would leave again. "


def read(page: str | bytes, **options: Any) -> Draft:
    data = page if isinstance(page, bytes) else page.encode()
    return web.read(data, "page.html", ReadOptions(**options), lambda: None)


def lines(draft: Draft) -> list[list[str]]:
    return [[b.zone, b.kind, draft.text[b.start : b.end]] for b in draft.blocks]


def article(*more: str) -> str:
    return f"<main><article><h1>Head</h1><p>{SENTENCE * 3}</p>{''.join(more)}<p>{SENTENCE * 4}</p></article></main>"


@pytest.mark.parametrize("name", NAMES)
def test_the_article_of_a_saved_page_line_for_line(name: str):
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    draft = web.read((PAGES / f"{name}.html").read_bytes(), f"{name}.html", ReadOptions(), lambda: None)
    assert lines(draft) == expected["lines"]
    assert {"title": draft.title, **draft.facts} == expected["facts"]
    assert set(draft.report.facts_from) == set(expected["facts"])
    assert draft.media_type == "text/html"


def test_there_are_pages_of_every_kind():
    assert len(NAMES) >= 25


def test_encodings_are_found_as_browsers_find_them():
    how = {
        name: (draft.report.encoding, draft.report.how)
        for name in ("old_table", "hebrew", "chinese", "japanese", "thai")
        if (draft := read((PAGES / f"{name}.html").read_bytes()))
    }
    assert how == {
        "old_table": ("cp1252", "declared"), "hebrew": ("cp1255", "declared"), "chinese": ("gb18030", "declared"),
        "japanese": ("cp932", "declared"), "thai": ("utf-8", "utf-8"),
    }  # fmt: skip


def test_a_page_may_say_the_wrong_encoding_and_another_may_be_tried():
    page = '<meta charset="utf-8"><p>Fähre über den Fluß – „zu“</p>'.encode("cp1252")
    assert "Fähre über den Fluß – „zu“" in read(page).text
    assert read('<meta charset="shift_jis"><p>Fähre</p>'.encode()).text == "Fähre"
    assert read(page, encoding="cp1250").report.how == "given"


def test_a_few_bad_bytes_do_not_spoil_an_encoding_the_page_names():
    page = b'<meta charset="shift_jis"><p>' + "渡し船は冬の間は運休となる。".encode("cp932") * 20 + b"\x81\xff</p>"
    draft = read(page)
    assert draft.report.encoding == "cp932"
    assert draft.text.startswith("渡し船は冬の間は")
    assert sum(draft.report.changes.values()) >= 1


def test_japanese_mail_encoding_is_not_taken_for_ascii():
    page = '<meta charset="iso-2022-jp"><p>渡し船</p>'.encode("iso-2022-jp")
    assert read(page).text == "渡し船"


def test_what_lies_around_the_article_is_shown_as_left_out():
    draft = read((PAGES / "json_ld.html").read_bytes())
    what = {kind for kind, _ in draft.passages}
    assert {"passage of navigation", "list of other articles", "passage that is not shown"} <= what
    assert any("Where the herring went" in words for _, words in draft.passages)
    assert "whole_page" in draft.can
    comments = read((PAGES / "comments.html").read_bytes())
    assert any("reader" in said for said in comments.report.left_out)


def test_the_whole_page_on_request():
    data = (PAGES / "json_ld.html").read_bytes()
    draft = read(data, whole_page=True)
    assert "Where the herring went" in draft.text
    assert "Home" in draft.text
    assert {"whole_page", "encoding"} <= draft.can
    assert draft.title == read(data).title


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_page_holds_the_lines_of_the_article_in_the_same_order(name: str):
    data = (PAGES / f"{name}.html").read_bytes()
    whole = iter([line for _, _, line in lines(read(data, whole_page=True))])
    assert all(line in whole for _, _, line in lines(read(data)))


def test_a_page_without_an_article_is_taken_whole_and_says_so():
    draft = read("<div>" * 300 + "<p>one</p><p>two</p>")
    assert draft.text == "one\ntwo"
    assert draft.report.notes == ("No article was found in the page: all of its text is here.",)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html><body></body></html>", "has no text"),
        ("<div hidden>x</div>", "has no text"),
        ("<script>draw()</script><div id=app></div>", "scripts fill the page"),
        ('<frameset><frame src="a.html"></frameset>', "frames"),
        ("<!--" * 1000, "has no text"),
    ],
)
def test_no_text_is_an_error_that_says_why(page: str, why: str):
    with pytest.raises(ReadError, match=why):
        read(page)


def test_a_file_without_mark_up_is_plain_text():
    draft = read("Just words\n\nin two paragraphs")
    assert (draft.text, draft.media_type) == ("Just words\n\nin two paragraphs", "text/plain")


def test_repeated_paragraphs_stay():
    same = "<p>We will not close it, said the mayor, and everyone in the hall wrote it down.</p>"
    assert read(article(same, same, same)).text.count("everyone in the hall") == 3


def test_short_lines_lists_and_dates_between_paragraphs_stay():
    draft = read(article("<p>He left.</p><h2>After</h2><ul><li>one</li><li>two</li></ul><p><time>9.40pm</time></p>"))
    assert [line for _, _, line in lines(draft)][2:7] == ["He left.", "After", "one", "two", "9.40pm"]


def test_links_to_other_articles_between_paragraphs_go_with_their_heading():
    more = '<h3>Read also</h3><p><a href="/a">Where the herring went</a></p><h3>Then</h3>'
    draft = read(article(more))
    assert "Read also" not in draft.text
    assert "herring" not in draft.text
    assert "Then" in draft.text


def test_a_headline_outside_what_was_found_joins_it():
    page = f"<title>The Head of It</title><div><h1>The Head of It</h1></div><div><p>{SENTENCE * 5}</p></div>"
    draft = read(page)
    assert lines(draft)[0] == ["headline", "heading", "The Head of It"]


def test_the_body_that_json_ld_gives_finds_an_article_in_a_page_of_lists():
    parts = [
        f"Point {n}: the pier moved by {n} millimetres in the {n}th year, said the engineers." for n in range(1, 9)
    ]
    data = {"@type": "NewsArticle", "headline": "Eight points", "articleBody": " ".join(parts)}
    items = "".join(f"<li><a href=/{n}>{part}</a></li>" for n, part in enumerate(parts))
    page = f'<script type="application/ld+json">{json.dumps(data)}</script><div><ul>{items}</ul></div><p>{SENTENCE}</p>'
    assert all(part in read(page).text for part in parts)


def test_struck_out_words_and_damaged_data_are_told():
    page = article("<p>It cost <del>forty</del> fourteen crowns in all, said the treasurer.</p>")
    draft = read(f'<script type="application/ld+json">{{"a": </script>{page}')
    assert "forty fourteen" in draft.text
    assert len(draft.report.notes) == 2


def test_a_page_that_is_not_free_to_read_says_so():
    draft = read((PAGES / "paywall.html").read_bytes())
    assert draft.report.notes == ("The page says that not everyone may read all of it: the end may be missing.",)


def test_a_page_that_shows_less_than_it_describes_says_so():
    data = {"@type": "NewsArticle", "headline": "Head", "articleBody": SENTENCE * 40}
    draft = read(f'<script type="application/ld+json">{json.dumps(data)}</script>{article()}')
    assert any("data (JSON-LD) holds" in note for note in draft.report.notes)


def test_a_large_page_with_pictures_written_into_it_is_read_without_them():
    picture = f'<img src="data:image/png;base64,{"A" * 2_000_000}">'
    draft = read(f"<html><body>{article(picture)}</body></html>")
    assert draft.text.startswith("Head\nThe boat left on time")
    assert draft.report.left_out == ("1 picture",)


def test_names_of_elements_are_no_reason_to_lose_an_article():
    prose = f"<p>{SENTENCE * 5}</p>" * 6
    comments = f'<div class="comments">{f"<div class=comment><p>{SENTENCE * 4}</p></div>" * 40}</div>'
    draft = read(f'<body class="has-sidebar"><div class="tone-comment"><h1>Head</h1>{prose}</div>{comments}</body>')
    assert draft.text.count(SENTENCE.strip()) == 30
    assert any("40 comments by readers" in said for said in draft.report.left_out)
    shares = f'<div class="share-prices">{prose}</div>'
    assert read(f"<h1>Head</h1><div><p>{SENTENCE * 9}</p>{shares}</div>").text.count(SENTENCE.strip()) == 39


def test_labels_of_the_page_between_paragraphs_go_whatever_found_them():
    more = "<p>Advertisement</p><p>Read more</p><p><em>Anzeige</em></p><div>Save</div><p><a href=/s>Share</a></p>"
    assert not {"Advertisement", "Read more", "Anzeige", "Save", "Share"} & set(read(article(more)).text.split("\n"))
    said = article("<p>Save</p>", f"<p>{SENTENCE}</p>", "<p>Gift</p>")  # words somebody may write
    assert {"Save", "Gift"} <= set(read(said).text.split("\n"))


def test_a_label_of_something_that_was_left_out_goes_with_it():
    offer = '<div class="newsletter-signup"><p>Free weekly newsletter.</p></div>'
    assert "promotion" not in read(article(f"{offer}<p><em>after newsletter promotion</em></p>")).text
    assert "promotion" in read(article("<p><em>after newsletter promotion</em></p>")).text


def test_what_is_beside_the_article_is_named_kind_by_kind_its_lines_apart():
    around = """<div id="cookie">We use cookies.</div><aside class="related"><h4>Read also</h4><ul><li><a href="/a">One</a>
    <li><a href="/b">Two</a></ul></aside><aside class="sidebar"><form>Subscribe to our newsletter</form></aside>
    <div class="ad"><p>Buy a boat now!</p></div><footer>© 2026 The Valley Post</footer>"""
    draft = read(article() + around)
    assert draft.passages == (
        ("cookie notice", "We use cookies."), ("list of other articles", "Read also · One · Two"),
        ("offer of a newsletter or subscription", "Subscribe to our newsletter"), ("advertisement", "Buy a boat now!"),
        ("footer of the page", "© 2026 The Valley Post"),
    )  # fmt: skip
    assert draft.report.left_out[:2] == ("1 cookie notice", "1 list of other articles")


@pytest.mark.parametrize("tag", ["<p class=kicker>City</p>", "<p>City</p>", "<h4>City</h4>", "<ul><li>City</ul>"])
def test_a_label_above_the_headline_is_no_part_of_the_text_that_counts(tag: str):
    page = f"<main><article>{tag}<h1>Head</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 4}</p></article></main>"
    assert lines(read(page))[:2] == [["masthead", "paragraph", "City"], ["headline", "heading", "Head"]]


def test_a_kicker_in_the_headline_is_no_part_of_it():
    head = '<h1><span class="head__kicker">City</span> <span class="head__title">Ferry stays in harbour</span></h1>'
    draft = read(f"<main><article>{head}<p>{SENTENCE * 3}</p><p>{SENTENCE * 4}</p></article></main>")
    assert lines(draft)[:2] == [["masthead", "paragraph", "City"], ["headline", "heading", "Ferry stays in harbour"]]
    assert draft.title == "Ferry stays in harbour"


def test_a_paragraph_above_the_headline_is_text():
    page = f"<main><article><p>{SENTENCE}</p><h1>Head</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 4}</p></article></main>"
    assert lines(read(page))[0][0] == "body"


def test_a_sign_off_below_the_body_stays():
    page = article().replace("</article>", "</article><p>Reporting by Lena Ortiz; Editing by Tom Hill</p>")
    assert lines(read(page))[-1] == ["byline", "paragraph", "Reporting by Lena Ortiz; Editing by Tom Hill"]


def test_fill_takes_all_of_a_page_on_request_and_never_raises_for_an_empty_one():
    made = Manuscript()
    web.fill(made, "", whole=True)
    assert made.is_empty
    web.fill(made, "<h1>Letter</h1><nav><a href=/>Home</a></nav><p>Dear reader</p>", whole=True)
    draft = made.draft(b"x", "x.eml", "message/rfc822", head=False)
    assert draft.text == "Letter\nHome\nDear reader"
    assert "whole_page" not in draft.can


def test_lone_surrogates_and_null_bytes_become_replacement_characters():
    made = Manuscript()
    web.fill(made, "<p>a\ud800b\0c</p>", whole=True)
    assert made.draft(b"x", "x", "text/html", head=False).text == "a\ufffdb\ufffdc"


def test_signs_of_life_are_given_while_a_page_is_read():
    signs: list[int] = []
    page = article(*(f"<p>{SENTENCE}</p>" for _ in range(3_000)))
    web.read(page.encode(), "page.html", ReadOptions(), lambda: signs.append(1))
    assert len(signs) >= 6
