"""What a file is, by its first bytes rather than by its name; a wrong name is said, an unreadable kind is named."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import NamedTuple

from annotator.errors import ReadError
from annotator.importers.readers import EXTENSIONS, READERS, Reader, reader_for
from annotator.language import tr


class Recognised(NamedTuple):
    """The reader for an original, and what to tell about its name; empty where its name says what it is."""

    reader: Reader
    note: str


_HEAD = 1 << 12
_TEXTS = ("plain", "markdown")
_ZIPS = ("word", "opendocument", "book")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PICTURE = tr("is a picture: no text can be read from it. If words are seen in it, have them recognised (OCR) first.")
_SOUND = tr("is a recording or a film: only its transcript, as text, can be read.")
_PACKED = tr("is a compressed file: unpack it and choose the files in it.")
_PROGRAM = tr("is a program, not a text.")
_DATABASE = tr("is a database, not a text; a project of this program is opened, not imported.")
_KINDLE = tr("is a Kindle book, which cannot be read; an EPUB without copy protection can.")
_POSTSCRIPT = tr("is a PostScript file: turn it into a PDF and read that.")
_DJVU = tr("is a DjVu file of scanned pages: turn it into a PDF with recognised text and read that.")
_SAFARI = tr("is a web archive of Safari: save the page as “Page Source” and read that.")
_WORDPERFECT = tr("is a WordPerfect document: save it as .docx or .odt and read that.")
_FONT = tr("is a font, not a text.")

_REFUSED: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, _PICTURE), (b"\xff\xd8\xff", 0, _PICTURE), (b"GIF87a", 0, _PICTURE),
    (b"GIF89a", 0, _PICTURE), (b"II*\x00", 0, _PICTURE), (b"MM\x00*", 0, _PICTURE), (b"WEBP", 8, _PICTURE),
    (b"8BPS", 0, _PICTURE), (b"\x00\x00\x01\x00", 0, _PICTURE), (b"ftypheic", 4, _PICTURE), (b"ftypmif1", 4, _PICTURE),
    (b"ftypavif", 4, _PICTURE), (b"\x00\x00\x00\x0cjP  ", 0, _PICTURE),
    (b"ftyp", 4, _SOUND), (b"WAVE", 8, _SOUND), (b"AVI ", 8, _SOUND), (b"OggS", 0, _SOUND), (b"fLaC", 0, _SOUND),
    (b"ID3\x03", 0, _SOUND), (b"ID3\x04", 0, _SOUND), (b"\xff\xfb\x90", 0, _SOUND), (b"\x1aE\xdf\xa3", 0, _SOUND),
    (b"\x1f\x8b", 0, _PACKED), (b"\xfd7zXZ\x00", 0, _PACKED), (b"7z\xbc\xaf\x27\x1c", 0, _PACKED),
    (b"Rar!\x1a\x07", 0, _PACKED), (b"\x28\xb5\x2f\xfd", 0, _PACKED), (b"BZh91AY&SY", 0, _PACKED),
    (b"ustar", 257, _PACKED), (b"MSCF\x00\x00\x00\x00", 0, _PACKED),
    (b"\x7fELF", 0, _PROGRAM), (b"MZ\x90\x00", 0, _PROGRAM), (b"\xca\xfe\xba\xbe", 0, _PROGRAM),
    (b"\xcf\xfa\xed\xfe", 0, _PROGRAM), (b"\x00asm", 0, _PROGRAM),
    (b"SQLite format 3\x00", 0, _DATABASE), (b"\x00\x01\x00\x00Standard ", 0, _DATABASE),
    (b"BOOKMOBI", 60, _KINDLE), (b"TEXtREAd", 60, _KINDLE), (b"TPZ", 0, _KINDLE), (b"\xeaDRMION\xee", 0, _KINDLE),
    (b"%!PS", 0, _POSTSCRIPT), (b"AT&TFORM", 0, _DJVU), (b"bplist00", 0, _SAFARI), (b"\xffWPC", 0, _WORDPERFECT),
    (b"OTTO\x00", 0, _FONT), (b"wOFF", 0, _FONT), (b"wOF2", 0, _FONT),
)  # fmt: skip
"""What a file begins with, at which byte, and the end of the sentence that refuses it."""

_OLD_OFFICE: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", tr("is protected by a password: open it in its program, save it without, and read that.")),
    ("__substg1.0_", tr("is a message of Outlook (.msg): save it as .eml and read that.")),
    ("__properties_version1.0", tr("is a message of Outlook (.msg): save it as .eml and read that.")),
    ("WordDocument", tr("is a document of an old Word (.doc): save it as .docx and read that.")),
    ("PowerPoint Document", tr("is a presentation of an old PowerPoint: save its text as .docx, .pdf or .txt.")),
    ("Workbook", tr("is a workbook of an old Excel: save what is to be read as .txt or .html.")),
    ("Quill", tr("is a document of Publisher: save it as a PDF and read that.")),
    ("MatOST", tr("is a document of Works: save it as .rtf or .docx and read that.")),
)
"""Names in the file, the likeliest to hold others first: a message may have a Word document attached."""
_OLD = tr("is a file of an old Office program: save it as .docx and read that.")

_NOT_ARTICLES: tuple[tuple[str, str], ...] = (
    ("xl/", tr("is an Excel workbook: save what is to be read as .txt or .html.")),
    ("ppt/", tr("is a PowerPoint presentation: save its text as .docx, .pdf or .txt.")),
    ("visio/", tr("is a Visio drawing, not a text.")),
    ("Index/", tr("is a document of Apple’s Pages, Numbers or Keynote: export it as Word or PDF and read that.")),
    ("Index.zip", tr("is a document of Apple’s Pages, Numbers or Keynote: export it as Word or PDF and read that.")),
    ("classes.dex", _PROGRAM),
    ("META-INF/MANIFEST.MF", _PROGRAM),
)
_OTHER_ODF: tuple[tuple[bytes, str], ...] = (
    (b"spreadsheet", tr("is an OpenDocument spreadsheet: save what is to be read as .txt or .html.")),
    (b"presentation", tr("is an OpenDocument presentation: save its text as .odt, .pdf or .txt.")),
    (b"graphics", tr("is an OpenDocument drawing, not a text.")),
    (b"formula", tr("is an OpenDocument formula, not a text.")),
    (b"chart", tr("is an OpenDocument chart, not a text.")),
)

_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_FLAT = re.compile(rb"<office:document[\s>]")
_WORD_XML = re.compile(rb"<(?:\w+:)?(?:wordDocument|package)[\s>]")
_FICTION = re.compile(rb"<FictionBook[\s>]")
_HEAD_LINE = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|x-[\w-]+"
    rb"|reply-to|list-[\w-]+|dkim-signature|arc-[\w-]+|snapshot-content-location)[ \t]*:",
    re.I,
)
_RELATED = re.compile(rb"^content-type[ \t]*:[ \t]*multipart/related", re.I | re.M)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def recognise(data: bytes, file_name: str) -> Recognised:
    """Return the reader for an original. Raises ReadError, as the end of a sentence, for what cannot be read."""
    named = reader_for(file_name)
    head = data[:_HEAD]
    for magic, at, words in _REFUSED:
        if head.startswith(magic, at):
            raise ReadError(words)
    if head.startswith(_CFB):
        raise ReadError(_old_office(data))
    found = _by_content(data, head, named)
    if found is None:
        if named is not None:
            return Recognised(named, "")
        return _unnamed(head, file_name)
    if named is None:
        return Recognised(found, _named_otherwise(found, file_name))
    return Recognised(found, "" if named.name == found.name else _named_otherwise(found, file_name))


def _named_otherwise(found: Reader, file_name: str) -> str:
    ending = PurePath(file_name).suffix
    if not ending:
        return ""
    return tr(
        "Its name ends in {ending}, but it is of the kind “{kind}” and was read so.", ending=ending, kind=found.label
    )


def _unnamed(head: bytes, file_name: str) -> Recognised:
    """Take a file of an unknown ending as plain text if nothing in its beginning speaks against it."""
    ending = PurePath(file_name).suffix
    if b"\x00" in head and not head.startswith(_MARKS):
        raise ReadError(
            tr("is of a kind that cannot be read; this program reads {kinds} files.", kinds=", ".join(EXTENSIONS))
        )
    return Recognised(READERS["plain"], tr("Its name ends in {ending}; it was read as plain text.", ending=ending))


def _by_content(data: bytes, head: bytes, named: Reader | None) -> Reader | None:
    """Return the reader for what the bytes surely are, None where they do not say."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")):
        return _in_zip(data, named)
    bare = head.removeprefix(_MARKS[0]).lstrip()
    if bare.startswith(b"{\\rtf"):
        return READERS["rich_text"]
    if b"%PDF-" in head[:1024] and (named is None or named.name != "pdf") and _is_pdf(head):
        return READERS["pdf"]
    if _is_message(head) and (named is None or named.name == "web"):
        return READERS["web_archive" if _RELATED.search(head) else "mail"]
    if named is not None and named.name in ("web", "web_archive", "opendocument") and not bare.startswith(b"<"):
        return None
    if _PAGE.match(bare):
        return None if named is not None and named.name == "web" else READERS["web"]
    if bare.startswith(b"<"):
        return _flat(bare, named)
    return None


def _is_pdf(head: bytes) -> bool:
    """Say whether this begins as a PDF does, and is not a text about PDF."""
    return head.startswith(b"%PDF-") or not head[: head.index(b"%PDF-")].strip(b"\x00\t\n\r \xef\xbb\xbf")


def _flat(bare: bytes, named: Reader | None) -> Reader | None:
    if _FLAT.search(bare):
        return READERS["opendocument"]
    if _WORD_XML.search(bare) and bare.startswith(b"<?"):
        raise ReadError(tr("is a Word document in the form of one XML file: save it as .docx and read that."))
    if _FICTION.search(bare):
        raise ReadError(tr("is a FictionBook e-book: turn it into an EPUB and read that."))
    if b"<svg" in bare[:1024] and named is None:
        raise ReadError(_PICTURE)
    return None


def _is_message(head: bytes) -> bool:
    """Say whether the first lines are those of a message: at least three known fields, nothing else among them."""
    known = 0
    for line in head.removeprefix(b"From ").split(b"\n")[:12]:
        line = line.rstrip(b"\r")
        if not line:
            break
        known += bool(_HEAD_LINE.match(line))
    return known >= 3 and bool(_HEAD_LINE.match(head) or head.startswith(b"From "))


def _old_office(data: bytes) -> str:
    """Return what a compound file of an old Office program is, by the names in its directory."""
    for name, words in _OLD_OFFICE:
        if name.encode("utf-16-le") in data:
            return words
    return _OLD


