"""The elements of an OpenDocument text, as they come: what each of them writes, begins and ends."""

from __future__ import annotations

from collections.abc import Callable

from annotator.importers.manuscript import Manuscript
from annotator.importers.numerals import number
from annotator.importers.opendocument.styles import LEVELS, Count, ListStyle, StyleElements, Styles
from annotator.importers.opendocument.text import ListPlace, OpenText
from annotator.importers.story import Piece, words_of
from annotator.language import tr

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_COMPATIBLE = "-compatible:1.0"
PREFIXES = {
    **{f"{_OASIS}{name}:1.0": name for name in (
        "office", "style", "text", "table", "meta", "manifest", "presentation", "form", "script",
    )},
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}xsl-fo{_COMPATIBLE}": "fo",
    f"{_OASIS}svg{_COMPATIBLE}": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}  # fmt: skip

_PASSED_OVER = frozenset(
    """office:binary-data office:settings office:scripts office:font-face-decls office:event-listeners dc:date
    meta:creator-initials meta:date-string text:note-citation text:format-change text:tracked-changes-info
    text:table-of-content-source text:illustration-index-source text:table-index-source text:object-index-source
    text:user-index-source text:alphabetical-index-source text:bibliography-source text:linenumbering-configuration
    text:notes-configuration text:bibliography-configuration loext:sender-initials""".split()  # noqa: SIM905
)
_SHAPES = ("rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse", "connector",
           "caption", "measure", "custom-shape")  # fmt: skip

_Begin = Callable[[dict[str, str]], None]
_Finish = Callable[[], None]


class _Frame:
    """A frame that is open: what was found in it, and how it is described."""

    def __init__(self) -> None:
        self.kind = ""
        self.words = ""


class OpenStory:
    """A handler for ``markup.walk`` over the parts of an OpenDocument text: styles first, then the content."""

    def __init__(self, text: OpenText, formula_in: Callable[[str], str | None]) -> None:
        self.text_of = text
        self.meta: dict[str, str] = {}
        self.body = ""
        """What kind of document it is: "text", "spreadsheet", …"""
        self.notes: list[list[Piece]] = []
        """The foot- and endnotes in the order they are referred to."""
        self.addresses: list[str] = []
        """Where links lead."""
        self._formula_in = formula_in
        self._passing = 0
        self._aside: list[str] | None = None
        self._open_notes: list[int] = []
        self._region = ""
        self._deletions: set[str] = set()
        self._frames: list[_Frame] = []
        self._hides: list[bool] = []
        self._heads: set[str] = set()
        self._creator: list[str] = []
        self._counts: dict[str, Count] = {}
        self._last_counts: dict[str, Count] = {}
        self._cells: list[tuple[bool, int]] = []
        self._style_elements = StyleElements(text.styles)
        self._starts: dict[str, _Begin] = {
            **self._style_elements.starts(),
            **self._starts_of_text(),
            **self._starts_apart(),
        }
        self._ends = self._end_table()

    # -- the face of a handler

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._passing:
            self._passing += 1
        elif name in _PASSED_OVER:
            self._passing = 1
        elif (begin := self._starts.get(name)) is not None:
            begin(attributes)

    def end(self, name: str) -> None:
        """Take an element's end."""
        if self._passing:
            self._passing -= 1
        elif (finish := self._ends.get(name)) is not None:
            finish()

    def text(self, characters: str) -> None:
        """Take characters."""
        if self._passing:
            return
        if self._aside is not None:
            if len(self._aside) < 200:
                self._aside.append(characters)
        else:
            self.text_of.characters(characters)

    def begin_anew(self) -> None:
        """Forget the elements that are open: their part cannot be read further."""
        self._passing = 0
        self._aside = None
        self._style_elements.forget()
        self.text_of.forget()

    @property
    def _styles(self) -> Styles:
        return self.text_of.styles

    # -- text

    def _begin_paragraph(self, attributes: dict[str, str]) -> None:
        self.text_of.begin_paragraph(attributes.get("text:style-name"))

    def _begin_heading(self, attributes: dict[str, str]) -> None:
        level = max(1, min(number(attributes.get("text:outline-level"), 1), LEVELS))
        is_counted = attributes.get("text:is-list-header") != "true"
        self.text_of.begin_paragraph(attributes.get("text:style-name"), level, is_counted=is_counted)

    def _hide(self, is_hidden: bool) -> None:
        self._hides.append(is_hidden)
        self.text_of.hidden += is_hidden

    def _unhide(self) -> None:
        self.text_of.hidden -= self._hides.pop()

    def _begin_span(self, attributes: dict[str, str]) -> None:
        name = attributes.get("text:style-name", "")
        self.text_of.spans.append(name)
        self._hide(self._styles.get("text", name).is_hidden)

    def _end_span(self) -> None:
        self.text_of.spans.pop()
        self._unhide()

    def _begin_section(self, attributes: dict[str, str]) -> None:
        shown = attributes.get("text:display", "true")
        self._hide(shown == "none" or (shown == "condition" and attributes.get("text:is-hidden") == "true"))

    def _begin_hidden(self, attributes: dict[str, str]) -> None:
        self._hide(attributes.get("text:is-hidden") == "true")

    def _begin_value(self, attributes: dict[str, str]) -> None:
        self._hide(attributes.get("text:display") == "none")

    def _hide_paragraph(self, attributes: dict[str, str]) -> None:
        if attributes.get("text:is-hidden") == "true":
            self.text_of.hide_paragraph()

    def _link(self, attributes: dict[str, str]) -> None:
        address = attributes.get("xlink:href", "#")
        if not address.startswith("#"):
            self.addresses.append(address)

    def _begin_list(self, attributes: dict[str, str]) -> None:
        name = attributes.get("text:style-name", "")
        outer = self.text_of.lists[-1] if self.text_of.lists else None
        goes_on = attributes.get("text:continue-numbering") == "true"
        if outer is None:
            count = self._counts.get(attributes.get("text:continue-list", ""))
            count = count or (self._last_counts.get(name) if goes_on else None) or Count()
            self._last_counts[name] = count
            place = ListPlace(self._styles.lists.get(name, ListStyle()), count, 1)
        else:
            style = self._styles.lists.get(name, outer.style)
            if outer.has_paragraph and not goes_on:
                outer.count.restart_below(outer.level)
            place = ListPlace(style, outer.count, min(outer.level + 1, LEVELS))
        if key := attributes.get("xml:id"):
            self._counts[key] = place.count
        self.text_of.lists.append(place)

    def _begin_item(self, attributes: dict[str, str], *, is_numbered: bool = True) -> None:
        if self.text_of.lists:
            place = self.text_of.lists[-1]
            place.has_paragraph, place.is_numbered = False, is_numbered
            start = attributes.get("text:start-value")
            place.start = None if start is None else number(start)

    def _begin_numbered(self, attributes: dict[str, str]) -> None:
        level = max(1, min(number(attributes.get("text:level"), 1), LEVELS))
        count = self._counts.setdefault(attributes.get("text:list-id", ""), Count())
        style = self._styles.lists.get(attributes.get("text:style-name", ""), ListStyle())
        self.text_of.lists.append(ListPlace(style, count, level))
        self._begin_item(attributes)

    def _end_list(self) -> None:
        self.text_of.lists.pop()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        across, down = (number(attributes.get(f"table:number-{n}-spanned"), 1) for n in ("columns", "rows"))
        repeated = number(attributes.get("table:number-columns-repeated"), 1)
        self._cells.append((across > 1 or down > 1, repeated))
        self.text_of.hold()

    def _begin_covered_cell(self, attributes: dict[str, str]) -> None:
        self._cells.append((True, number(attributes.get("table:number-columns-repeated"), 1)))
        self.text_of.hold()

    def _end_cell(self) -> None:
        is_merged, repeated = self._cells.pop()
        self.text_of.end_cell(is_merged=is_merged, span=repeated)

    def _starts_of_text(self) -> dict[str, _Begin]:
        text = self.text_of

        def writes(words: str) -> _Begin:
            return lambda _: text.sign(words)

        return {
            "office:text": lambda _: self._is("text"), "office:spreadsheet": lambda _: self._is("spreadsheet"),
            "office:presentation": lambda _: self._is("presentation"), "office:drawing": lambda _: self._is("drawing"),
            "office:chart": lambda _: self._is("chart"),
            "text:p": self._begin_paragraph, "text:h": self._begin_heading, "text:span": self._begin_span,
            "text:tab": writes("\t"), "text:line-break": writes("\n"),
            "text:s": lambda attributes: text.sign(" " * max(1, min(number(attributes.get("text:c"), 1), 1_000))),
            "text:a": self._link, "draw:a": self._link,
            "text:section": self._begin_section, "text:hidden-text": self._begin_hidden,
            "text:variable-set": self._begin_value, "text:variable-get": self._begin_value,
            "text:user-field-get": self._begin_value, "text:page-variable-set": self._begin_value,
            "text:hidden-paragraph": self._hide_paragraph,
            "text:list": self._begin_list, "text:list-item": self._begin_item,
            "text:list-header": lambda attributes: self._begin_item(attributes, is_numbered=False),
            "text:numbered-paragraph": self._begin_numbered,
            "table:table-row": lambda _: text.begin_row(),
            "table:table-cell": self._begin_cell, "table:covered-table-cell": self._begin_covered_cell,
        }  # fmt: skip

    # -- what stands apart or is left out

    @property
    def _made(self) -> Manuscript:
        return self.text_of.made

    def _is(self, kind: str) -> None:
        self.body = self.body or kind

    def _hold(self, _: dict[str, str] | None = None) -> None:
        self.text_of.hold()

    def _begin_note(self, _: dict[str, str]) -> None:
        if self._made.options.footnotes and self.text_of.paragraph is not None:
            self.text_of.sign(f"[{len(self.notes) + 1}]")
        self._open_notes.append(len(self.notes))
        self.notes.append([])
        self.text_of.hold()

    def _end_note(self) -> None:
        self.notes[self._open_notes.pop()] = self.text_of.release()

    def _begin_comment(self, _: dict[str, str]) -> None:
        self._creator.append("")
        self.text_of.hold()

    def _end_comment(self) -> None:
        said, author = words_of(self.text_of.release()), self._creator.pop()
        self._made.leave_out("margin_comment", text=f"{author}: {said}" if author else said)

    def _inserted(self, _: dict[str, str]) -> None:
        self._made.note(tr("Its tracked changes count as accepted: what was inserted is in the text."))

    def _begin_region(self, attributes: dict[str, str]) -> None:
        self._region = attributes.get("xml:id") or attributes.get("text:id", "")

    def _begin_deletion(self, _: dict[str, str]) -> None:
        self._deletions.add(self._region)
        self.text_of.hold()

    def _begin_change(self, attributes: dict[str, str]) -> None:
        if attributes.get("text:change-id") in self._deletions:  # its words stand here and not with the change
            self.text_of.deleted += 1

    def _end_change(self, attributes: dict[str, str]) -> None:
        if attributes.get("text:change-id") in self._deletions and self.text_of.deleted:
            self.text_of.deleted -= 1

    def _end_deletion(self) -> None:
        said = words_of(self.text_of.release())
        if said:
            self._made.leave_out("deleted", text=said)

    def _end_running_head(self) -> None:
        said = words_of(self.text_of.release())
        if said and said not in self._heads:
            self._heads.add(said)
            self._made.leave_out("page_head", text=said)

    def _begin_reading(self, _: dict[str, str]) -> None:
        self.text_of.readings += 1
        self.text_of.spans.append("")

    def _end_reading(self) -> None:
        self.text_of.readings -= 1
        self.text_of.spans.pop()

    def _begin_contents(self, _: dict[str, str]) -> None:
        self.text_of.contents += 1

    def _end_contents(self) -> None:
        self.text_of.contents -= 1

    def _begin_placeholder(self, _: dict[str, str]) -> None:
        self.text_of.placeholders += 1

    def _end_placeholder(self) -> None:
        self.text_of.placeholders -= 1

    def _pass_over(self, kind: str) -> _Begin:
        def begin(_: dict[str, str]) -> None:
            self._made.leave_out(kind)
            self._passing = 1

        return begin

    # -- frames

    def _begin_frame(self, _: dict[str, str]) -> None:
        self._frames.append(_Frame())

    def _end_frame(self) -> None:
        frame = self._frames.pop()
        if frame.kind:
            self._made.leave_out(frame.kind, text=frame.words)

    def _holds(self, kind: str) -> _Begin:
        def begin(_: dict[str, str]) -> None:
            if self._frames and self._frames[-1].kind in ("", "picture"):
                self._frames[-1].kind = kind

        return begin

    def _object(self, attributes: dict[str, str]) -> None:
        if self._frames:
            formula = self._formula_in(attributes.get("xlink:href", ""))
            self._frames[-1].kind = "object" if formula is None else "formula"
            self._frames[-1].words = formula or self._frames[-1].words

    def _begin_formula(self, _: dict[str, str]) -> None:
        self._aside = []
        if self._frames:
            self._frames[-1].kind = "formula"

    def _end_formula(self) -> None:
        self._aside = None

    def _listen(self, _: dict[str, str]) -> None:
        self._aside = []

    def _heard(self, name: str) -> _Finish:
        def finish() -> None:
            said = " ".join("".join(self._aside or ()).split())
            self._aside = None
            if name == "dc:creator" and self._creator:
                self._creator[-1] = said
            elif name == "math:annotation":
                self._aside = []
                if self._frames:
                    self._frames[-1].words = said
            elif name in ("svg:title", "svg:desc"):
                frame = self._frames[-1] if self._frames else None
                if frame is not None and said and said not in frame.words:
                    frame.words = f"{frame.words}: {said}" if frame.words else said
            elif not self.body:
                self.meta.setdefault(name, said)

        return finish

    def _starts_apart(self) -> dict[str, _Begin]:
        return {
            **dict.fromkeys(_RUNNING_HEADS, self._hold),
            "text:note-body": self._begin_note, "office:annotation": self._begin_comment,
            "text:changed-region": self._begin_region, "text:deletion": self._begin_deletion,
            "text:change-start": self._begin_change, "text:change-end": self._end_change,
            "text:insertion": self._inserted,
            "text:ruby-text": self._begin_reading, "text:placeholder": self._begin_placeholder,
            "text:script": self._pass_over("script"), "office:forms": lambda _: self._skip(),
            "draw:control": self._pass_over("form"),
            "draw:frame": self._begin_frame, "draw:text-box": self._hold, "draw:image": self._holds("picture"),
            "draw:object": self._object, "draw:object-ole": self._holds("object"), "draw:plugin": self._holds("object"),
            "draw:applet": self._holds("object"), "draw:floating-frame": self._holds("frame"),
            **dict.fromkeys(_CONTENTS, self._begin_contents),
            "math:math": self._begin_formula, **dict.fromkeys(_ASIDE, self._listen),
            **{f"draw:{shape}": self._hold for shape in _SHAPES},
        }  # fmt: skip

    def _skip(self) -> None:
        self._passing = 1

    def _end_table(self) -> dict[str, _Finish]:
        text = self.text_of
        return {
            **self._style_elements.ends(),
            **dict.fromkeys(_RUNNING_HEADS, self._end_running_head),
            "text:p": text.end_paragraph, "text:h": text.end_paragraph, "text:span": self._end_span,
            "text:section": self._unhide, "text:hidden-text": self._unhide, "text:variable-set": self._unhide,
            "text:variable-get": self._unhide, "text:user-field-get": self._unhide,
            "text:page-variable-set": self._unhide,
            "text:list": self._end_list, "text:numbered-paragraph": self._end_list,
            "table:table-row": text.end_row, "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "text:note-body": self._end_note, "office:annotation": self._end_comment,
            "text:deletion": self._end_deletion, "text:ruby-text": self._end_reading,
            "text:placeholder": self._end_placeholder,
            "draw:frame": self._end_frame, "draw:text-box": text.end_box, "math:math": self._end_formula,
            **{name: self._heard(name) for name in _ASIDE},
            **dict.fromkeys(_CONTENTS, self._end_contents),
            **{f"draw:{shape}": text.end_box for shape in _SHAPES},
        }  # fmt: skip


_ASIDE = ("dc:title", "dc:creator", "dc:language", "meta:initial-creator", "svg:title", "svg:desc", "math:annotation")
"""Elements whose characters are told apart from the text."""

_CONTENTS = ("text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index",
             "text:user-index", "text:alphabetical-index")  # fmt: skip
"""Elements that list what the text holds; a list of what it cites is text."""

_RUNNING_HEADS = ("style:header", "style:footer", "style:header-left", "style:footer-left", "style:header-first",
                  "style:footer-first")  # fmt: skip
