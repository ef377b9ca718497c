"""Convert to values in the open workbook leaves what freezing the file leaves, or nothing is changed."""

import contextlib
import re
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.addin.web.names.conftest import opened
from tests.browser import Browser
from tests.conftest import SEED
from tests.web.books import Book, book_of
from tests.web.made_books import book, sheet
from workbook.freezing import freeze_file
from workbook.package import ErrorValue, Package, set_cached_values
from workbook.refresh import refresh_file

MODEL = {
    "A1": ('MARKET_SIZE("X",2033)', 13.1),
    "A2": ("A1*2", 26.2),
    "A3": ('_xldudf_MARKETBOOK_MARKET_SOURCE("X")', "1-2"),
    "A4": ('IF(_xlfn.SINGLE([1]!MARKET_SIZE("X"))>1,"=b","")', "=b"),
    "A5": ('"MARKET_SIZE("', "MARKET_SIZE("),
    "A6": ('MARKET_SIZE("X",1999)', ErrorValue("#N/A")),
    "B1": ("MARKET_LIST()", "one"),
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's workbook with our report sheets, and formulas of the user's."""
    path = tmp_path_factory.mktemp("converting") / "model.xlsx"
    own = Workbook()
    model = own.active
    assert model is not None
    model.title = "Model"
    for place, (formula, _) in MODEL.items():
        model[place] = f"={formula}"
    model["B1"] = ArrayFormula("B1:B3", "=MARKET_LIST()")
    model["B2"], model["B3"] = "two", "three"
    own.save(path)
    refresh_file(path, SEED, user_sheets=False)
    with Package.open(path) as package:
        set_cached_values(package, "Model", {place: value for place, (_, value) in MODEL.items()})
        package.save(path)
    return path


def comparable(book: Book) -> Book:
    """What a reader sees, and what a refresh would read. What a cell has beside its style does not matter."""
    sheets = [
        {
            **sheet,
            "cells": {
                at: {key: value for key, value in cell.items() if key != "look"}
                for at, cell in sheet["cells"].items()
                if cell != {"value": ""}
            },
        }
        for sheet in book["sheets"]
    ]
    names = sorted((each["name"], each["refersTo"], each["isVisible"]) for each in book["names"])
    return {"sheets": sheets, "names": names, "parts": book["parts"]}


def test_it_is_as_the_frozen_file(browser: Browser, workbook: Path, tmp_path: Path) -> None:
    freeze_file(workbook, tmp_path / "frozen.xlsx")
    frozen = comparable(book_of(tmp_path / "frozen.xlsx"))
    with opened(browser, book_of(workbook)) as excel:
        done = excel.call("converting.js", "convertToValues")
        now = comparable(excel.host.book)
    for one, other in zip(now.pop("sheets"), frozen.pop("sheets"), strict=True):
        assert one.pop("cells") == other.pop("cells"), one["name"]
        assert one == other
    assert now == frozen
    assert done["count"] > 1000
    assert done["note"] == "Errors became values in Model!A6."


def formula(text: str, value: object, **others: object) -> Book:
    return {"formula": text, "value": value, **others}


def model(**cells: Book) -> Book:
    return book(sheet("Model", cells), sheet("It's mine", {"A1": formula("=MARKETBOOK.MARKET_LIST()", "X")}))


def test_only_what_calls_our_functions_is_converted_on_the_user_s_sheets(browser: Browser) -> None:
    cells = model(
        A1=formula("=MARKETBOOK.MARKET_SIZE(1)", 8.6),
        A2=formula("=MARKETBOOK.MARKET_SIZE(2)", 9.6),
        B1=formula("=MARKET_SOURCE(1)", "1-2"),
        B2=formula("=SUM(A1:A2)", 18.2),
        C1={"value": "=MARKET_SIZE(1)"},  # a text
        D1=formula("=XLWINGS.MARKET_SIZE(3)", {"error": "#N/A"}),
        E1=formula("=ACME.MARKET_SIZE(3)", 1),  # of another add-in, or a LAMBDA
    )
    with opened(browser, cells) as excel:
        done = excel.call("converting.js", "convertToValues")
        assert excel.host.book["sheets"][0]["cells"] == {
            "A1": {"value": 8.6},
            "A2": {"value": 9.6},
            "B1": {"value": "1-2"},
            "B2": formula("=SUM(A1:A2)", 18.2),
            "C1": {"value": "=MARKET_SIZE(1)"},
            "D1": {"value": {"error": "#N/A"}},
            "E1": formula("=ACME.MARKET_SIZE(3)", 1),
        }
        assert excel.host.book["names"] == []  # a mark would keep the workbook from a first refresh
    assert done == {"count": 5, "note": "Errors became values in Model!D1."}


def test_arrays_stay_whole(browser: Browser) -> None:
    array = "=MARKETBOOK.MARKET_SERIES(1)"
    cells = {place: formula(array, at, array="A1:B2") for at, place in enumerate(("A1", "B1", "A2", "B2"))}
    cells |= {"A3": formula("=MARKETBOOK.MARKET_SIZE(1)", 5), "D1": formula(array, 6, spill="D1:D2")}
    with opened(browser, book(sheet("S", cells | {"D2": {"value": 7}}))) as excel:
        assert excel.call("converting.js", "convertToValues")["count"] == 6
        assert excel.host.book["sheets"][0]["cells"] == {
            place: {"value": value}
            for place, value in zip(
                ("A1", "B1", "A2", "B2", "A3", "D1", "D2"), (0, 1, 2, 3, 5, 6, 7), strict=True
            )
        }


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("#BUSY!", "Excel still calculates Model!B2. Try again when all values are there."),
        ("#NAME?", "Excel does not know the functions in Model!B2 by these names."),
    ],
)
def test_a_cell_without_a_value_stops_it_before_anything_is_changed(
    browser: Browser, value: str, told: str
) -> None:
    cells = model(A1=formula("=MARKET_SIZE(1)", 8.6), B2=formula("=MARKET_SIZE(2)", {"error": value}))
    with opened(browser, cells) as excel:
        before = excel.host.book
        with pytest.raises(AssertionError, match=re.escape(told)):
            excel.call("converting.js", "convertToValues")
        assert excel.host.book == before


def test_a_protected_sheet_stops_it_before_anything_is_changed(browser: Browser) -> None:
    cells = model(A1=formula("=MARKET_SIZE(1)", 8.6))
    cells["sheets"][1]["isProtected"] = True
    with opened(browser, cells) as excel:
        before = excel.host.book
        with pytest.raises(
            AssertionError, match=r"The sheet It's mine is protected\. Unprotect it, and try again"
        ):
            excel.call("converting.js", "convertToValues")
        assert excel.host.book == before


def test_names_that_call_our_functions_are_said(browser: Browser) -> None:
    cells = model() | {
        "names": [{"name": "size", "refersTo": "=MARKETBOOK.MARKET_SIZE(1)", "isVisible": True}]
    }
    with opened(browser, cells) as excel:
        done = excel.call("converting.js", "convertToValues")
    assert done["note"] == "Defined names still call Marketbook's functions: size."


def test_nothing_is_lost_if_excel_fails_in_the_middle(browser: Browser) -> None:
    cells = {f"A{row}": formula(f"=MARKET_SIZE({row})", row) for row in range(1, 2101)}
    with opened(browser, book(sheet("S", cells))) as excel:
        for request in range(1, 12):
            excel.host.set(failsIn=request)
            with contextlib.suppress(AssertionError):
                excel.call("converting.js", "convertToValues")
            now = excel.host.book["sheets"][0]["cells"]
            assert {place: cell["value"] for place, cell in now.items()} == {
                place: cell["value"] for place, cell in cells.items()
            }
        excel.host.set(failsIn=0)
        assert excel.call("converting.js", "convertToValues")["note"] == ""
        assert not any("formula" in cell for cell in excel.host.book["sheets"][0]["cells"].values())


def test_what_excel_cannot_undo_in_one_step_is_done_without(browser: Browser) -> None:
    cells = {f"A{row}": formula(f"=MARKET_SIZE({row})", row) for row in range(1, 2101)}
    with opened(browser, book(sheet("S", cells)), ExcelApi="1.20") as excel:
        assert excel.host.page.evaluate("Office.context.requirements.isSetSupported('ExcelApi', '1.20')")
        for request in range(3, 14):  # before, it is only told not to calculate
            excel.host.set(failsIn=request, failure="UndoNotSupported")
            excel.call("converting.js", "convertToValues")
            now = excel.host.book["sheets"][0]["cells"]
            assert now == {place: {"value": cell["value"]} for place, cell in cells.items()}
            excel.host.page.evaluate("cells => { standIn.settings.book.sheets[0].cells = cells; }", cells)


def test_an_excel_without_spills_is_served_too(browser: Browser) -> None:
    cells = model(A1=formula("=MARKETBOOK.MARKET_SIZE(1)", 8.6))
    with opened(browser, cells, ExcelApi="1.9") as excel:
        assert not excel.host.page.evaluate("Office.context.requirements.isSetSupported('ExcelApi', '1.12')")
        assert excel.call("converting.js", "convertToValues")["count"] == 2


def test_converted_twice_is_as_once(browser: Browser, workbook: Path) -> None:
    with opened(browser, book_of(workbook)) as excel:
        excel.call("converting.js", "convertToValues")
        before = excel.host.book
        assert excel.call("converting.js", "convertToValues") == {"count": 0, "note": ""}
        assert excel.host.book == before
