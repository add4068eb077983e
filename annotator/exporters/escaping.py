"""Text made safe for markup, and which addresses outside may become links."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_OUTSIDE = re.compile(r"(?i)(https?://|mailto:)\S")
_LONGEST = 2000


def escaped(text: str) -> str:
    """Return text safe in content and in attributes between double quotes; what XML cannot hold becomes U+FFFD."""
    if not text.isprintable() and _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("\ufffd", text)
    if "&" in text or "<" in text or ">" in text or '"' in text:
        return text.translate(_MARKUP)
    return text


def outside_address(url: str) -> str | None:
    """Return an address that may become a link, percent-encoded: http, https with a host, or mailto; else None."""
    if not _OUTSIDE.match(url) or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() != "mailto" and not parts.hostname:
            return None
        return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    except ValueError:  # a host like "[" or a lone surrogate
        return None
