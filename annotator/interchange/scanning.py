"""Reading JSON row by row, each with its line: a bad row is listed, and a hostile file is refused in one sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
from typing import Any, cast

from annotator.errors import ReadError
from annotator.interchange.incoming import MOST_BYTES
from annotator.language import tr

_BLANK = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a file's outermost object: whole (``index`` None), or one of the rows of a list.

    ``twice``: names that stand more than once in one object of it; the last value is the one read.
    """

    name: str
    index: int | None
    value: Any
    line: int
    twice: tuple[str, ...] = ()


def text_of(name: str, content: bytes) -> str:
    """Return a file's text. Raises ReadError where it is too large, or no UTF-8."""
    if len(content) > MOST_BYTES:
        raise ReadError(
            tr("“{name}” has {n:,} bytes; up to {most:,} are read.", name=name, n=len(content), most=MOST_BYTES)
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            tr("“{name}” is no UTF-8 text (at byte {at:,}). Save it as UTF-8.", name=name, at=error.start)
        ) from error


def items(name: str, text: str) -> Iterator[Item]:
    """Yield what the outermost object of a JSON text holds, lists row by row.

    Raises ReadError, with the line, for what is no JSON, nested too deeply or no object; rows before it were yielded.
    """
    yield from _Scan(name, text).items()


class _Scan:
    """One JSON text on its way through the decoder of the standard library."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._ends = [m.start() for m in re.finditer("\n", text)]
        self._twice: list[str] = []
        self._decoder = JSONDecoder(object_pairs_hook=self._object)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            self._twice += [key for key, _ in pairs if key in seen or seen.add(key)]
        return made

    def line(self, at: int) -> int:
        """Return the line of a place, counted from 1."""
        return bisect_right(self._ends, at - 1) + 1

    def _fail(self, at: int, why: str) -> ReadError:
        return ReadError(tr("“{name}”, line {line}: {why}", name=self._name, line=f"{self.line(at):,}", why=why))

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self._text, at)
        return found.end() if found else at

    def _expect(self, at: int, wanted: str) -> int:
        if not self._text.startswith(wanted, at):
            raise self._fail(at, tr("“{wanted}” is missing: this is no whole JSON file.", wanted=wanted))
        return self._skip(at + 1)

    def _value(self, at: int) -> tuple[Any, int]:
        self._twice = []
        try:
            return self._decoder.raw_decode(self._text, at)
        except RecursionError as error:
            raise self._fail(at, tr("brackets are nested too deeply.")) from error
        except JSONDecodeError as error:
            raise self._fail(error.pos, tr("this is no JSON ({why}).", why=error.msg)) from error
        except ValueError as error:  # a number of thousands of digits
            raise self._fail(at, tr("a number is too long to be one.")) from error

    def items(self) -> Iterator[Item]:
        """Yield the values."""
        text = self._text
        at = self._expect(self._skip(0), "{")
        seen: set[str] = set()
        while not text.startswith("}", at):
            if seen:
                at = self._expect(at, ",")
            began = at
            self._expect(at, '"')
            try:
                name, at = cast("tuple[str, int]", scanstring(text, at + 1))
            except JSONDecodeError as error:
                raise self._fail(began, tr("this is no JSON ({why}).", why=error.msg)) from error
            at = self._expect(self._skip(at), ":")
            if name in seen:
                yield Item(name, None, None, self.line(began), (name,))
            if text.startswith("[", at):
                for item, behind in self._rows(name, at):
                    at = behind
                    if item is not None and name not in seen:
                        yield item
            else:
                value, behind = self._value(at)
                if name not in seen:
                    yield Item(name, None, value, self.line(at), tuple(self._twice))
                at = behind
            seen.add(name)
            at = self._skip(at)
        if self._skip(at + 1) != len(text):
            raise self._fail(at + 1, tr("something stands behind the end."))

    def _rows(self, name: str, at: int) -> Iterator[tuple[Item | None, int]]:
        text = self._text
        at = self._skip(at + 1)
        index = 0
        while not text.startswith("]", at):
            if index:
                at = self._expect(at, ",")
            value, behind = self._value(at)
            yield Item(name, index, value, self.line(at), tuple(self._twice)), behind
            at = self._skip(behind)
            index += 1
        yield None, at + 1
