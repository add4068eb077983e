"""The language of an article, by what its file says of the language of its words."""

from __future__ import annotations

import re
from collections import Counter

_LONGEST = 100
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_].*)?", re.IGNORECASE)
_SCRIPTS = (
    (re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), re.compile("ar|fa|ur|ps|ku|ckb|sd|ug|prs")),
    (re.compile(r"[\u0590-\u05ff]"), re.compile("he|yi|iw")),
    (re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"), re.compile("el|grc")),
    (re.compile(r"[\u0400-\u04ff]"), re.compile("ru|uk|be|bg|sr|mk|kk|ky|tg|mn|tt|ba|bs")),
    (re.compile(r"[\u0e00-\u0e7f]"), re.compile("th")),
    (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]"), re.compile("zh|ja|ko|yue")),
    (
        re.compile(r"[A-Za-z\u00c0-\u024f]"),
        re.compile("(?!(?:ar|fa|ur|ps|he|yi|el|ru|uk|be|bg|mk|ky|tg|th|zh|ja|ko|yue)$).*"),
    ),
)
"""Letters of each script, and the languages that are written in it."""

_NAMED = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
    "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl", "nederlands": "nl",
    "swedish": "sv", "svenska": "sv", "danish": "da", "dansk": "da", "norwegian": "no", "norsk": "no", "finnish": "fi",
    "suomi": "fi", "polish": "pl", "polski": "pl", "czech": "cs", "čeština": "cs", "hungarian": "hu", "magyar": "hu",
    "greek": "el", "ελληνικά": "el", "turkish": "tr", "türkçe": "tr", "russian": "ru", "русский": "ru",
    "ukrainian": "uk", "українська": "uk", "arabic": "ar", "العربية": "ar", "hebrew": "he", "עברית": "he",
    "persian": "fa", "فارسی": "fa", "hindi": "hi", "हिन्दी": "hi", "thai": "th", "ไทย": "th", "chinese": "zh", "中文": "zh",
    "japanese": "ja", "日本語": "ja", "korean": "ko", "한국어": "ko",
}  # fmt: skip
"""What languages are called in English and by those who speak them, where a person wrote the name and no code."""

_SAMPLE = 20_000


class Languages:
    """Counts how many characters are said to be in which language."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._sample: list[str] = []
        self._sampled = 0

    def add(self, language: str | None, words: str) -> None:
        """Count words that are said to be in a language; None or empty where nothing is said."""
        self._counts[language or ""] += len(words)
        if self._sampled < _SAMPLE:
            self._sample.append(words)
            self._sampled += len(words)

    def most(self) -> str | None:
        """Return the language of most of the words (BCP 47); None where it is not said, or their script belies it."""
        if not self._counts:
            return None
        tag = plain_tag(self._counts.most_common(1)[0][0])
        return tag if tag and _fits(tag.split("-")[0], "".join(self._sample)[:_SAMPLE]) else None


def plain_tag(said: str) -> str | None:
    """Return a language as BCP 47 writes it ("en_us" is "en-US", "English" is "en"); None for what is none."""
    said = said.strip()[:_LONGEST]
    found = _TAG.fullmatch(_NAMED.get(said.partition(" ")[0].casefold().rstrip(",;"), said))
    if found is None or found[1].casefold() in ("und", "zxx", "mul", "xx"):
        return None
    script, region = found[2], found[3]
    parts = [found[1].casefold(), script.title() if script else "", region.upper() if region else ""]
    return "-".join(part for part in parts if part)


def _fits(code: str, sample: str) -> bool:
    """Say whether a language is written in the script most of the letters are of."""
    found = [(len(letters.findall(sample)), codes) for letters, codes in _SCRIPTS]
    most, codes = max(found, key=lambda pair: pair[0])
    return not most or codes.fullmatch(code) is not None
