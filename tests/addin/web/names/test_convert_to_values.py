"""What Excel can do while formulas become values: calculate, refuse, and have other formulas that follow."""

from typing import Any

import pytest

from tests.addin.web.names.conftest import Opened, opened
from tests.browser import Browser
from tests.web.books import Book
from tests.web.made_books import book, sheet

BUSY = {"error": "#BUSY!"}
LIST, SIZE = "=MARKETBOOK.MARKET_LIST()", "=MARKETBOOK.MARKET_SIZE(A1,2028)"

_COPYING = """async (before) => {
    const { Range } = await import("https://appsforoffice.microsoft.com/standin/ranges.js");
    const { Refusal } = await import("https://appsforoffice.microsoft.com/standin/errors.js");
    const { addressOf, areaOf, common, holds } = await import(
        "https://appsforoffice.microsoft.com/standin/addresses.js");
    const copy = Range.prototype.copyFrom;
    const does = new Function("area", "sheet", "book", "Refusal", "addressOf", "areaOf", "common", before);
    Range.prototype.copyFrom = function (...given) {
        const { sheet, book } = this._cells;
        if (does(addressOf(this._area), sheet, book, Refusal, addressOf, areaOf, common) !== false) {
            copy.apply(this, given);
        }
    };
}"""


def copying(excel: Opened, before: str) -> None:
    """Let Excel do something each time before it copies an area's values: nothing is copied after `false`."""
    excel.host.page.evaluate(_COPYING, before)


def formula(text: str, value: object, **others: object) -> Book:
    return {"formula": text, "value": value, **others}


