"""Paragraphs, words, links and comments as WordprocessingML: every look is a style of the template."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Comment,
    CommentEnd,
    CommentStart,
    Inline,
    Link,
    Paragraph,
    Text,
    WebLink,
)
from annotator.exporters.escaping import escaped, outside_address
from annotator.exporters.manners import manner
from annotator.exporters.word import package
from annotator.exporters.word.markup import (
    DECLARATION,
    EXTENDED,
    NAMESPACES,
    element,
    one_line,
    ordered_run,
    paragraph_properties,
    run,
)
from annotator.exporters.word.styles import COLUMN_LEFT, COLUMN_RIGHT, LIST_LEFT, LIST_STEP, QUOTE_BAR
from annotator.exporters.word.template import Template


class Flow:
    """Turns paragraphs into WordprocessingML; counts bookmarks and outside links on the way."""

    def __init__(self, template: Template) -> None:
        self.links: list[str] = []
        self._template = template
        self._anchors: dict[str, int] = {}
        self._run_properties: dict[tuple[object, ...], str] = {}
        self._paragraph_properties: dict[tuple[object, ...], str] = {}

    def paragraph(self, p: Paragraph, *, keep: bool = False, end: bool = False) -> str:
        """Return one paragraph; ``keep`` holds it on the page of the next, ``end`` sets it against the far edge."""
        keep = keep or p.keep_next
        key = p.style, *p[2:], keep, end
        properties = self._paragraph_properties.get(key)
        if properties is None:
            properties = self._paragraph_properties[key] = self._properties(p, keep, end)
        content = "".join([self.inline(i) for i in p.inlines])
        return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"

    def _properties(self, p: Paragraph, keep: bool, end: bool) -> str:
        left = COLUMN_LEFT if p.indented else None
        right = hanging = None
        tabs: tuple[tuple[str, float], ...] = ()
        if p.deeper and not p.rtl:
            left = hanging = LIST_LEFT + LIST_STEP * p.deeper
            tabs = (("clear", LIST_LEFT), ("left", left))
        if p.rtl and p.style.startswith("Article"):
            # Word counts "left" from the right edge here: keep the column where it is, hang the number at its own side.
            left, right = COLUMN_RIGHT, COLUMN_LEFT
            if manner(p.style).hung:
                hanging, tabs = COLUMN_RIGHT - 0.5, (("clear", COLUMN_LEFT), ("left", COLUMN_RIGHT))
        borders: dict[str, tuple[int, str, int, str]] | None = None
        if p.rtl and p.style == "Quote":  # the bar of the style stands at the left: here the words begin at the right
            borders = {"left": (0, "auto", 0, "nil"), "right": (12, QUOTE_BAR, 8, "single")}
        return paragraph_properties(
            style=self._template.ids[p.style],
            keep_next=True if keep else None,
            new_page=p.new_page,
            rtl=p.rtl,
            left=left,
            right=right,
            hanging=hanging,
            tabs=tabs,
            align="right" if end or p.align_end else None,
            level=p.level,
            borders=borders,
        )

    def inline(self, inline: Inline) -> str:
        """Return words, a link, or an edge of an anchor or a comment."""
        match inline:
            case Text():
                return self.text(inline)
            case Link(anchor, words, tip):
                told = f' w:tooltip="{one_line(tip)}"' if tip else ""
                return f'<w:hyperlink w:anchor="{anchor}"{told} w:history="1">{self.text(words)}</w:hyperlink>'
            case WebLink(url, words):
                return self._web_link(url, words)
            case AnchorStart(name):
                number = self._anchors[name] = len(self._anchors)
                return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            case AnchorEnd(name):
                return f'<w:bookmarkEnd w:id="{self._anchors[name]}"/>'
            case CommentStart(number):
                return f'<w:commentRangeStart w:id="{number}"/>'
            case CommentEnd(number):
                return (
                    f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr>{self._style("CommentReference")}</w:rPr>'
                    f'<w:commentReference w:id="{number}"/></w:r>'
                )

    def text(self, text: Text) -> str:
        """Return words as one run."""
        key = text[1:]
        properties = self._run_properties.get(key)
        if properties is None:
            properties = self._run_properties[key] = self.look(text)
        return run(text.text, properties)

    def look(self, text: Text) -> str:
        """Return the run properties of words under several looks.

        A run has one character style: the first look is it, the further ones are copied from their styles, so that a
        restyled "Source" also shows inside claims. The shading is always written out: it outlives a paste elsewhere.
        """
        looks = [look.replace(" ", "") for look in text.looks]
        if text.claims:
            shade = "Claim" if text.claims == 1 else "ClaimOverlap"
            looks.insert(len(looks) if text.looks and text.looks[0].endswith("Mark") else 0, shade)
        made: dict[str, str] = {}
        if looks:
            first = self._template.run[looks[0]]
            made["rStyle"] = self._style(looks[0])
            if "shd" in first:
                made["shd"] = first["shd"]
            for look in looks[1:]:
                further = self._template.run[look]
                made.update({tag: xml for tag, xml in further.items() if tag not in first and tag not in made})
        made.update(_language(text))
        return ordered_run(made)

    def _style(self, look: str) -> str:
        return element("rStyle", val=self._template.ids[look])

    def _web_link(self, url: str, words: Text) -> str:
        target = outside_address(url)
        if target is None:
            return self.text(words)
        self.links.append(target)
        styled = Text(words.text, (*words.looks, "Web Address"), words.claims, words.script, words.language)
        id_ = package.link_id(len(self.links) - 1)
        return f'<w:hyperlink r:id="{id_}" w:history="1">{self.text(styled)}</w:hyperlink>'

    # -- comments

    def comments(self, comments: Sequence[Comment]) -> str:
        """Return ``comments.xml``, in one pass; empty where there are none."""
        if not comments:
            return ""
        plain = f"<w:pPr>{element('pStyle', val=self._template.ids['CommentText'])}</w:pPr>"
        mark = f"<w:r><w:rPr>{self._style('CommentReference')}</w:rPr><w:annotationRef/></w:r>"
        out = [f"{DECLARATION}<w:comments {NAMESPACES} {EXTENDED}>"]
        for number, comment in enumerate(comments):
            out.append(
                f'<w:comment w:id="{number}" w:author="{one_line(comment.author)}" w:date="{escaped(comment.at)}"'
                f' w:initials="{one_line(comment.initials, 9)}">'
            )
            last = len(comment.lines) - 1
            for n, line in enumerate(comment.lines):
                words = "".join([self.text(t) for t in line])
                named = f' w14:paraId="{_paragraph_id(number)}"' if n == last else ""
                out.append(f"<w:p{named}>{plain}{mark if n == 0 else ''}{words}</w:p>")
            out.append("</w:comment>")
        out.append("</w:comments>")
        return "".join(out)


def comment_states(comments: Sequence[Comment]) -> str:
    """Return ``commentsExtended.xml``: which comments are done with; empty where none is."""
    if not any(c.done for c in comments):
        return ""
    states = "".join(
        f'<w15:commentEx w15:paraId="{_paragraph_id(n)}" w15:done="{int(c.done)}"/>' for n, c in enumerate(comments)
    )
    return f"{DECLARATION}<w15:commentsEx {NAMESPACES} {EXTENDED}>{states}</w15:commentsEx>"


def _paragraph_id(comment: int) -> str:
    return f"{0x10000000 + comment:08X}"


def _language(text: Text) -> dict[str, str]:
    language = escaped(text.language) or None
    if text.script == "rtl":
        return {"rtl": element("rtl"), "lang": element("lang", bidi=language or "ar-SA")}
    if text.script == "cjk":
        return {"lang": element("lang", eastAsia=language or "ja-JP")}
    return {"lang": element("lang", val=language)} if language else {}
