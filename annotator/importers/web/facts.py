"""Title, byline, publication, date, address and language of a page, each with where the page says it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from urllib.parse import urljoin, urlsplit

import regex

from annotator.importers.dates import date_in, iso_date
from annotator.importers.looked_for import phrase_set
from annotator.importers.spoken import plain_tag
from annotator.importers.web import json_ld as web_json_ld
from annotator.importers.web.bylines import is_name, signature, without_by
from annotator.importers.web.names import is_byline, is_of_change, is_site
from annotator.importers.web.page import Node, Page
from annotator.language import tr

_JSON_LD = tr("the page’s data (JSON-LD)")
_OPEN_GRAPH, _META = tr("the page’s head (OpenGraph)"), tr("the page’s head (meta)")
_MICRODATA = tr("a mark in the page’s text (microdata)")

_TITLES = (
    "property:dc:title", "name:dc.title", "property:dcterms:title", "name:dcterms.title", "property:og:title",
    "name:og:title", "property:title", "name:title", "name:headline", "property:twitter:title", "name:twitter:title",
    "name:parsely-title",
)  # fmt: skip
_BYLINES = (
    "property:dc:creator", "name:dc.creator", "property:dcterms:creator", "name:dcterms.creator", "name:author",
    "property:author", "name:byl", "name:byline", "name:parsely-author", "name:sailthru.author", "name:dc.contributor",
    "property:article:author", "name:article:author", "property:og:article:author",
)  # fmt: skip
_DATES = (
    "property:article:published_time", "name:article:published_time", "property:og:article:published_time",
    "itemprop:datepublished", "name:parsely-pub-date", "name:datepublished", "name:date", "name:pubdate",
    "name:publishdate", "name:publish-date", "name:publish_date", "name:publication_date", "name:dc.date.issued",
    "name:dcterms.issued", "property:dcterms:issued", "name:dc.date", "property:dc:date", "name:dcterms.date",
    "name:dcterms.created", "name:dc.date.created", "name:sailthru.date", "name:article.published",
    "name:citation_publication_date", "name:originalpublicationdate", "property:og:pubdate",
)  # fmt: skip
_SITES = ("property:og:site_name", "name:og:site_name", "name:application-name", "name:citation_journal_title")
_SEPARATOR = regex.compile(r"\s+[|–—\-\\/>»·•:：]+\s+|\s*[|｜»]\s*|_(?=[^_]*$)")
_WRITTEN_BY = phrase_set("""
    written by
    author
    by
    verfasst von
    geschrieben von
    écrit par
    escrito por
    scritto da
""")
_FEW_LINES = 4
_LONGEST_SITE = 60
_MOST_SITES = 50
_LONGEST = 1_000
_SHORTEST_PART = 6
_KICKER = 3
_LONGEST_TITLE = 300


@dataclass
class Facts:
    """Facts by field, each with where it was found; the article's text and summary where the head gives them."""

    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    """Everything the page calls itself."""
    body: str = ""
    description: str = ""
    is_free: bool = True
    damaged: int = 0

    def put(self, name: str, value: str, where: str) -> None:
        """Keep a fact unless it is known already."""
        value = " ".join(html.unescape(value[:_LONGEST]).split())
        if value and name not in self.values:
            self.values[name] = value, where

    def value(self, name: str) -> str:
        """Return a fact, or nothing."""
        return self.values.get(name, ("", ""))[0]


def of_head(page: Page) -> Facts:
    """Return what a page's head says: JSON-LD, meta elements, links."""
    facts = Facts()
    data = web_json_ld.find(page.json_ld)
    metas = dict(reversed([(key, value) for key, value in page.metas if value.strip()]))
    facts.body, facts.is_free, facts.damaged = data.body, data.is_free, data.damaged
    facts.description = (
        data.description or metas.get("property:og:description", "") or metas.get("name:description", "")
    )
    _publication(facts, data, metas)
    _titles(facts, data, metas, page)
    for author in [", ".join(name for name in data.authors if is_name(name))]:
        facts.put("byline", author, _JSON_LD)
    for key, value in _of(metas, _BYLINES):
        if is_name(value):
            facts.put("byline", without_by(value), _where(key))
    if metas.get("name:twitter:label1", "").casefold() in _WRITTEN_BY and is_name(metas.get("name:twitter:data1", "")):
        facts.put("byline", metas["name:twitter:data1"], _META)
    facts.put("date", iso_date(data.date) or "", _JSON_LD)
    for key, value in _of(metas, _DATES):
        facts.put("date", iso_date(value) or "", _where(key))
    _address(facts, data, metas, page)
    _language(facts, data, metas, page)
    return facts


