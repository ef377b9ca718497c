"""The workbook that is written, read back with openpyxl and as bytes."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from markets import Market
from markets.errors import BadArgument, UnknownName
from tests.conftest import CATALOG, SECOND, SEED, own_reports
from udfs.registry import FUNCTIONS
from workbook.package import Package
from workbook.template import ORDER, draw_up, new_workbook

LASTING = {
    *("mb_market", "mb_unit", "mb_year_choice", "mb_base_year", "mb_first_year", "mb_last_year"),
    *(
        "mb_size_base",
        "mb_size_end",
        "mb_cagr",
        "mb_cagr_implied",
        "mb_multiple",
        "mb_added",
        "mb_share_year",
    ),
    *("mb_banner", "mb_built_market", "mb_built_unit", "mb_chosen_market", "mb_built_source", "mb_data_date"),
    "mb_refreshed",
    *("mb_markets", "mb_units", "mb_measures"),
    *("mb_region_count", "mb_segment_count"),
    *("mb_checks_agrees", "mb_checks_differs", "mb_checks_contradicts", "mb_checks_undecided"),
    "mb_checks_within_rounding",
}


@pytest.fixture(scope="module")
def package() -> Package:
    return new_workbook(SEED)


@pytest.fixture(scope="module")
def formulas(package: Package) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(package.to_bytes()))


@pytest.fixture(scope="module")
def values(package: Package) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(package.to_bytes()), data_only=True)


def named(book: Workbook, name: str) -> object:
    sheet, cell = next(iter(book.defined_names[name].destinations))
    return book[sheet][cell].value


def test_sheets_stand_in_order_and_lists_are_hidden(formulas: Workbook) -> None:
    assert tuple(formulas.sheetnames) == ORDER
    assert [sheet.title for sheet in formulas if sheet.sheet_state != "visible"] == ["Lists"]


def test_lasting_names_are_there(formulas: Workbook) -> None:
    assert {name for name in formulas.defined_names if not name.startswith("_")} == LASTING
    marks = {name for name in formulas.defined_names if name.startswith("_mb_sheet_")}
    assert marks == {f"_mb_sheet_{title.lower()}" for title in ORDER}


def test_headline_cells_carry_the_figures(values: Workbook) -> None:
    assert named(values, "mb_size_base") == 8.6
    assert named(values, "mb_size_end") == 13.1
    assert named(values, "mb_cagr") == 0.043
    assert (named(values, "mb_base_year"), named(values, "mb_last_year")) == (2023, 2033)
    assert named(values, "mb_banner") in (None, "")


def test_every_formula_carries_its_value(package: Package) -> None:
    cells = 0
    for part in package:
        if part.startswith("xl/worksheets/sheet"):
            for cell in re.findall(rb"<c [^>]*>(?:(?!</c>).)*<f>(?:(?!</c>).)*</c>", package[part]):
                cells += 1
                text = re.search(rb"<v>([^<]*)</v>", cell)
                assert text is not None, cell
                assert text[1] or b't="str"' in cell, cell
    assert cells > 300


def test_a_gap_is_blank_and_says_why(values: Workbook) -> None:
    sheet = values["Segments"]
    by_name = {row[1].value: row for row in sheet.iter_rows(min_row=23, max_row=28)}
    mri = by_name["Magnetic Resonance Imaging"]
    assert mri[2].value in (None, "")
    assert mri[3].value in (None, "")
    assert mri[4].value == 0.056
    assert mri[5].value == "not stated"
    assert mri[6].value == "No share or size of Magnetic Resonance Imaging is stated, only a CAGR of 5.6%."
    assert by_name["Computed Tomography"][2].value == 0.653


def test_nothing_forces_excel_to_calculate(package: Package) -> None:
    workbook = package["xl/workbook.xml"]
    assert b'calcId="191029"' in workbook
    assert b'fullCalcOnLoad="1"' not in workbook


def test_no_formula_spills_and_report_sheets_use_known_functions_only(formulas: Workbook) -> None:
    native = {"INDEX", "ROWS", "IF", "IFERROR", "ISERROR", "AND", "LEFT", "MID", "FIND", "VALUE", "COUNTIF"}
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                assert isinstance(cell.value, str), f"{sheet.title}!{cell.coordinate} is an array formula"
                outside_texts = re.sub(r'"[^"]*"', "", cell.value)
                assert set(re.findall(r"([A-Z_]+)\(", outside_texts)) <= native | set(FUNCTIONS)
    tables = [name for name, function in FUNCTIONS.items() if function.is_table]
    text = " ".join(
        str(c.value) for s in formulas for row in s.iter_rows() for c in row if c.data_type == "f"
    )
    for name in tables:
        assert re.search(rf"(?<!INDEX\()(?<!ROWS\()\b{name}\(", text) is None, f"{name} stands alone"


def test_drop_downs_read_ranges(formulas: Workbook) -> None:
    lists = [v for v in formulas["Start"].data_validations.dataValidation if v.type == "list"]
    assert {str(v.sqref): v.formula1 for v in lists} == {
        "B5": "mb_markets",
        "B6": "mb_units",
    }
    assert formulas.defined_names["mb_markets"].attr_text == "'Lists'!$A$2:$A$2"
    assert formulas.defined_names["mb_units"].attr_text == "'Lists'!$B$2:$B$5"


def test_charts_have_alternative_text(package: Package) -> None:
    drawings = [package[part] for part in package if part.startswith("xl/drawings/drawing")]
    texts = [re.findall(rb'descr="([^"]+)"', drawing) for drawing in drawings]
    assert [len(found) for found in texts] == [1, 1, 1]
    assert b"from 8.6 to 13.1 USD billion" in texts[0][0]
    assert b"Computed Tomography 65.3%" in texts[1][0]


def test_print_set_up_names_source_and_date(formulas: Workbook) -> None:
    for sheet in formulas:
        if sheet.sheet_state == "visible" and sheet.title != "Assumptions":
            assert sheet.oddFooter.left.text == "Source: Market.us Media, 2025-11-13"
            assert sheet.print_area
            assert sheet.page_setup.orientation == "landscape"


def test_inputs_look_like_inputs(formulas: Workbook) -> None:
    for sheet, cell in (("Start", "B5"), ("Start", "B6"), ("Assumptions", "A6")):
        assert formulas[sheet][cell].style == "Marketbook Input"
        assert formulas[sheet][cell].font.color.rgb == "FF0000FF"


def test_the_help_sheet_lists_every_function(values: Workbook) -> None:
    listed = {row[1].value for row in values["Start"].iter_rows(min_row=20)}
    assert {function.signature for function in FUNCTIONS.values()} <= listed


def test_names_that_look_like_formulas_are_text(second: Market) -> None:
    package = new_workbook(SECOND)
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    names = [player.name for player in second.players]
    found = [c for row in book["Sources"].iter_rows() for c in row if c.value in names]
    assert [cell.data_type for cell in found] == ["s"] * len(names)
    assert all(cell.quotePrefix for cell in found if cell.value[0] in "=@")
    values = openpyxl.load_workbook(io.BytesIO(package.to_bytes()), data_only=True)
    assert [values["Players"][f"B{at}"].value for at in (6, 7, 8)] == names


def test_a_unit_is_spelled_out() -> None:
    draft, _ = draw_up(SEED, "mn")
    assert draft["mb_unit"].value == "USD million"
    assert draft["mb_size_base"].value == pytest.approx(8600)


@pytest.mark.parametrize(
    ("market", "unit", "error"), [("Nothing", "", UnknownName), (SEED, "EUR", BadArgument)]
)
def test_what_cannot_be_built_is_refused(market: str, unit: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        new_workbook(market, unit)


def test_the_same_facts_make_the_same_sheets(tmp_path: Path) -> None:
    one, other = new_workbook(SEED), new_workbook(SEED)
    assert list(one) == list(other)
    differing = [part for part in one if one[part] != other[part]]
    assert set(differing) <= {"docProps/core.xml"}


def test_shares_of_an_earlier_year_than_the_base_year_fill_the_sheet(tmp_path: Path) -> None:
    text = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
    shares = text.partition("[[shares]]")[2]
    text = text.replace(shares, shares.replace("year = 2024", "year = 2022"))
    (tmp_path / "late.toml").write_text(text, encoding="utf-8")
    with own_reports(tmp_path):
        book = openpyxl.load_workbook(io.BytesIO(new_workbook(SECOND).to_bytes()), data_only=True)
    sheet = book["Segments"]
    assert sheet["B21"].value == 2022
    assert [sheet[f"C{row}"].value for row in (23, 24, 25)] == [0.6, 0.3, 0.1]
