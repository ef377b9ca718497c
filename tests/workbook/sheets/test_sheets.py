"""What each sheet says, for a market with everything and for one that states next to nothing."""

import io
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from msgspec.structs import replace
from openpyxl.utils import get_column_letter, range_boundaries

from tests.conftest import SECOND, SEED, own_reports
from workbook.report import Report
from workbook.template import build_report
from workbook.xlsx import packaged


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Forecast", "The source states no size of this market."),
        ("Segments", "The source names no segments."),
        ("Regions", "The source names no regions."),
        ("Players", "The source names no key players."),
        ("Indicators", "The source states no context figures."),
        ("Checks", "The source states no figures that can be compared."),
    ],
)
def test_an_empty_sheet_says_so(bare: Report, report: Report, title: str, sentence: str) -> None:
    assert bare.sheet(title).cells["A4"].value == sentence
    assert report.sheet(title).cells["A4"].value != sentence


def test_a_list_without_players_has_no_number(bare: Report) -> None:
    assert bare.sheet("Players").cells["A6"].value == ""


def test_entries_that_are_not_listed_are_questioned(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packaged(report).to_bytes()))
    rules = {str(rule.sqref): rule for rule in book["Start"].data_validations.dataValidation}
    assert set(rules) == {"B5", "B6", "B7", "B8", "B9"}
    assert all(rule.showErrorMessage for rule in rules.values())
    assert {rules[place].errorStyle for place in ("B5", "B6", "B8")} == {"warning"}
    assert rules["B9"].type == "date"


def test_the_legend_and_the_function_list_begin_a_page(report: Report) -> None:
    start = report.sheet("Start")
    rows = {cell.value: int(place[1:]) for place, cell in start.cells.items()}
    assert start.printed is not None
    assert start.printed.breaks == (rows["Colors"] - 1, rows["Function"] - 2)
    assert start.printed.scale, "Excel ignores breaks in what it fits to pages"


def test_forecast_has_a_chart_beside_its_table(report: Report) -> None:
    sheet = report.sheet("Forecast")
    (chart,) = sheet.charts
    assert chart.area.startswith("G6:G")
    assert not any(place.startswith("G") for place in sheet.cells)


def test_checks_format_their_figures_by_kind() -> None:
    with own_reports():
        checks = build_report(SECOND).sheet("Checks")
    sized = [rule for rule in checks.rules if rule.look == "Size"]
    assert {rule.condition for rule in sized} == {'$F12="size"'}
    assert {rule.area.split(":")[0] for rule in sized} == {"B12", "C12", "E12"}


def test_a_tolerance_of_percentages_is_in_points(report: Report) -> None:
    checks = report.sheet("Checks")
    assert checks.cells["D12"].value == "agrees"
    assert checks.cells["E12"].value == pytest.approx(0.148, abs=0.01)
    assert checks.cells["E12"].look == "Points row"


def test_changes_say_what_they_are(report: Report) -> None:
    with own_reports():
        earlier = build_report(SEED)
    figures = [figure for figure in earlier.shown.figures if figure.what != "Size 2028"]
    first = figures[0]
    old = (type(first)("Size 1999", 1.5, "Size", "", "Forecast", "B5"), *figures)
    shown = type(earlier.shown)(earlier.shown.market, earlier.shown.unit, earlier.shown.edition, old)
    checks = build_report(SEED, earlier=shown).sheet("Checks")
    rows = {
        cell.value: [checks.cells[f"{column}{place[1:]}"] for column in "BCD"]
        for place, cell in checks.cells.items()
        if place.startswith("A") and cell.value in ("Size 2028", "Size 1999")
    }
    assert [cell.value for cell in rows["Size 2028"]] == [None, pytest.approx(10.6141, abs=1e-4), "new"]
    assert [cell.value for cell in rows["Size 1999"]] == [1.5, None, "removed"]
    assert rows["Size 2028"][1].look == "Size"


def test_a_changed_text_takes_one_line(report: Report) -> None:
    first = report.shown.figures[0]
    gone = replace(first, what="Player Some Former Company", value="Some Former Company", look="Text")
    unknown = replace(first, what="Size 1999", value="#N/A")
    earlier = replace(report.shown, edition="A Publisher, 2024-01-01", figures=(gone, unknown))
    checks = build_report(SEED, earlier=earlier).sheet("Checks")
    changed = {
        cell.value: [checks.cells[f"{column}{place[1:]}"].value for column in "BCD"]
        for place, cell in checks.cells.items()
        if place.startswith("A") and f"D{place[1:]}" in checks.cells
    }
    edition = f"Edition of the source: A Publisher, 2024-01-01 → {report.shown.edition}"
    assert changed[edition] == [None, None, "changed"]
    assert changed["Player Some Former Company"] == [None, None, "removed"]
    assert changed["Size 1999"] == ["#N/A", None, "removed"]
    row = next(place[1:] for place, cell in checks.cells.items() if cell.value == edition)
    assert f"A{row}:C{row}" in checks.merged
    assert len(edition) <= sum(checks.widths[:3])
    assert checks.heights[int(row)] <= 20


