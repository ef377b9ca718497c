"""Sources of the selected cell: what the functions say, with the values that the arguments have."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from tests.addin.web.names.conftest import Opened, OpenedAtServer
from tests.conftest import SEED
from tests.web.books import Book, book_of
from tests.web.made_books import book, sheet
from udfs.registry import FUNCTIONS
from workbook.template import write_workbook

CELLS = {
    "A1": {"value": SEED},
    "A2": {"value": 2028},
    "A3": {"value": ""},
    "A4": {"value": {"error": "#N/A"}},
    "B1": {"value": "Device"},
    "B2": {"value": "CT"},
    "C1": {"value": 2023},
    "C2": {"value": 2033},
    "E1": {"value": "Year"},
    "F1": {"value": "The [Market]"},
    "E2": {"value": 2023},
    "F2": {"value": SEED},
    "E3": {"value": 2033},
    "F3": {"value": "Tea"},
}
NAMES = [
    {"name": "market", "refersTo": "=Model!$A$1", "isVisible": True},
    {"name": "unit", "refersTo": '="USD million"', "isVisible": True},
    {"name": "lost", "refersTo": "=Model!#REF!", "isVisible": True},
]
OWN = [{"name": "market", "refersTo": "='It''s here'!$A$9", "isVisible": True}]
TABLES = {"Facts": {"area": "E1:F3", "columns": ["Year", "The [Market]"]}}


def model(formula: str, at: str = "D2", **cell: Any) -> Book:
    cells = {**CELLS, at: {"value": 5, "formula": formula, **cell}}
    here = {"A1": {"value": SEED}, "A9": {"value": "Nothing"}, "D5": {"value": 2023}, "D6": {"value": 2033}}
    others = sheet("It's here", here, names=OWN)
    return book(sheet("Model", cells, tableParts=TABLES), others, names=NAMES, selection=at)


def reason(function: str, *arguments: Any) -> str:
    return FUNCTIONS[function].outcome(*arguments).reason


EXPRESSIONS: dict[str, tuple[Any, ...]] = {
    "MARKET_SIZE(A1,2028)": ("MARKET_SIZE", SEED, 2028),
    "MARKETBOOK.MARKET_SIZE($A$1,A2,B2)": ("MARKET_SIZE", SEED, 2028, "CT"),
    "_xldudf_MARKETBOOK_MARKET_SIZE(market,,,unit)": ("MARKET_SIZE", SEED, None, None, "USD million"),
    f'[1]!MARKET_SIZE("{SEED}",-1)': ("MARKET_SIZE", SEED, -1),
    "MARKET_SIZE('It''s here'!A1,C1:C2)": ("MARKET_SIZE", SEED, [[2023], [2033]]),
    "MARKET_SIZE(A1,{2023,2028})": ("MARKET_SIZE", SEED, [[2023, 2028]]),
    "MARKET_SIZE(A1,A3)": ("MARKET_SIZE", SEED, 0),
    "MARKET_SIZE(A1,A4)": ("MARKET_SIZE", SEED, FUNCTIONS["MARKET_SIZE"]("Nothing")),
    'MARKET_SIZE(A1&"",IF(A3="",A2,1))': ("MARKET_SIZE", SEED, 2028),
    'SEGMENT_SHARE(A1,B1&"/"&B2,C1)': ("SEGMENT_SHARE", SEED, "Device/CT", 2023),
    "MARKET_SIZE(Facts[@[The '[Market']]],Facts[[#This Row],[Year]])": ("MARKET_SIZE", SEED, 2023),
    "MARKET_SIZE(A1,Facts[Year])": ("MARKET_SIZE", SEED, [[2023], [2033]]),
    "MARKET_SIZE(A1,@C1:C2)": ("MARKET_SIZE", SEED, 2033),
    "MARKET_SIZE(A1,INDEX('It''s here'!D:D,6))": ("MARKET_SIZE", SEED, 2033),
    "MARKET_SIZE(A1,INDEX('It''s here'!$C:$E,5,2))": ("MARKET_SIZE", SEED, 2023),
    "MARKET_SIZE(A1,INDEX('It''s here'!6:6,4))": ("MARKET_SIZE", SEED, 2033),
    "MARKET_SIZE(A1,INDEX('It''s here'!5:6,2,4))": ("MARKET_SIZE", SEED, 2033),
    "MARKET_CAGR(A1)": ("MARKET_CAGR", SEED),
    "KEY_PLAYERS(A1)": ("KEY_PLAYERS", SEED),
    "CAGR_PROJECT(8.6,4.3%,5)": ("CAGR_PROJECT", 8.6, 0.043, 5),
    'MARKET_LIST("imaging outs")': ("MARKET_LIST", "imaging outs"),
}


def in_one_row(formulas: Iterable[str]) -> Book:
    """A workbook with formulas in row 2, from column G on."""
    here = model("=1")
    for column, formula in enumerate(formulas, start=7):
        here["sheets"][0]["cells"][f"{get_column_letter(column)}2"] = {"value": 5, "formula": formula}
    return here


def sources_at(excel: Opened, column: int) -> list[Book]:
    """The sources of a cell of that row."""
    place = f"{get_column_letter(column)}2"
    excel.host.page.evaluate("place => { standIn.settings.book.selection = place; }", place)
    found = excel.call("sources.js", "sourcesOfSelection")
    assert found["place"] == f"Model!{place}"
    sources: list[Book] = found["sources"]
    return sources


def test_the_reason_is_that_of_the_function(opened_at_server: OpenedAtServer) -> None:
    with opened_at_server(in_one_row(f"=IFERROR({formula},0)" for formula in EXPRESSIONS)) as excel:
        for column, (formula, asked) in enumerate(EXPRESSIONS.items(), start=7):
            reasons = [source["reason"] for source in sources_at(excel, column)]
            assert reasons == [reason(*asked)], formula


def test_each_call_of_a_formula_is_there_once(opened_at_server: OpenedAtServer) -> None:
    formula = "=MARKET_SIZE(A1,2023)/MARKET_SIZE(A1,2033)+MARKETBOOK.MARKET_SIZE(A1,2023)"
    with opened_at_server(model(formula)) as excel:
        found = excel.call("sources.js", "sourcesOfSelection")
    assert found["sources"] == [
        {"call": "MARKET_SIZE(A1,2023)", "reason": reason("MARKET_SIZE", SEED, 2023)},
        {"call": "MARKET_SIZE(A1,2033)", "reason": reason("MARKET_SIZE", SEED, 2033)},
    ]


ONLY_EXCEL = [
    "YEAR(A2)",
    "C1:C2+1",
    "[2]Data!A1",
    "nowhere",
    "Facts[[Year]:[The '[Market']]]",
    "A1 A2",
    "YEAR(A2)+" + "1+" * 40 + "1",
]


def test_an_argument_that_only_excel_knows_is_named(opened_at_server: OpenedAtServer) -> None:
    formulas = [f"=MARKET_SIZE(A1,{argument})+MARKET_SIZE(A1,2023)" for argument in ONLY_EXCEL]
    with opened_at_server(in_one_row(formulas)) as excel:
        for column, argument in enumerate(ONLY_EXCEL, start=7):
            unknown, known = sources_at(excel, column)
            assert unknown["reason"].startswith(f"Only Excel knows the value of {argument[:60]}")
            assert unknown["reason"].endswith("Enter it in a cell of its own, and refer to that cell.")
            assert len(unknown["reason"]) < 170
            assert known["reason"] == reason("MARKET_SIZE", SEED, 2023)


def test_a_variable_is_not_the_name_that_is_like_it(opened_at_server: OpenedAtServer) -> None:
    formula = (
        '=LET(market,"Tea",MARKET_SIZE(market,2028)+MARKET_SIZE($A$1,2023)*MARKET_SIZE(Model!market,2023))'
    )
    with opened_at_server(in_one_row([formula])) as excel:
        variable, cell, name = (source["reason"] for source in sources_at(excel, 7))
    assert variable.startswith("Only Excel knows the value of market.")
    assert cell == name == reason("MARKET_SIZE", SEED, 2023)


def test_a_cell_without_our_functions_has_no_sources(opened_at_server: OpenedAtServer) -> None:
    formulas = ["=SUM(A1)", "=MY_MARKET_SIZE(A1)", "MARKET_SIZE(A1)"]
    with opened_at_server(in_one_row(formulas)) as excel:
        assert [sources_at(excel, column) for column in range(7, 11)] == [[]] * 4


def test_a_cell_that_a_formula_spills_into_has_its_sources(opened_at_server: OpenedAtServer) -> None:
    spilling = model("=MARKET_SIZE(A1,C1:C2)", spill="D2:D3") | {"selection": "D3"}
    spilling["sheets"][0]["cells"]["D3"] = {"value": 6}
    with opened_at_server(spilling) as excel:
        found = excel.call("sources.js", "sourcesOfSelection")
    assert found["place"] == "Model!D3"
    assert found["sources"][0]["reason"] == reason("MARKET_SIZE", SEED, [[2023], [2033]])


def test_a_name_of_the_sheet_goes_before_one_of_the_workbook(opened_at_server: OpenedAtServer) -> None:
    here = model("=1")
    here["sheets"][1]["cells"]["B1"] = {"value": 1, "formula": "=MARKET_SIZE(market)"}
    with opened_at_server(here | {"active": "It's here", "selection": "B1"}) as excel:
        (source,) = excel.call("sources.js", "sourcesOfSelection")["sources"]
    assert source["reason"] == reason("MARKET_SIZE", "Nothing")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    write_workbook(path, SEED)
    return path


def shapes(here: Book) -> dict[str, tuple[str, str]]:
    """A cell, with its sheet, for each way in which the formulas of visible sheets are written."""
    found: dict[str, tuple[str, str]] = {}
    for each in here["sheets"]:
        for place, cell in each["cells"].items() if each["visibility"] == "Visible" else ():
            if any(f"{name}(" in cell.get("formula", "") for name in FUNCTIONS):
                found.setdefault(re.sub(r"\d+", "1", cell["formula"]), (each["name"], place))
    return found


def test_every_kind_of_formula_on_report_sheets_has_its_sources(
    opened_at_server: OpenedAtServer, report: Path
) -> None:
    here = book_of(report)
    cells = list(shapes(here).values())
    assert len(cells) > 40
    with opened_at_server(here) as excel:
        for active, selection in cells:
            excel.host.page.evaluate(
                "where => { Object.assign(standIn.settings.book, where); }",
                {"active": active, "selection": selection},
            )
            found = excel.call("sources.js", "sourcesOfSelection")["sources"]
            assert found, (active, selection)
            unknown = [each["reason"] for each in found if each["reason"].startswith("Only Excel")]
            # a call in an argument of another one, which has its own source beside it
            assert all("INDEX(MARKET_INFO(" in why for why in unknown), (active, selection, unknown)
            assert len(unknown) < len(found)
