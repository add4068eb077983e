"""What the names of elements say: tags, roles, classes and properties as pages use them nearly everywhere."""

from __future__ import annotations

from functools import lru_cache

import regex

from annotator.importers.looked_for import either, name_set
from annotator.importers.web.page import Node

_COMMENTS = name_set("comment comments commentlist disqus respond replies livefyre discussion coral")
_NAVIGATION = name_set("nav navbar navigation menu breadcrumb breadcrumbs pagination pager sitenav skiplink toc")
_NEVER = name_set("""
    share sharing sharebar sharedaddy related recommended recommendations recirculation newsletter subscribe subscription
    advert advertisement advertising cookie cookies consent gdpr paywall trending popular mostread outbrain taboola signup
    signin login topics tags taglist keywords teaser teasers promo richlink catlinks printfooter
""")
_AROUND = name_set("""
    social sidebar widget ad ads sponsor sponsored footer toolbar copyright modal popup overlay donate donation banner topic
    links bio
""")
_NEVER_IN = (
    "newsletter",
    "signup",
    "richlink",
    "relatedcontent",
    "relatedarticle",
    "advertisement",
    "readmore",
    "alsoread",
)
"""Parts of names, written as one word, of what is never part of an article."""

_JOINED = frozenset(_NEVER_IN)

_BESIDE = {
    "cookies": name_set("cookie cookies consent gdpr"),
    "sign_up": name_set("newsletter subscribe subscription signup signin login paywall donate donation"),
    "advertisement": name_set("advert advertisement advertising ad ads sponsor sponsored promo"),
    "related": name_set("""
        related recommended recommendations recirculation trending popular mostread outbrain taboola teaser teasers richlink
        relatedcontent relatedarticle readmore alsoread
    """),
    "sharing": name_set("share sharing sharebar sharedaddy social"),
    "writer": name_set("bio"),
    "footer": name_set("footer copyright printfooter"),
}
"""What is beside an article by its names, the surest first: kinds of ``left_out``."""

_SAYS_BESIDE = {
    "cookies": r"\bcookies?\b",
    "sign_up": r"\bnewsletters?\b|\A(?:subscribe|sign up|log in|abonnieren|abonnez|suscríb|abbonati)",
    "advertisement": either(r"""
        \Aadvertisements?\b
        \A(?:anzeige|werbung|publicité|publicidad|pubblicità|advertentie|реклама|إعلان|פרסומת)\b
        \A(?:広告|广告|廣告|โฆษณา)
    """),
    "related": either(r"""
        \A(?:read (?:also|more|next)|see also|also read|most (?:read|popular)|more (?:on|from|about)|related|recommended)\b
        \A(?:mehr zum thema|lesen sie auch|(?:à )?lire aussi|lire la suite|leer (?:más|también)|leggi anche|lees ook)\b
        \A(?:leia também|читайте также|اقرأ أيضا|関連記事|相关新闻|相關新聞)
    """),
    "sharing": r"\A(?:share|follow us|teilen|partager|compartir|condividi|поделиться|مشاركة|分享)\b",
    "footer": r"\A(?:©|copyright\b|\(c\) )",
}
"""What passages beside an article say of themselves: words looked for, in the languages of many pages."""

_SHORT_NOTICE = 400
_NOTHING: frozenset[str] = frozenset()
_ROLES = {
    "navigation": "navigation", "menu": "navigation", "menubar": "navigation", "search": "around",
    "complementary": "around", "contentinfo": "around", "dialog": "around", "alertdialog": "around",
}  # fmt: skip
_ZONES = {
    "standfirst": name_set("""
        standfirst dek deck subtitle subheadline subhead subheading summary lede intro excerpt chapeau vorspann description
        article-summary article-intro article-subtitle article-dek entry-subtitle entry-summary
    """),
    "byline": name_set("""
        byline by-line author authors author-name article-author dateline pubdate published publish-date date post-meta
        entry-meta article-meta article-date post-date entry-date timestamp meta-author posted-on
    """),
    "masthead": name_set("""
        rubric rubrik section-label section-name article-section article-category entry-category post-category
    """),
    "correction": name_set("correction corrections clarification editors-note editor-note amendment"),
    "headline": name_set("headline article-headline article-title entry-title post-title"),
}
_KICKERS = name_set("kicker eyebrow overline dachzeile spitzmarke occhiello volanta antetitulo")
_BYLINES = name_set("byline author authors contributor")
_NO_BYLINES = name_set("bio box about description image img avatar more related")
_BODIES = name_set("""
    article-body articlebody story-body storybody entry-content post-content post-body article-content article-text
    story-content body-copy e-content
""")
_PROPERTIES = {
    "headline": "headline", "alternativeheadline": "standfirst", "description": "standfirst", "author": "byline",
    "datepublished": "byline", "datemodified": "byline", "creator": "byline", "correction": "correction",
}  # fmt: skip
_BOX = regex.compile(
    r"(?:^|[\s_-])(?:(?:fact|info|text|story|data|background)[-_]?box|pull-?quote|key-?(?:points|facts)|callout|explainer|"
    r"at-a-glance)(?:$|[\s_-])",
    regex.IGNORECASE,
)
_NAME = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMED_BY = regex.compile(r"class|id|data-(?:[\w-]+-)?(?:name|component|module|testid)")
_SAID = {kind: regex.compile(words, regex.IGNORECASE) for kind, words in _SAYS_BESIDE.items()}


