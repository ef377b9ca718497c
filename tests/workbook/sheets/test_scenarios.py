"""The Scenarios sheet: what it shows under each scenario, and how far each input moves the last size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SECOND, SEED, own_reports
from tests.workbook.sheets.test_sheets import column
from workbook.assumptions import Entered, Entry
from workbook.report import Fan, Report, ReportSheet, Tornado
from workbook.template import build_report

BLANK = ("",) * 7
CAGR = ("", "CAGR", "", 0.06, "", "the board", SEED)
SHARE = ("CT", "share", 2033.0, 0.6, "", "", SEED)
ELSEWHERE = ("", "size", 2033.0, 20.0, "", "", SECOND)


def entered(*own: tuple[Any, ...], **others: tuple[Any, ...]) -> Entered:
    """What the user typed: rows of the own block, and one row of other blocks by their scenario."""
    blocks = {"own": own, **{name: (row,) for name, row in others.items()}}
    filled = {
        name: tuple(tuple(map(Entry, row)) for row in (*rows, *[BLANK] * (20 - len(rows))))
        for name, rows in blocks.items()
    }
    return Entered(market=SEED, blocks=filled)


def sheet_with(*own: tuple[Any, ...], **others: tuple[Any, ...]) -> ReportSheet:
    return build_report(SEED, assumptions=entered(*own, **others)).sheet("Scenarios")


@pytest.fixture(scope="module")
def sheet(report: Report) -> ReportSheet:
    return report.sheet("Scenarios")


def table(sheet: ReportSheet, name: str) -> list[dict[str, Any]]:
    """The rows of a table that have something to show, by the keys of its columns."""
    (area,) = (area for area in sheet.tables if area.name == name)
    rows = [
        {
            key: sheet.cells[f"{letter}{at}"].value
            for key, letter in area.columns.items()
            if f"{letter}{at}" in sheet.cells
        }
        for at in range(area.first, area.first + area.rows)
    ]
    return [row for row in rows if row[next(iter(area.columns))] != ""]


def end(report: Report, scenario: str) -> Any:
    title, place = report.names[f"mb_scenario_{scenario}_end"]
    return report.sheet(title).cells[place].value


def test_sizes_run_from_the_base_year_to_the_last_under_each_scenario(sheet: ReportSheet) -> None:
    years = table(sheet, "table")
    assert [row["year"] for row in years] == [*range(2023, 2034)]
    assert {key: years[0][key] for key in ("low", "base", "high", "own")} == dict.fromkeys(
        ("low", "base", "high", "own"), 8.6
    )
    middle = years[5]
    assert middle["low"] == pytest.approx(8.6 * (13.05 / 8.6) ** 0.5)
    assert middle["high"] == pytest.approx(8.6 * (13.15 / 8.6) ** 0.5)
    assert middle["own"] == middle["base"]


def test_the_ends_have_names(report: Report) -> None:
    assert [end(report, each) for each in ("low", "base", "high", "own")] == [13.05, 13.1, 13.15, 13.1]


def test_one_assumption_moves_the_own_scenario_only() -> None:
    report = build_report(SEED, assumptions=entered(CAGR))
    assert end(report, "own") == pytest.approx(8.6 * 1.06**10)
    assert end(report, "base") == 13.1
    last = table(report.sheet("Scenarios"), "table")[-1]
    assert last["difference"] == pytest.approx(8.6 * 1.06**10 / 13.1 - 1)


def test_the_scenario_in_use_is_named(sheet: ReportSheet) -> None:
    assert sheet.cells["B5"].value == "own"
    assert sheet.cells["C5"].link == "#'Assumptions'!B6"
    low = build_report(SEED, assumptions=Entered(scenario="LOW")).sheet("Scenarios")
    assert low.cells["B5"].value == "low"
    wrong = build_report(SEED, assumptions=Entered(scenario="worst")).sheet("Scenarios")
    assert wrong.cells["B5"].value == "unknown"


def test_segments_of_a_complete_dimension_add_up_under_each_scenario() -> None:
    segments = table(sheet_with(CAGR, SHARE), "segments")
    whole = segments[0]
    devices = [row for row in segments if row["name"].startswith("Device/")]
    assert len(devices) == 3
    for scenario in ("low", "base", "high", "own"):
        assert sum(row[scenario] for row in devices) == pytest.approx(whole[scenario])
    assert devices[0]["base"] / whole["base"] == pytest.approx(0.63490, abs=1e-5)
    assert devices[0]["own"] / whole["own"] == pytest.approx(0.6)


def test_segments_of_which_nothing_can_be_said_are_blank(sheet: ReportSheet) -> None:
    regions = [row for row in table(sheet, "segments") if row["name"].startswith("Region/")]
    assert {row["base"] for row in regions} == {""}


def test_each_input_moves_the_last_size_over_its_own_range(sheet: ReportSheet) -> None:
    base, rate, rounding = table(sheet, "inputs")
    assert base["input"] == "Size in 2023, at the stated CAGR"
    assert (base["low"], base["high"]) == pytest.approx((8.55, 8.65))
    assert (base["at_low"], base["at_high"]) == pytest.approx((8.55 * 1.043**10, 8.65 * 1.043**10))
    assert rate["input"] == "Stated CAGR, from the size in 2023"
    assert (rate["low"], rate["high"]) == pytest.approx((0.0425, 0.0435))
    assert (rate["at_low"], rate["at_high"]) == pytest.approx((8.6 * 1.0425**10, 8.6 * 1.0435**10))
    assert rounding["input"] == "Size in 2033, by rounding"
    assert (rounding["at_low"], rounding["at_high"]) == pytest.approx((13.05, 13.15))
    assert rounding["difference"] == pytest.approx(0.1)


def test_the_user_s_figures_about_the_market_are_inputs_and_the_widest_stands_on_top() -> None:
    top, *others = table(sheet_with(ELSEWHERE, SHARE, BLANK, CAGR), "inputs")
    assert top["input"] == "Your own CAGR"
    assert (top["low"], top["high"]) == ("", 0.06)
    assert (top["at_low"], top["at_high"]) == pytest.approx((13.1, 8.6 * 1.06**10))
    assert not any(row["input"].startswith("Your own") for row in others)


def test_a_figure_that_lowers_the_size_is_as_wide_as_it_is_far() -> None:
    size = ("", "size", 2033.0, 9000.0, "USD million", "", SEED)
    top = table(sheet_with(size), "inputs")[0]
    assert top["input"] == "Your own size, 2033"
    assert (top["lower"], top["higher"], top["skipped"]) == pytest.approx((4.1, 0.0, 9.0))


def test_five_of_the_user_s_figures_are_inputs() -> None:
    rows = [("", "size", 2033.0 - at, 12.0 + at / 10, "", "", SEED) for at in range(7)]
    names = [row["input"] for row in table(sheet_with(*rows), "inputs")]
    assert len([name for name in names if name.startswith("Your own")]) == 5


def test_an_impossible_figure_is_no_input() -> None:
    shown = table(sheet_with(("", "CAGR", "", -2.0, "", "", SEED)), "inputs")
    assert len(shown) == 3


@pytest.mark.parametrize("market", [SEED, SECOND])
def test_the_parts_of_a_bar_reach_from_one_end_to_the_other(market: str) -> None:
    with own_reports():
        report = build_report(market)
    size = end(report, "base")
    tornado = report.sheet("Scenarios").charts[0]
    assert isinstance(tornado, Tornado)
    for row in table(report.sheet("Scenarios"), "inputs"):
        low, high = sorted((row["at_low"], row["at_high"]))
        assert tornado.start <= row["skipped"] == low
        assert row["lower"] == pytest.approx(max(min(size, high) - low, 0))
        assert row["higher"] == pytest.approx(max(high - max(size, low), 0))
        assert row["lower"] + row["higher"] == pytest.approx(high - low)


def test_the_charts_show_the_rows_that_are_filled(sheet: ReportSheet) -> None:
    tornado, fan = sheet.charts
    assert isinstance(tornado, Tornado)
    assert isinstance(fan, Fan)
    years = [sheet.cells[place].value for place in column(fan.low.categories)]
    assert years == [*range(2023, 2034)]
    low, height = ([sheet.cells[place].value for place in column(s.values)] for s in (fan.low, fan.height))
    assert low[-1] == 13.05
    assert height[-1] == pytest.approx(0.1)
    names = [sheet.cells[place].value for place in column(tornado.series[0].categories)]
    assert names[:3] == [row["input"] for row in table(sheet, "inputs")]
    assert names[3:] == [""]


def test_the_band_stays_above_its_lower_edge_if_low_and_high_are_mixed_up() -> None:
    size = ("", "size", 2033.0, 12.0, "", "", "")
    years = table(sheet_with(high=size), "table")
    assert (years[-1]["low"], years[-1]["high"]) == (13.05, 12.0)
    assert (years[-1]["from"], years[-1]["height"]) == pytest.approx((12.0, 1.05))


def test_a_market_without_a_size_says_so_and_has_no_charts(bare: Report) -> None:
    sheet = bare.sheet("Scenarios")
    assert sheet.cells["A4"].value == "The source states no size of this market."
    assert sheet.charts == []
    assert table(sheet, "inputs") == []


def test_no_table_is_cut_by_the_end_of_a_page(sheet: ReportSheet) -> None:
    inputs = next(area for area in sheet.tables if area.name == "inputs")
    assert sheet.printed is not None
    assert sheet.printed.breaks == (inputs.first + inputs.rows,)
    assert sheet.printed.scale >= 90


def source(publisher: str, end_size: str, cagr: str) -> str:
    return f"""