def cells(excel: Opened, at: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = excel.host.book["sheets"][at]["cells"]
    return found


def convert(excel: Opened) -> Book:
    done: Book = excel.call("converting.js", "convertToValues")
    return done


SPILL: Book = {
    "B1": formula(LIST, "Tea", spill="B1:B3"),
    "B2": {"value": "Coffee"},
    "B3": {"value": "Beer"},
}


def test_what_refers_to_a_spill_refers_to_its_cells_then(browser: Browser) -> None:
    own = SPILL | {
        "C1": formula('=ROWS(B1#)+COUNTA($B$1#)&"B1#"&B$1:B1#', "x"),
        "C2": formula("=ROWS(D1#)", 1),
        "D1": formula("=SORT(A1:A9)", 1, spill="D1:D9"),
        "E1": formula("=UPPER(b1#)", "TEA", spill="E1:E3"),
    }
    other = {"A1": formula("=COUNTA('It''s mine'!$B1#)", 3), "A2": formula("=COUNTA(B1#)", 0)}
    names = [
        {"name": "markets", "refersTo": "='It''s mine'!$B$1#", "isVisible": True},
        {"name": "others", "refersTo": "='It''s mine'!$D$1#", "isVisible": True},
    ]
    with opened(browser, book(sheet("It's mine", own), sheet("Other", other), names=names)) as excel:
        assert convert(excel) == {"count": 1, "note": ""}
        now = cells(excel)
        assert [now[place] for place in ("B1", "B2", "B3")] == [
            {"value": v} for v in ("Tea", "Coffee", "Beer")
        ]
        assert now["C1"]["formula"] == '=ROWS(B1:B3)+COUNTA($B$1:$B$3)&"B1#"&B$1:B1#'
        assert now["C2"] == own["C2"]
        assert now["E1"]["formula"] == "=UPPER(B1:B3)"
        assert cells(excel, 1)["A1"]["formula"] == "=COUNTA('It''s mine'!$B1:$B3)"
        assert cells(excel, 1)["A2"] == other["A2"]
        refers = [name["refersTo"] for name in excel.host.book["names"]]
        assert refers == ["='It''s mine'!$B$1:$B$3", "='It''s mine'!$D$1#"]


@pytest.mark.parametrize(
    ("follower", "protected", "told"),
    [
        (formula("=ROWS(S!B1#)", 3), True, "The sheet T is protected. Unprotect it, and try again."),
        (formula("=S!B1#", 3, array="A1:A2"), False, "Excel refused to change T!A1 and T!A2"),
    ],
)
def test_a_formula_that_cannot_follow_stops_it(
    browser: Browser, follower: Book, protected: bool, told: str
) -> None:
    theirs = {"A1": follower, "A2": follower if "array" in follower else {"value": ""}}
    with opened(browser, book(sheet("S", SPILL), sheet("T", theirs, isProtected=protected))) as excel:
        before = excel.host.book
        with pytest.raises(AssertionError, match=told):
            convert(excel)
        assert excel.host.book == before


def test_nothing_is_calculated_meanwhile(browser: Browser) -> None:
    own = SPILL | {"A1": formula("=INDEX(MARKETBOOK.MARKET_LIST(),1)", "Tea"), "A2": formula(SIZE, 8.6)}
    with opened(browser, book(sheet("S", own), calculation="AutomaticExceptTables")) as excel:
        copying(
            excel,
            """if (book.calculation !== "Manual") {
                for (const cell of Object.values(sheet.cells).filter(({ formula }) => formula)) {
                    cell.value = { error: "#BUSY!" };
                }
            }""",
        )
        assert convert(excel) == {"count": 3, "note": ""}
        assert {place: cell["value"] for place, cell in cells(excel).items()} == {
            place: cell["value"] for place, cell in own.items()
        }
        assert excel.host.book["calculation"] == "AutomaticExceptTables"


def test_the_workbook_is_calculated_again_after_a_failure(browser: Browser) -> None:
    with opened(browser, book(sheet("S", {"A2": formula(SIZE, 8.6)}))) as excel:
        for request in range(1, 14):
            excel.host.set(failsIn=request)
            excel.host.page.evaluate("standIn.settings.book.sheets[0].cells.A2.formula = '=MARKET_SIZE(1)'")
            try:
                convert(excel)
            except AssertionError as failure:
                assert "refuses" in str(failure)
            assert excel.host.book["calculation"] == "Automatic", request


def test_a_value_that_changed_all_the_same_is_said(browser: Browser) -> None:
    own = {f"A{row}": formula(f"=MARKET_SIZE({row})", row) for row in range(1, 4)}
    with opened(browser, book(sheet("S", own))) as excel:
        copying(excel, 'sheet.cells.A2.value = { error: "#BUSY!" };')
        told = "The values of S!A2 changed meanwhile. Use Undo, or your copy, and try again."
        assert convert(excel) == {"count": 3, "note": told}


def test_a_cell_that_waits_stops_it_on_marketbook_s_sheets_too(browser: Browser) -> None:
    mark = {"name": "_mb_sheet_overview", "refersTo": "=Overview!$A$1:$B$9", "isVisible": False}
    here = book(sheet("Overview", {"A1": formula("=Data!A1*2", BUSY)}), names=[mark])
    with opened(browser, here) as excel:
        with pytest.raises(AssertionError, match="Excel still calculates Overview!A1"):
            convert(excel)
        assert excel.host.book == here


MERGED = """
    const parts = sheet.merged.filter((each) => {
        const inside = common(areaOf(each), areaOf(area));
        return inside && addressOf(inside) !== each;
    });
    if (parts.length || common(areaOf("A7"), areaOf(area))) {
        throw new Refusal("InvalidOperation", "We can't do that to a merged cell.");
    }
"""


def test_one_cell_does_not_keep_the_others_from_becoming_values(browser: Browser) -> None:
    own = {f"{column}{row}": formula(SIZE, row) for column in "AB" for row in range(1, 10)}
    own |= {"D5": formula(SIZE, 5)}
    with opened(browser, book(sheet("S", own, merged=["D5:E6"]))) as excel:
        copying(excel, MERGED)
        assert convert(excel) == {"count": 18, "note": "Excel refused to convert S!A7."}
        assert [place for place, cell in cells(excel).items() if "formula" in cell] == ["A7"]


def test_what_is_a_formula_still_is_said_and_the_workbook_is_not_marked(browser: Browser) -> None:
    mark = {"name": "_mb_sheet_overview", "refersTo": "=S!$A$1:$B$9", "isVisible": False}
    own = {"A1": formula(SIZE, 1), "A2": formula(SIZE, 2), "B1": formula("=1+1", 2)}
    with opened(browser, book(sheet("S", own), names=[mark])) as excel:
        copying(excel, 'return !area.startsWith("A");')
        assert convert(excel) == {"count": 1, "note": "Excel refused to convert S!A1 and S!A2."}
        assert excel.host.book["names"] == [mark]


def test_names_of_sheets_that_call_our_functions_are_said(browser: Browser) -> None:
    name = {"name": "size", "refersTo": SIZE, "isVisible": True}
    with opened(browser, book(sheet("S", {"A1": formula(SIZE, 1)}, names=[name]))) as excel:
        assert convert(excel)["note"] == "Defined names still call Marketbook's functions: size."


def test_a_card_is_no_error(browser: Browser) -> None:
    value = {"error": "#VALUE!"}
    own = {place: formula("=MARKETBOOK.MARKET_CARD(1)", value) for place in ("A1", "A2")}
    with opened(browser, book(sheet("S", own))) as excel:
        excel.host.page.evaluate(
            """async () => {
                const { Range } = await import("https://appsforoffice.microsoft.com/standin/ranges.js");
                Object.defineProperty(Range.prototype, "text", { get() {
                    return this._table((cell, at) => (at === "A1" ? "8.6" : cell.value.error));
                } });
            }"""
        )
        assert convert(excel) == {"count": 2, "note": "Errors became values in S!A2."}
