"""References to the cells of a rebuilt sheet follow them, or are listed."""

import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from workbook.package import Block, Package, Relocation, relocate, sheet_contents

DOWN = Relocation((Block(23, 60, 7, {3: 3, 4: 4, 5: 5}),), {}, {(1, 1)})
APART = Relocation((Block(6, 40, 6, {1: 1, 2: 2, 7: 8}),), {(10, 2): (11, 5)})


def book(formulas: dict[str, str]) -> Package:
    made = openpyxl.Workbook()
    made.active.title = "Model"
    for at, formula in formulas.items():
        made.active[at] = f"={formula}"
    made.create_sheet("Segments")["A1"] = "title"
    made.create_sheet("Year's path")["A1"] = "title"
    stream = io.BytesIO()
    made.save(stream)
    return Package.from_bytes(stream.getvalue())


def followed(formula: str) -> tuple[str | None, list[str]]:
    package = book({"A1": formula})
    lost = relocate(package, {"Segments": DOWN, "Year's path": APART}, ["Segments", "Year's path"])
    return sheet_contents(package, "Model")["A1"].formula, lost


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Segments!C23", "Segments!C7"),
        ("segments!$C$23*2", "segments!$C$7*2"),
        ("SUM(Segments!C23:E25)", "SUM(Segments!C7:E9)"),
        ("SUM(Segments!C:C)", "SUM(Segments!C:C)"),
        ("Segments!A1&C23", "Segments!A1&C23"),
        ("'Year''s path'!G6&\"Segments!C23\"", "'Year''s path'!H6&\"Segments!C23\""),
        ("SUM('Year''s path'!$G:$G)", "SUM('Year''s path'!$H:$H)"),
        ("'Year''s path'!J2", "'Year''s path'!K5"),
        ("[1]Segments!C23+Other!C23", "[1]Segments!C23+Other!C23"),
    ],
)
def test_a_reference_follows_its_cell(was: str, now: str) -> None:
    assert followed(was) == (now, [])


@pytest.mark.parametrize(
    "formula",
    [
        "Segments!A5",  # neither moved nor the same
        "SUM(Segments!B23:C24)",  # half of it has gone
        "SUM('Year''s path'!B6:G7)",  # torn apart
        "SUM(Segments!23:24)",
        "SUM(Segments:Model!C23)",
        "Segments!C1000",
    ],
)
def test_a_reference_that_cannot_follow_is_listed_and_stays(formula: str) -> None:
    assert followed(formula) == (formula, ["Model!A1"])


@given(st.integers(23, 60), st.integers(23, 60), st.sampled_from("CDE"), st.booleans())
def test_every_cell_of_a_block_moves_alike(first: int, last: int, column: str, absolute: bool) -> None:
    mark = "$" if absolute else ""
    was = f"SUM(Segments!{mark}{column}{mark}{first}:{mark}{column}{mark}{last})"
    now = f"SUM(Segments!{mark}{column}{mark}{first - 16}:{mark}{column}{mark}{last - 16})"
    package = book({"A1": was})
    assert relocate(package, {"Segments": DOWN}, []) == []
    assert sheet_contents(package, "Model")["A1"].formula == now


def test_charts_formats_validations_and_names_follow() -> None:
    made = openpyxl.Workbook()
    model, segments = made.active, made.create_sheet("Segments")
    model.title = "Model"
    chart = BarChart()
    chart.add_data(Reference(segments, min_col=3, min_row=23, max_row=26))
    model.add_chart(chart, "D4")
    model.conditional_formatting.add("A1:A3", FormulaRule(["Segments!$C$23>1"]))
    listed = DataValidation(type="list", formula1="Segments!$C$23:$C$26")
    model.add_data_validation(listed)
    listed.add("B1")
    made.defined_names["mine"] = DefinedName("mine", attr_text="Segments!$D$24")
    stream = io.BytesIO()
    made.save(stream)
    package = Package.from_bytes(stream.getvalue())
    assert relocate(package, {"Segments": DOWN}, ["Segments"]) == []
    everything = b"".join(package[part] for part in package if part.endswith(".xml"))
    assert re.findall(rb"'?Segments'?!\$?[A-Z]\$?2\d", everything) == []
    assert b"Segments!$C$7&gt;1" in everything
    assert b"Segments!$C$7:$C$10" in everything
    assert b"'Segments'!$C$7:$C$10" in everything
    assert openpyxl.load_workbook(io.BytesIO(package.to_bytes())).defined_names["mine"].attr_text == (
        "Segments!$D$8"
    )


def test_a_shared_formula_moves_only_with_a_block_that_moves_as_a_whole() -> None:
    package = book({"A1": "Segments!C23", "A2": "1", "B1": "'Year''s path'!A6", "B2": "1"})
    sheet = package["xl/worksheets/sheet1.xml"]
    for column, number in (("A", b"0"), ("B", b"1")):
        sheet = re.sub(
            rb'(<c r="%b1"[^>]*><f)(>)' % column.encode(),
            rb'\1 t="shared" ref="%b1:%b2" si="%b"\2' % (column.encode(), column.encode(), number),
            sheet,
        )
        sheet = re.sub(
            rb'(<c r="%b2"[^>]*>)<f>1</f>' % column.encode(), rb'\1<f t="shared" si="%b"/>' % number, sheet
        )
    package.replace("xl/worksheets/sheet1.xml", sheet)
    apart = Relocation((Block(6, 40, 8, {1: 1, 2: 3}),), {})
    assert relocate(package, {"Segments": DOWN, "Year's path": apart}, []) == ["Model!B1"]
    contents = sheet_contents(package, "Model")
    assert [contents[at].formula for at in ("A1", "A2")] == ["Segments!C7", "Segments!C8"]
    assert [contents[at].formula for at in ("B1", "B2")] == ["'Year''s path'!A6", "'Year''s path'!A7"]


def test_nothing_else_changes() -> None:
    package = book({"A1": "Model!A2", "A2": "1+1"})
    before = dict(package)
    assert relocate(package, {"Segments": DOWN}, []) == []
    assert dict(package) == before
    assert not package.changed