def _in_zip(data: bytes, named: Reader | None) -> Reader | None:
    """Return the reader for a zip container by the parts in it; a damaged one is left to the reader its name asks for."""
    is_named = named is not None and named.name in _ZIPS
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError, EOFError, IndexError):
        if is_named:
            return None
        raise ReadError(tr("is a zip container that is damaged or incomplete: get a new copy of it.")) from None
    kind = _mimetype(data)
    if kind.startswith(b"application/vnd.oasis.opendocument.") and not kind[35:].startswith(b"text"):
        raise ReadError(next((words for what, words in _OTHER_ODF if kind[35:].startswith(what)), _OTHER_ODF[2][1]))
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return READERS["opendocument"]
    if kind.startswith(b"application/epub+zip") or "META-INF/container.xml" in names:
        return READERS["book"]
    if any(n.startswith("word/") for n in names):
        return READERS["word"]
    for beginning, words in _NOT_ARTICLES:
        if any(n.startswith(beginning) for n in names):
            raise ReadError(words)
    if "content.xml" in names:
        return READERS["opendocument"]
    if "[Content_Types].xml" in names or is_named:
        return READERS["word"] if named is None or not is_named else None
    raise ReadError(_PACKED)


def _mimetype(data: bytes) -> bytes:
    """Return what the first part of a container says it is, as OpenDocument and EPUB have it: stored, at byte 38."""
    return data[38:128] if data[30:38] == b"mimetype" else b""
