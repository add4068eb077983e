"""Where in the article each of its lines stands: headline, standfirst, byline, caption, box, correction, body."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from annotator.importers import blocks as shapes
from annotator.importers.web import names
from annotator.importers.web.article import Found, normal
from annotator.importers.web.bylines import signature
from annotator.importers.web.facts import Facts
from annotator.importers.web.page import Line, Node, Page

_STANDFIRST_LENGTH = 600
_BYLINE_LENGTH = 250
_MOST = {"masthead": 120, "byline": 400, "headline": 400, "standfirst": 1_200}
"""Most characters of an element that is a zone of an article's head."""

_TITLE_LENGTH = 12
_TOPS = 50
_HEAD = 40
"""How many lines may stand between a headline and the body, and between the body and a correction."""

_PLAIN = ("masthead", "standfirst", "byline", "correction")
_LABEL_LENGTH = 60
_NEAR = 2
_LABELS = 6
"""At most so many lines above a headline say where in the paper the article stands."""

_SENTENCE_END = regex.compile(r"[.!?…。！？؟۔][\"'’”»)\]」』]*$")
_CORRECTION = regex.compile(
    r"(?:correction|clarification|editor[’']s note|this (?:article|story|report|headline|version) (?:was|has been) "
    r"(?:amended|corrected|updated)|an earlier version of this|berichtigung|korrektur|correctif|rectificatif)\b",
    regex.IGNORECASE,
)
_SIGN_OFF = regex.compile(
    r"(?:additional\s+)?(?:reporting|writing|reported|written|compiled|edited|editing)(?:\s+and\s+\w+)?\s+by\b",
    regex.IGNORECASE,
)


def settle(page: Page, found: Found, facts: Facts) -> tuple[list[str], list[int]]:
    """Return the zone of each line, and which lines are the headline.

    What belongs to the article's head or foot by its names or its shape joins what was ``found``.
    """
    says = _Says(page)
    kept = [n for n, why in enumerate(found.why) if not why]
    headline = _headline(page, found, kept, facts, says)
    for n in headline:
        found.why[n] = ""
    if headline:
        _complete_above(page, found, says, headline[0])
        body = (n for n in kept if n > headline[-1] and not _is_of_head(page.lines[n], says.zone(n), facts))
        _complete_head(page, found, facts, says, headline[-1] + 1, next(body, headline[-1] + 1))
    if kept:
        _complete_foot(page, found, says, kept[-1])
    zones = _zones(page, found, facts, says, headline)
    for line, zone in zip(page.lines, zones, strict=True):
        if zone == "headline":
            line.kind, line.level = "heading", 1
        elif (zone in ("byline", "masthead") and line.kind == "list") or (zone in _PLAIN and line.kind == "heading"):
            line.kind, line.level = "paragraph", 0
    return zones, headline


class _Says:
    """What the elements around a line, or one that is all of it, say of it by their names."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._of: dict[Node, str] = {}
        self._inner: dict[int, str] = {}
        for node in page.nodes:
            said = self._zone(node)
            self._of[node] = said or (self._of.get(node.parent, "") if node.parent else "")
            if said in ("byline", "headline", "standfirst") and node.end - node.first == 1:
                self._inner.setdefault(node.first, said)

    def _zone(self, node: Node) -> str:
        """Return what an element's names say; what is called a byline and goes on and on is none."""
        said = names.zone(node)
        most = _MOST.get(said)
        lines = self._page.lines[node.first : node.first + _HEAD + 1] if most else []
        size = sum(len(line.text) for line in lines[: node.end - node.first])
        return "" if most and (node.end - node.first > _HEAD or size > most) else said

    def zone(self, n: int) -> str:
        """Return the zone a line is said to stand in, or nothing."""
        node: Node | None = self._page.lines[n].node
        while node is not None and node not in self._of:
            node = node.parent
        said = self._of[node] if node is not None else ""
        return self._inner.get(n, said) if said in ("", "aside") else said


def _headline(page: Page, found: Found, kept: Sequence[int], facts: Facts, says: _Says) -> list[int]:
    """Return the lines of the page's headline: the heading that says what the page calls itself, or the first one."""
    calls = {normal(title) for title in facts.titles}
    site = normal(facts.value("publication"))
    tops: list[int] = []
    for n, line in enumerate(page.lines):
        shown = normal(line.text) if line.kind == "heading" else ""
        if says.zone(n) == "masthead":
            continue
        if shown and (line.level == 1 or says.zone(n) == "headline") and (shown != site or shown in calls):
            tops.append(n)
    named = [(_named(page, found, n, calls), -n) for n in tops[:_TOPS]]
    best, place = max(named, default=(0, 0))
    if best > 0:
        return _all_of(page, -place)
    first = kept[0] if kept else len(page.lines)
    inside = [n for n in tops if not found.why[n] and n - first < shapes.HEAD_LINES]
    before = [n for n in tops if first - _HEAD < n < first and found.why[n] == "around"]
    if inside or before:
        return _all_of(page, inside[0] if inside else before[-1])
    return _called(page, kept, calls)


def _named(page: Page, found: Found, n: int, calls: set[str]) -> int:
    """Return how sure it is that a heading says what the page calls itself; 0 where it does not."""
    shown = normal(page.lines[n].text)
    is_part = len(shown) > _TITLE_LENGTH and any(shown in call for call in calls)
    if shown not in calls and (not is_part or found.area[n]):
        return 0
    begins = any(call.startswith(shown) for call in calls)  # a site's name ends a title
    return max(1, 4 * (shown in calls) + 2 * is_part + begins + 2 * (not found.why[n]) - 3 * bool(found.area[n]))


