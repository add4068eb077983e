"""The records of a project, as frozen dataclasses: no storage, no window. What the words mean: docs/CONTEXT.md.

Every record has an ``id``: a UUID as text, made here, the only id seen outside a project file. References between
records are such ids. Offsets are code points, zero-based, end exclusive. ``None`` means "not filled in"; a field named
in a record's ``not_stated`` set means "the text does not say", which is a value of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar, Self, TypeVar, dataclass_transform
from zlib import crc32

from annotator.errors import RuleBroken
from annotator.model.values import FIXED, STANDING_KINDS

Id = str
K = TypeVar("K")


def new_id() -> Id:
    """Return a fresh random UUID (RFC 9562, version 4) as text."""
    import uuid  # only now: the window starts without it

    return str(uuid.uuid4())


def now() -> str:
    """Return the time as ISO 8601 UTC text with milliseconds; for display only, never to order by."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(kind: type[K]) -> type[K]:
    """Make a frozen dataclass of a kind of record; how it compares and reads it has from Record.

    Made anew for each of two dozen kinds, those methods would take a part of the start that can be seen.
    """
    return dataclass(frozen=True, kw_only=True, eq=False, repr=False)(kind)


@record
class Record:
    """What every record shares: its id. Records of a kind are equal where all their fields are."""

    id: Id = field(default_factory=new_id)

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        """Hash the id, which no two records share."""
        return hash(self.id)

    def __repr__(self) -> str:
        """Show all fields."""
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def check_values(self) -> None:
        """Raise RuleBroken where a field of a fixed vocabulary holds something else (``values.FIXED``)."""
        for name, allowed in FIXED.get(type(self).__name__, {}).items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                raise RuleBroken(f"“{value}” is not one of: {', '.join(allowed)}.")

    def changed(self, **fields: object) -> Self:
        """Return a copy with these fields replaced. Raises TypeError for what is no field."""
        if not fields.keys() <= self.__dict__.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(fields.keys() - self.__dict__.keys()))}")
        # A record does nothing when it is made, so a copied one is as good; of thousands it takes a quarter of the time.
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, **fields)
        return made


@record
class Coder(Record):
    """A person who marks. The name is asked for, never taken from the operating system."""

    name: str = "Me"
    initials: str = ""
    merged_into: Id | None = None


@record
class Layer(Record):
    """Whose set of marks this is; audit, reports and counts take one layer at a time."""

    coder: Id | None = None
    kind: str = "work"
    name: str = ""
    rule: str | None = None
    locked: bool = False


@record
class Article(Record):
    """The facts of an article; its text lives in its versions."""

    title: str
    publication: str | None = None
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    licence_note: str | None = None
    not_stated: frozenset[str] = frozenset()
    archived: bool = False
    group_name: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The text between two line ends, with what it is and where in the article it stands."""

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    zone: str = "body"


@record
class Version(Record):
    """One wording of an article's text. ``original`` is the SHA-256 (hex) of the stored bytes it was made from."""

    article: Id
    no: int = 1
    text: str
    sha256: str
    rules: int = 1
    original: str | None = None
    media_type: str = "text/plain"
    import_record: str = "{}"
    current: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A stretch of an article version's text, in code points, end exclusive."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """Return the words of this segment in ``text``."""
        return text[self.start : self.end]

    def checksum(self, text: str) -> int:
        """Return the CRC-32 of the segment's words as UTF-8."""
        return crc32(self.quote(text).encode("utf-8", "surrogatepass"))


@record
class Annotation(Record):
    """A mark: one or more ordered, disjoint segments of one article in one layer."""

    kind: ClassVar[str] = ""
    layer: Id
    article: Id
    status: str = "accepted"
    coder: Id | None = None
    created: str = field(default_factory=now)
    modified: str = field(default_factory=now)
    note: str | None = None
    tags: tuple[str, ...] = ()
    segments: tuple[Segment, ...]

    @property
    def start(self) -> int:
        """First code point of the first segment."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """End (exclusive) of the last segment."""
        return self.segments[-1].end

    def quote(self, text: str, join: str = " […] ") -> str:
        """Return the annotation's words; the parts of a split quote are joined by ``join``."""
        return join.join(s.quote(text) for s in self.segments)


