"""Mail (.eml): the message's whole text, its subject as the headline, what is attached and what its head says listed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime

from annotator.errors import ReadError
from annotator.importers import blocks as shapes
from annotator.importers import limits, mime, web
from annotator.importers.encoding import Decoded
from annotator.importers.mail import text as mail_text
from annotator.importers.manuscript import Manuscript
from annotator.importers.mime import Part
from annotator.importers.story import check_length
from annotator.language import tr, trn
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "message/rfc822"

_PAGES = ("text/html", "application/xhtml+xml", "text/enriched", "text/richtext")
_NO_BODY = ("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/csv", "text/css", "text/rfc822-headers",
            "text/javascript", "text/x-amp-html", "text/watch-html")  # fmt: skip
_SECRET = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_USED = frozenset(("subject", "from", "date", "list-id", "archived-at", "content-language", "content-type",
                   "content-transfer-encoding", "content-disposition", "mime-version"))  # fmt: skip
_HEADS = frozenset(("from", "to", "subject", "date", "received", "message-id", "mime-version", "content-type"))
_SHOWN = ("to", "cc", "reply-to", "sender", "organization", "newsgroups")
_SECRET_TEXT = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")
_MBOX = re.compile(rb"^From \S{1,200} [^\r\n]{0,100}\r?\n(?=[!-9;-~]{1,80}:)", re.M)
_ADDRESS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<>",]*(?:,[^<>"@]*)?))\s*<([^<>\s]*)>')
_COMMENT_NAME = re.compile(r"[^\s()]+@[^\s()]+\s*\(([^()]+)\)")
_ESCAPED = re.compile(r"\\(.)")
_OF = re.compile(r"(?P<who>\S.*?)\s+(?:from|at|via|[|@·])\s+(?P<what>\S.*)")
_PAPER = re.compile(
    r"\b(?:alert|briefing|bulletin|chronicle|daily|digest|dispatch|gazette|herald|journal|letter|magazine|mail|media|monitor|"
    r"news|newsletter|observer|online|post|press|radio|report|review|team|times|today|tribune|tv|update|weekly)s?\b",
    re.I,
)
_TAG = re.compile(r"<[^<>]{0,5000}>")
_LINK = re.compile(
    r"<a\b[^<>]{0,4000}?\bhref\s*=\s*[\"'](https?://[^\"'\s<>]{1,3000})[\"'][^<>]*>(.{0,400}?)</a", re.I | re.S
)
_IN_BROWSER = re.compile(
    r"\b(?:view|read|open|see)\b.{0,40}\b(?:in|on) (?:your |a |the )?(?:web )?(?:browser|online|web|site|app)\b"
    r"|\b(?:view|read) (?:it |this )?online\b|\bweb version\b|\bim browser\b|\bin (?:je|de|uw) browser\b"
    r"|\bnavigateur\b|\bnavegador\b|\bnel browser\b",
    re.I,
)
_FULLER = 2
"""Plain text of so many times the words of the page beside it is taken in its stead: the page is damaged or a stub."""


@dataclass(eq=False)
class _Found:
    """What a message is made of: texts in order, attachments, and what is said of them."""

    texts: list[Part] = field(default_factory=list[Part])
    attached: list[Part] = field(default_factory=list[Part])
    secret: bool = False
    twins: list[str] = field(default_factory=list[str])
    """Which of two forms of a text was taken, "page" or "plain"."""


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a mail message as a draft. Raises ReadError where it is none, is encrypted, or has no text of its own."""
    message = mime.parse(_bare(data))
    if not any(name in _HEADS for name, _ in message.heads):
        raise ReadError(tr("is not a mail message: it has no head lines. If it is plain text, name it .txt."))
    reading = _Reading(options, progress)
    made = Manuscript(options)
    _facts(message, made)
    body = reading.message(message)
    if body.is_empty:
        raise ReadError(reading.why_empty())
    subject = message.head("subject")
    if subject and not any(_same(subject, line) for line in body.opening):
        made.add(subject, "heading", 1, "headline")
        made.note(tr("The headline is the message’s subject."))
    made.take(body)
    _unread_heads(message, made)
    if reading.url:
        made.fact("url", reading.url, tr("the link to see it in a browser"))
    return made.draft(data, file_name, MEDIA_TYPE, decoded=reading.decoded)


def _same(one: str, other: str) -> bool:
    """Say whether two lines have the same words; what stands around them, emoji too, is no matter."""
    plain = ["".join(filter(str.isalnum, line.casefold())) or line.strip() for line in (one, other)]
    return plain[0] == plain[1]