@lru_cache(maxsize=4_096)
def is_name(attribute: str) -> bool:
    """Say whether an attribute gives its element a name."""
    return _NAMED_BY.fullmatch(attribute) is not None


def area(node: Node) -> str:
    """Return what an element's names say it is beside an article (a kind of ``left_out.KINDS``), or nothing."""
    tag = node.tag
    if tag == "nav":
        return "navigation"
    role = _ROLES.get(node.attrs.get("role", "").casefold())
    if role:
        return role
    names = _words_of(node)
    if names & _COMMENTS:
        return "reader_comment"
    if names & _NAVIGATION:
        return "navigation"
    if names & (_AROUND | _NEVER) or is_never(node) or (tag in ("aside", "footer") and not is_box(node)):
        return "around"
    return ""


def is_named_around(node: Node) -> bool:
    """Say whether it is an element's class or id, not its tag alone, that puts it beside the article."""
    return bool(area(Node("div", node.attrs, None)))


def is_never(node: Node) -> bool:
    """Say whether an element's names say that it is no part of an article, whatever it holds."""
    said = _said(node)
    return bool(said) and (not _words(said).isdisjoint(_NEVER) or any(part in _joined(said) for part in _NEVER_IN))


def beside(node: Node) -> str:
    """Return what an element beside the article is by its names, a kind of ``left_out``; "around" if they do not say."""
    words, joined = _words_of(node), _joined(_said(node))
    for kind, names in _BESIDE.items():
        if words & names or any(name in joined for name in names & _JOINED):
            return kind
    return node.tag if node.tag in ("header", "footer") else "around"


def beside_by_words(text: str) -> str:
    """Return what a passage beside the article is by what it says; "around" if it does not say."""
    if len(text) > _SHORT_NOTICE:
        return "around"
    return next((kind for kind, words in _SAID.items() if words.search(text)), "around")


def zone(node: Node) -> str:
    """Return which zone of an article an element's names make it, "aside" for one set into it, or nothing."""
    attrs = node.attrs
    if not attrs:  # most elements: half of the time that large pages take
        return {"time": "byline", "aside": "aside"}.get(node.tag, "")
    for name in attrs.get("itemprop", "").casefold().split():
        if name in _PROPERTIES:
            return _PROPERTIES[name]
    if "author" in attrs.get("rel", "").casefold().split():
        return "byline"
    classes = _classes(node)
    for found, names in _ZONES.items():
        if classes & names:
            return found
    if node.tag == "time" or is_byline(node):
        return "byline"
    if is_kicker(node):
        return "masthead"
    return "box" if is_box(node) else "aside" if node.tag == "aside" else ""


def is_kicker(node: Node) -> bool:
    """Say whether an element holds the few words above a headline that say where in the paper it stands."""
    return not _words_of(node).isdisjoint(_KICKERS)


def is_box(node: Node) -> bool:
    """Say whether an element is a box set into the article: facts, a pulled quote, what has to be known."""
    return _BOX.search(node.attrs.get("class", "")) is not None


def is_byline(node: Node) -> bool:
    """Say whether an element names who wrote the article."""
    names = _words_of(node)
    return bool(names & _BYLINES) and not names & _NO_BYLINES


def is_of_change(node: Node) -> bool:
    """Say whether an element's names say that it tells when something was changed."""
    return not _words_of(node).isdisjoint(("updated", "modified", "lastmod"))


def is_comment(node: Node) -> bool:
    """Say whether an element is one comment by a reader."""
    return "comment" in node.attrs.get("class", "").casefold().split()


def is_site(node: Node) -> bool:
    """Say whether an element shows the name of the site."""
    if node.tag == "a" and node.attrs.get("href", "").strip() in ("/", "./", "index.html", "/index.html"):
        return True
    return not _words_of(node).isdisjoint(("logo", "brand", "masthead", "sitename")) or "site-title" in _classes(node)


def is_body(node: Node) -> bool:
    """Say whether an element is said to hold an article's body."""
    return "articlebody" in node.attrs.get("itemprop", "").casefold().split() or bool(_classes(node) & _BODIES)


def _said(node: Node) -> str:
    attrs = node.attrs
    return " ".join([value for name, value in attrs.items() if is_name(name)]) if attrs else ""


def _words_of(node: Node) -> frozenset[str]:
    said = _said(node)
    return _words(said) if said else _NOTHING


def _classes(node: Node) -> frozenset[str]:
    said = _said(node)
    return _classes_in(said) if said else _NOTHING


@lru_cache(maxsize=2_048)
def _words(said: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in _NAME.findall(said))


@lru_cache(maxsize=2_048)
def _classes_in(said: str) -> frozenset[str]:
    return frozenset(said.casefold().replace("__", "-").replace("_", "-").split())


@lru_cache(maxsize=2_048)
def _joined(said: str) -> str:
    return said.replace("-", "").replace("_", "").casefold()
