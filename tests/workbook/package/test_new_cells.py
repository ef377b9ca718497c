"""New cells in a sheet of the user's: read back as written, everything else to the byte as it was."""

import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, NamedStyle
from openpyxl.worksheet.table import Table

from addin.libreoffice import Office
from tests.workbook.package.synthetic import MAIN, package_bytes, sheet_xml
from workbook.package import ErrorValue, Missing, NewCell, Package, PackageError, Refused, add_cells
from workbook.package.sheets.cells import column_name
from workbook.package.sheets.contents import Content, sheet_contents
from workbook.package.sheets.new_cells import with_cells

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), TEXTS, st.booleans(), st.just(ErrorValue("#N/A"))
)
PLACES = st.builds(lambda column, row: f"{column_name(column)}{row}", st.integers(1, 40), st.integers(1, 40))
CELLS = st.dictionaries(PLACES, VALUES, max_size=12)
SHAPES = (
    {"r": True, "prefix": ""},
    {"r": False, "prefix": ""},
    {"r": True, "prefix": "x:"},
)


def made(there: dict[str, object], shape: dict[str, object]) -> bytes:
    """A sheet with numbers in some cells, as programs write one: prefixed, or without references."""
    rows: dict[int, dict[int, object]] = {}
    for place, value in there.items():
        letters = place.rstrip("0123456789")
        rows.setdefault(int(place[len(letters) :]), {})[openpyxl.utils.column_index_from_string(letters)] = (
            value
        )
    p = shape["prefix"]
    xml = ""
    for number in range(1, max(rows, default=0) + 1):
        if number not in rows:
            xml += "" if shape["r"] else f"<{p}row/>"
            continue
        inside = ""
        for column in range(1, max(rows[number]) + 1):
            at = f' r="{column_name(column)}{number}"' if shape["r"] else ""
            if column in rows[number]:
                inside += f"<{p}c{at}><{p}v>1</{p}v></{p}c>"
            elif not shape["r"]:
                inside += f"<{p}c/>"
        at = f' r="{number}"' if shape["r"] else ""
        xml += f"<{p}row{at}>{inside}</{p}row>"
    declared = f'xmlns:x="{MAIN}"' if p else f'xmlns="{MAIN}"'
    data = f"<{p}sheetData>{xml}</{p}sheetData>" if xml else f"<{p}sheetData/>"
    return f"<{p}worksheet {declared}>{data}<{p}pageMargins left='1'/></{p}worksheet>".encode()


def contents(sheet: bytes) -> dict[str, Content]:
    return sheet_contents(Package.from_bytes(package_bytes({"User": sheet.decode()})), "User")


@given(CELLS, CELLS, st.sampled_from(SHAPES))
def test_what_is_written_is_read_and_all_else_is_as_it_was(there, fresh, shape) -> None:
    fresh = {place: value for place, value in fresh.items() if place not in there}
    before = made(there, shape)
    after = with_cells(before, {place: NewCell(value) for place, value in fresh.items()})
    read = contents(after)
    assert {place: read[place].value for place in there} == dict.fromkeys(there, 1.0)
    assert {place: content.value for place, content in read.items() if place not in there} == {
        place: value for place, value in fresh.items() if value != ""
    }
    opened = openpyxl.load_workbook(io.BytesIO(package_bytes({"User": after.decode()})))
    assert set(there) <= {cell.coordinate for row in opened["User"] for cell in row if cell.value is not None}


@given(CELLS, CELLS)
def test_nothing_but_the_new_cells_comes_in(there, fresh) -> None:
    """Without the new cells, and the rows that hold nothing else, the bytes are the old ones."""
    fresh = {place: NewCell(0.5) for place in fresh if place not in there}
    before = made(there, SHAPES[0])
    after = with_cells(before, fresh)
    for place in fresh:
        cell = f'<c r="{place}"><v>0.5</v></c>'.encode()
        assert after.count(cell) == 1
        after = after.replace(cell, b"")
    after = re.sub(rb'<row r="\d+"></row>', b"", after)
    assert after.replace(b"<sheetData></sheetData>", b"<sheetData/>") == before


def test_rows_of_every_kind_take_cells_in_order() -> None:
    rows = '<row r="2" s="3" customFormat="1"/>'
    rows += '<row r="4" spans="2:3"><c r="B4" s="5"/><c r="C4"><v>1</v></c></row>'
    sheet = sheet_xml(rows, head='<dimension ref="B4:C4"/>').encode()
    written = with_cells(
        sheet,
        {
            "D4": NewCell(2.0, "C4*2"),
            "A2": NewCell(True),
            "B4": NewCell("a < b"),
            "A4": NewCell(ErrorValue("#N/A"), style=7),
            "A3": NewCell(formula="1+1"),
        },
    )
    expected = (
        '<row r="2" s="3" customFormat="1"><c r="A2" s="3" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f></c></row>'
        '<row r="4" spans="1:4"><c r="A4" s="7" t="e"><v>#N/A</v></c>'
        '<c r="B4" s="5" t="inlineStr"><is><t xml:space="preserve">a &lt; b</t></is></c>'
        '<c r="C4"><v>1</v></c><c r="D4"><f>C4*2</f><v>2</v></c></row>'
    )
    assert written.decode() == sheet_xml(expected, head='<dimension ref="A2:D4"/>')
    assert with_cells(sheet, {}) == sheet


