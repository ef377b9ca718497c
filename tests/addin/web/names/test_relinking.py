"""Formulas of the open workbook get the names that this Excel knows, and what cannot be changed is said."""

import re

import pytest

from tests.addin.web.names.conftest import Opened, opened
from tests.browser import Browser
from tests.web.books import Book
from tests.web.made_books import book, sheet
from tests.workbook.package.test_calls import FORMS
from workbook.dependency_graph import NAMESPACE

HERE = ("MARKETBOOK.MARKET_SIZE", "MARKETBOOK.MARKET_SOURCE", "IF", "SUM")
DESKTOP = ("MARKET_SIZE", "MARKET_SOURCE", "IF", "SUM")


def formula(text: str, value: object = 5, **others: object) -> Book:
    return {"formula": text, "value": value, **others}


def formulas(excel: Opened, at: int = 0) -> dict[str, object]:
    cells = excel.host.book["sheets"][at]["cells"]
    return {place: cell.get("formula", cell["value"]) for place, cell in cells.items()}


def test_every_form_is_changed_for_this_excel(browser: Browser) -> None:
    cells = {f"A{row}": formula(f"={form}") for row, form in enumerate(FORMS, start=1)}
    with opened(browser, book(sheet("S", cells))) as excel:
        done = excel.call("relinking.js", "relink", "web")
        now = formulas(excel)
    assert all(f"{NAMESPACE}.MARKET_SIZE(" in str(text) for text in now.values())
    assert "_xldudf_" not in str(now)
    assert done == {"count": sum(now[place] != cells[place]["formula"] for place in cells), "note": ""}


def test_only_cells_that_change_are_written(browser: Browser) -> None:
    cells = {
        "A1": formula("=MARKET_SIZE(1)"),
        "A2": formula("=[1]!MARKET_SIZE(2)"),
        "A3": formula("=MARKETBOOK.MARKET_SIZE(3)", 7),
        "A4": formula("=SUM(A1:A3)", 17),
        "A5": {"value": "=MARKET_SIZE(1)"},
        "A6": {"value": "MARKET_SIZE(1)"},
        "B9": formula('=IF(_xldudf_MARKETBOOK_MARKET_SOURCE(1)="","MARKET_SIZE(",@MARKET_SIZE(1))'),
    }
    with opened(browser, book(sheet("S", cells), sheet("T", {"A1": formula("=MARKET_SIZE(9)")}))) as excel:
        excel.knows(*HERE)
        assert excel.call("relinking.js", "relink", "web") == {"count": 4, "note": ""}
        assert excel.host.book["sheets"][0]["cells"] == cells | {
            "A1": formula("=MARKETBOOK.MARKET_SIZE(1)", 1),
            "A2": formula("=MARKETBOOK.MARKET_SIZE(2)", 1),
            "B9": formula('=IF(MARKETBOOK.MARKET_SOURCE(1)="","MARKET_SIZE(",@MARKETBOOK.MARKET_SIZE(1))', 1),
        }
        assert formulas(excel, 1) == {"A1": "=MARKETBOOK.MARKET_SIZE(9)"}
        before = excel.host.book
        assert excel.call("relinking.js", "relink", "web") == {"count": 0, "note": ""}
        assert excel.host.book == before
        excel.knows(*DESKTOP)
        assert excel.call("relinking.js", "relink", "desktop") == {"count": 5, "note": ""}
        assert formulas(excel)["A2"] == "=MARKET_SIZE(2)"


def test_a_formula_in_a_cell_of_the_format_text_stays_a_formula(browser: Browser) -> None:
    cells = {
        "A1": formula("=MARKET_SIZE(1)"),
        "A2": formula("=MARKET_SIZE(2)", look={"numberFormat": "@"}),
        "A3": formula("=MARKET_SIZE(3)"),
    }
    with opened(browser, book(sheet("S", cells))) as excel:
        excel.knows(*HERE)
        done = excel.call("relinking.js", "relink", "web")
        assert formulas(excel) == {
            "A1": "=MARKETBOOK.MARKET_SIZE(1)",
            "A2": "=MARKET_SIZE(2)",
            "A3": "=MARKETBOOK.MARKET_SIZE(3)",
        }
    assert done["count"] == 2
    assert done["note"].endswith("in cells of the format Text, so these stay as they are: S!A2.")


def test_cells_that_show_name_are_entered_again(browser: Browser) -> None:
    stuck = {"error": "#NAME?"}
    cells = {
        "A1": formula("=MARKETBOOK.MARKET_SIZE(1)", stuck),
        "A2": formula("=MARKETBOOK.MARKET_SIZE(2)", 7),
        "A3": formula("=MARKETBOOK.MARKET_SIZE(3)+other()", stuck),
        "A4": formula("=other()", stuck),
    }
    with opened(browser, book(sheet("S", cells))) as excel:
        excel.knows(*HERE)
        assert excel.call("relinking.js", "relink", "web") == {"count": 2, "note": ""}
        now = {place: cell["value"] for place, cell in excel.host.book["sheets"][0]["cells"].items()}
        assert now == {"A1": 1, "A2": 7, "A3": stuck, "A4": stuck}