def of_text(facts: Facts, page: Page, lines: Sequence[int]) -> None:
    """Add what the article's own lines say: ``lines`` are the numbers of those of its head and foot."""
    near = set(lines)
    for node in page.nodes:
        if node.first in near and node.end - node.first <= _FEW_LINES:
            _of_node(facts, page, node)
    for n in lines:
        who, date = signature(page.lines[n].text)
        facts.put("byline", who, tr("the line “by …”"))
        facts.put("date", date, tr("a line with a date"))


def _of_node(facts: Facts, page: Page, node: Node) -> None:
    attrs = node.attrs
    names = set(attrs.get("itemprop", "").casefold().split())
    text = page.text(node)
    if names & {"author", "creator"}:
        if is_name(attrs.get("content") or text):
            facts.put("byline", without_by(attrs.get("content") or text), _MICRODATA)
    elif "author" in attrs.get("rel", "").casefold().split() or is_byline(node):
        who, date = signature(page.text(node, apart=" | "), said=True)
        facts.put("byline", who, tr("the byline"))
        facts.put("date", date, tr("the byline"))
    elif "publisher" in names and is_name(text):
        facts.put("publication", text, _MICRODATA)
    stamp = attrs.get("datetime") or attrs.get("content") or ""
    if "datepublished" in names:
        facts.put("date", iso_date(stamp) or iso_date(text) or "", _MICRODATA)
    elif node.tag == "time" and "datemodified" not in names and not is_of_change(node):
        facts.put("date", iso_date(stamp) or date_in(text) or "", tr("a date marked in the page’s text"))


def _publication(facts: Facts, data: web_json_ld.LinkedData, metas: dict[str, str]) -> None:
    facts.put("publication", data.publisher, _JSON_LD)
    for key, value in _of(metas, _SITES):
        facts.put("publication", value, _where(key))


def _titles(facts: Facts, data: web_json_ld.LinkedData, metas: dict[str, str], page: Page) -> None:
    said = [value for _, value in _of(metas, _TITLES)]
    facts.titles = [t[:_LONGEST] for t in (data.headline, data.name, *said, page.title) if t]
    facts.put("title", _without_site(_nearest(data, [*said, page.title]), facts), _JSON_LD)
    for key, value in _of(metas, _TITLES):
        facts.put("title", _without_site(value, facts), _where(key))


def settle_title(facts: Facts, page: Page, headline: str) -> None:
    """Take the title from the page's title element or its headline where nothing in its head says it.

    What is left of the title element is the publication, where the page shows it as the name of the site. Of a title
    that is only a part of the headline, the headline is the fuller one.
    """
    _publication_of_title(facts, page)
    shown = " ".join(headline.split())
    if facts.value("title"):
        title, where = facts.values["title"]
        facts.values["title"] = _without_site(title, facts), where
    if not facts.value("title"):
        title = _without_site(page.title, facts)
        if shown and (not title or shown in _cut(page.title)):
            facts.put("title", shown, tr("the headline"))
        facts.put("title", _first_part(title), tr("the page’s title"))
    if _is_cut_short(facts.value("title"), shown):
        facts.values["title"] = shown, tr("the headline")


def _is_cut_short(title: str, headline: str) -> bool:
    """Say whether a title is only a part of the headline the page shows; a few words before it are a kicker."""
    cut = title.rstrip(" .…").casefold()
    at = headline.casefold().find(cut)
    if (len(cut.split()) < 2 and len(cut) < _SHORTEST_PART) or at < 0 or len(headline) > _LONGEST_TITLE:
        return False
    before, after = headline[:at], headline[at + len(cut) :]
    is_more = len(before.split()) > _KICKER if before else bool(after.strip(" ."))
    return is_more and not before[-1:].isalnum() and not after[:1].isalnum()


