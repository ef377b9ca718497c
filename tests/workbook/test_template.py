"""The workbook that is written, read back with openpyxl and as bytes."""

import re
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from markets import Market
from markets.errors import BadArgument, UnknownName
from tests.conftest import CATALOG, SECOND, SEED, own_reports
from tests.workbook.reading import column, named, opened, rows
from udfs.registry import FUNCTIONS
from workbook.package import Package
from workbook.sheets import SHEETS
from workbook.template import build_report, marked_package, new_workbook

ORDER = tuple(sheet.title for sheet in SHEETS)

NATIVE = "INDEX ROWS SUM LOG10 IF IFERROR ISERROR TRUE AND OR LEN LEFT MID FIND VALUE COUNTIF INT ABS ROUND"
OTHERS = "FIXED MIN MAX CHOOSE MATCH LARGE HYPERLINK YEAR MONTH DAY RIGHT"
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
        "mb_other_year",
    ),
    *(
        "mb_banner",
        "mb_notice",
        "mb_built_market",
        "mb_built_unit",
        "mb_chosen_market",
        "mb_built_source",
        "mb_data_date",
    ),
    "mb_refreshed",
    *("mb_markets", "mb_units", "mb_measures"),
    *("mb_source", "mb_is_current", "mb_built_unit_typed", "mb_shown_unit", "mb_layout"),
    *("mb_source_choice", "mb_as_of", "mb_as_of_words", "mb_selection", "mb_all_sources", "mb_sources"),
    *("mb_built_selection", "mb_built_sources"),
    *("mb_region_count", "mb_segment_count"),
    *("mb_checks_agrees", "mb_checks_differs", "mb_checks_contradicts", "mb_checks_undecided"),
    "mb_checks_within_rounding",
    *("mb_scenario", "mb_scenarios", "mb_scenario_number", "mb_scenario_rows", "mb_own_market"),
    *("mb_scenario_year", "mb_scenario_low_end", "mb_scenario_base_end"),
    *("mb_scenario_high_end", "mb_scenario_own_end"),
    *("mb_assumptions", "mb_segments", "mb_assumption_count", "mb_assumption_counts"),
    *("mb_refused", "mb_stated_last_year", "mb_assumed_now", "mb_built_assumptions"),
    *("mb_assumptions_own", "mb_assumptions_base", "mb_assumptions_low", "mb_assumptions_high"),
}


@pytest.fixture(scope="module")
def package() -> Package:
    return new_workbook(SEED)


@pytest.fixture(scope="module")
def formulas(package: Package) -> Workbook:
    return opened(package)


@pytest.fixture(scope="module")
def values(package: Package) -> Workbook:
    return opened(package, values=True)


def test_sheets_stand_in_order_and_lists_are_hidden(formulas: Workbook) -> None:
    assert tuple(formulas.sheetnames) == ORDER
    assert [sheet.title for sheet in formulas if sheet.sheet_state != "visible"] == ["Lists"]


def test_the_file_says_what_it_is_about(formulas: Workbook) -> None:
    assert formulas.properties.title == f"{SEED}: market size, segments and sources"


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
    asia = rows(values["Regions"], "Segment")["Asia-Pacific"]
    assert asia["Share"].value in (None, "")
    assert asia["Size"].value in (None, "")
    assert asia["Status of size"].value == "not stated"
    why = "No share or size of Asia-Pacific is stated."
    assert asia["Derivation"].value == asia["Source in full"].value == why


def test_nothing_forces_excel_to_calculate(package: Package) -> None:
    workbook = package["xl/workbook.xml"]
    assert b'calcId="191029"' in workbook
    assert b'fullCalcOnLoad="1"' not in workbook


def test_no_formula_spills_and_report_sheets_use_known_functions_only(formulas: Workbook) -> None:
    native = {*NATIVE.split(), *OTHERS.split()}
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
        "B8": "mb_sources",
    }
    assert formulas.defined_names["mb_markets"].attr_text == "'Lists'!$A$2:$A$3"
    assert formulas.defined_names["mb_units"].attr_text == "'Lists'!$B$2:$B$5"
    sources = [cell.value for (cell,) in formulas["Lists"]["F2:F6"]]
    assert sources == ["latest", "median", "low", "high", "Market.us Media"]
    assert formulas.defined_names["mb_sources"].attr_text == "'Lists'!$F$2:$F$6"


def test_charts_have_alternative_text(package: Package) -> None:
    drawings = [package[part] for part in package if part.startswith("xl/drawings/drawing")]
    charts = sum(len(re.findall(rb"<(?:\w+:)?graphicFrame[ >]", drawing)) for drawing in drawings)
    texts = [text for drawing in drawings for text in re.findall(rb'descr="([^"]+)"', drawing)]
    assert len(texts) == charts > 0


def test_the_source_is_a_formula_and_the_print_set_up_names_no_market(formulas: Workbook) -> None:
    """A footer cannot follow the market that is chosen; the line below the title does."""
    for sheet in formulas:
        if sheet.sheet_state == "visible":
            assert sheet.oddFooter.left.text == "&F"
            assert sheet.print_area
            assert sheet.page_setup.orientation in ("landscape", "portrait")


def test_inputs_look_like_inputs(formulas: Workbook) -> None:
    for sheet, cell in (("Start", "B5"), ("Start", "B6"), ("Start", "B7")):
        assert formulas[sheet][cell].style == "Marketbook Input"
        assert formulas[sheet][cell].font.color.rgb == "FF0000FF"


def test_the_help_sheet_lists_every_function(values: Workbook) -> None:
    listed = {row[1].value for row in values["Start"].iter_rows(min_row=20)}
    assert {function.signature for function in FUNCTIONS.values()} <= listed


def test_names_that_look_like_formulas_are_text(second: Market) -> None:
    package = new_workbook(SECOND)
    book = opened(package)
    names = [player.name for player in second.players]
    found = [c for row in book["Sources"].iter_rows() for c in row if c.value in names]
    assert [cell.data_type for cell in found] == ["s"] * len(names)
    assert all(cell.quotePrefix for cell in found if cell.value[0] in "=@")
    values = opened(package, values=True)
    assert [cell.value for cell in column(values["Players"], "Company")] == names


def test_a_unit_is_spelled_out() -> None:
    shown = opened(new_workbook(SEED, "mn"), values=True)
    assert named(shown, "mb_unit") == "USD million"
    assert named(shown, "mb_size_base") == pytest.approx(8600)


def test_what_the_user_typed_is_what_formulas_are_computed_with() -> None:
    shown = opened(marked_package(build_report("medical imaging outsourcing", "mn")), values=True)
    assert named(shown, "mb_market") == "medical imaging outsourcing"
    assert named(shown, "mb_unit") == "mn"
    assert named(shown, "mb_built_unit") == "USD million"
    assert named(shown, "mb_chosen_market") == SEED
    assert named(shown, "mb_banner") in (None, "")


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
        book = opened(new_workbook(SECOND), values=True)
    assert named(book, "mb_share_year") == 2022
    assert [cell.value for cell in column(book["Segments"], "Share")] == [0.6, 0.3, 0.1]