def _bare(data: bytes) -> bytes:
    """Return the message without what mail programs put before it. Raises ReadError for what is no single message."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    count = re.match(rb"[0-9]{1,10}[ \t]*\r?\n(?=[!-9;-~]+:)", data)  # Apple's .emlx says its length first
    if count:
        return data[count.end() :]
    if not data.startswith(b"From "):
        return data
    messages = sum(1 for _ in _MBOX.finditer(data))
    if messages > 1:
        raise ReadError(
            tr("is a mailbox with {n:,} messages: save the one you want as .eml and read that.", n=messages)
        )
    return data[data.find(b"\n") + 1 :].replace(b"\n>From ", b"\nFrom ")


def _facts(message: Part, made: Manuscript) -> None:
    made.fact("title", message.head("subject"), tr("the subject"))
    sent = iso_day(message.raw("date"))
    made.fact("date", sent or message.head("date"), tr("the date it was sent"))
    who, publication = _sender(message)
    made.fact("publication", publication, tr("the name of the mailing list or its sender"))
    if "@" not in who:  # an address is nobody's name
        made.fact("byline", who, tr("the sender"))
    archived = message.head("archived-at").strip("<> ")
    if archived.startswith(("http://", "https://")):
        made.fact("url", archived, tr("the head line “Archived-At”"))
    made.fact("language", message.head("content-language").split(",")[0], tr("the head line “Content-Language”"))


def _sender(message: Part) -> tuple[str, str]:
    """Return who wrote a message and where it appeared, as far as its head says so; empty where it does not."""
    names = people(message.raw("from"))
    listed = _ADDRESS.match(message.raw("list-id"))
    called = mime.words(listed[1] or listed[2] or "") if listed else ""
    if called or not any(name.startswith("list-") for name, _ in message.heads):
        return ("" if _same(names, called) else names), called
    if message.raw("list-post"):  # people talk there, and the sender is one of them
        return names, ""
    parted = _OF.fullmatch(names)
    if parted is not None and _is_person(parted["who"]):
        return parted["who"], parted["what"]
    return (names, "") if _is_person(names) else ("", "" if "@" in names else names)


def _is_person(name: str) -> bool:
    """Say whether a sender's name is a person's, and not that of a newspaper or a letter, as far as its form tells."""
    parts = name.split()
    return (
        2 <= len(parts) <= 4
        and parts[0] != "The"
        and _PAPER.search(name) is None
        and shapes.byline(f"By {name}") is not None
    )


def people(value: str) -> str:
    """Return the names in a head line of senders ("Ana <a@b.example>, Tom <t@b.example>" is "Ana, Tom").

    An address without a name stays an address.
    """
    value = value[:2_000]
    names: list[str] = []
    for quoted, bare, address in _ADDRESS.findall(value):
        name = mime.words(_ESCAPED.sub(r"\1", quoted) if quoted else bare.lstrip(", ")).strip("'\" ")
        names.append(name or address)
    if not names and (commented := _COMMENT_NAME.search(value)):
        names.append(mime.words(commented[1]))
    return ", ".join(dict.fromkeys(name for name in names if name)) or mime.words(value).strip("<> ")


def iso_day(value: str) -> str | None:
    """Return the day of a head line's date, where it was written, as an ISO 8601 date; None where it is no date."""
    try:
        return parsedate_to_datetime(value[:200]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _unread_heads(message: Part, made: Manuscript) -> None:
    unread = [(name, value) for name, value in message.heads if name not in _USED]
    for name, _ in unread:
        if name in _SHOWN:
            made.leave_out("field", text=f"{name.title()}: {message.head(name)}")
    made.leave_out("field", sum(1 for name, _ in unread if name not in _SHOWN))


class _Reading:
    """Reads a message's parts into text; keeps how its characters were found."""

    def __init__(self, options: ReadOptions, progress: Callable[[], None]) -> None:
        self.options = options
        self.progress = progress
        self.decoded: Decoded | None = None
        self.url = ""
        self.attached = 0
        self.secret = False

    def message(self, message: Part) -> Manuscript:
        """Return all text of a message, those it forwards included."""
        made = Manuscript(self.options)
        found = _Found()
        self._gather(message, found)
        for part in found.texts:
            if part.kind.startswith("message/"):
                self._forwarded(part, made)
            else:
                made.take(self._text(part))
            self.progress()
        self.attached += len(found.attached)
        self.secret = self.secret or found.secret
        for part in found.attached:
            size = max(
                1, round(part.packed_bytes * (3 / 4 if "base64" in part.raw("content-transfer-encoding") else 1) / 1000)
            )
            named = tr("{name} ({kind}, {n:,} kB)", name=part.name or tr("without a name"), kind=part.kind, n=size)
            made.leave_out("attachment", text=named)
        for taken in found.twins:
            made.note(
                tr("It holds its text twice, as a page and as plain text; the page was read.")
                if taken == "page"
                else tr(
                    "It holds its text twice, as a page and as plain text; the plain text, which says far more, was read."
                )
            )
        return made

    def why_empty(self) -> str:
        """Return the end of a sentence that says why there is no text."""
        if self.secret:
            return tr("is an encrypted message: open it in your mail program, save its text, and read that.")
        if self.attached:
            return trn(
                "has no text of its own, only {n} attachment: save it and read that.",
                "has no text of its own, only {n} attachments: save the one you want and read that.",
                self.attached,
            )
        return tr("has no text.")

    def _gather(self, part: Part, found: _Found) -> None:
        """Sort a part, and those in it, into texts and attachments; never deeper than ``mime.DEPTH``."""
        kind = part.kind
        if kind in _SECRET:
            found.secret = True
            found.attached += part.parts or [part]
        elif kind == "multipart/alternative":
            self._alternatives(part, found)
        elif kind == "multipart/related":
            root = root_of(part)
            for inner in part.parts:
                if inner is root:
                    self._gather(inner, found)
                elif not (inner.kind.startswith("image/") and inner.raw("content-id")):  # the page itself counts those
                    found.attached.append(inner)
        elif kind == "multipart/signed":
            for inner in part.parts[:1]:
                self._gather(inner, found)
            found.attached += part.parts[1:]
        elif kind.startswith("multipart/"):
            for inner in part.parts:
                self._gather(inner, found)
        elif (kind.startswith("message/") and part.parts) or self._is_text(part, found):
            found.texts.append(part)
        else:
            found.attached.append(part)

    def _is_text(self, part: Part, found: _Found) -> bool:
        is_text = part.kind.startswith("text/") or part.kind in _PAGES
        if not is_text or part.kind in _NO_BODY or part.disposition == "attachment":
            return False
        return not part.name or not found.texts

    def _alternatives(self, part: Part, found: _Found) -> None:
        """Take the page of several forms of one text, unless the plain one has far more words."""
        forms: list[_Found] = []
        for inner in part.parts:
            form = _Found()
            self._gather(inner, form)
            forms.append(form)
            found.attached += form.attached
            found.secret = found.secret or form.secret
            found.twins += form.twins
        with_text = [form for form in forms if form.texts]
        pages = [form for form in with_text if any(p.kind in _PAGES for p in form.texts)]
        plain = [form for form in with_text if not any(p.kind in _PAGES for p in form.texts)]
        if pages and plain:
            words = [
                sum(self._text(p, quiet=True).words for p in form.texts if not p.parts)
                for form in (pages[-1], plain[-1])
            ]
            fuller = words[1] > _FULLER * words[0]
            found.texts += (plain if fuller else pages)[-1].texts
            found.twins.append("plain" if fuller else "page")
        elif with_text:
            found.texts += with_text[-1].texts

    def _forwarded(self, part: Part, made: Manuscript) -> None:
        inner = part.parts[0]
        body = self.message(inner)
        subject, sender, sent = inner.head("subject"), inner.head("from"), inner.head("date")
        if subject and not any(_same(subject, line) for line in body.opening):
            made.add(subject, "heading", 2)
        if sender:
            made.add(tr("From: {sender}", sender=sender), zone="byline")
        if sent:
            made.add(tr("Date: {date}", date=sent), zone="byline")
        made.take(body)

    def _text(self, part: Part, *, quiet: bool = False) -> Manuscript:
        """Return the text of one part; ``quiet``: only to count its words."""
        made = Manuscript(self.options)
        body = part.body()
        is_page = part.kind in _PAGES
        if not is_page and len(body) > limits.TEXT_BYTES:
            check_length(len(body) // 4)
        decoded = mime.characters(part, body, encoding=self.options.encoding, is_page=is_page)
        if is_page:
            web.fill(made, decoded.text, whole=True, progress=self.progress)
        elif _SECRET_TEXT.match(decoded.text):
            self.secret = True
            return made
        else:
            flowed = part.parameters.get("format", "").casefold() == "flowed"
            del_space = part.parameters.get("delsp", "").casefold() == "yes"
            check_length(len(decoded.text) - decoded.text.count("\n"))
            words, packed = mail_text.unpacked(decoded.text)
            for name in packed:
                made.leave_out("attachment", text=name)
            mail_text.fill(made, words, flowed=flowed, del_space=del_space)
        made.changes.update(decoded.changes)
        for note in decoded.notes:
            made.note(note)
        if not quiet and not made.is_empty:
            self._keep(replace(decoded, changes={}, notes=()))
            if is_page and not self.url:
                self.url = _browser_link(decoded.text)
        if part.damage:
            made.note(tr("It was damaged on its way: some of its characters may be wrong or missing."))
        return made

    def _keep(self, decoded: Decoded) -> None:
        """Keep how characters were found: what was least sure speaks for the whole message."""
        if self.decoded is None or self.decoded.how == "utf-8" or decoded.how == "guess":
            self.decoded = decoded


def root_of(part: Part) -> Part | None:
    """Return the part of a multipart/related that is shown, the others being set into it."""
    start = part.parameters.get("start", "").strip("<> ")
    named = next((p for p in part.parts if start and p.raw("content-id").strip("<> ") == start), None)
    return named or next(
        (p for p in part.parts if p.kind.startswith(("text/", "multipart/")) or p.kind in _PAGES), None
    )


def _browser_link(page: str) -> str:
    for found in _LINK.finditer(page, 0, 60_000):
        if _IN_BROWSER.search(" ".join(_TAG.sub("", found[2]).split())):
            return found[1].replace("&amp;", "&")
    return ""
