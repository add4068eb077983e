"""A picture as SVG: one that readers hear, that prints, and that nothing written by others can break."""

from __future__ import annotations

import re

from lxml import etree

from annotator.exporters import charts
from annotator.exporters.document import Chart, Table
from annotator.exporters.shapes import Box, Line, Words
from annotator.exporters.svg import inline, svg
from tests.exporters.audits import full

SVG = "{http://www.w3.org/2000/svg}"


def chart_of(*shapes: Box | Line | Words, title: str = "Title", alt: str = "Alt") -> Chart:
    return Chart("key", title, alt, 50, 20, shapes, Table((), (), "t"))


def tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode("utf-8"))


def test_a_file_says_what_it_shows() -> None:
    chart = charts.who_speaks(full(), 160)
    assert chart is not None
    root = tree(svg(chart))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby", "").split()
    told = {e.get("id"): e.text for e in root if e.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [told[i] for i in ids] == [chart.title, chart.alt]
    assert root.get("width") == "160mm"
    assert root.find(f"{SVG}rect").get("class") == "paper"


def test_every_pattern_used_is_there_and_has_an_id_of_its_own() -> None:
    chart = charts.types_by_status(full(), 72)
    assert chart is not None
    both = inline(chart, "one") + inline(chart, "two")
    used = set(re.findall(r"url\(#([^)]+)\)", both))
    made = re.findall(r' id="([^"]+)"', both)
    assert used <= set(made)
    assert len(made) == len(set(made))


def test_fills_look_different_without_colour() -> None:
    text = inline(chart_of(*[Box(n, 1, 5, 3, "claim", f) for n, f in enumerate(("solid", "hatched", "empty"))]), "x")
    fills = [e.get("fill") for e in tree(text).findall(f"{SVG}rect")]
    assert fills == ["#7a4e00", "url(#x-hatched-claim)", "none"]


def test_an_outline_lies_inside_its_box() -> None:
    (rect,) = tree(inline(chart_of(Box(10, 5, 20, 4, "ink", "empty")), "x")).findall(f"{SVG}rect")
    assert float(rect.get("x")) == 10.125
    assert float(rect.get("width")) + float(rect.get("stroke-width")) == 20
    thin = tree(inline(chart_of(Box(10, 5, 0.05, 4, "ink", "empty")), "x")).find(f"{SVG}rect")
    assert float(thin.get("width")) > 0


def test_words_of_others_are_words() -> None:
    nasty = "</text><script>alert(1)</script>&\x00\ud800 \"'"
    text = inline(chart_of(Words(1, 2, nasty), Box(0, 0, 1, 1, "ink", tip=nasty), title=nasty, alt=nasty), '"><x id="')
    root = tree(text)
    assert root.findall(f".//{SVG}script") == []
    assert root.find(f"{SVG}text").text == "</text><script>alert(1)</script>&\ufffd\ufffd \"'"


def test_qt_draws_it(qapp: object) -> None:
    from PySide6.QtSvg import QSvgRenderer

    chart = charts.nobody_named(full(), 84)
    assert chart is not None
    renderer = QSvgRenderer(svg(chart).encode("utf-8"))
    assert renderer.isValid()
    assert renderer.viewBoxF().width() == 84
