"""The elements of one part of a Word file, as they come: what each of them writes, begins and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from annotator.importers.equations import overstruck
from annotator.importers.numerals import number
from annotator.importers.story import Piece, check_length
from annotator.importers.symbols import LOST, SYMBOLS, SYMBOLS_LOST, character
from annotator.importers.word.package import PASSED_OVER, Relation, on
from annotator.importers.word.text import Context, Field, Paragraph, Run, WordText
from annotator.language import tr

_LINK_FIELD = re.compile(r"\s*HYPERLINK\s+\"?([^\"\s\\][^\"\s]*)", re.IGNORECASE)
_SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})\b(?:.*?\\f\s+\"?([^\"\\]{1,60}))?", re.IGNORECASE)

_Begin = Callable[[dict[str, str]], None]
_Finish = Callable[[], None]


class WordStory:
    """A handler for ``markup.walk``: one story of a Word file (its body, a note, a comment, a running head)."""

    def __init__(self, context: Context, related: Mapping[str, Relation], take: Callable[[Piece], None]) -> None:
        self._context = context
        self._related = related
        self._text = WordText(context, take)
        self._passing = 0
        self._properties: list[str] = []
        self._characters: list[str] | None = None
        self._held = 0
        self._keeps_spaces = True
        self._objects = 0
        self._choices: list[bool] = []
        self._begun_choices: list[int] = []
        self._alternative = ""
        self._starts = {**self._starts_of_text(), **self._starts_of_things()}
        self._ends = self._end_table()

    # -- the face of a handler

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._passing:
            self._passing += 1
        elif name in PASSED_OVER:
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
        """Take characters; those between elements are no text."""
        if self._characters is not None and not self._passing:
            self._characters.append(characters)
            self._held += len(characters)
            check_length(self._held)

    def close(self) -> None:
        """End the story."""
        self._text.close()

    # -- characters: of the text, or of a passage that is left out

    def _begin_text(self, attributes: dict[str, str]) -> None:
        self._characters, self._held = [], 0
        self._keeps_spaces = attributes.get("xml:space") == "preserve"

    def _begin_text_as_is(self, _: dict[str, str]) -> None:
        self._begin_text({"xml:space": "preserve"})

    def _end_text(self) -> None:
        words = "".join(self._characters or ())
        self._characters = None
        words = words.replace("\r", " ").replace("\n", " ")
        self._text.write(words if self._keeps_spaces else words.strip(" \t"))

    def _end_code(self) -> None:
        code = "".join(self._characters or ())
        self._characters = None
        if not self._text.deleted:
            self._text.fields.instruct(code)

    # -- properties

    def _enter(self, name: str) -> Callable[[dict[str, str]], None]:
        return lambda _: self._properties.append(name)

    def _leave(self) -> None:
        if self._properties:
            self._properties.pop()

    def _of_paragraph(self, keep: Callable[[Paragraph, str], None]) -> Callable[[dict[str, str]], None]:
        def begin(attributes: dict[str, str]) -> None:
            if self._properties[-1:] == ["w:pPr"] and self._text.paragraph is not None:
                keep(self._text.paragraph, attributes.get("w:val", ""))

        return begin

    def _frame(self, attributes: dict[str, str]) -> None:
        paragraph = self._text.paragraph
        if self._properties[-1:] == ["w:pPr"] and paragraph is not None:
            paragraph.goes_on = attributes.get("w:dropCap", "none") != "none"

    def _begin_run(self, _: dict[str, str]) -> None:
        self._text.run = Run()

    def _end_run(self) -> None:
        self._text.run = None

    def _vanish(self, attributes: dict[str, str]) -> None:
        is_on = on(attributes.get("w:val"))
        if self._properties:
            if self._properties[-1] == "w:pPr" and self._text.paragraph is not None:
                self._text.paragraph.goes_on = is_on
        elif self._text.run is not None:
            self._text.run.hidden = is_on

    def _of_run(self, keep: Callable[[Run, dict[str, str]], None]) -> Callable[[dict[str, str]], None]:
        def begin(attributes: dict[str, str]) -> None:
            if self._text.run is not None and not self._properties:
                keep(self._text.run, attributes)

        return begin

    # -- changes, fields, notes

    def _begin_inserted(self, _: dict[str, str]) -> None:
        if not self._properties:
            self._context.made.note(tr("Its tracked changes count as accepted: what was inserted is in the text."))

    def _begin_deleted(self, _: dict[str, str]) -> None:
        if not self._properties:
            self._text.deleted += 1
        elif self._properties[-1] == "w:trPr" and self._text.row is not None:
            self._text.row.is_deleted = True
        elif self._properties[-1] == "w:pPr" and self._text.paragraph is not None:
            self._text.paragraph.goes_on = True

    def _end_deleted(self) -> None:
        if not self._properties:
            self._text.deleted -= 1

    def _field_mark(self, attributes: dict[str, str]) -> None:
        if self._text.deleted:
            return
        match attributes.get("w:fldCharType"):
            case "begin":
                self._text.fields.begin()
            case "separate":
                self._text.fields.begin_result()
            case "end":
                self._end_field(self._text.fields.end())
            case _:
                pass

    def _end_field(self, ended: Field) -> None:
        symbol = _SYMBOL_FIELD.match(ended.code)
        if (link := _LINK_FIELD.match(ended.code)) is not None:
            self._text.link(link[1])
        elif ended.code.lstrip()[:11].upper() == "MACROBUTTON":
            self._text.leave_out("form", " ".join(ended.code.split(None, 2)[2:]))
        elif ended.code.lstrip()[:3].upper() == "EQ " and not ended.has_result:
            self._equation(ended.code)
        elif symbol is not None and not ended.has_result:
            self._symbol({"w:font": (symbol[2] or "").strip(), "w:char": f"{int(symbol[1], 0):x}"})

    def _equation(self, code: str) -> None:
        word = overstruck(code)
        if word is None:
            self._text.leave_out("formula", code)
            return
        self._text.write(word[0])
        if word[1]:
            self._text.leave_out("reading", word[1])

    def _link(self, attributes: dict[str, str]) -> None:
        relation = self._related.get(attributes.get("r:id", ""))
        if relation is not None and relation.outside:
            self._text.link(relation.target)

    def _symbol(self, attributes: dict[str, str]) -> None:
        try:
            code = int(attributes.get("w:char", ""), 16)
        except ValueError:
            code = -1
        found = character(attributes.get("w:font", ""), code)
        self._text.write(found, SYMBOLS_LOST if found == LOST else SYMBOLS)

    def _note_mark(self, kind: str) -> Callable[[dict[str, str]], None]:
        def begin(attributes: dict[str, str]) -> None:
            if self._text.deleted:
                return
            self._text.found += 1
            notes = self._context.notes
            n = notes.setdefault((kind, attributes.get("w:id", "")), len(notes) + 1)
            if self._context.made.options.footnotes:
                self._text.write(f"[{n}]")
            if on(attributes.get("w:customMarkFollows", "0")) and self._text.run is not None:
                self._text.run.has_own_mark = True

        return begin

    # -- tables and choices

    def _span(self, attributes: dict[str, str]) -> None:
        if self._text.row is not None and self._properties[-1:] == ["w:tcPr"]:
            self._text.row.is_merged = True
            self._text.row.span = number(attributes.get("w:val"), 1)

    def _span_down(self, _: dict[str, str]) -> None:
        if self._text.row is not None:
            self._text.row.is_merged = True

    def _begin_choice(self, _: dict[str, str]) -> None:
        if self._choices and self._choices[-1]:
            self._passing = 1
        else:
            self._begun_choices.append(self._text.found)

    def _end_choice(self) -> None:
        begun = self._begun_choices.pop()
        if self._choices:
            self._choices[-1] = self._text.found != begun

    # -- pictures, objects, forms, readings

    def _describe(self, attributes: dict[str, str]) -> None:
        self._alternative = attributes.get("descr") or attributes.get("alt") or attributes.get("title") or ""

    def _describe_further(self, attributes: dict[str, str]) -> None:
        self._alternative = self._alternative or attributes.get("descr", "")

    def _picture(self, _: dict[str, str] | None = None) -> None:
        if not self._objects:
            self._text.leave_out("picture", self._alternative)
        self._alternative = ""

    def _object(self, _: dict[str, str]) -> None:
        self._text.leave_out("object", self._alternative)
        self._alternative = ""

    def _drawn(self, attributes: dict[str, str]) -> None:
        """Leave out a chart or a diagram, with the words in its part."""
        relation = attributes.get("r:id") or attributes.get("r:dm", "")
        self._text.leave_out("object", self._alternative or self._context.words_in(relation))
        self._alternative = ""

    def _begin_object(self, attributes: dict[str, str]) -> None:
        self._object(attributes)
        self._objects += 1

    def _end_object(self) -> None:
        self._objects -= 1

    def _word_art(self, attributes: dict[str, str]) -> None:
        if attributes.get("string"):
            self._text.begin_box()
            self._text.begin_paragraph()
            self._text.write(attributes["string"])
            self._text.end_paragraph()
            self._text.end_box()

    def _placeholder(self, attributes: dict[str, str]) -> None:
        if self._text.placeholders:
            self._text.placeholders[-1] = on(attributes.get("w:val"))

    def _formula(self, _: dict[str, str]) -> None:
        self._text.found += 1
        self._context.made.note(tr("Its formulas are written in one line."))

    def _begin_reading(self, _: dict[str, str]) -> None:
        self._text.readings += 1

    def _end_reading(self) -> None:
        self._text.readings -= 1

    # -- which element is what

    def _starts_of_text(self) -> dict[str, _Begin]:
        text, as_is = self._text, self._begin_text_as_is

        def writes(words: str) -> _Begin:
            return lambda _: None if self._properties else text.write(words)

        def begins(begin: _Finish) -> _Begin:
            return lambda _: begin()

        return {
            "w:p": begins(text.begin_paragraph), "a:p": begins(text.begin_paragraph),
            "w:pPr": self._enter("w:pPr"), "w:trPr": self._enter("w:trPr"), "w:tcPr": self._enter("w:tcPr"),
            "w:sdtPr": self._enter("w:sdtPr"),
            "w:pStyle": self._of_paragraph(_style), "w:numId": self._of_paragraph(_num),
            "w:ilvl": self._of_paragraph(_level), "w:outlineLvl": self._of_paragraph(_outline), "w:framePr": self._frame,
            "w:r": self._begin_run, "a:r": self._begin_run, "m:r": self._begin_run,
            "w:vanish": self._vanish, "w:rStyle": self._of_run(_run_style), "w:rFonts": self._of_run(_fonts),
            "w:b": self._of_run(_bold), "w:strike": self._of_run(_struck), "w:dstrike": self._of_run(_struck),
            "w:rtl": self._of_run(_right_to_left), "w:lang": self._of_run(_languages),
            "w:t": self._begin_text, "w:delText": self._begin_text, "a:t": as_is, "m:t": as_is, "w:instrText": as_is,
            "w:tab": writes("\t"), "w:ptab": writes("\t"),
            "w:br": writes("\n"), "a:br": writes("\n"), "w:cr": writes("\n"),
            "w:noBreakHyphen": writes("\u2011"), "w:softHyphen": writes("\u00ad"), "w:sym": self._symbol,
            "w:tr": begins(text.begin_row), "w:gridSpan": self._span, "w:vMerge": self._span_down,
            "w:tc": begins(text.begin_cell), "w:txbxContent": begins(text.begin_box), "a:txBody": begins(text.begin_box),
            "m:oMath": self._formula, "m:chr": lambda attributes: text.write(attributes.get("m:val", "")),
            "m:den": writes("/"), "m:sub": writes("_"), "m:sup": writes("^"), "m:rad": writes("√"), "m:d": writes("("),
        }  # fmt: skip

    def _starts_of_things(self) -> dict[str, _Begin]:
        text = self._text
        return {
            "w:ins": self._begin_inserted, "w:moveTo": self._begin_inserted,
            "w:del": self._begin_deleted, "w:moveFrom": self._begin_deleted,
            "w:fldChar": self._field_mark, "w:hyperlink": self._link,
            "w:footnoteReference": self._note_mark("footnote"), "w:endnoteReference": self._note_mark("endnote"),
            "mc:AlternateContent": lambda _: self._choices.append(False),
            "mc:Choice": self._begin_choice, "mc:Fallback": self._begin_choice,
            "w:sdt": lambda _: text.placeholders.append(False), "w:showingPlcHdr": self._placeholder,
            "w:rt": self._begin_reading,
            "wp:docPr": self._describe, "v:shape": self._describe, "pic:cNvPr": self._describe_further,
            "v:imagedata": self._picture, "v:textpath": self._word_art,
            "w:object": self._begin_object, "c:chart": self._drawn, "dgm:relIds": self._drawn,
            "w:subDoc": self._object, "w:control": lambda _: text.leave_out("form"),
            "w:ffData": lambda _: text.leave_out("form"),
            "w:altChunk": lambda attributes: self._context.read_chunk(attributes.get("r:id", "")),
        }  # fmt: skip

    def _end_table(self) -> dict[str, _Finish]:
        text, leave, end_text = self._text, self._leave, self._end_text

        def drops(stack: list[bool]) -> _Finish:
            def finish() -> None:
                stack.pop()

            return finish

        return {
            "w:p": text.end_paragraph, "a:p": text.end_paragraph,
            "w:pPr": leave, "w:trPr": leave, "w:tcPr": leave, "w:sdtPr": leave,
            "w:r": self._end_run, "a:r": self._end_run, "m:r": self._end_run,
            "w:t": end_text, "w:delText": end_text, "a:t": end_text, "m:t": end_text, "w:instrText": self._end_code,
            "w:del": self._end_deleted, "w:moveFrom": self._end_deleted,
            "w:tr": text.end_row, "w:tc": text.end_cell, "w:txbxContent": text.end_box, "a:txBody": text.end_box,
            "mc:AlternateContent": drops(self._choices), "mc:Choice": self._end_choice,
            "mc:Fallback": self._end_choice, "w:sdt": drops(text.placeholders), "w:rt": self._end_reading,
            "pic:pic": self._picture, "w:object": self._end_object, "m:d": lambda: text.write(")"),
        }  # fmt: skip


def _style(paragraph: Paragraph, said: str) -> None:
    paragraph.style = said


def _num(paragraph: Paragraph, said: str) -> None:
    paragraph.num = said


def _level(paragraph: Paragraph, said: str) -> None:
    paragraph.level = number(said)


def _outline(paragraph: Paragraph, said: str) -> None:
    paragraph.outline = number(said, 9)


def _run_style(run: Run, attributes: dict[str, str]) -> None:
    run.style = attributes.get("w:val")


def _fonts(run: Run, attributes: dict[str, str]) -> None:
    run.font = attributes.get("w:ascii") or attributes.get("w:hAnsi") or attributes.get("w:cs") or ""


def _right_to_left(run: Run, attributes: dict[str, str]) -> None:
    run.is_right_to_left = on(attributes.get("w:val"))


def _languages(run: Run, attributes: dict[str, str]) -> None:
    run.languages = attributes.get("w:val"), attributes.get("w:eastAsia"), attributes.get("w:bidi")


def _struck(run: Run, attributes: dict[str, str]) -> None:
    run.is_struck = on(attributes.get("w:val"))


def _bold(run: Run, attributes: dict[str, str]) -> None:
    run.is_bold = on(attributes.get("w:val"))
