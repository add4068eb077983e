"""Plain text: every character of it is the article's, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import blocks as shapes
from annotator.importers import limits, wrapped
from annotator.importers.encoding import Decoded, decode
from annotator.language import tr
from annotator.model import Block, Draft, ImportReport, ReadOptions

MEDIA_TYPE = "text/plain"


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a plain text file as a draft. Raises ReadError where it is not text, empty or too long."""
    decoded = decode(data, encoding=options.encoding)
    return from_characters(decoded, data, file_name, options)


def from_characters(
    decoded: Decoded, original: bytes, file_name: str, options: ReadOptions, media_type: str = MEDIA_TYPE
) -> Draft:
    """Return characters, as they were decoded, as a draft. Raises ReadError where they are no article's text."""
    cleaned = texts.clean(decoded.text)
    check(cleaned.text)
    text, counts, notes = cleaned.text, dict(cleaned.counts), [*decoded.notes]
    is_wrapped = wrapped.is_wrapped(text)
    if is_wrapped and not options.join_lines:
        notes.append(tr("Its lines are broken at one width: each line stands as a paragraph of its own."))
    elif is_wrapped:
        made = wrapped.joined(text)
        text = made.text
        counts[tr("line ends within paragraphs removed")] = made.lines
        counts[tr("hyphens at line ends removed")] = made.hyphens
    found = shapes.describe(text, shapes.line_blocks(text))
    draft = finished(found, text, decoded, counts, original, file_name, media_type, notes=notes)
    report = replace(draft.report, options=options)
    return replace(draft, report=report, can=draft.can | {"join_lines"} if is_wrapped else draft.can)


def check(text: str) -> None:
    """Raise ReadError, as the end of a sentence, where a clean text is empty or longer than an article may be."""
    if not text.strip():
        raise ReadError(tr("has no text."))
    if len(text) > limits.TEXT_CODE_POINTS:
        said = tr("has {n:,} characters; an article may have {most:,}. Split it and read the parts.",
                  n=len(text), most=limits.TEXT_CODE_POINTS)  # fmt: skip
        raise ReadError(said)
    lines = text.split("\n")
    filled = sum(1 for line in lines if line.strip())
    if filled > limits.PARAGRAPHS:
        raise ReadError(tr("has {n:,} paragraphs; an article may have {most:,}.", n=filled, most=limits.PARAGRAPHS))
    if len(lines) > limits.LINES:
        raise ReadError(tr("has {n:,} lines; an article may have {most:,}.", n=len(lines), most=limits.LINES))


def finished(
    found: shapes.Found,
    text: str,
    decoded: Decoded,
    counts: Mapping[str, int],
    original: bytes,
    file_name: str,
    media_type: str,
    *,
    left_out: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Draft:
    """Put a draft together with its report; what decoding and cleaning changed is added up."""
    changes = dict(decoded.changes)
    for what, n in counts.items():
        changes[what] = changes.get(what, 0) + n
    title, from_ = found.title, dict(found.facts_from)
    if not title:
        title = PurePath(file_name).stem
        from_["title"] = tr("the file’s name")
    blocks: tuple[Block, ...] = tuple(found.blocks)
    report = ImportReport(decoded.encoding, decoded.how, changes, tuple(left_out), tuple(notes), from_)
    can = frozenset({"encoding"})
    return Draft(title, text, blocks, dict(found.facts), original, file_name, media_type, report, can=can)


def titled(draft: Draft, title: str) -> Draft:
    """Return a draft with a title the user gave."""
    report = replace(draft.report, facts_from={**draft.report.facts_from, "title": "given"})
    return replace(draft, title=" ".join(title.split()), report=report)
