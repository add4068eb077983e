"""What a paragraph is by the name of its style: names that word processors give, in many languages, and newsrooms."""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTENTS = "contents"
"""The kind of a line of a table of contents, which is no kind of a block: it is left out."""


@dataclass(frozen=True)
class Look:
    """What the name of a style says a paragraph is: a kind of a block, or CONTENTS."""

    kind: str
    level: int = 0
    zone: str = "body"


_HEADING = Look("heading", 1)
_QUOTE = Look("quote", 1)
_CAPTION = Look("caption", zone="caption")
_HEADLINE = Look("heading", 1, "headline")
_STANDFIRST = Look("paragraph", zone="standfirst")
_BYLINE = Look("paragraph", zone="byline")
_MASTHEAD = Look("paragraph", zone="masthead")
_CORRECTION = Look("paragraph", zone="correction")
_BOX = Look("paragraph", zone="box")
_CONTENTS = Look(CONTENTS)
_NAMES: tuple[tuple[Look, re.Pattern[str]], ...] = (
    (_HEADLINE, re.compile(
        "title|headline|titel|titre|título|titulo|titolo|tittel|otsikko|název|nazev|tytuł|cím|titlu|"
        "naslov|название|заголовок|назва|标题|標題|表題|タイトル|제목|العنوان|כותרת|başlık|τίτλος"
    )),
    (_STANDFIRST, re.compile(
        "subtitle|standfirst|dek|deck|untertitel|sous-titre|subtítulo|subtitulo|sottotitolo|"
        "ondertitel|undertitel|underrubrik|undertittel|alaotsikko|podnadpis|podtytuł|alcím|subtitlu|"
        "podnaslov|подзаголовок|підзаголовок|副标题|副標題|副題|부제|vorspann|chapeau|chapô"
    )),
    (_BYLINE, re.compile(
        "byline|author|autor|auteur|autorenzeile"
    )),
    (_MASTHEAD, re.compile(
        "masthead|kicker|dachzeile"
    )),
    (_CORRECTION, re.compile(
        "correction|corrections|korrektur|correctie|errata"
    )),
    (_BOX, re.compile(
        "sidebar|infobox|infokasten"
    )),
    (_CONTENTS, re.compile(
        "(?:toc|contents|index)[ _]?(?:heading|[1-9])|table of (?:figures|authorities)"
    )),
    (_QUOTE, re.compile(
        "quote|quotations|quotation|blockquote|zitat|citation|cita|citazione|citaat|citat|sitat|"
        "lainaus|citace|cytat|idézet|citáció|цитата|引用|引文|인용|اقتباس|ציטוט|alıntı|pull-quote|"
        "pullquote|intense quote|block text|block quote|pull quote|intensives zitat|citation intense"
    )),
    (_CAPTION, re.compile(
        "caption|beschriftung|légende|legende|leyenda|epígrafe|didascalia|legenda|bijschrift|"
        "beskrivning|bildtext|billedtekst|bildetekst|kuvaotsikko|titulek|podpis|képaláírás|题注|題注|標號|"
        "図表番号|캡션"
    )),
)  # fmt: skip
_HEADINGS = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|nagłówek|nadpis|otsikko|címsor|titlu|"
    r"naslov|заголовок|标题|標題|見出し|제목|عنوان|العنوان|כותרת|başlık|επικεφαλίδα|encabezado|capçalera|virsraksts|"
    r"antraštė|pealkiri|หัวเรื่อง|tiêu đề|judul)[ _]?([1-9])"
)


def look_of(name: str) -> Look | None:
    """Return what a style's name says; None for a name that says nothing."""
    plain = " ".join(name.lower().split())
    found = _HEADINGS.fullmatch(plain)
    if found is not None:
        return Look("heading", int(found[1]))
    if plain == "heading":
        return _HEADING
    return next((look for look, names in _NAMES if names.fullmatch(plain)), None)
