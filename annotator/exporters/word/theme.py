"""The theme part that Word expects in every document; the report's styles name their faces and colours themselves."""

from __future__ import annotations

from annotator.exporters.word.markup import DECLARATION, GREY, INK, RULE
from annotator.exporters.word.styles import CLAIM, CLAIM_TINT, CLAIM_TINT_TWICE, SANS, SERIF, SOURCE

_COLOURS = (
    ("dk1", INK),
    ("lt1", "FFFFFF"),
    ("dk2", GREY),
    ("lt2", "F7F4EE"),
    ("accent1", CLAIM),
    ("accent2", SOURCE),
    ("accent3", GREY),
    ("accent4", CLAIM_TINT_TWICE),
    ("accent5", CLAIM_TINT),
    ("accent6", RULE),
    ("hlink", SOURCE),
    ("folHlink", SOURCE),
)
_SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{_SOLID}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml() -> str:
    """Return ``theme1.xml``: the report's colours and faces, for what a reader adds in Word."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS)
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind, face in (("majorFont", SERIF.latin), ("minorFont", SANS.latin))
    )
    formats = (
        f"<a:fillStyleLst>{_SOLID * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_SOLID * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Report">'
        f'<a:themeElements><a:clrScheme name="Report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Report">{fonts}</a:fontScheme><a:fmtScheme name="Report">{formats}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )
