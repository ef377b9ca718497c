"""What a sheet needs in another workbook: its formats, its links and its tables, adapted to that workbook."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.named_styles import NamedStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.synthetic import LINKS, OFFICE, package_bytes, sheet_xml
from workbook.package import Package, graft
from workbook.package.edits.features import features, foreign
from workbook.package.edits.views import view_of, with_view
from workbook.package.opc.orphans import remove_with_orphans
from workbook.package.opc.relationships import ContentTypes
from workbook.package.sheets.workbook_part import workbook_part


def packaged(book: openpyxl.Workbook) -> Package:
    out = io.BytesIO()
    book.save(out)
    return Package.from_bytes(out.getvalue())


def loaded(package: Package) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(package.to_bytes()))


@pytest.fixture
def target() -> Package:
    """A workbook with a sheet Report, another default font, and a differential format."""
    book = openpyxl.Workbook()
    book.active.title = "Report"
    book._fonts[0] = Font(name="Calibri", sz=20)  # openpyxl shares the font itself among all workbooks
    book._named_styles["Normal"].font = Font(name="Courier New", sz=20)
    rule = openpyxl.formatting.rule.FormulaRule(formula=["A1>1"], fill=PatternFill(bgColor="FF00FF00"))
    book.active.conditional_formatting.add("A1", rule)
    return packaged(book)


@pytest.fixture
def source() -> Package:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Report"
    sheet.append(["Kind"])
    sheet.append(["a"])
    table = Table(displayName="Kinds", ref="A1:A2")
    table.dataDxfId = book._differential_styles.add(DifferentialStyle(font=Font(color="FFFF0000")))
    sheet.add_table(table)
    sheet["C1"].hyperlink = Hyperlink(ref="C1", location="Report!A1", display="up")
    look = NamedStyle("Wide", font=Font(b=True, sz=14))
    book.add_named_style(look)
    sheet.column_dimensions["D"].font = Font(b=True, sz=14)
    sheet.row_dimensions[5].font = Font(b=True, sz=14)
    return packaged(book)


def test_cells_columns_and_rows_look_as_in_the_source(source: Package, target: Package) -> None:
    done = graft(target, source, {"report": "Report"}, MARKS)
    sheet = loaded(target)[done.names["report"]]
    assert done.names["report"] == "Report (2)"
    assert (sheet["A2"].font.name, sheet["A2"].font.sz) == ("Calibri", 11)
    assert sheet.column_dimensions["D"].font.sz == 14
    assert sheet.row_dimensions[5].font.sz == 14
    assert loaded(target)["Report"]["A1"].font.sz == 20


def test_links_and_formats_of_tables_follow(source: Package, target: Package) -> None:
    done = graft(target, source, {"report": "Report"}, MARKS)
    part = workbook_part(target).sheet(done.names["report"]).part or ""
    assert b"location=\"'Report (2)'!A1\"" in target[part]
    table = next(target[name] for name in target if "/tables/" in name)
    assert b'dataDxfId="1"' in table
    assert target["xl/styles.xml"].count(b"<dxf>") == 2


USER = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
DRAWN = (
    f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/drawing" '
    'Target="../drawings/drawing1.xml"/></Relationships>'
)


def test_a_print_area_that_the_new_sheet_has_not_goes() -> None:
    package = Package.from_bytes(package_bytes({"User": USER}))
    graft(package, report(), SHEETS, MARKS)
    made = report()
    for name in workbook_part(made).names():
        if name.name == "_xlnm.Print_Area":
            workbook_part(made).drop_name(name)
    graft(package, made, SHEETS, MARKS)
    assert "_xlnm.Print_Area" not in {name.name for name in workbook_part(package).names()}


def test_a_name_whose_cells_were_deleted_is_taken_again() -> None:
    package = Package.from_bytes(package_bytes({"User": USER}))
    workbook_part(package).set_name("mb_size", "#REF!")
    graft(package, report(), SHEETS, MARKS)
    assert workbook_part(package).defined("mb_size").text.endswith("!$B$4")


def test_the_relationships_of_a_removed_sheet_go_with_what_only_it_had() -> None:
    package = Package.from_bytes(
        package_bytes(
            {"User": USER},
            parts={"xl/worksheets/_rels/sheet1.xml.rels": DRAWN, "xl/drawings/drawing1.xml": "<wsDr/>"},
            types='<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/x"/>',
        )
    )
    types = ContentTypes(package)
    remove_with_orphans(package, types, ["xl/worksheets/sheet1.xml"])
    types.write()
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in package
    assert "xl/drawings/drawing1.xml" not in package
    assert b"drawing1" not in package["[Content_Types].xml"]
    assert "xl/worksheets/sheet1.xml" in package


PANES = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="{}" topLeftCell="A{}" state="frozen"/>'
    "</sheetView></sheetViews>"
)


@pytest.mark.parametrize(("rows", "carried"), [(3, True), (5, False)])
def test_a_position_is_carried_over_only_between_the_same_panes(rows: int, carried: bool) -> None:
    theirs = view_of(sheet_xml(head=PANES.format(3, 40)).encode())
    fresh = sheet_xml(head=PANES.format(rows, rows + 1)).encode()
    assert (b'topLeftCell="A40"' in with_view(fresh, theirs, view_of(fresh), ())) is carried


EXTENDED = (
    '<extLst><ext uri="x" xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting><x14:cfRule type="{}"><xm:f>Other!A1</xm:f></x14:cfRule>'
    "<xm:sqref>B2</xm:sqref>"
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)


@pytest.mark.parametrize(("kind", "noticed"), [("expression", True), ("dataBar", False)])
def test_rules_in_extensions_count_unless_they_only_say_more(kind: str, noticed: bool) -> None:
    package = Package.from_bytes(package_bytes({"User": sheet_xml(tail=EXTENDED.format(kind))}))
    found = features(package, "xl/worksheets/sheet1.xml")
    assert foreign({}, found) == (("conditional formatting (B2)",) if noticed else ())


def test_a_shape_that_stands_in_for_another_does_not_count() -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:x" xmlns:mc="urn:mc"><mc:AlternateContent><mc:Choice><xdr:graphicFrame/>'
    )
    drawing += "</mc:Choice><mc:Fallback><xdr:sp/></mc:Fallback></mc:AlternateContent></xdr:wsDr>"
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": DRAWN, "xl/drawings/drawing1.xml": drawing}
    package = Package.from_bytes(package_bytes({"User": USER}, parts=parts))
    assert foreign({}, features(package, "xl/worksheets/sheet1.xml")) == ("charts",)
