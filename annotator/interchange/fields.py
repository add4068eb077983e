"""One row of an exchange file, field by field: what it may hold, what is mended, and what makes a row of no use."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any, TypeGuard, cast

from annotator import text as texts
from annotator.language import tr, trn
from annotator.model.exchange import FIELDS, Field, Row

LARGEST = 2**53
"""The largest whole number that every reader of JSON takes for the same one."""
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_EMPTY = {"texts", "refs", "words"}
Told = Callable[[str, bool], None]
"""Takes a sentence, and whether the row comes in all the same."""


class Unfit(Exception):
    """A value a field cannot hold; the message is a sentence."""


def checked(list_: str, given: object, told: Told) -> Row | None:
    """Return a row with every field of its list and nothing else; None where it is of no use, which is told."""
    if not isinstance(given, dict):
        told(tr("this is no row: {value}", value=_shown(given)), False)
        return None
    row, made = cast("dict[str, Any]", given), Row()
    for field, check in _CHECKS[list_]:
        value = row.get(field.name)
        if value is None:
            if field.needed and field.kind not in _EMPTY:
                told(tr("“{field}” is missing.", field=field.name), False)
                return None
            made[field.name] = [] if field.kind in _EMPTY else None
            continue
        try:
            made[field.name] = check(field, value, told)
        except Unfit as error:
            if field.needed:
                told(tr("“{field}”: {why}", field=field.name, why=error), False)
                return None
            told(tr("“{field}” is left empty: {why}", field=field.name, why=error), True)
            made[field.name] = None
    unknown = row.keys() - made.keys()
    if unknown:
        names = ", ".join(sorted(map(_shown, unknown))[:5])
        told(trn("{n} field nobody knows here is left out: {names}", "{n} fields nobody knows here are left out: {names}",
                 len(unknown), names=names), True)  # fmt: skip
    return made


def _shown(value: object) -> str:
    """Return a value as it stands in a sentence."""
    words = value if isinstance(value, str) else repr(value)
    return texts.shortened(words.encode("utf-8", "replace").decode("utf-8"), 60)


def _text(field: Field, value: object, told: Told) -> str:
    if not isinstance(value, str):
        raise Unfit(tr("{value} is no text.", value=_shown(value)))
    if field.values and value not in field.values:
        raise Unfit(tr("“{value}” is none of {known}.", value=_shown(value), known=", ".join(field.values)))
    if value.isprintable():
        return value
    clean = texts.clean(value).text
    if clean != value:
        told(tr("“{field}”: characters no text may hold are replaced.", field=field.name), True)
    return clean


def _as_it_is(field: Field, value: object, told: Told) -> str:
    """Return a long text, which is cleaned where it is looked at as a whole."""
    if not isinstance(value, str):
        raise Unfit(tr("{value} is no text.", value=_shown(value)))
    return value


def is_uuid(value: object) -> TypeGuard[str]:
    """Say whether a value is a UUID as text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _uuid(_field: Field, value: object, _told: Told) -> str:
    if not is_uuid(value):
        raise Unfit(tr("{value} is no UUID.", value=_shown(value)))
    return value.lower()


def _whole(_field: Field, value: object, _told: Told) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise Unfit(tr("{value} is no whole number from 0 on.", value=_shown(value)))
    return value


def _flag(_field: Field, value: object, _told: Told) -> bool:
    if not isinstance(value, bool):
        raise Unfit(tr("{value} is neither true nor false.", value=_shown(value)))
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(tr("{value} is no list.", value=_shown(value)))
    return cast("list[Any]", value)


def _texts(field: Field, value: object, told: Told) -> list[str]:
    return [_text(field, each, told) for each in _list(value)]


def _words(field: Field, value: object, told: Told) -> list[str]:
    found = {_text(field, each, told) for each in _list(value)}
    if any(not word or " " in word or not word.isprintable() for word in found):
        raise Unfit(tr("{value} are no words.", value=_shown(value)))
    return sorted(found)


def _refs(field: Field, value: object, told: Told) -> list[str]:
    return list(dict.fromkeys(_uuid(field, each, told) for each in _list(value)))


def _sha256(_field: Field, value: object, _told: Told) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise Unfit(tr("{value} is no SHA-256 in hex.", value=_shown(value)))
    return value


def _base64(_field: Field, value: object, _told: Told) -> str:
    try:
        b64decode(value if isinstance(value, str) else "-", validate=True)
    except (NotBase64, ValueError) as error:
        raise Unfit(tr("this is no base64.")) from error
    return cast("str", value)


def _blocks(_field: Field, value: object, _told: Told) -> list[Any]:
    return _list(value)  # looked at beside the text they divide


_BY_KIND: dict[str, Callable[[Field, object, Told], Any]] = {
    "id": _uuid,
    "uuid": _uuid,
    "ref": _uuid,
    "any_ref": _uuid,
    "text": _text,
    "whole": _whole,
    "flag": _flag,
    "texts": _texts,
    "words": _words,
    "refs": _refs,
    "sha256": _sha256,
    "base64": _base64,
    "blocks": _blocks,
    "places": _blocks,
    "as_it_is": _as_it_is,
}
_WHOLE_TEXTS = {("versions", "text"), ("versions", "import_record")}
_CHECKS = {
    list_: [(f, _BY_KIND["as_it_is" if (list_, f.name) in _WHOLE_TEXTS else f.kind]) for f in fields]
    for list_, fields in FIELDS.items()
}