def test_where_all_cells_show_name_it_is_said_that_they_still_do(browser: Browser) -> None:
    cells = {f"A{row}": formula(f"=MARKET_SIZE({row})", {"error": "#NAME?"}) for row in range(1, 9)}
    with opened(browser, book(sheet("S", cells))) as excel:
        excel.knows()
        with pytest.raises(AssertionError, match="Excel has not loaded the add-in's functions"):
            excel.call("relinking.js", "relink", "web")
        assert formulas(excel) == {place: cell["formula"] for place, cell in cells.items()}


@pytest.mark.parametrize(
    ("to", "known", "other"), [("desktop", HERE, "MARKETBOOK.MARKET_SIZE"), ("web", (), "MARKET_SIZE")]
)
def test_names_that_this_excel_does_not_know_are_not_written(
    browser: Browser, to: str, known: tuple[str, ...], other: str
) -> None:
    cells = {f"A{row}": formula(f"={other}({row})") for row in range(1, 9)}
    with opened(browser, book(sheet("S", cells))) as excel:
        excel.knows(*known)
        with pytest.raises(AssertionError, match=r"so their cells would show #NAME\?. Nothing was changed"):
            excel.call("relinking.js", "relink", to)
        assert formulas(excel) == {place: cell["formula"] for place, cell in cells.items()}


def test_arrays_stay_whole_and_what_excel_refuses_is_said(browser: Browser) -> None:
    array = "=MARKET_SERIES(1)"
    cells = {place: formula(array, 1, array="A1:A2") for place in ("A1", "A2")}
    cells |= {
        "A3": formula(array, 3, spill="A3:B4"),
        "A4": {"value": 4},
        "B3": {"value": 5},
        "B4": {"value": 6},
    }
    cells |= {"C1": formula("=MARKET_SIZE(1)"), "C2": formula(array, 1, array="C2:C2")}
    cells |= {place: formula(array, 1, array="D1:D2") for place in ("D1", "D2")}
    cells |= {"D3": formula("=MARKET_SIZE(1)")}
    with opened(browser, book(sheet("S", cells))) as excel:
        done = excel.call("relinking.js", "relink", "web")
        assert formulas(excel) == {
            "A1": array,
            "A2": array,
            "A3": "=MARKETBOOK.MARKET_SERIES(1)",
            "A4": 4,
            "B3": 5,
            "B4": 6,
            "C1": "=MARKETBOOK.MARKET_SIZE(1)",
            "C2": "=MARKETBOOK.MARKET_SERIES(1)",
            "D1": array,
            "D2": array,
            "D3": "=MARKETBOOK.MARKET_SIZE(1)",
        }
        assert done == {"count": 4, "note": "Excel refused to change S!A1, S!A2, S!D1 and S!D2."}


def test_a_cell_that_another_formula_fills_is_left_even_if_it_shows_that_formula(browser: Browser) -> None:
    array = "=MARKET_SERIES(1)"
    cells = {"A1": formula(array, 1, spill="A1:A2"), "A2": formula(array, 2)}
    with opened(browser, book(sheet("S", cells))) as excel:
        assert excel.call("relinking.js", "relink", "web") == {"count": 1, "note": ""}
        assert formulas(excel) == {"A1": "=MARKETBOOK.MARKET_SERIES(1)", "A2": array}


def test_protected_sheets_are_named_and_the_others_are_done(browser: Browser) -> None:
    sheets = [sheet(name, {"A1": formula("=MARKET_SIZE(1)")}, isProtected=name < "C") for name in "ABCD"]
    with opened(browser, book(*sheets, sheet("Empty"), sheet("Locked", isProtected=True))) as excel:
        done = excel.call("relinking.js", "relink", "web")
        assert done == {
            "count": 2,
            "note": "The sheets A and B are protected, so their formulas stay as they are.",
        }
        assert [formulas(excel, at)["A1"] for at in range(4)] == [
            *["=MARKET_SIZE(1)"] * 2,
            *["=MARKETBOOK.MARKET_SIZE(1)"] * 2,
        ]


def test_names_of_the_workbook_and_of_sheets_are_changed(browser: Browser) -> None:
    name = {"name": "size", "refersTo": "=MARKET_SIZE(1)*2", "isVisible": False}
    other = {"name": "rate", "refersTo": "=0.1", "isVisible": True}
    with opened(browser, book(sheet("S", names=[name]), names=[name, other])) as excel:
        assert excel.call("relinking.js", "relink", "web") == {"count": 2, "note": ""}
        changed = name | {"refersTo": "=MARKETBOOK.MARKET_SIZE(1)*2"}
        assert excel.host.book["names"] == [changed, other]
        assert excel.host.book["sheets"][0]["names"] == [changed]