@record
class Claim(Annotation):
    """A statement made in the article."""

    kind: ClassVar[str] = "claim"
    type: str | None = None
    form: str | None = None
    check_worthy: str | None = None
    reasons: frozenset[str] = frozenset()
    short_text: str | None = None
    ledger: Id | None = None


@record
class SourceMention(Annotation):
    """A span that names a source."""

    kind: ClassVar[str] = "source_mention"
    source: Id | None = None
    role: str | None = None


@record
class Mention(Annotation):
    """A span that names an entity."""

    kind: ClassVar[str] = "mention"
    entity: Id | None = None
    form: str | None = None
    loaded: bool | None = None
    whose_word: str | None = None


@record
class Cue(Annotation):
    """The word that hands a claim over to its source: *said*, *according to*, a colon."""

    kind: ClassVar[str] = "cue"


@record
class LoadedTerm(Annotation):
    """A loaded word inside a claim."""

    kind: ClassVar[str] = "loaded_term"


@record
class Entity(Record):
    """A person, body, place, event or work; mentions in all articles lead to one entry."""

    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None
    external: str | None = None


@record
class Source(Record):
    """A giver of information in one article (domain: an entity in that role)."""

    article: Id
    label: str
    naming: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    entity: Id | None = None
    role: str | None = None
    affiliation: str | None = None
    side: str | None = None
    proximity: str | None = None
    class_: str | None = None
    ground_rules: str | None = None
    anonymity_reason: str | None = None
    independence_group: str | None = None
    not_stated: frozenset[str] = frozenset()
    note: str | None = None

    @property
    def accountable(self) -> bool:
        """False for the author and the publication: they never count as attribution."""
        return self.kind not in STANDING_KINDS


@record
class Attribution(Record):
    """Who said what: claim, source, the span used and its cue; ``via`` names the outer attribution of a nested one."""

    layer: Id
    claim: Id
    source: Id
    source_mention: Id | None = None
    cue: Id | None = None
    function: str | None = None
    load: str | None = None
    load_from: str | None = None
    via: Id | None = None
    polarity: str | None = None
    determinacy: str | None = None
    stance: str | None = None


@record
class Ledger(Record):
    """A neutral wording shared by the claims that say the same thing."""

    wording: str


@record
class Relation(Record):
    """One claim towards another: supports, contradicts, elaborates ..."""

    from_claim: Id
    to_claim: Id
    kind: str
    note: str | None = None
    coder: Id | None = None
    at: str | None = None


@record
class Verification(Record):
    """One event in a claim's checking; the last event is its state."""

    claim: Id
    status: str
    verdict: str | None = None
    person: str | None = None
    at: str = field(default_factory=now)
    why: str | None = None


@record
class Evidence(Record):
    """Something a claim was checked against; reusable between claims. ``blob``: SHA-256 (hex) of a file kept with it."""

    url: str | None = None
    citation: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    accessed: str | None = None
    archive_url: str | None = None
    is_primary: bool | None = None
    blob: str | None = None

    @property
    def name(self) -> str:
        """What it is called, on one line: its title, else its citation, else its address."""
        return " ".join((self.title or self.citation or self.url or "").split())


@record
class ClaimEvidence(Record):
    """How a piece of evidence bears on a claim; ``coder`` and ``at``: who put it there, and when."""

    claim: Id
    evidence: Id
    stance: str
    quoted: str | None = None
    independent: bool | None = None
    note: str | None = None
    coder: Id | None = None
    at: str | None = None


@record
class SentenceMark(Record):
    """A person's word on a sentence, such as *not a claim*."""

    version: Id
    layer: Id
    start: int
    end: int
    mark: str = "not_a_claim"


@record
class FindingAnswer(Record):
    """A person's answer to a finding of the sourcing checks; ``words``: what had been found."""

    rule: str
    subject: str
    article: Id | None = None
    answer: str
    coder: Id | None = None
    at: str = field(default_factory=now)
    words: str | None = None


@record
class Term(Record):
    """An entry of the project's code book: a tag, an affiliation, a verdict, a cue verb ..."""

    list: str
    key: str
    label: str
    value: str | None = None
    language: str | None = None
    position: int = 0
    definition: str | None = None
    example: str | None = None