def test_sources_link_to_their_address(bare: Report) -> None:
    address = bare.sheet("Sources").cells["B7"]
    assert address.link == address.value == "https://example.com/scissors"
    book = openpyxl.load_workbook(io.BytesIO(packaged(bare).to_bytes()))
    assert book["Sources"]["B7"].hyperlink.target == "https://example.com/scissors"


def test_shares_are_bars_in_one_color_from_nothing_to_all(report: Report) -> None:
    package = packaged(report)
    part = next(part for part in package if b"dataBar" in package[part])
    sheet = etree.fromstring(package[part])
    names = {"m": sheet.nsmap[None], "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"}
    (bar,) = sheet.iterfind(".//x14:dataBar", names)
    assert (bar.get("minLength"), bar.get("maxLength"), bar.get("gradient")) == ("0", "100", "0")
    assert [end.findtext("*") for end in bar.iterfind("x14:cfvo", names)] == ["0", "1"]
    assert [rule.get("id") for rule in sheet.iterfind(".//x14:cfRule", names)] == [
        found.text for found in sheet.iterfind(".//m:cfRule//x14:id", names)
    ]
    assert sheet[-1].tag.endswith("}extLst"), "Excel repairs a sheet with anything after it"


def test_shares_and_rates_are_shown_as_printed(report: Report) -> None:
    """Whole percentages without decimals if all are printed so; others keep theirs."""
    assert report.sheet("Segments").cells["C7"].number_format == ""
    with own_reports():
        segments = build_report(SECOND).sheet("Segments")
    assert segments.cells["C7"].number_format.startswith("0%")
    assert ("C7:C24", "Stated percent") in {(rule.area, rule.look) for rule in segments.rules}


def test_a_size_that_follows_from_a_share_has_no_more_digits_than_the_share() -> None:
    segments = build_report("Guided Tissue Regeneration Membrane").sheet("Segments")
    derived, estimated = segments.cells["F7"], segments.cells["F8"]
    assert derived.value == pytest.approx(251.44)
    assert estimated.value == pytest.approx(62.86)
    assert {cell.number_format for cell in (derived, estimated)} == {
        "[>=10]#,##0_);[>=1]#,##0.0#_);0.0####_)"
    }


def test_each_year_of_a_slow_market_looks_different(tmp_path: Path) -> None:
    (tmp_path / "slow.toml").write_text(_SLOW, encoding="utf-8")
    with own_reports(tmp_path):
        forecast = build_report("Slow Scissors").sheet("Forecast")
    sizes = [forecast.cells[f"B{row}"] for row in range(6, 12)]
    assert {cell.number_format for cell in sizes} == {"[>=1000]#,##0_);[>=1]#,##0.00_);0.0####_)"}
    assert len({f"{cell.value:.2f}" for cell in sizes}) == len(sizes)


def test_years_that_the_source_does_not_state_are_hatched_on_both_charts(report: Report) -> None:
    for title in ("Overview", "Forecast"):
        sheet = report.sheet(title)
        reported, other = (series for series in sheet.charts[0].series if not series.line)
        assert (reported.hatched, other.hatched) == (False, True)
        assert (reported.title, other.title) == ("Reported", "Interpolated or compounded")
        assert reported.colour == other.colour
        assert sheet.charts[0].stacked
        solid, hatched = ([sheet.cells[cell].value for cell in column(s.values)] for s in (reported, other))
        assert [size if isinstance(size, float) else "" for size in solid] == [8.6, *[""] * 9, 13.1]
        assert [isinstance(size, float) for size in hatched] == [False, *[True] * 9, False]
        assert hatched[5] == pytest.approx(8.6 * (13.1 / 8.6) ** 0.5)


def column(area: str) -> list[str]:
    left, top, _, bottom = range_boundaries(area.rpartition("!")[2])
    return [f"{get_column_letter(left)}{row}" for row in range(top, bottom + 1)]


_SLOW = """
[source]
publisher = "A Publisher"
title = "Slow Scissors"
url = "https://example.com/slow"
date = 2026-01-02

[market]
name = "Slow Scissors"
geography = "Global"
currency = "USD"
scale = "million"

[[sizes]]
year = 2025
value = "9.9"
at = "page 1"

[[sizes]]
year = 2030
value = "10.1"
at = "page 1"
"""