def test_nothing_is_lost_if_excel_fails_in_the_middle(browser: Browser) -> None:
    cells = {f"A{row}": formula(f"=MARKET_SIZE({row})", row) for row in range(1, 2101)}
    with opened(browser, book(sheet("S", cells))) as excel:
        for request in range(1, 12):
            excel.host.set(failsIn=request)
            try:
                excel.call("relinking.js", "relink", "web")
            except AssertionError as failure:
                assert "refuses" in str(failure)
            now = formulas(excel)
            assert [re.sub("MARKETBOOK.", "", str(now[place])) for place in cells] == [
                cell["formula"] for cell in cells.values()
            ]
        excel.host.set(failsIn=0)
        excel.call("relinking.js", "relink", "web")
        assert all("MARKETBOOK." in str(now) for now in formulas(excel).values())


_TOO_LONG = """async () => {
    const { Range } = await import("https://appsforoffice.microsoft.com/standin/ranges.js");
    const name = Object.getPrototypeOf(standIn.workbook.names.getItemOrNullObject("long"));
    const { Refusal } = await import("https://appsforoffice.microsoft.com/standin/errors.js");
    for (const [prototype, property] of [[Range.prototype, "formulas"], [name, "formula"]]) {
        const { get, set } = Object.getOwnPropertyDescriptor(prototype, property);
        Object.defineProperty(prototype, property, { get, set(given) {
            if ([given].flat(2).some((formula) => formula.length > 8192)) {
                throw new Refusal("InvalidArgument", "The argument is invalid.");
            }
            set.call(this, given);
        } });
    }
}"""


def test_a_formula_that_would_be_too_long_is_named_and_the_others_are_changed(browser: Browser) -> None:
    long = "=" + "+".join(["MARKET_SIZE(1)"] * 540)
    cells = {f"A{row}": formula(f"=MARKET_SIZE({row})", row) for row in range(2, 9)}
    cells |= {"A1": formula(long, 1), "A5": formula(long, 5)}
    names = [
        {"name": name, "refersTo": refers, "isVisible": True}
        for name, refers in (("long", long), ("short", "=MARKET_SIZE(1)"))
    ]
    with opened(browser, book(sheet("S", cells), names=names)) as excel:
        excel.host.page.evaluate(_TOO_LONG)
        done = excel.call("relinking.js", "relink", "web")
        assert done == {"count": 7, "note": "Excel refused to change S!A1, S!A5 and the name long."}
        left = [place for place, text in formulas(excel).items() if "MARKETBOOK." not in str(text)]
        assert left == ["A5", "A1"]
        assert [name["refersTo"] for name in excel.host.book["names"]] == [long, "=MARKETBOOK.MARKET_SIZE(1)"]


def test_it_waits_until_the_cell_that_somebody_edits_is_left(browser: Browser) -> None:
    with opened(browser, book(sheet("S", {"A1": formula("=MARKET_SIZE(1)")}))) as excel:
        excel.host.set(editing=True)
        excel.host.page.evaluate("() => { setTimeout(() => { standIn.settings.editing = false; }, 300); }")
        assert excel.call("relinking.js", "relink", "web")["count"] == 1
        assert formulas(excel) == {"A1": "=MARKETBOOK.MARKET_SIZE(1)"}


def test_two_hundred_sheets_take_few_requests(browser: Browser) -> None:
    sheets = [
        sheet(f"S{at}", {f"A{row}": formula(f"=MARKET_SIZE({row})") for row in range(1, 51)})
        for at in range(200)
    ]
    with opened(browser, book(*sheets)) as excel:
        assert excel.call("relinking.js", "relink", "web")["count"] == 10_000
        assert excel.host.requests < 230
        assert formulas(excel, 199)["A50"] == "=MARKETBOOK.MARKET_SIZE(50)"


def test_a_long_sheet_is_read_in_pieces_that_excel_can_send(browser: Browser) -> None:
    text = "MARKET_SIZE(" + "x" * 100
    cells = {f"{column}{row}": {"value": text} for column in "ABC" for row in range(1, 8001)}
    cells |= {"C8000": formula("=MARKET_SIZE(1)"), "A1": formula("=MARKET_SIZE(1)")}
    with opened(browser, book(sheet("Long", cells))) as excel:
        assert excel.call("relinking.js", "relink", "web") == {"count": 2, "note": ""}
        assert excel.cell("Long", "C8000")["formula"] == "=MARKETBOOK.MARKET_SIZE(1)"


def test_progress_is_told(browser: Browser) -> None:
    with opened(browser, book(*[sheet(name, {"A1": formula("=MARKET_SIZE(1)")}) for name in "AB"])) as excel:
        told = excel.host.page.evaluate(
            """async () => {
                const { relink } = await import("/excel/scripts/names/relinking.js");
                const told = [];
                await relink("web", { onProgress: (...now) => told.push(now) });
                return told;
            }"""
        )
    assert told == [
        ["Reading formulas", 0, 2],
        ["Writing formulas on A", 0, 2],
        ["Writing formulas on B", 1, 2],
    ]
