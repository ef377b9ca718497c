import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.workbook.package.synthetic import package_bytes, sheet_xml
from workbook.package import (
    ErrorValue,
    Missing,
    Package,
    PackageError,
    Refused,
    sheet_contents,
    with_cached_values,
)
from workbook.package.sheets.cells import formula_cells

SHAPES = {
    "openpyxl": '<c r="A1" s="3"><f>B1</f><v></v></c>',
    "self-closing value": '<c r="A1"><f>B1</f><v/></c>',
    "no value": "<c r='A1'><f>B1</f></c>",
    "attributes in another order": '<c t="s" s="3" r="A1"><f>B1</f><v>7</v></c>',
    "single quotes, spaces": "<c  r = 'A1'  t = 'e' ><f ca='1'>B1</f><v>#N/A</v></c>",
    "inline text": '<c r="A1" t="inlineStr"><f>B1</f><is><t>old</t></is></c>',
    "shared child": '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
    "array": '<c r="A1" cm="1"><f t="array" ref="A1:A3">B1&gt;1</f><v>1</v></c>',
    "preserved space": '<c r="A1" t="str"><f>B1</f><v xml:space="preserve"> a </v></c>',
    "with an extension": '<c r="A1"><f>B1</f><v>1</v><extLst><ext uri="x"/></extLst></c>',
    "line breaks": '<c r="A1">\n <f>B1</f>\n <v>1</v>\n</c>',
}


def read(data: bytes):
    tree = etree.fromstring(data)
    found = tree.find(".//{*}c[@r='A1']")
    return found.get("t"), found.findtext("{*}v"), found.find("{*}f"), found.find("{*}is")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.1, None, "0.1"),
        (3.0, None, "3"),
        ("a <b> & 'c'", "str", "a <b> & 'c'"),
        ("", "str", ""),
        (True, "b", "1"),
        (ErrorValue("#N/A"), "e", "#N/A"),
    ],
)
def test_a_value_in_every_shape_of_cell(shape, prefix, value, kind, text):
    rows = '<row r="1"><c r="XA1"><v>1</v></c>{}<c r="B1" t="s"><v>7</v></c></row>'
    head, tail = (_prefixed(piece, prefix) for piece in sheet_xml(rows).split("{}"))
    after = with_cached_values(
        (head + _prefixed(SHAPES[shape], prefix) + tail).encode(), {"A1": value}
    ).decode()
    assert after.startswith(head)
    assert after.endswith(tail)
    found_kind, found_text, formula, inline = read(after.encode())
    assert (found_kind, found_text) == (kind, text)
    assert formula is not None
    assert inline is None


def _prefixed(xml: str, prefix: str) -> str:
    xml = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", xml)
    return xml.replace("xmlns=", "xmlns:x=") if prefix else xml


def test_only_formula_cells_take_values():
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><f>A1</f></c></row>').encode()
    for reference in ("A1", "B1", "D1"):
        with pytest.raises(Missing, match=reference):
            with_cached_values(sheet, {reference: 1.0})
    assert b"<f>A1</f><v>2</v>" in with_cached_values(sheet, {"C1": 2.0})


def test_cells_without_references_are_counted():
    sheet = sheet_xml(
        "<row><c><v>1</v></c><c><f>A1</f><v/></c></row><row><c r='D2'/><c><f>A1</f></c></row>"
    ).encode()
    assert [cell.reference for cell in formula_cells(sheet)] == ["B1", "E2"]
    assert with_cached_values(sheet, {"B1": 1.0, "E2": 2.0}).count(b"<v>") == 3


def test_sparkline_formulas_after_the_data_are_no_cells():
    tail = '<extLst><ext xmlns:xm="urn:xm"><xm:f>Data!A1</xm:f></ext></extLst>'
    assert list(formula_cells(sheet_xml("", tail=tail).encode())) == []
    assert list(formula_cells(f'<worksheet xmlns="urn:x"><sheetData/>{tail}</worksheet>'.encode())) == []


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_no_cell_can_hold(number):
    with pytest.raises(PackageError, match="infinite"):
        with_cached_values(sheet_xml('<row r="1"><c r="A1"><f>B1</f></c></row>').encode(), {"A1": number})


def test_a_cell_without_an_end_is_refused():
    with pytest.raises(Refused, match="without an end"):
        with_cached_values(b'<worksheet><sheetData><c r="A1"><f>1</f></sheetData></worksheet>', {"A1": 1.0})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_exactly(number):
    sheet = sheet_xml('<row r="1"><c r="A1"><f>B1</f></c></row>').encode()
    assert float(read(with_cached_values(sheet, {"A1": number}))[1]) == number


@given(st.text(max_size=20))
def test_any_text_comes_back(text):
    sheet = sheet_xml('<row r="1"><c r="A1"><f>B1</f></c></row>').encode()
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    package = Package.from_bytes(package_bytes({"S": with_cached_values(sheet, {"A1": text}).decode()}))
    assert sheet_contents(package, "S")["A1"].value == text


@given(st.permutations(["A1", "B1", "C2", "AA10", "D3"]), st.integers(0, 5))
def test_several_values_at_once_equal_one_after_another(order, count):
    rows = "".join(
        f'<row><c r="{place}"><f>1</f><v>0</v></c></row>' for place in ["A1", "B1", "C2", "D3", "AA10"]
    )
    sheet = sheet_xml(rows).encode()
    values = {place: float(at) for at, place in enumerate(order[:count])}
    single = sheet
    for place, value in values.items():
        single = with_cached_values(single, {place: value})
    assert with_cached_values(sheet, values) == single


def test_cells_that_an_array_formula_fills_take_values():
    rows = (
        '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:B2">X()</f><v>1</v></c>'
        '<c r="B1" t="s"><v>3</v></c></row>'
        '<row r="2"><c r="A2" s="4"/><c r="B2" vm="1" t="e"><v>#VALUE!</v></c><c r="C2"><v>9</v></c></row>'
    )
    sheet = sheet_xml(rows).encode()
    after = with_cached_values(sheet, {"A1": 2.0, "B1": "text", "A2": True, "B2": 5.0})
    assert (
        after
        == sheet_xml(
            '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:B2">X()</f><v>2</v></c>'
            '<c r="B1" t="str"><v>text</v></c></row>'
            '<row r="2"><c r="A2" s="4" t="b"><v>1</v></c><c r="B2"><v>5</v></c><c r="C2"><v>9</v></c></row>'
        ).encode()
    )
    with pytest.raises(Missing, match="C2"):
        with_cached_values(sheet, {"C2": 1.0})
