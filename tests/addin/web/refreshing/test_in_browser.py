"""A refresh in Excel on the web gives the same cells, formulas and formats as the refresh of the file."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.addin.desktop.test_live import rename_sheet
from tests.addin.web.refreshing.in_browser import Open, assert_same_as_file
from tests.addin.web.refreshing.test_same_as_file import MEMBRANE, choose
from tests.conftest import SEED
from tests.web.books import book_of
from tests.workbook.test_assumptions import typed
from tests.workbook.test_edits_kept import FORECAST, change_cell
from tests.workbook.test_foreign_content import changed
from tests.workbook.test_wanted import without
from workbook.package import NewCell, Package, add_cells
from workbook.template import write_workbook


@pytest.mark.parametrize("market", [SEED, MEMBRANE])
def test_a_new_workbook(on_the_web: Open, market: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, market)
    outcome = assert_same_as_file(on_the_web, path)
    assert outcome.done is not None
    assert outcome.done["sheets"] == 10
    assert outcome.done["changes"] == []


def test_a_second_refresh_changes_nothing_more(on_the_web: Open, book: Path) -> None:
    assert_same_as_file(on_the_web, book)
    once = on_the_web.book
    assert not on_the_web.refresh().failure
    assert on_the_web.book == once


@pytest.mark.parametrize(
    ("cell", "content"),
    [("B5", MEMBRANE), ("B6", "USD million"), ("B7", 2023), ("B8", "Market.us Media")],
    ids=["market", "unit", "year", "source"],
)
def test_after_another_choice(on_the_web: Open, book: Path, cell: str, content: str | float) -> None:
    choose(book, cell, content)
    assert_same_as_file(on_the_web, book)


def test_with_assumptions(on_the_web: Open, book: Path) -> None:
    def assuming(loaded: Workbook) -> None:
        for place, content in typed((None, "size", 2030.0, 11.5)).items():
            name, cell = place.split("!")
            loaded[name][cell] = content

    changed(book, assuming)
    assert_same_as_file(on_the_web, book)


def test_renamed_sheets(on_the_web: Open, book: Path) -> None:
    rename_sheet(book, "Forecast", "Ada's path")
    rename_sheet(book, "Start", "FY24")
    assert_same_as_file(on_the_web, book)


def test_deleted_sheets_stay_away(on_the_web: Open, book: Path) -> None:
    without(book, "Players", "Sources")
    assert_same_as_file(on_the_web, book)


def test_a_workbook_without_our_sheets_gets_them(on_the_web: Open, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    assert_same_as_file(on_the_web, tmp_path / "book.xlsx", SEED)


def test_a_sheet_that_others_need_comes_back(on_the_web: Open, book: Path) -> None:
    without(book, "Lists")
    assert_same_as_file(on_the_web, book)


def test_formulas_that_point_at_our_sheets_go_on_working(on_the_web: Open, book: Path) -> None:
    def model(loaded: Workbook) -> None:
        sheet = loaded.create_sheet("Model")
        sheet["A1"] = "=Overview!C40*2"
        sheet["A2"] = "=SUM(Forecast!B6:B16)+mb_cagr"

    changed(book, model)
    assert_same_as_file(on_the_web, book)
    cells = on_the_web.book["sheets"][-1]["cells"]
    assert cells["A1"]["formula"] == "=Overview!C40*2"
    assert cells["A2"]["formula"] == "=SUM(Forecast!B6:B16)+mb_cagr"


def test_what_was_typed_in_is_kept_aside(on_the_web: Open, book: Path) -> None:
    change_cell(book, FORECAST, "B8", "<c {style}><v>9.99</v></c>")
    change_cell(book, FORECAST, "B9", "<c {style}><f>B8*1.05</f><v>10.4895</v></c>")
    change_cell(book, FORECAST, "B10", "")
    with Package.open(book) as package:
        add_cells(package, "Forecast", {"M3": NewCell("mine"), "M4": NewCell(8.0, formula="mb_cagr*100")})
        package.save(book)
    outcome = assert_same_as_file(on_the_web, book)
    assert outcome.done is not None
    assert [kept["copy"] for kept in outcome.done["keptAside"]] == ["Forecast (edited)"]


def test_two_hundred_sheets(on_the_web: Open, book: Path) -> None:
    def many(loaded: Workbook) -> None:
        for number in range(200):
            loaded.create_sheet(f"Sheet {number}")["A1"] = f"=Overview!C40+{number}"

    changed(book, many)
    before = book_of(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    assert on_the_web.requests < 60
    theirs = [sheet for sheet in on_the_web.book["sheets"] if sheet["name"].startswith("Sheet ")]
    assert theirs == [sheet for sheet in before["sheets"] if sheet["name"].startswith("Sheet ")]
