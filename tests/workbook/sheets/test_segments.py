"""Segments and Regions: what is stated, what is estimated, and what the statements allow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from addin.libreoffice import Office
from tests.conftest import SEED, own_reports
from tests.libreoffice import required
from tests.workbook.test_recalculated import carried, differing
from workbook.assumptions import OWN, Entered, Entry
from workbook.report import Report, ReportSheet, Strips
from workbook.template import build_report, write_workbook

_STANDS = """
[source]
publisher = "A Publisher"
title = "Umbrella Stands"
date = 2026-01-02
[market]
name = "Umbrella Stands"
currency = "USD"
scale = "million"
[[sizes]]
year = 2024
value = "820.5"
at = "page 1"
[[sizes]]
year = 2032
value = "1402"
at = "page 1"
[[dimensions]]
name = "Material"
complete = true
at = "page 2"
segments = [{ name = "Iron" }, { name = "Wood" }, { name = "Glass" }, { name = "Cork" }]
[[dimensions]]
name = "Channel"
complete = true
at = "page 2"
segments = [{ name = "Shops" }, { name = "Online" }]
[[shares]]
segment = "Iron"
year = 2024
value = "21.3"
at = "page 3"
[[shares]]
segment = "Wood"
year = 2032
value = "14"
at = "page 3"
[[shares]]
segment = "Shops"
year = 2024
value = "70"
at = "page 3"
[[shares]]
segment = "Online"
year = 2024
value = "45"
at = "page 3"
"""


@pytest.fixture(scope="module")
def stands_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A market with shares stated for either year, and with shares that contradict each other."""
    folder = tmp_path_factory.mktemp("stands")
    (folder / "stands.toml").write_text(_STANDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def stands(stands_folder: Path) -> Iterator[ReportSheet]:
    with own_reports(stands_folder):
        yield build_report("Umbrella Stands").sheet("Segments")


def cells(sheet: ReportSheet, key: str) -> dict[str, object]:
    """The values of a column by the name of the segment."""
    (table,) = sheet.tables
    rows = range(table.first, table.first + table.rows)
    named = {row: sheet.cells[f"{table.columns['segment']}{row}"].value for row in rows}
    return {str(name): sheet.cells[f"{table.columns[key]}{row}"].value for row, name in named.items() if name}


def test_what_is_not_stated_is_estimated_with_its_range(report: Report) -> None:
    sheet = report.sheet("Segments")
    share, size, low, high = (cells(sheet, f"other_{key}") for key in ("share", "size", "low", "high"))
    assert sheet.cells["I5"].value == 2033
    assert share["Magnetic Resonance Imaging"] == pytest.approx(0.19641, abs=1e-5)
    assert size["Magnetic Resonance Imaging"] == pytest.approx(0.19641 * 13.1, abs=1e-4)
    assert (low["Magnetic Resonance Imaging"], high["Magnetic Resonance Imaging"]) == (
        pytest.approx(0, abs=1e-9),
        pytest.approx(0.3991, abs=1e-4),
    )
    assert set(cells(sheet, "other_status").values()) == {"estimated"}
    derivation = cells(sheet, "other_derivation")["Magnetic Resonance Imaging"]
    assert str(derivation).startswith("19.64%, the most even split")


def test_what_is_stated_has_no_range(report: Report) -> None:
    sheet = report.sheet("Segments")
    for key, expected in (("share", 0.653), ("status", "derived"), ("low", ""), ("high", "")):
        assert cells(sheet, key)["Computed Tomography"] == expected
    assert cells(sheet, "share")["Positron Emission Tomography"] == pytest.approx(0.1735)


def test_a_range_is_shown_although_nothing_can_be_estimated(report: Report) -> None:
    sheet = report.sheet("Regions")
    assert cells(sheet, "share")["Asia-Pacific"] == ""
    assert cells(sheet, "low")["Asia-Pacific"] == pytest.approx(0, abs=1e-9)
    assert cells(sheet, "high")["Asia-Pacific"] == pytest.approx(0.4365)


def test_contradictory_statements_stay_and_say_why_nothing_is_estimated(stands: ReportSheet) -> None:
    assert cells(stands, "share")["Shops"] == 0.7
    assert [cells(stands, f"other_{key}")["Shops"] for key in ("share", "low", "high")] == ["", "", ""]
    assert cells(stands, "other_status")["Shops"] == "not stated"
    assert str(cells(stands, "other_derivation")["Shops"]).startswith("The source contradicts itself.")


@pytest.mark.parametrize(
    ("chosen", "other"), [(None, 2033), (2028, 2033), (2033, 2023), ("some day", 2033), (2040, 2033)]
)
def test_the_other_year_is_the_last_or_the_base_year(chosen: float | str | None, other: float) -> None:
    sheet = build_report(SEED, year=chosen).sheet("Segments")
    assert sheet.cells["I5"].value == other
    assert sheet.cells["I6"].value == f"Share {other}"
    expected = "Share" if isinstance(chosen, str) else f"Share {chosen or 2023}"
    assert sheet.cells["C6"].value == expected


def test_a_market_of_one_year_has_no_other(tmp_path: Path) -> None:
    one_year = re.sub(r"\[\[sizes\]\]\nyear = 2032\n.*\n.*\n", "", _STANDS)
    (tmp_path / "stands.toml").write_text(one_year, encoding="utf-8")
    with own_reports(tmp_path):
        sheet = build_report("Umbrella Stands").sheet("Segments")
    (table,) = sheet.tables
    headers = {key: sheet.cells.get(f"{letter}6") for key, letter in table.columns.items()}
    others = [cell for key, cell in headers.items() if key.startswith("other_") and "Ba" not in str(cell)]
    assert {cell.value for cell in others if cell} == {""}
    assert {cell.value for key in ("band",) if (cell := headers[key])} == {""}
    for key in ("share", "low", "size", "status", "source"):
        assert set(cells(sheet, f"other_{key}").values()) == {""}
    assert cells(sheet, "share")["Iron"] == 0.213


def test_looks_follow_the_status_as_it_is_now(report: Report) -> None:
    """LibreOffice applies the first rule of a cell that is true: an italic one, not that of its decimals."""
    for title in ("Segments", "Regions"):
        sheet = report.sheet(title)
        (table,) = sheet.tables
        for prefix in ("", "other_"):
            for key, by, kind in (("share", "share_status", " percent"), ("size", "status", "")):
                status = table.columns[f"{prefix}{by}"]
                letter = table.columns[f"{prefix}{key}"]
                rules = [rule for rule in sheet.rules if rule.area.startswith(f"{letter}{table.first}:")]
                assert [(rule.condition, rule.look) for rule in rules[:2]] == [
                    (f'${status}7="estimated"', f"Estimated{kind}"),
                    (f'${status}7="assumed"', f"Assumed{kind}"),
                ]


def test_a_stated_share_looks_stated_although_its_size_is_assumed(stands_folder: Path) -> None:
    rows = [("", "size", 2032.0, 1500.0), ("Cork", "share", 2032.0, 0.3)]
    typed = tuple(tuple(map(Entry, (*row, "", "", ""))) for row in rows)
    with own_reports(stands_folder):
        sheet = build_report("Umbrella Stands", assumptions=Entered(blocks={OWN: typed})).sheet("Segments")
    shown = {
        name: [cells(sheet, f"other_{key}")[name] for key in ("share", "share_status", "status", "stated")]
        for name in ("Wood", "Cork", "Iron")
    }
    assert shown["Wood"] == [0.14, "reported", "assumed", 0.14]
    assert shown["Cork"] == [0.3, "assumed", "assumed", 0.3]
    assert shown["Iron"][1:] == ["assumed", "assumed", ""]


def test_bands_add_up_to_the_range_beside_the_estimate(stands: ReportSheet) -> None:
    pieces = {key: cells(stands, f"other_{key}") for key in ("stated", "low", "below", "above")}
    assert {key: piece["Wood"] for key, piece in pieces.items()} == {
        **dict.fromkeys(("low", "below", "above"), ""),
        "stated": 0.14,
    }
    share, high = (cells(stands, f"other_{key}")["Iron"] for key in ("share", "high"))
    low, below, above = (pieces[key]["Iron"] for key in ("low", "below", "above"))
    assert pieces["stated"]["Iron"] == ""
    assert low + below == pytest.approx(share)  # type: ignore[operator]
    assert low + below + above == pytest.approx(high)  # type: ignore[operator]
    assert min(low, below, above) >= -1e-9  # type: ignore[type-var]


def test_a_range_without_an_estimate_is_one_band(report: Report) -> None:
    sheet = report.sheet("Regions")
    assert cells(sheet, "other_below")["North America"] == ""
    assert cells(sheet, "other_above")["North America"] == pytest.approx(1)


def test_the_chart_has_a_bar_in_line_with_each_row(report: Report, stands: ReportSheet) -> None:
    for sheet, count in ((report.sheet("Segments"), 6), (report.sheet("Regions"), 2), (stands, 6)):
        (table,), (chart,) = sheet.tables, sheet.charts
        assert isinstance(chart, Strips)
        left, top, right, bottom = range_boundaries(chart.area)
        assert get_column_letter(left) == get_column_letter(right) == table.columns["band"]
        assert (top, bottom) == (table.first, table.first + count - 1)
        assert [sheet.heights[row] for row in range(top, bottom + 1)] == [30] * count
        for series, key in zip(chart.series, ("stated", "low", "below", "above"), strict=True):
            letter = table.columns[f"other_{key}"]
            assert series.values.endswith(f"${letter}${top}:${letter}${bottom}")
        assert [series.colour == "" for series in chart.series] == [False, True, False, False]


def test_the_chart_is_told_in_words(stands: ReportSheet) -> None:
    (chart,) = stands.charts
    assert chart.described.startswith("Bars of shares, as bands where only a range is known: Iron ")
    assert "Wood 14.0%" in chart.described
    assert "Shops" not in chart.described


def test_estimates_are_no_figures_of_the_source_that_can_change() -> None:
    report = build_report(SEED)
    tracked = {figure.what for figure in report.shown.figures}
    assert "Device/Computed Tomography: share 2023" in tracked
    assert not any("Positron" in what and "CAGR" not in what for what in tracked)
    assert not any("2033" in what and "share" in what for what in tracked)


def test_the_legend_explains_italics_and_bands(report: Report, bare: Report) -> None:
    for title in ("Segments", "Regions"):
        assert "Italics: an estimate" in str(report.sheet(title).cells["A4"].value)
        assert "band" in str(report.sheet(title).cells["A4"].value)
        assert "Italics" not in str(bare.sheet(title).cells["A4"].value)
        assert bare.sheet(title).charts == []
    start = report.sheet("Start").cells
    legend = {cell.value: cell.look for cell in start.values() if cell.look.startswith("Text ")}
    assert legend["Italics"] == "Text estimated"
    assert legend["Blue italics"] == "Text assumed"


@pytest.mark.parametrize("year", [None, 2028.0, 2032.0])
def test_a_spreadsheet_calculates_the_same(stands_folder: Path, tmp_path: Path, year: float | None) -> None:
    required()
    with own_reports(stands_folder), Office() as office:
        book = tmp_path / "book.xlsx"
        write_workbook(book, "Umbrella Stands")
        values = dict(office.recalculate(book, {"Start!B7": year} if year else {}))
        report = build_report("Umbrella Stands", year=year)
        if not year:
            assert differing(values, carried(book)) == {}
        for title in ("Segments", "Regions"):
            built = {(title, place): value for place, value in report.sheet(title).values()}
            kept = {place: values[place] for place in built if place[1] != "A3"}
            assert differing(kept, {place: built[place] for place in kept}) == {}
