"""Pictures hold every figure they show, stay inside their width, and are not made of nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import sourcing
from annotator.analysis.sourcing import Audit, Figure, Passage
from annotator.exporters import charts, strips
from annotator.exporters.document import Chart, Text
from annotator.exporters.letter_widths import fitted, one_line, width
from annotator.exporters.shapes import Box, Words
from annotator.exporters.svg import svg
from annotator.model import AnnotatedArticle
from tests.analysis.audited import annotated_texts
from tests.exporters.audits import audit_of, cue, full, span, speaker, strip_of

Maker = Callable[[Audit, float], Chart | None]
MAKERS: dict[str, Maker] = {
    "who_speaks": charts.who_speaks,
    "nobody_named": charts.nobody_named,
    "nobody_named_strip": charts.strip,
    "types_by_status": charts.types_by_status,
    "sources_by_naming": charts.sources_by_naming,
    "loaded_verbs": charts.loaded_verbs,
}


def words_of(chart: Chart) -> list[str]:
    return [s.text for s in chart.shapes if isinstance(s, Words)]


def boxes(chart: Chart, colour: str = "", fill: str = "") -> list[Box]:
    found = [s for s in chart.shapes if isinstance(s, Box) and s.tip]
    return [b for b in found if colour in ("", b.colour) and fill in ("", b.fill)]


def rows_of(chart: Chart) -> list[list[str]]:
    return [
        ["".join(i.text for p in cell for i in p.inlines if isinstance(i, Text)) for cell in row]
        for row in chart.table.rows
    ]


def stays_inside(chart: Chart) -> bool:
    for shape in chart.shapes:
        if isinstance(shape, Box):
            left, right, low = shape.x, shape.x + shape.width, shape.y + shape.height
        elif isinstance(shape, Words):
            wide = width(shape.text, shape.size, bold=shape.bold)
            left = shape.x - {"start": 0, "middle": wide / 2, "end": wide}[shape.anchor]
            right, low = left + wide, shape.y
        else:
            left, right, low = min(shape.x1, shape.x2), max(shape.x1, shape.x2), max(shape.y1, shape.y2)
        if left < -0.6 or right > chart.width + 0.6 or low > chart.height + 0.1:
            return False
    return True


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("wide", [70.0, 110.0, 160.0])
def test_every_picture_is_named_told_and_inside(name: str, wide: float) -> None:
    chart = MAKERS[name](full(), wide)
    assert chart is not None
    assert chart.key == name
    assert chart.title and chart.alt.startswith(chart.title.split(" and ")[0])
    assert chart.table.rows and chart.table.has_head
    assert stays_inside(chart)


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_makes_no_picture(name: str) -> None:
    assert MAKERS[name](audit_of(), 160) is None


def test_who_speaks_tells_words_share_and_naming() -> None:
    chart = charts.who_speaks(full(), 160)
    assert chart is not None
    assert ["Quay Board", "54", "54 % ", "Ilva Marr", "27"][:2] == [
        w for w in words_of(chart) if w in ("Quay Board", "54")
    ]
    assert "18 % · anonymous" in words_of(chart)
    assert "Quay Board: 54 words, 8 quoted and 46 reported, 54 %." in chart.alt
    assert rows_of(chart)[0] == ["Quay Board", "Named", "8", "46", "54", "54 %"]
    solid, hatched = boxes(chart, "source", "solid"), boxes(chart, "source", "hatched")
    assert solid[0].width < hatched[0].width
    assert all(b.spans for b in (*solid, *hatched))


def test_claims_without_a_form_are_told_of_as_they_are_in_no_bar() -> None:
    chart, without = (charts.who_speaks(a, 85) for a in (replace(full(), formless=Figure(8, 11)), full()))
    assert chart is not None and without is not None
    said = "8 of 11 claims have no form filled in and are in no bar"
    assert said in words_of(chart) and chart.alt.endswith(f" {said}.") and stays_inside(chart)
    assert "form" not in without.alt


def test_a_short_text_shows_counts_and_no_share() -> None:
    chart = charts.who_speaks(audit_of(attributed=2, speakers=(speaker("Board", 3, 4),)), 160)
    assert chart is not None
    assert "%" not in chart.alt + "".join(words_of(chart)) + "".join(map("".join, rows_of(chart)))


def test_characters_are_called_characters() -> None:
    chart = charts.who_speaks(audit_of(attributed=2, unspaced=True, speakers=(speaker("委員会", 3, 4),)), 160)
    assert chart is not None
    assert chart.title == "Who speaks, in words and characters"
    assert "7 words and characters" in chart.alt


def test_sources_beyond_the_first_are_told_in_one_line() -> None:
    many = tuple(speaker(f"Voice {n}", 1, n) for n in range(5000))
    chart = charts.who_speaks(audit_of(attributed=5000, speakers=many), 160)
    assert chart is not None
    assert len(chart.shapes) < 80
    assert any(w.startswith("4,990 more, ") for w in words_of(chart))
    assert len(chart.table.rows) == 5000
    assert words_of(chart)[2] == "Voice 4999"


def test_a_source_without_words_has_no_bar() -> None:
    assert charts.who_speaks(audit_of(speakers=(speaker("Board", 0, 0),)), 160) is None


def test_each_paragraph_is_a_bar_and_the_longest_run_is_marked() -> None:
    chart = charts.nobody_named(full(), 84)
    assert chart is not None
    assert [w for w in words_of(chart) if w.startswith("¶")] == ["¶\u00a01", "¶\u00a02", "¶\u00a03"]
    assert rows_of(chart)[1] == ["¶\u00a02", "35", "5", "14 %", "30"]
    thick = [s for s in chart.shapes if type(s).__name__ == "Line" and s.width > 0.5]
    assert len(thick) == 3  # one in the key, one below each of the two paragraphs the passage runs over
    assert "The longest passage without a source has 50 words, ¶\u00a01 – ¶\u00a02." in chart.alt
    assert sum(b.width for b in boxes(chart, "source")) > sum(b.width for b in boxes(chart, "claim")) * 0.5


def test_the_first_of_two_longest_runs_is_marked() -> None:
    twice = audit_of(
        strips=(
            strip_of(
                ((4, False), (2, True), (4, False)),
            ),
        ),
        longest=Passage(4, span(0, 20)),
    )
    chart = charts.strip(twice, 100)
    assert chart is not None
    bracket = [s for s in chart.shapes if type(s).__name__ == "Line" and s.width == 0.35]
    assert (bracket[0].x1, bracket[-1].x1) == (0.0, 40.0)


def test_the_longest_run_is_where_the_audit_says_not_the_first_as_long() -> None:
    made = audit_of(strips=(strip_of(((4, False), (2, True), (4, False))),), longest=Passage(4, span(30, 50)))
    chart = charts.strip(made, 100)
    assert chart is not None
    bracket = [s for s in chart.shapes if type(s).__name__ == "Line" and s.width == 0.35]
    assert (bracket[0].x1, bracket[-1].x1) == (60.0, 100.0)


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_what_is_marked_as_longest_has_as_many_words(annotated: AnnotatedArticle) -> None:
    made = sourcing.audit([sourcing.tally(annotated)])
    marked = [run for row in strips._paragraphs(made, None) for run in row.runs if run.longest]
    assert sum(run.words for run in marked) == (made.longest.words if made.longest else 0)
    assert not any(run.attributed for run in marked)


def test_a_piece_of_a_long_run_leads_to_its_own_words() -> None:
    made = audit_of(strips=(strip_of(*[((400, n % 2 == 0),) for n in range(50)]),))
    chart = charts.nobody_named(made, 84)
    assert chart is not None
    places = [(b.spans[0].start, b.spans[0].end) for b in boxes(chart)]
    assert len(set(places)) == len(places)
    assert places[0][0] == 0 and places[-1][1] == 50 * 400 * 5
    assert all(a[1] == b[0] for a, b in itertools.pairwise(places))


def test_a_bar_of_a_script_without_spaces_counts_characters_too() -> None:
    made = audit_of(unspaced=True, strips=(strip_of(((5, True), (7, False))),))
    for draw in (charts.nobody_named, charts.strip):
        chart = draw(made, 84)
        assert chart is not None
        assert [b.tip for b in boxes(chart)] == [
            "5 words and characters inside attributions",
            "7 words and characters nobody stands behind",
        ]


def test_paragraphs_are_called_as_the_report_calls_them() -> None:
    chart = charts.nobody_named(full(), 84, lambda at: f"at {at}")
    assert chart is not None
    assert [w for w in words_of(chart) if w.startswith("at ")] == ["at 0", "at 150", "at 325"]


def test_a_long_article_is_folded_and_its_words_kept() -> None:
    paragraphs = [((7, n % 3 == 0), (5, n % 2 == 0)) for n in range(900)]
    chart = charts.nobody_named(audit_of(strips=(strip_of(*paragraphs),)), 84)
    assert chart is not None
    assert chart.height < 220
    assert len(chart.table.rows) == 900
    assert len(chart.shapes) < 40 * 320
    assert "860 more paragraphs stand in the table" in chart.alt


def test_millions_of_words_are_few_shapes() -> None:
    runs = tuple((3, n % 2 == 0) for n in range(40_000))
    chart = charts.strip(audit_of(strips=(strip_of(runs),)), 130)
    assert chart is not None
    assert len(chart.shapes) < 500


def test_one_article_only_has_a_strip() -> None:
    two = audit_of(strips=(strip_of(((1, True),)), strip_of(((1, True),))))
    assert charts.nobody_named(two, 84) is None
    assert charts.strip(two, 84) is None


def test_opinions_take_no_verdict_in_the_picture() -> None:
    chart = charts.types_by_status(full(), 72)
    assert chart is not None
    assert "Opinion: 2 takes no verdict." in chart.alt
    assert "Type not filled in: 1 not checked." in chart.alt
    assert rows_of(chart)[0] == ["Factual", "6", "5", "0", "11"]
    quiet = boxes(chart, "quiet")
    assert len(quiet) == 1


def test_a_figure_too_wide_for_its_bar_stands_beside_it() -> None:
    chart = charts.types_by_status(audit_of(types={("factual", "not_checked"): 1000, ("value", "checked"): 1}), 72)
    assert chart is not None
    assert words_of(chart).count("1") == 1
    assert stays_inside(chart)


def test_naming_and_affiliation_are_counted() -> None:
    bodies = {f"Body {n}": 20 - n for n in range(12)}
    chart = charts.sources_by_naming(audit_of(namings={"named": 3, None: 1}, affiliations={**bodies, None: 2}), 100)
    assert chart is not None
    assert "named 3, not filled in 1" in chart.alt
    assert "6 more, 69 sources" in words_of(chart)
    assert rows_of(chart)[-1][:3] == ["Affiliation", "None told", "2"]


def test_loaded_verbs_by_speaker() -> None:
    chart = charts.loaded_verbs(full(), 160)
    assert chart is not None
    assert "Quay Board: 1 of 2 not neutral (claims)." in chart.alt
    assert rows_of(chart) == [["Quay Board", "1", "2", "doubt: claims"], ["Ilva Marr", "0", "1", "–"]]
    assert [b.fill for b in boxes(chart)] == ["solid", "empty"]
    assert "1 more speaker" in words_of(chart)


def test_neutral_verbs_make_no_picture() -> None:
    assert charts.loaded_verbs(audit_of(cues=(cue("says", "neutral", "Board"),)), 160) is None


def test_a_loaded_verb_without_a_speaker_is_shown() -> None:
    chart = charts.loaded_verbs(audit_of(cues=(cue("alleged", "doubt"), *[cue("says", None)] * 300)), 160)
    assert chart is not None
    assert "nobody named" in words_of(chart)
    assert len(chart.shapes) < 20


def test_articles_side_by_side() -> None:
    empty = audit_of()
    chart = charts.side_by_side([("The bridge", full()), ("The quay", empty)], 160)
    assert chart is not None
    assert stays_inside(chart)
    assert "The bridge: Attributed claims 3 of 12, 25 %" in chart.alt
    assert rows_of(chart)[1][1:] == ["none"] * 5
    assert words_of(chart).count("none") == 5
    assert charts.side_by_side([("Alone", full())], 160) is None


def test_many_articles_are_told_in_the_table() -> None:
    chart = charts.side_by_side([(f"Article {n}", full()) for n in range(200)], 160)
    assert chart is not None
    assert len(chart.table.rows) == 200
    assert "170 more articles stand in the table" in words_of(chart)


NASTY = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u202egnirts desrever\u202c",
    "x" * 300,
    "وزارة المياه والسدود والجسور والطرق والموانئ العامة في الإقليم",
    "橋の委員会と港の委員会と道の委員会と水の委員会と空の委員会",
    "a\x00b\x1bc\nd\te",
    "👩‍👩‍👧‍👦" * 40,
    "\ud800 lone",
    " ",
]


@pytest.mark.parametrize("name", NASTY)
def test_nasty_names_stay_inside_and_make_a_picture(name: str) -> None:
    from lxml import etree

    nasty = audit_of(
        attributed=20,
        speakers=(speaker(name, 3, 4), speaker("Board", 1, 1)),
        cues=(cue(name or "x", "doubt", name),),
        namings={"named": 1},
        affiliations={name: 1, "Board": 4},
        types={(name, "checked"): 2},
    )
    for maker in (charts.who_speaks, charts.sources_by_naming, charts.loaded_verbs, charts.types_by_status):
        chart = maker(nasty, 90)
        assert chart is not None
        assert stays_inside(chart)
        assert not set("\x00\x1b\n\t\u202e\u202c") & set("".join(words_of(chart)) + chart.alt)
        etree.fromstring(svg(chart).encode("utf-8"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.floats(3, 60), st.booleans())
def test_fitted_names_fit(name: str, room: float, bold: bool) -> None:
    cut = fitted(name, room, 8, bold=bold)
    assert width(cut, 8, bold=bold) <= room + 0.01
    assert one_line(cut).rstrip("…") in one_line(name) or cut == "…"


def test_figures_of_words_are_told_in_the_tip() -> None:
    chart = charts.strip(full(), 100)
    assert chart is not None
    assert {b.tip for b in boxes(chart)} == {
        "10 words inside attributions",
        "20 words nobody stands behind",
        "30 words nobody stands behind",
        "5 words inside attributions",
        "35 words inside attributions",
    }


def test_a_share_of_a_claim_is_told_with_its_part() -> None:
    shared = audit_of(attributed=12, figures={**full().figures, "attribution_share": Figure(7.5, 12)})
    chart = charts.side_by_side([("A", shared), ("B", shared)], 160)
    assert chart is not None
    assert "7.5" in words_of(chart)


def test_cues_too_narrow_to_be_seen_are_two_stretches_that_lead_to_all_of_them() -> None:
    cues = [cue("claims", "doubt", "Quay Board", at=n) for n in range(200)]
    cues += [cue("says", "neutral", "Quay Board", at=n) for n in range(100)]
    chart = charts.loaded_verbs(audit_of(cues=tuple(cues)), 160)
    assert chart is not None
    assert [(b.fill, len(b.spans), b.tip) for b in boxes(chart)] == [
        ("solid", 200, "Quay Board: 200 of 300"),
        ("empty", 100, "Quay Board: 200 of 300"),
    ]
    few = charts.loaded_verbs(audit_of(cues=tuple(cues[198:203])), 160)
    assert few is not None
    assert [(b.fill, b.tip) for b in boxes(few)][1:3] == [
        ("solid", "Quay Board: “claims” (doubt)"),
        ("empty", "Quay Board: “says” (neutral)"),
    ]
