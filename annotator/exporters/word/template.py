"""The Word template: building the shipped one, and reading the styles of any."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.parts.document import DocumentPart
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from annotator import paths
from annotator.errors import WriteError
from annotator.exporters.word import package
from annotator.exporters.word.markup import NAMESPACES, RUN_ORDER, W, element, paragraph_properties, run
from annotator.exporters.word.styles import IDS, STYLES, Style, font_table_xml, styles_xml
from annotator.exporters.word.theme import theme_xml
from annotator.language import tr

_LIMIT = 32 * 1024 * 1024
_Q = f"{{{W}}}"
_Node = Any
"""An lxml element; lxml brings no types."""
_THEME, _NUMBERING = "word/theme/theme1.xml", "word/numbering.xml"


@dataclass(frozen=True)
class Template:
    """What a report takes from a template: its styles, and the parts those lean on.

    ``ids`` gives a style's id by our id of it: Word keeps names, not ids. ``run`` holds the run properties of each
    character style by tag, for words under several looks at once.
    """

    styles: bytes
    ids: Mapping[str, str]
    run: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, bytes]


def shipped() -> Path:
    """Return the path of the template that comes with the program."""
    return paths.resource("template", "annotator.docx")


def read(path: Path, language: str) -> Template:
    """Read a template; styles it lacks are added. Raises WriteError where it is not a Word document."""
    try:
        seen = path.stat()
    except OSError as error:
        raise WriteError(tr("The template “{name}” cannot be read. Choose another one.", name=path.name)) from error
    return _read(path, language, (seen.st_mtime_ns, seen.st_size))


@lru_cache(maxsize=4)
def _read(path: Path, language: str, _seen: tuple[int, int]) -> Template:
    """Read a template once for as long as its time and size stay the same."""
    try:
        document = _opened(path)
        root = _parsed(_related(document, RT.STYLES) or b"")
        carried = {_THEME: _related(document, RT.THEME), _NUMBERING: _related(document, RT.NUMBERING)}
        fonts = _fonts(_related(document, RT.FONT_TABLE))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise WriteError(
            tr("The template “{name}” is not a Word document whose styles can be read.", name=path.name)
        ) from error
    parts = {name: part for name, part in carried.items() if part is not None}
    # Bullets and fills that lean on pictures of their own would lead nowhere without them.
    if b"numPicBullet" in parts.get(_NUMBERING, b""):
        del parts[_NUMBERING]
    if b"r:embed" in parts.get(_THEME, b"r:embed"):
        parts[_THEME] = theme_xml().encode()
    ids = _adopt(root)
    _set_language(root, language)
    run_properties = _run_properties(root)
    looks = {ours: run_properties.get(theirs, {}) for ours, theirs in ids.items()}
    styles = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Template(styles, ids, looks, {**parts, "word/fontTable.xml": fonts})


def _opened(path: Path) -> DocumentPart:
    """Open a Word document for its parts, which may have any name. Raises ValueError for one too large to be a template."""
    with zipfile.ZipFile(path) as file:
        if sum(info.file_size for info in file.infolist()) > _LIMIT:
            raise ValueError("too large")
    return Document(str(path)).part


def _related(document: DocumentPart, kind: str) -> bytes | None:
    """Return the part of a kind, or None where the document has none."""
    try:
        return document.part_related_by(kind).blob
    except KeyError:
        return None


def _parsed(xml: bytes) -> _Node:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True))


def _fonts(table: bytes | None) -> bytes:
    """Return the template's font table without the fonts embedded in it, which are parts of their own."""
    if table is None:
        return font_table_xml().encode()
    root = _parsed(table)
    for node in list(root.iter()):
        if isinstance(node.tag, str) and etree.QName(node).localname.startswith("embed"):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _adopt(root: _Node) -> dict[str, str]:
    """Find our styles by name, add the missing ones, and return the id of each by our id."""
    there: dict[str, str] = {}
    taken: set[str] = set()
    for node in root.findall(f"{_Q}style"):
        id_ = node.get(f"{_Q}styleId", "")
        name = node.find(f"{_Q}name")
        taken.add(id_)
        if name is not None:
            there.setdefault(name.get(f"{_Q}val", "").casefold(), id_)
    missing = [s for s in STYLES if s.name.casefold() not in there]
    ids = {id_: there.get(name.casefold(), "") for id_, name in IDS.items()}
    for style in missing:
        id_ = style.id
        while id_ in taken:
            id_ += "Report"
        taken.add(id_)
        ids[style.id] = id_
    for style in missing:
        root.append(_added(style, ids))
    return ids


