"""The look of a Word report: styles read from a template, so that whoever restyles the template restyles the report."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from annotator import paths
from annotator.errors import WriteError
from annotator.exporters import ooxml
from annotator.exporters.docx_package import Part
from annotator.exporters.ooxml import RUN_RANK, W

_W = f"{{{W}}}"
_LARGEST_PART = 20_000_000
"""Largest part of a template that is read, in bytes."""

_PARTS = (("word/fontTable.xml", "fontTable"), ("word/theme/theme1.xml", "theme"))


@dataclass
class Look:
    """Style ids by name, the character styles' properties, and the parts a report takes from the template."""

    ids: dict[str, str]
    marks: dict[str, dict[str, str]]
    parts: list[Part]
    language: str = "en-GB"
    _runs: dict[tuple[tuple[str, ...], str], str] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """Return the id of a style by its name: Word and other programs translate ids, never names."""
        return self.ids[name]

    def run(self, names: tuple[str, ...] = (), language: str = "") -> str:
        """Return run properties for words under these character styles; ``language`` is ready XML tags.

        A run has one character style. The first name becomes it; what the others set and it does not is copied from
        their definition, so that a restyled "Source" also shows inside claims.
        """
        found = self._runs.get((names, language))
        if found is None:
            found = self._runs[names, language] = self._run(names, language)
        return found

    def _run(self, names: tuple[str, ...], language: str) -> str:
        props: dict[str, str] = {}
        if names:
            props["rStyle"] = f'<w:rStyle w:val="{self.ids[names[0]]}"/>'
            taken = set(self.marks.get(names[0], ()))
            for name in names[1:]:
                for tag, xml in self.marks.get(name, {}).items():
                    if tag not in taken:
                        props[tag] = xml
                        taken.add(tag)
        for tag in ("rtl", "lang"):
            start = language.find(f"<w:{tag}")
            if start >= 0:
                props[tag] = language[start : language.index("/>", start) + 2]
        return ooxml.run_properties(props)


def load(template: Path | None = None) -> Look:
    """Return the look of a template, the shipped one where none is given; missing styles come from the shipped one.

    Raises:
        WriteError: the file is no Word document, or its styles cannot be read.
    """
    shipped = paths.resource("template", "annotator.docx")
    path = template or shipped
    parts = _read(path)
    styles = _parse(parts.get("word/styles.xml", b""), path)
    if template is not None:
        _complete(styles, _parse(_read(shipped)["word/styles.xml"], shipped))
    names = {_value(style, "name"): style for style in styles.iterchildren(_W + "style")}
    ids = {name: style.get(_W + "styleId", "") for name, style in names.items()}
    by_id = {style.get(_W + "styleId"): style for style in names.values()}
    marks = {
        name: _properties(style, by_id) for name, style in names.items() if style.get(_W + "type") == "character"
    }
    kept = [Part("word/styles.xml", "styles", etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True))]
    kept += [Part(name, kind, parts[name]) for name, kind in _PARTS if name in parts]
    language = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    return Look(ids, marks, kept, (language.get(_W + "val") if language is not None else None) or "en-GB")


def _read(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            found: dict[str, bytes] = {}
            for name in ("word/styles.xml", *(name for name, _ in _PARTS)):
                if name in archive.NameToInfo:
                    if archive.NameToInfo[name].file_size > _LARGEST_PART:
                        raise WriteError(f"The template “{path.name}” holds a part too large to read.")
                    found[name] = archive.read(name)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as error:
        raise WriteError(f"The template “{path.name}” is not a Word file that can be read ({error}).") from error
    if "word/styles.xml" not in found:
        raise WriteError(f"The template “{path.name}” is not a Word file: it holds no styles.")
    return found


def _parse(xml: bytes, path: Path) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise WriteError(f"The styles of the template “{path.name}” cannot be read ({error}).") from error
    if root.tag != _W + "styles":
        raise WriteError(f"The template “{path.name}” is of a kind Word files are seldom saved in. Save it as .docx.")
    return root


def _value(style: Any, tag: str) -> str:
    node = style.find(_W + tag)
    return "" if node is None else node.get(_W + "val", "")


def _complete(styles: Any, shipped: Any) -> None:
    """Add the shipped styles a template lacks; their references are given the template's own ids."""
    have = {_value(s, "name").casefold(): s for s in styles.iterchildren(_W + "style")}
    for style in have.values():
        # Some programs write "Heading 1" where Word's own name is "heading 1".
        name = style.find(_W + "name")
        if name is not None and name.get(_W + "val") in _CAPITAL:
            name.set(_W + "val", name.get(_W + "val").lower())
    taken = {s.get(_W + "styleId") for s in have.values()}
    new_ids: dict[str, str] = {}
    added: list[Any] = []
    for style in shipped.iterchildren(_W + "style"):
        id_ = style.get(_W + "styleId")
        mine = have.get(_value(style, "name").casefold())
        if mine is not None:
            new_ids[id_] = mine.get(_W + "styleId")
            continue
        new_ids[id_] = f"{id_}Report" if id_ in taken else id_
        style.attrib.pop(_W + "default", None)
        added.append(style)
    for style in added:
        style.set(_W + "styleId", new_ids[style.get(_W + "styleId")])
        for tag in ("basedOn", "next", "link"):
            node = style.find(_W + tag)
            if node is not None:
                node.set(_W + "val", new_ids.get(node.get(_W + "val"), node.get(_W + "val")))
        styles.append(style)


_CAPITAL = ("Heading 1", "Heading 2", "Header", "Footer", "Annotation Text", "Annotation Reference")


def _properties(style: Any, by_id: Mapping[str | None, Any]) -> dict[str, str]:
    """Return a character style's run properties as XML by tag, what it is based on included."""
    chain: list[Any] = []
    while style is not None and style not in chain:
        chain.append(style)
        style = by_id.get(_value(style, "basedOn"))
    found: dict[str, str] = {}
    for style in reversed(chain):
        props = style.find(_W + "rPr")
        for node in props if props is not None else ():
            tag = etree.QName(node).localname
            if node.tag.startswith(_W) and tag in RUN_RANK and tag not in ("rStyle", "lang", "rtl"):
                found[tag] = _leaf(tag, node)
    return found


def _leaf(tag: str, node: Any) -> str:
    attributes = "".join(
        f' w:{key.removeprefix(_W)}="{ooxml.attribute(value)}"' for key, value in node.attrib.items() if key.startswith(_W)
    )
    return f"<w:{tag}{attributes}/>"
