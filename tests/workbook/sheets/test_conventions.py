"""Rules for every sheet: what a finance team expects, on the screen and on paper."""

import re
from collections.abc import Iterator

import pytest
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.workbook import Workbook

from workbook.formulas import Expr
from workbook.report import Cell, Report, ReportSheet
from workbook.styles import CROSS_SHEET_GREEN, INPUT_BLUE, SMALLEST, add_styles, style

_BOOK = Workbook()
add_styles(_BOOK)
_STYLES = {named.name: named for named in _BOOK._named_styles if named.name.startswith("Marketbook ")}
_BOARD_PAGE = "Overview"
"""It is set as a page, in tiles and panels; the rules for tables do not hold there."""
_CHOICES = {("Start", place) for place in ("B5", "B6", "B7", "B8", "B9", "A22")} | {
    ("Assumptions", f"{column}{row}") for column in "BCDE" for row in (6, 7)
}
_NAME = re.compile(r"mb_[a-z_]+")
_PAGE_WIDTH = 770 / 5.25
"""The width of A4 in landscape between the margins, in characters."""


def visible(report: Report) -> Iterator[ReportSheet]:
    yield from (sheet for sheet in report.sheets if not sheet.hidden)


def cells(report: Report) -> Iterator[tuple[str, str, Cell]]:
    for sheet in visible(report):
        for place, cell in sheet.cells.items():
            yield sheet.title, place, cell


def row_of(place: str) -> int:
    return int(re.sub("[A-Z]", "", place))


def column_of(place: str) -> int:
    return column_index_from_string(re.sub("[0-9]", "", place))


def is_in(place: str, area: str) -> bool:
    left, top, right, bottom = range_boundaries(area)
    return left <= column_of(place) <= right and top <= row_of(place) <= bottom


def test_no_font_is_smaller_than_nine_points() -> None:
    assert {name: named.font.sz for name, named in _STYLES.items() if named.font.sz < SMALLEST} == {}


def test_nothing_is_printed_smaller_than_nine_points(any_report: Report) -> None:
    for sheet in visible(any_report):
        printed = sheet.printed
        assert printed is not None, sheet.title
        right, bottom = column_of(printed.area.split(":")[1]), row_of(printed.area.split(":")[1])
        scale = printed.scale / 100 or min(1, _PAGE_WIDTH / sum(sheet.widths[:right]))
        fonts = [
            _STYLES[style(cell.look)].font.sz
            for place, cell in sheet.cells.items()
            if column_of(place) <= right and row_of(place) <= bottom
        ]
        assert min(fonts) * scale >= SMALLEST - 0.05, sheet.title


def test_headers_are_frozen_only_above_tables_longer_than_a_screen(any_report: Report) -> None:
    for sheet in visible(any_report):
        if sheet.freeze:
            assert sheet.freeze.startswith("A"), f"{sheet.title}: a frozen column cuts through the title"
            frozen = row_of(sheet.freeze)
            assert max(row_of(p) for p, c in sheet.cells.items() if c.value not in ("", None)) > 32
            assert all(row_of(chart.area.split(":")[0]) >= frozen for chart in sheet.charts), sheet.title


def test_numbers_are_on_the_right_and_texts_on_the_left(any_report: Report) -> None:
    for title, place, cell in cells(any_report):
        alignment = _STYLES[style(cell.look)].alignment.horizontal
        if isinstance(cell.value, float) and not cell.look.startswith("Input"):
            assert alignment == "right", f"{title}!{place}"
        elif isinstance(cell.value, str) and cell.value and title != _BOARD_PAGE:
            is_number_column = cell.look.startswith(("Header number", "Year", "Size", "Percent"))
            assert alignment == "left" or is_number_column, f"{title}!{place}"


def test_inputs_are_blue_and_nothing_else_is(any_report: Report) -> None:
    entered = {
        (title, place)
        for title, place, cell in cells(any_report)
        for name, (sheet, area) in any_report.names.items()
        if name.startswith("mb_assumptions_") and title == sheet and not isinstance(cell.content, Expr)
        if is_in(place, area) and cell.look != "Header" and cell.look != "Header number"
    }
    for title, place, cell in cells(any_report):
        blue = _STYLES[style(cell.look)].font.color.rgb == INPUT_BLUE
        is_input = (title, place) in _CHOICES or (title, place) in entered
        assert blue is is_input, f"{title}!{place}"


def test_links_to_other_sheets_are_green_and_nothing_else_is(any_report: Report) -> None:
    heads = ("Title", "Subtitle", "Banner", "Note", "Remark", "Header")
    for title, place, cell in cells(any_report):
        green = _STYLES[style(cell.look)].font.color.rgb == CROSS_SHEET_GREEN
        name = cell.formula or ""
        links = bool(_NAME.fullmatch(name)) and any_report.names[name][0] != title
        is_sample = (title, place) == ("Start", "A24")
        if not cell.look.startswith(heads) and title != _BOARD_PAGE:
            assert green is (links or is_sample), f"{title}!{place}"


def test_figures_are_formulas_wherever_they_are_not_as_printed(any_report: Report) -> None:
    for title, place, cell in cells(any_report):
        if isinstance(cell.value, float) and title not in ("Start", "Assumptions", "Sources"):
            assert isinstance(cell.content, Expr) or title == "Checks", f"{title}!{place} is typed in"


@pytest.mark.parametrize("look", ["Size", "Percent", "Percent stated", "Percent fine", "Figure"])
def test_negative_figures_are_in_brackets(look: str) -> None:
    code = _STYLES[style(look)].number_format
    assert "(" in code or look == "Size", code


def test_negative_sizes_are_in_brackets(any_report: Report) -> None:
    for sheet in visible(any_report):
        for column in {re.sub("[0-9]", "", p) for p, c in sheet.cells.items() if c.look == "Size row"}:
            rules = [rule for rule in sheet.rules if rule.area.startswith(column)]
            assert any(rule.look == "Negative size" for rule in rules), f"{sheet.title}!{column}"


def test_years_have_no_separator() -> None:
    assert _STYLES[style("Year")].number_format == "0_)"


def test_a_tiny_difference_is_a_dash() -> None:
    code = _STYLES[style("Difference")].number_format
    assert code.startswith("[>=0.0005]")
    assert code.endswith('"–"_)')


def test_sizes_in_one_table_have_the_decimals_that_suit_them(report: Report) -> None:
    cells = report.sheet("Forecast").cells
    formats = {cells[f"{column}{row}"].number_format for column in "BE" for row in range(6, 17)}
    assert len(formats) == 1
    assert "#,##0.0_)" in formats.pop()


def test_texts_that_explain_stand_outside_the_print_area(report: Report) -> None:
    for title in ("Forecast", "Segments", "Regions"):
        sheet = report.sheet(title)
        header = next(
            place for place, cell in sheet.cells.items() if str(cell.value).startswith("Source in full")
        )
        assert sheet.printed is not None
        assert column_of(header) > column_of(sheet.printed.area.split(":")[1])