def _added(style: Style, ids: Mapping[str, str]) -> _Node:
    node = etree.fromstring(f"<w:x {NAMESPACES}>{style.xml}</w:x>")[0]
    node.set(f"{_Q}styleId", ids[style.id])
    for tag in ("basedOn", "next"):
        reference = node.find(f"{_Q}{tag}")
        if reference is not None:
            reference.set(f"{_Q}val", ids[reference.get(f"{_Q}val", "")])
    return node


def _set_language(root: _Node, language: str) -> None:
    for node in root.findall(f"{_Q}docDefaults//{_Q}lang"):
        node.set(f"{_Q}val", language)


def _run_properties(root: _Node) -> dict[str, dict[str, str]]:
    """Return each character style's run properties as XML by tag, those of the styles it is based on included."""
    own: dict[str, dict[str, str]] = {}
    base: dict[str, str] = {}
    for node in root.findall(f"{_Q}style"):
        if node.get(f"{_Q}type") != "character":
            continue
        id_ = node.get(f"{_Q}styleId", "")
        properties = node.find(f"{_Q}rPr")
        children = [] if properties is None else list(properties)
        own[id_] = {name: _flat(child) for child in children if (name := _name(child)) in RUN_ORDER}
        based_on = node.find(f"{_Q}basedOn")
        if based_on is not None:
            base[id_] = based_on.get(f"{_Q}val", "")
    return {id_: _inherited(id_, own, base) for id_ in own}


def _inherited(id_: str, own: Mapping[str, dict[str, str]], base: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: set[str] = set()
    at = id_
    while at in own and at not in seen:
        seen.add(at)
        found = {**own[at], **found}
        at = base.get(at, "")
    return found


def _name(node: _Node) -> str:
    if not isinstance(node.tag, str) or not node.tag.startswith(_Q):
        return ""
    return node.tag[len(_Q) :]


def _flat(node: _Node) -> str:
    """Return a property without children as XML in our prefix; attributes of other namespaces are left out."""
    attributes = {key[len(_Q) :]: value for key, value in node.attrib.items() if str(key).startswith(_Q)}
    return element(_name(node), **attributes)


# -- the shipped template


def build() -> bytes:
    """Return the shipped template: every style, shown once on a page that says how to restyle it."""
    parts = package.parts(
        package.Facts(
            title="Template of the annotated report",
            kind="Template",
            author="Article Annotator",
            language="en-GB",
            date="2025-01-01",
            footer="Article Annotator",
            paper="A4",
        ),
        body=_specimen(),
        styles=styles_xml().encode(),
        fonts=font_table_xml().encode(),
        carried={_THEME: theme_xml().encode()},
    )
    return package.packed(parts)


_HOW = (
    "Change a style in Word (right click in the gallery, “Modify…”), save this file under a name of your own, and choose"
    " it as the template when you export a report. Only the styles are taken; the words of this page are not."
)


def _specimen() -> str:
    shown = [_shown("Title", "The styles of a report"), _shown("Prose", _HOW)]
    shown.append(_shown("Heading1", "Paragraphs"))
    shown += [_shown(s.id, s.name) for s in STYLES if s.kind == "paragraph"]
    shown.append(_shown("Heading1", "Characters"))
    for style in STYLES:
        if style.kind == "character" and style.id != "DefaultParagraphFont":
            words = run("Words in the style ") + run(style.name, element("rStyle", val=style.id))
            shown.append(f"<w:p><w:pPr>{paragraph_properties(style='ArticleBody')}</w:pPr>{run(chr(9))}{words}</w:p>")
    return "".join(shown)


def _shown(style: str, words: str) -> str:
    return f"<w:p><w:pPr>{paragraph_properties(style=style)}</w:pPr>{run(words)}</w:p>"
