"""A refresh in Excel on the web gives the same cells, formulas and formats as the refresh of the file."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from addin.telling import told_of_edits
from tests.addin.web.refreshing.comparing import changes
from tests.addin.web.refreshing.in_browser import (
    Open,
    assert_same_as_file,
    excel_on_the_web,
    refreshed_as_file,
)
from tests.addin.web.refreshing.test_same_as_file import MEMBRANE, choose
from tests.browser import Browser
from tests.conftest import SEED
from tests.excel_server import ExcelServer
from tests.web.books import book_of
from tests.web.excel import REQUIREMENTS
from tests.web.made_books import sheet
from tests.workbook.renaming import rename_sheet
from tests.workbook.test_assumptions import typed
from tests.workbook.test_edits_kept import FORECAST, change_cell
from tests.workbook.test_foreign_content import ADDED, changed
from tests.workbook.test_lost_marks import forget
from tests.workbook.test_wanted import without
from workbook.package import NewCell, Package, add_cells, workbook_part
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
    change_cell(book, FORECAST, "B11", '<c {style} t="inlineStr"><is><t>=A1</t></is></c>')
    with Package.open(book) as package:
        add_cells(package, "Forecast", {"M3": NewCell("mine"), "M4": NewCell(8.0, formula="mb_cagr*100")})
        workbook_part(package).set_name("my_cells", "Forecast!$M$3:$M$4")
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
    assert on_the_web.largest_request < 1_500_000  # of 5 MB that Excel on the web takes
    theirs = [sheet for sheet in on_the_web.book["sheets"] if sheet["name"].startswith("Sheet ")]
    assert theirs == [sheet for sheet in before["sheets"] if sheet["name"].startswith("Sheet ")]


ADD = {what: change for what, (change, _) in ADDED.items() if what != "chart"}
"""Tests can add no chart."""


@pytest.mark.parametrize("what", ADD)
def test_what_a_user_added_to_a_sheet_is_kept_aside(on_the_web: Open, book: Path, what: str) -> None:
    changed(book, ADD[what])
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh()
    _, done = refreshed_as_file(book)
    assert outcome.done is not None
    (kept,) = outcome.done["keptAside"]
    (as_file,) = done.kept_aside
    assert (kept["copy"], kept["told"]) == (as_file.copy, list(told_of_edits(as_file)))
    assert len(on_the_web.book["sheets"][1]["charts"]) == 4
    again = on_the_web.refresh()
    assert again.done is not None
    assert [each["sheet"] for each in again.done["keptAside"]] == (["Overview"] if what == "table" else [])


def test_things_that_lie_over_cells_go_from_a_sheet_only_if_they_are_on_its_copy(
    on_the_web: Open, book: Path
) -> None:
    before = book_of(book)
    kinds = ["Line", "Unsupported", "Image", "GeometricShape"]
    before["sheets"][2] |= {"shapes": kinds, "comments": ["B7", "C8"], "notes": ["D9"]}
    on_the_web.open(before)
    outcome = on_the_web.refresh()
    assert outcome.done is not None
    (kept,) = outcome.done["keptAside"]
    assert "(pictures; shapes; comments (B7, C8, D9))" in kept["told"][0]
    ours, copy = on_the_web.book["sheets"][2], on_the_web.book["sheets"][-1]
    found = [[each[key] for key in ("shapes", "comments", "notes")] for each in (ours, copy)]
    assert found == [[["Unsupported"], [], []], [kinds, ["B7", "C8"], ["D9"]]]


def test_what_a_user_added_to_blank_cells_is_kept_aside(on_the_web: Open, book: Path) -> None:
    """Excel does not count all of them among the cells that are used."""

    def add(loaded: Workbook) -> None:
        bold = Font(bold=True)
        loaded["Overview"].conditional_formatting.add("Z200", FormulaRule(formula=["TRUE"], font=bold))
        loaded["Forecast"].conditional_formatting.add("M1:M1048576", FormulaRule(formula=["M1>8"], font=bold))
        rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
        rule.add("A300:XFD301")
        loaded["Segments"].add_data_validation(rule)
        loaded["Regions"]["Z200"].comment = Comment("Ask Anna", "Ben")
        loaded["Players"]["Z200"].fill = PatternFill("solid", fgColor="FFFFC000")
        loaded["Checks"].merge_cells("Z200:AA201")

    changed(book, add)
    on_the_web.open(book_of(book))
    outcome = on_the_web.refresh()
    _, done = refreshed_as_file(book)
    assert outcome.done is not None
    told = [kept["told"] for kept in outcome.done["keptAside"]]
    assert told == [list(told_of_edits(kept)) for kept in done.kept_aside]
    assert len(told) == 6


def test_a_typed_formula_that_spills_goes_on_doing_so_on_the_copy(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    cells = before["sheets"][2]["cells"]
    cells["N2"] = {"formula": "=MARKETBOOK.KEY_PLAYERS(mb_market)", "value": "one", "spill": "N2:N3"}
    cells["N3"] = {"value": "another"}
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    copy = on_the_web.book["sheets"][-1]
    assert copy["name"] == "Forecast (edited)"
    assert copy["cells"]["N2"]["formula"] == "=MARKETBOOK.KEY_PLAYERS(mb_market)"
    assert copy["cells"]["N3"]["value"] == ""  # else the formula would show #SPILL!


def test_a_name_of_one_sheet_follows_its_cells_to_the_copy_and_back(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    before["sheets"][2]["cells"]["M3"] = {"value": "mine"}
    name = {"name": "my_cell", "refersTo": "=Forecast!$M$3", "isVisible": True}
    before["sheets"].append(sheet("Model", names=[name]))
    on_the_web.open(before)
    assert on_the_web.refresh(cancel_at="Writing Lists").kind == "AbortError"
    assert changes(on_the_web.book, before) == []
    assert not on_the_web.refresh().failure
    model = next(each for each in on_the_web.book["sheets"] if each["name"] == "Model")
    assert [each["refersTo"] for each in model["names"]] == ["='Forecast (edited)'!$M$3"]


def test_hidden_sheets_stay_hidden_and_their_copies_are_shown(on_the_web: Open, book: Path) -> None:
    change_cell(book, FORECAST, "B8", "<c {style}><v>9.99</v></c>")
    with Package.open(book) as package:
        part = workbook_part(package).part
        text = package[part]
        for name, state in {"Overview": "hidden", "Forecast": "veryHidden", "Regions": "veryHidden"}.items():
            mark = rf'(<sheet [^>]*name="{name}"[^>]*state=")visible'
            text = re.sub(mark.encode(), rf"\1{state}".encode(), text)
        package.replace(part, text)
        package.save(book)
    assert_same_as_file(on_the_web, book)
    shown = {each["name"]: each["visibility"] for each in on_the_web.book["sheets"]}
    assert (shown["Overview"], shown["Regions"]) == ("Hidden", "VeryHidden")
    assert (shown["Forecast"], shown["Forecast (edited)"]) == ("VeryHidden", "Visible")


@pytest.mark.parametrize("names", ["_mb_", ".*"], ids=["hidden", "all"])
def test_sheets_whose_names_were_deleted_are_known_by_their_titles(
    on_the_web: Open, book: Path, names: str
) -> None:
    forget(book, names)
    assert_same_as_file(on_the_web, book)


@pytest.mark.parametrize("last", ["B2", "H60000"], ids=["small", "larger than any of ours"])
def test_a_user_s_sheet_with_the_title_of_a_lost_one_stays_as_it_is(
    on_the_web: Open, book: Path, last: str
) -> None:
    def own(loaded: Workbook) -> None:
        del loaded["Players"]
        sheet = loaded.create_sheet("Players")
        sheet["A1"] = "=mb_market"
        sheet[last] = 1
        sheet.protection.sheet = True

    changed(book, own)
    forget(book, "_mb_")
    before = book_of(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    assert on_the_web.book["sheets"][-1] == before["sheets"][-1]
    assert len(on_the_web.book["sheets"]) == len(before["sheets"])


def test_new_sheets_come_with_their_charts_where_excel_can_insert_them(
    browser: Browser, excel_server: ExcelServer, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with excel_on_the_web(browser, excel_server) as excel_for_mac:
        excel_for_mac.set(insertsCharts=True)
        assert_same_as_file(excel_for_mac, tmp_path / "book.xlsx", SEED)


@pytest.mark.parametrize("version", [1.9, 1.12, 1.14])
def test_an_older_excel(
    browser: Browser, excel_server: ExcelServer, book: Path, tmp_path: Path, version: float
) -> None:
    with excel_on_the_web(browser, excel_server, requirements={**REQUIREMENTS, "ExcelApi": version}) as older:
        choose(book, "B5", MEMBRANE)
        assert_same_as_file(older, book)
        openpyxl.Workbook().save(tmp_path / "blank.xlsx")
        assert_same_as_file(older, tmp_path / "blank.xlsx", SEED)


def test_dates_that_count_from_1904(on_the_web: Open, book: Path) -> None:
    with Package.open(book) as package:
        part = workbook_part(package).part
        package.replace(part, re.sub(rb"<workbookPr(?=[ /])", b'<workbookPr date1904="1"', package[part]))
        package.save(book)
    assert_same_as_file(on_the_web, book)


def test_hidden_rows_stay_hidden(on_the_web: Open, book: Path) -> None:
    before = book_of(book)
    before["sheets"][2]["hiddenRows"] = [5, 6]
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    assert on_the_web.book["sheets"][2]["hiddenRows"] == [5, 6]


def test_the_workbook_is_calculated_at_the_end(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    assert not on_the_web.refresh().failure
    assert on_the_web.page.evaluate("standIn.workbook._calculations") == 1


def test_progress_is_told_by_texts_and_counts(on_the_web: Open, book: Path) -> None:
    on_the_web.open(book_of(book))
    said = on_the_web.refresh().said
    assert [text for text, *_ in said[:3]] == [
        "Reading the workbook",
        "Asking Marketbook",
        "Keeping the sheets as they are",
    ]
    counted = [(done, total) for _, done, total in said if total]
    assert counted == sorted(counted)
    assert counted[-1] == (10, 10)
