"""A refresh in Excel on the web gives the same cells, formulas and formats as the refresh of the file."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.addin.desktop.test_live import rename_sheet
from tests.addin.web.refreshing.in_browser import Open, assert_same_as_file, excel_on_the_web
from tests.addin.web.refreshing.test_same_as_file import MEMBRANE, choose
from tests.browser import Browser
from tests.conftest import SEED
from tests.excel_server import ExcelServer
from tests.web.books import book_of
from tests.workbook.test_assumptions import enter, typed
from tests.workbook.test_wanted import without
from workbook.template import write_workbook


@pytest.fixture(scope="module")
def excel_server() -> Iterator[ExcelServer]:
    with ExcelServer() as running:
        yield running


@pytest.fixture(scope="module")
def on_the_web(browser: Browser, excel_server: ExcelServer) -> Iterator[Open]:
    with excel_on_the_web(browser, excel_server) as opened:
        yield opened


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
    assert_same_as_file(on_the_web, enter(book, typed((None, "size", 2030.0, 11.5))))


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
    loaded = openpyxl.load_workbook(book)
    model = loaded.create_sheet("Model")
    model["A1"] = "=Overview!C40*2"
    model["A2"] = "=SUM(Forecast!B6:B16)+mb_cagr"
    loaded.save(book)
    assert_same_as_file(on_the_web, book)
    cells = on_the_web.book["sheets"][-1]["cells"]
    assert cells["A1"]["formula"] == "=Overview!C40*2"
    assert cells["A2"]["formula"] == "=SUM(Forecast!B6:B16)+mb_cagr"


def test_what_was_typed_in_is_kept_aside(on_the_web: Open, book: Path) -> None:
    enter(book, {"Overview!C40": 9.9, "Overview!M3": "mine", "Overview!M4": "=C40*2"})
    outcome = assert_same_as_file(on_the_web, book)
    assert outcome.done is not None
    assert [kept["copy"] for kept in outcome.done["keptAside"]] == ["Overview (edited)"]


def test_two_hundred_sheets(on_the_web: Open, book: Path) -> None:
    loaded = openpyxl.load_workbook(book)
    for number in range(200):
        loaded.create_sheet(f"Sheet {number}")["A1"] = f"=Overview!C40+{number}"
    loaded.save(book)
    before = book_of(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    assert on_the_web.requests < 80
    theirs = [sheet for sheet in on_the_web.book["sheets"] if sheet["name"].startswith("Sheet ")]
    assert theirs == [sheet for sheet in before["sheets"] if sheet["name"].startswith("Sheet ")]