REFUSED = {
    "not blank": ("C4", "The cell C4 is not blank"),
    "merged": ("F7", "The cell F7 is part of a merged cell"),
    "array": ("H3", "The cell H3 is part of an array formula"),
    "data table": ("K2", "The cell K2 is part of a data table"),
}
ROWS = (
    '<row r="2"><c r="H2"><f t="array" ref="H2:H4">X()</f><v>1</v></c>'
    '<c r="J2"><f t="dataTable" ref="J2:K3" dt2D="1" r1="A1"/><v>1</v></c></row>'
    '<row r="4"><c r="C4"><v>1</v></c></row>'
)
MERGED = '<mergeCells count="1"><mergeCell ref="E7:F7"/></mergeCells>'


@pytest.mark.parametrize("case", REFUSED)
def test_cells_that_belong_to_something_are_refused(case: str) -> None:
    place, message = REFUSED[case]
    with pytest.raises(Refused, match=message):
        with_cells(sheet_xml(ROWS, tail=MERGED).encode(), {place: NewCell(1.0)})


def test_the_first_cell_of_a_merged_one_can_be_written() -> None:
    assert b'<c r="E7">' in with_cells(sheet_xml(ROWS, tail=MERGED).encode(), {"E7": NewCell(1.0)})


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        ("XFE1", NewCell(1.0)),
        ("A1048577", NewCell(1.0)),
        ("a1", NewCell(1.0)),
        ("A0", NewCell(1.0)),
        ("A1", NewCell("x" * 32_768)),
        ("A1", NewCell(1.0, formula="")),
        ("A1", NewCell(float("inf"))),
    ],
)
def test_what_excel_cannot_hold_is_refused(place: str, cell: NewCell) -> None:
    with pytest.raises(PackageError):
        with_cells(sheet_xml().encode(), {place: cell})


def test_rows_out_of_order_are_refused() -> None:
    sheet = sheet_xml('<row r="4"/><row r="2"/>').encode()
    with pytest.raises(Refused, match="not in order"):
        with_cells(sheet, {"A3": NewCell(1.0)})


@pytest.fixture
def styled() -> Package:
    book = openpyxl.Workbook()
    book.add_named_style(NamedStyle("Figure", font=Font(bold=True), number_format="0.00"))
    book.active.append(["Year", "Size"])
    book.active.append([2028, 1])
    book.active.add_table(Table(displayName="Sizes", ref="A1:B4", totalsRowCount=1))
    out = io.BytesIO()
    book.save(out)
    return Package.from_bytes(out.getvalue())


def test_cells_can_have_a_style_by_its_name(styled: Package, office: Office, tmp_path) -> None:
    cells = {"D2": NewCell(8.6, style="Figure"), "D3": NewCell(17.2, "D2*2", "Figure")}
    add_cells(styled, "Sheet", cells)
    add_cells(styled, "Sheet", {"D4": NewCell("total", style="Figure")})
    shown = openpyxl.load_workbook(io.BytesIO(styled.to_bytes()))["Sheet"]
    assert [shown[place].style for place in ("D2", "D3", "D4", "A1")] == ["Figure"] * 3 + ["Normal"]
    assert (shown["D2"].font.b, shown["D2"].number_format, shown["D3"].value) == (True, "0.00", "=D2*2")
    assert styled["xl/styles.xml"].count(b"<xf ") == 4
    path = tmp_path / "book.xlsx"
    path.write_bytes(styled.to_bytes())
    assert office.recalculate(path) == {("Sheet", "D3"): 17.2}
    with pytest.raises(Missing, match="no cell style named Nonesuch"):
        add_cells(styled, "Sheet", {"D5": NewCell(1.0, style="Nonesuch")})


@pytest.mark.parametrize(("place", "what"), [("B4", "totals"), ("A1", "header")])
def test_a_table_s_header_and_totals_are_refused(styled: Package, place: str, what: str) -> None:
    with pytest.raises(Refused, match=f"The cell {place} is part of a table's {what}"):
        add_cells(styled, "Sheet", {place: NewCell(1.0)})
    add_cells(styled, "Sheet", {"A3": NewCell(2029.0)})
