"""The calculation chain of a workbook into which sheets are grafted."""

from tests.workbook.package.grafting import USER, grafted
from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.synthetic import OFFICE, SPREADSHEET, package_bytes
from workbook.package import Package, graft
from workbook.package.edits.calculation_chain import drop_from_chain
from workbook.package.opc.relationships import ContentTypes
from workbook.package.sheets.workbook_part import workbook_part


def chained(entries: str) -> dict:
    chain = f'<calcChain xmlns="urn:x">{entries}</calcChain>'
    link = f'<Relationship Id="chain" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>'
    declared = f'<Override PartName="/xl/calcChain.xml" ContentType="{SPREADSHEET}.calcChain+xml"/>'
    return {"links": link, "types": declared, "parts": {"xl/calcChain.xml": chain}}


def test_the_calculation_chain_loses_the_replaced_sheets_entries():
    entries = '<c r="B1" i="3"/><c r="B4" i="4"/><c r="B5"/><c r="B6" l="1"/>'
    entries += '<c r="B1" i="3" s="1"/><c r="B2" i="5"/>'
    package = grafted(package_bytes({"User": USER}, **chained(entries)))
    assert entries.encode() in package["xl/calcChain.xml"]
    graft(package, report(9.0), SHEETS, MARKS)
    assert b'<c r="B1" i="3"/><c r="B1" i="3" s="1"/></calcChain>' in package["xl/calcChain.xml"]


def test_an_entry_of_the_chain_is_told_its_sheet_where_the_one_before_told_it():
    entries = '<c r="A1" i="1"/><c r="A1" i="2"/><c r="B1"/><c r="C1"/>'
    package = Package.from_bytes(package_bytes({"User": USER, "Two": USER}, **chained(entries)))
    book, types = workbook_part(package), ContentTypes(package)
    drop_from_chain(book, types, lambda sheet, cell: (sheet, cell) == (2, "A1"))
    kept = '<c r="A1" i="1"/><c i="2" r="B1"/><c r="C1"/>'
    assert kept.encode() in package["xl/calcChain.xml"]


def test_an_empty_calculation_chain_goes_with_its_references():
    package = grafted(package_bytes({"User": USER}, **chained('<c r="B4" i="4"/><c r="B5"></c>')))
    graft(package, report(9.0), SHEETS, MARKS)
    assert "xl/calcChain.xml" not in package
    assert b"calcChain" not in package["[Content_Types].xml"] + package["xl/_rels/workbook.xml.rels"]