def _publication_of_title(facts: Facts, page: Page) -> None:
    """Take the part of the title element that the page also shows as the name of its site."""
    if facts.value("publication"):
        return
    parts = {part.casefold(): part for part in _cut(page.title) if len(part) <= _LONGEST_SITE}
    shown = [page.text(node) for node in page.nodes if is_site(node)][:_MOST_SITES]
    shown += [left.text for left in page.left[:_MOST_SITES] if left.what == "picture"]
    for name in shown:
        facts.put("publication", parts.get(name.casefold(), ""), tr("the page’s title and its head"))


def _nearest(data: web_json_ld.LinkedData, others: Sequence[str]) -> str:
    """Return the headline or the name JSON-LD gives, whichever the rest of the head calls the page by."""
    if not data.headline or not data.name or data.headline == data.name:
        return data.headline or data.name
    return max((data.headline, data.name), key=lambda t: max((_alike(t, other) for other in others), default=0.0))


def _alike(a: str, b: str) -> float:
    a, b = a[:200].casefold(), b[:200].casefold()
    return SequenceMatcher(None, a, b, autojunk=False).ratio() + (b.startswith(a) if a else 0)


def _without_site(title: str, facts: Facts) -> str:
    """Cut the publication's name from the end or the beginning of a title."""
    site = facts.value("publication")
    parts = _SEPARATOR.split(title)
    if not site or len(parts) < 2:
        return title
    cuts = list(_SEPARATOR.finditer(title))
    if parts[-1].strip().casefold() == site.casefold():
        return title[: cuts[-1].start()].strip()
    if parts[0].strip().casefold() == site.casefold():
        return title[cuts[0].end() :].strip()
    return title


def _cut(title: str) -> set[str]:
    """Return what stands before and what behind each separator in a title."""
    cuts = list(_SEPARATOR.finditer(title))
    return {title[: cut.start()].strip() for cut in cuts} | {title[cut.end() :].strip() for cut in cuts}


def _first_part(title: str) -> str:
    """Cut what looks like a site's name from a title: its last part, where enough words are left."""
    cuts = [m for m in _SEPARATOR.finditer(title) if ":" not in m[0] and "：" not in m[0]]
    if not cuts:
        return title
    kept = title[: cuts[-1].start()].strip()
    long_enough = len(kept.split()) > 2 or (not kept.isascii() and len(kept) > 8)
    return kept if long_enough and len(title) - len(kept) < len(kept) + 20 else title


def _address(facts: Facts, data: web_json_ld.LinkedData, metas: dict[str, str], page: Page) -> None:
    said = metas.get("property:og:url", "")
    base = page.base or said or page.saved_from
    for rel, href in page.links:
        if "canonical" in rel.split():
            facts.put("url", _web_address(href, base), tr("the page’s head (canonical link)"))
    facts.put("url", _web_address(said), _OPEN_GRAPH)
    facts.put("url", _web_address(data.url), _JSON_LD)
    facts.put("url", _web_address(page.saved_from), tr("the browser that saved it"))


def _web_address(value: str, base: str = "") -> str:
    """Return an address of the web, whole; nothing for any other."""
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
    except ValueError:  # it can be no address at all
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc and len(address) < 2_000 else ""


def _language(facts: Facts, data: web_json_ld.LinkedData, metas: dict[str, str], page: Page) -> None:
    said = (
        (page.language, tr("the page’s language setting")),
        (data.language, _JSON_LD),
        (metas.get("http-equiv:content-language", ""), _META),
        (metas.get("name:language", "") or metas.get("name:dc.language", ""), _META),
        (metas.get("property:og:locale", ""), _OPEN_GRAPH),
    )
    for value, where in said:
        facts.put("language", plain_tag(value.split(",")[0]) or "", where)


def _of(metas: dict[str, str], keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((key, " ".join(html.unescape(metas[key]).split())) for key in keys if metas.get(key, "").strip())


def _where(key: str) -> str:
    if ":og:" in key or ":article:" in key:
        return _OPEN_GRAPH
    return _MICRODATA if key.startswith("itemprop:") else _META