def _called(page: Page, kept: Sequence[int], calls: set[str]) -> list[int]:
    """Return the line above the body that is, word for word, what the page calls itself, whatever it is marked as."""
    for n in kept[: shapes.HEAD_LINES]:
        shown = normal(page.lines[n].text)
        if len(shown) > _TITLE_LENGTH // 2 and shown in calls and n != kept[-1]:
            return [n]
    return []


def _all_of(page: Page, n: int) -> list[int]:
    node = page.lines[n].node
    return [m for m in range(n, min(n + 4, len(page.lines))) if page.lines[m].node is node]


def _complete_above(page: Page, found: Found, says: _Says, end: int) -> None:
    """Keep the kicker of a headline, and the words under a picture above it within the same article."""
    for n in range(max(0, end - _NEAR), end):
        if says.zone(n) == "masthead" and not found.area[n] and _is_label(page.lines[n]):
            found.why[n] = ""
    at: Node | None = page.lines[end].node
    while at is not None and at.tag != "article":
        at = at.parent
    for n in range(max(at.first if at is not None else end, end - _HEAD), end):
        if page.lines[n].kind == "caption" and not found.area[n]:
            found.why[n] = ""


def _complete_head(page: Page, found: Found, facts: Facts, says: _Says, first: int, end: int) -> None:
    """Keep what stands between headline and body: standfirst, byline, date, the words under a picture."""
    for n in range(max(first, end - _HEAD), end):
        line = page.lines[n]
        if found.area[n] or len(line.text) > _STANDFIRST_LENGTH:
            continue
        if _is_of_head(line, says.zone(n), facts):
            found.why[n] = ""


def _is_of_head(line: Line, said: str, facts: Facts) -> bool:
    if _is_byline(line, said):
        return True
    linked = line.linked * 2 > len(line.text)
    return not linked and (said == "standfirst" or line.kind == "caption" or _is_summary(line, facts))


def _complete_foot(page: Page, found: Found, says: _Says, last: int) -> None:
    """Keep a correction below the body, and who reported and edited it."""
    for n in range(last + 1, min(last + _HEAD, len(page.lines))):
        line = page.lines[n]
        said = says.zone(n) == "correction" or _CORRECTION.match(line.text) or _is_sign_off(line)
        if said and not found.area[n]:
            found.why[n] = ""


def _zones(page: Page, found: Found, facts: Facts, says: _Says, headline: Sequence[int]) -> list[str]:
    zones = ["body"] * len(page.lines)
    kept = [n for n, why in enumerate(found.why) if not why]
    after = headline[-1] if headline else -1
    in_head = True
    last_body = next((n for n in reversed(kept) if not _is_byline(page.lines[n], says.zone(n))), -1)
    above = _above(page, kept, headline)
    for place, n in enumerate(kept):
        line, said = page.lines[n], says.zone(n)
        if n in headline:
            zones[n] = "headline"
            continue
        zones[n] = _zone(line, said, facts, in_head=in_head, at_end=n > last_body)
        if zones[n] == "body" and (n in above or (in_head and said == "masthead" and _is_label(line))):
            zones[n] = "masthead"
        if zones[n] == "body" and in_head and n > after:
            following = kept[place + 1] if place + 1 < len(kept) else n
            if _stands_first(line, n - after, page.lines[following], says.zone(following)):
                zones[n] = "standfirst"
            else:
                in_head = False
    return zones


def _above(page: Page, kept: Sequence[int], headline: Sequence[int]) -> set[int]:
    """Return the lines that stand as labels above the headline: a kicker, a section of the paper, a date's place."""
    before = [n for n in kept if headline and n < headline[0]]
    labels = {n for n in before if _is_label(page.lines[n])}
    return labels if len(before) <= _LABELS else set()


def _is_label(line: Line) -> bool:
    is_short = len(line.text) <= _LABEL_LENGTH and _SENTENCE_END.search(line.text) is None
    return is_short and line.kind in ("paragraph", "heading", "list")


def _zone(line: Line, said: str, facts: Facts, *, in_head: bool, at_end: bool) -> str:
    if line.kind == "caption":
        return "caption"
    if said in ("correction", "box"):
        return said
    if said == "aside" and not in_head and not at_end:
        return "box"
    if _CORRECTION.match(line.text) and line.kind == "paragraph":
        return "correction"
    if ((in_head or at_end) and _is_byline(line, said)) or (line.kind == "paragraph" and _is_sign_off(line)):
        return "byline"
    if in_head and (said == "standfirst" or _is_summary(line, facts)) and len(line.text) <= _STANDFIRST_LENGTH:
        return "standfirst"
    return "body"


def _stands_first(line: Line, below: int, following: Line, said: str) -> bool:
    """Say whether a line right under the headline stands first: a byline follows it."""
    short = len(line.text) <= _STANDFIRST_LENGTH // 2
    return short and below == 1 and line.kind in ("heading", "paragraph") and _is_byline(following, said)


def _is_byline(line: Line, said: str) -> bool:
    if len(line.text) > _BYLINE_LENGTH or line.kind in ("caption", "table_row", "quote"):
        return False
    return said == "byline" or any(signature(line.text)) or _is_sign_off(line)


def _is_sign_off(line: Line) -> bool:
    return len(line.text) <= _BYLINE_LENGTH and _SIGN_OFF.match(line.text) is not None


def _is_summary(line: Line, facts: Facts) -> bool:
    return bool(facts.description) and normal(line.text) == normal(facts.description)
