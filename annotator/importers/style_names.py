"""What a paragraph is by the name of its style: names that word processors give, in many languages, and newsrooms."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """What the name of a style says a paragraph is."""

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
_WORDS: dict[str, Look] = {
    name: look
    for look, names in (
        (
            _HEADLINE,
            "title headline titel titre título titulo titolo tittel otsikko název nazev tytuł cím titlu naslov "
            "название заголовок назва 标题 標題 表題 タイトル 제목 العنوان כותרת başlık τίτλος",
        ),
        (
            _STANDFIRST,
            "subtitle standfirst dek deck untertitel sous-titre subtítulo subtitulo sottotitolo ondertitel undertitel "
            "underrubrik undertittel alaotsikko podnadpis podtytuł alcím subtitlu podnaslov подзаголовок підзаголовок "
            "副标题 副標題 副題 부제 vorspann chapeau chapô",
        ),
        (_BYLINE, "byline dateline author autor auteur autorenzeile"),
        (_MASTHEAD, "masthead kicker dachzeile"),
        (Look("paragraph", zone="correction"), "correction corrections korrektur correctie errata"),
        (Look("paragraph", zone="box"), "sidebar infobox infokasten"),
        (
            _QUOTE,
            "quote quotations quotation blockquote zitat citation cita citazione citaat citat sitat lainaus citace "
            "cytat idézet citáció цитата 引用 引文 인용 اقتباس ציטוט alıntı pull-quote pullquote",
        ),
        (
            _CAPTION,
            "caption beschriftung légende legende leyenda epígrafe didascalia legenda bijschrift beskrivning bildtext "
            "billedtekst bildetekst kuvaotsikko titulek podpis képaláírás 题注 題注 標號 図表番号 캡션",
        ),
    )
    for name in names.split()
}
_NAMES: dict[str, Look] = {
    **_WORDS,
    "intense quote": _QUOTE,
    "block text": _QUOTE,
    "block quote": _QUOTE,
    "pull quote": _QUOTE,
    "intensives zitat": _QUOTE,
    "citation intense": _QUOTE,
    "html preformatted": Look("paragraph"),
}
_HEADINGS = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|nagłówek|nadpis|otsikko|címsor|titlu|"
    r"naslov|заголовок|标题|標題|見出し|제목|عنوان|العنوان|כותרת|başlık|επικεφαλίδα|encabezado|capçalera|virsraksts|"
    r"antraštė|pealkiri|หัวเรื่อง|tiêu đề|judul)[ _]?([1-9])"
)


def look_of(name: str) -> Look | None:
    """Return what a style's name says; None for a name that says nothing."""
    plain = " ".join(name.casefold().split())
    found = _HEADINGS.fullmatch(plain)
    if found is not None:
        return Look("heading", int(found[1]))
    return _HEADING if plain == "heading" else _NAMES.get(plain)
