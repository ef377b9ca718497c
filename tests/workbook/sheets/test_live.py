"""Another market is chosen on Start without a refresh: what LibreOffice then shows on each sheet."""

import io
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SECOND, SEED
from workbook.template import build_report, marked_package

_OF_THE_BUILT_MARKET = {"Start!B15", "Checks!A29", "Assumptions!B7"}
"""Cells that name the market that the workbook was built for, and say so; and the user's own input."""


@pytest.fixture(scope="module")
def switched(
    office_with_two_markets: Office, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The texts on each visible sheet of a workbook built for one market, with the other one chosen."""
    report = build_report(SEED)
    book = openpyxl.load_workbook(io.BytesIO(marked_package(report).to_bytes()))
    book["Start"]["B5"], book["Start"]["B6"] = SECOND, "EUR million"
    path: Path = tmp_path_factory.mktemp("switched") / "book.xlsx"
    book.save(path)
    live = office_with_two_markets.recalculate(path)
    return {
        sheet.title: {
            place: str(cell.value if cell.formula is None else live.get((sheet.title, place), ""))
            for place, cell in sheet.cells.items()
            if place != "B5" or sheet.title != "Start"
        }
        for sheet in report.sheets
        if not sheet.hidden
    }


def test_nothing_on_a_live_sheet_is_of_the_market_built_for(switched: dict[str, dict[str, str]]) -> None:
    words = ("Medical Imaging", "Market.us", "2025-11-13", "Computed Tomography", "Flatworld")
    left = {
        f"{title}!{place}"
        for title, cells in switched.items()
        for place, shown in cells.items()
        if title != "Sources" and place != "A3" and any(word in shown for word in words)
    }
    assert left == _OF_THE_BUILT_MARKET


def test_every_title_and_source_line_is_of_the_chosen_market(switched: dict[str, dict[str, str]]) -> None:
    for title in ("Forecast", "Segments", "Regions", "Players", "Indicators", "Checks"):
        cells = switched[title]
        assert cells["A1"].startswith(f"{SECOND}: ")
        assert cells["A2"].endswith("Source: Test & Partners, 2026-03-01")
        assert "Click Refresh" in cells["A3"]
    assert switched["Start"]["C12"] == "Source: Test & Partners, 2026-03-01"


def test_sources_say_which_market_they_are_of(switched: dict[str, dict[str, str]]) -> None:
    sources = switched["Sources"]
    assert sources["A1"] == f"{SEED}: sources"
    assert sources["A2"].startswith("As printed. This sheet shows the market that the workbook was built for")
    assert sources["B5"] == "Market.us Media"