[source]
publisher = "{publisher}"
title = "Outlook"
date = 2026-02-03

[market]
name = "Garden Gnomes"
geography = "Global"
currency = "USD"
scale = "million"

[[sizes]]
year = 2025
value = "40"
at = "page 1"

[[sizes]]
year = 2030
value = "{end_size}"
at = "page 1"

[[cagrs]]
value = "{cagr}"
from = 2025
to = 2030
at = "page 2"
"""


@pytest.fixture
def gnomes(tmp_path: Path) -> Iterator[Path]:
    with own_reports(tmp_path):
        yield tmp_path


@pytest.mark.parametrize(("printed", "half"), [("4", 0.005), ("4.0", 0.0005), ("4.02", 0.00005)])
def test_the_rounding_of_a_cagr_is_that_of_its_last_printed_digit(
    gnomes: Path, printed: str, half: float
) -> None:
    (gnomes / "one.toml").write_text(source("One", "49", printed), encoding="utf-8")
    with own_reports(gnomes):
        sheet = build_report("Garden Gnomes").sheet("Scenarios")
    (rate,) = [row for row in table(sheet, "inputs") if row["input"].startswith("Stated CAGR")]
    stated = float(printed) / 100
    assert (rate["low"], rate["high"]) == pytest.approx((stated - half, stated + half))


def test_several_sources_are_an_input_and_make_the_band_wide(gnomes: Path) -> None:
    for publisher, size in (("One", "49"), ("Two", "70"), ("Three", "60")):
        (gnomes / f"{publisher}.toml").write_text(source(publisher, size, "4.0"), encoding="utf-8")
    with own_reports(gnomes):
        report = build_report("Garden Gnomes", source="One")
    top = table(report.sheet("Scenarios"), "inputs")[0]
    assert top["input"] == "Size in 2030, by source"
    assert (top["at_low"], top["at_high"]) == (49.0, 70.0)
    assert [end(report, each) for each in ("low", "base", "high")] == [48.5, 49.0, 70.0]


def test_a_cagr_that_is_the_median_of_several_has_no_last_printed_digit(gnomes: Path) -> None:
    for publisher, size in (("One", "49"), ("Two", "70")):
        (gnomes / f"{publisher}.toml").write_text(source(publisher, size, "4.0"), encoding="utf-8")
    with own_reports(gnomes):
        sheet = build_report("Garden Gnomes", source="median").sheet("Scenarios")
    names = [row["input"] for row in table(sheet, "inputs")]
    assert names[0] == "Size in 2030, by source"
    assert not any(name.startswith("Stated CAGR") for name in names)
