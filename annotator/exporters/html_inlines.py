"""Words, links and marks of a report as HTML; and the comments met on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from annotator.exporters import wording
from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Comment,
    CommentEnd,
    CommentStart,
    Inline,
    Link,
    Text,
    WebLink,
)
from annotator.exporters.escaping import escaped, outside_address
from annotator.language import tr

_CLAIM_PLACE = re.compile(r"text_(C\d+)$")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SHORT = 24
_PLAIN = Text("")[1:]
_TAB = '<span class="tab">\t</span>'


class Inlines:
    """Turns inlines into HTML. Tags of a look are made once and kept."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self._comments = comments
        self._several = len({c.author for c in comments}) > 1
        self._short: dict[Text, str] = {}
        self._tags: dict[tuple[object, ...], tuple[str, str]] = {}
        self._met: list[tuple[int, str]] = []
        self._place = ""
        self._writers: dict[type, Callable[[Inline], str]] = {
            Text: self._text,
            Link: self._link,
            WebLink: self._web_link,
            AnchorStart: self._anchor_start,
            AnchorEnd: self._anchor_end,
            CommentStart: self._comment_start,
            CommentEnd: lambda _: "",
        }

    def html(self, inlines: Sequence[Inline]) -> str:
        """Return inlines as HTML."""
        writers = self._writers
        return "".join([writers[type(i)](i) for i in inlines])

    def isolated(self, inlines: Sequence[Inline]) -> str:
        """Return the same; names that would turn the words around them are kept apart."""
        found = self.html(inlines)
        if found.isascii() or not _TURNING.search(found):
            return found
        return "".join(
            [f"<bdi>{self.html([i])}</bdi>" if isinstance(i, Text | Link) else self.html([i]) for i in inlines]
        )

    def comments_met(self) -> str:
        """Return the comments whose words began since the last call, one below the other."""
        if not self._met:
            return ""
        found = "".join([self._comment(number, place) for number, place in self._met])
        self._met.clear()
        return found

    # -- each kind

    def _text(self, inline: Inline) -> str:
        assert isinstance(inline, Text)
        if len(inline.text) > _SHORT:
            return self._made(inline)
        # Numbers, commas and "Nobody has looked yet" come by the thousand.
        found = self._short.get(inline)
        if found is None:
            found = self._short[inline] = self._made(inline)
        return found

    def _made(self, text: Text) -> str:
        words = escaped(text.text)
        if not words.isprintable():
            words = words.replace("\n", "<br>").replace("\t", _TAB)
        key = text[1:]
        if key == _PLAIN:
            return words
        tags = self._tags.get(key)
        if tags is None:
            tags = self._tags[key] = _tags(text)
        return f"{tags[0]}{words}{tags[1]}"

    def _link(self, inline: Inline) -> str:
        assert isinstance(inline, Link)
        anchor, words, tip = inline
        told = f' title="{escaped(tip)}"' if tip else ""
        return f'<a href="#{escaped(anchor)}"{told}>{self._text(words)}</a>'

    def _web_link(self, inline: Inline) -> str:
        assert isinstance(inline, WebLink)
        address = outside_address(inline.url)
        words = self._text(inline.words)
        if address is None:
            return words
        return f'<a class="WebAddress" href="{escaped(address)}" rel="noreferrer nofollow">{words}</a>'

    def _anchor_start(self, inline: Inline) -> str:
        assert isinstance(inline, AnchorStart)
        self._place = inline.name
        return f'<span id="{escaped(inline.name)}"></span>'

    def _anchor_end(self, inline: Inline) -> str:
        """Return nothing, or for a claim an end that is not seen and can be heard."""
        assert isinstance(inline, AnchorEnd)
        claim = _CLAIM_PLACE.search(inline.name)
        return f'<span class="end" data-claim="{claim[1]}"></span>' if claim else ""

    def _comment_start(self, inline: Inline) -> str:
        assert isinstance(inline, CommentStart)
        self._met.append((inline.number, self._place))
        return ""

    def _comment(self, number: int, place: str) -> str:
        comment = self._comments[number]
        lines = [self.isolated(line) for line in comment.lines]
        if lines and place:
            lines[0] = f'<a href="#{escaped(place)}">{lines[0]}</a>'
        told = "".join([f"<p>{line}</p>" for line in lines])
        by = [comment.author, wording.written_date(comment.at[:10])] if self._several else []
        if comment.done:
            by.append(tr("done"))
        if by:
            told += f'<p class="by">{escaped(" · ".join(w for w in by if w))}</p>'
        return f'<div class="note">{told}</div>'


def _tags(text: Text) -> tuple[str, str]:
    """Return what stands before and behind words of one look."""
    classes = [look.replace(" ", "") for look in text.looks]
    if text.claims:
        classes.insert(0, "Claim" if text.claims == 1 else "ClaimOverlap")
    names = escaped(" ".join(classes))
    attributes = f' class="{names}"' if names else ""
    if text.language:
        attributes += f' lang="{escaped(text.language)}"'
    if not attributes:
        return "", ""
    first = text.looks[0] if text.looks else ""
    tag = "sup" if first.endswith(" Mark") else "mark" if text.claims else "strong" if first == "Strong" else "span"
    return f"<{tag}{attributes}>", f"</{tag}>"
