"""Copies of sheets: what comes along, what stays behind, and what is highlighted."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import LINKS, OFFICE, cell, package_bytes, sheet_xml
from workbook.package import Package, copy_sheet, graft, sheet_contents, table_names
from workbook.package.sheets.workbook_part import workbook_part

VML = '<Default Extension="vml" ContentType="application/x"/>'
KINDS = {  # relationship, its element on the sheet
    "drawing": '<drawing r:id="drawing"/>',
    "vmlDrawing": '<legacyDrawing r:id="vmlDrawing"/>',
    "comments": "",
    "threadedComment": "",
    "printerSettings": '<pageSetup r:id="printerSettings"/>',
    "control": '<controls><control shapeId="1" r:id="control"/></controls>',
    "ctrlProp": '<controls><control shapeId="1" r:id="ctrlProp"/></controls>',
    "oleObject": '<oleObjects><oleObject shapeId="1" r:id="oleObject"/></oleObjects>',
    "slicer": '<extLst><ext uri="a"><slicerList><slicer r:id="slicer"/></slicerList></ext></extLst>',
    "timeline": '<extLst><ext uri="b"><timelines><timeline r:id="timeline"/></timelines></ext></extLst>',
    "pivotTable": "",
    "queryTable": "",
}


def sheet_with(*kinds: str) -> bytes:
    """A workbook whose sheet has parts of some kinds."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="../{kind}/{kind}1.xml"/>' for kind in kinds
    )
    return package_bytes(
        {
            "User": sheet_xml(
                f'<row r="1">{cell("A1", "1+1", "2")}</row>', tail="".join(KINDS[k] for k in kinds)
            )
        },
        parts={
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
            **{f"xl/{kind}/{kind}1.xml": f"<{kind}/>" for kind in kinds},
        },
        types=VML,
    )


def copied_kinds(*kinds: str) -> set[str]:
    """The kinds that a copy of such a sheet has, which must be sound."""
    before = sheet_with(*kinds)
    package = Package.from_bytes(before)
    name = copy_sheet(package, "User", "Copy")
    after = Snapshot(package.to_bytes())
    assert after.complaints() - Snapshot(before).complaints() == set()
    assert after.parts["xl/worksheets/sheet1.xml"] == Snapshot(before).parts["xl/worksheets/sheet1.xml"]
    part = after.sheet_part(name)
    found = {
        kind for source, _, link, _ in after.links if source == part for kind in [link.rpartition("/")[2]]
    }
    used = {kind for kind in kinds if f'r:id="{kind}"'.encode() in after.parts[part]}
    assert used == {kind for kind in found if KINDS[kind]}
    return found


def test_what_can_be_copied_comes_along() -> None:
    kinds = {"drawing", "vmlDrawing", "comments", "threadedComment", "printerSettings"}
    assert copied_kinds(*kinds) == kinds


@pytest.mark.parametrize("kind", ["control", "ctrlProp", "oleObject"])
def test_controls_stay_and_take_their_drawing_and_the_comments_in_it_along(kind: str) -> None:
    assert copied_kinds(kind, "vmlDrawing", "comments", "threadedComment", "drawing") == {"drawing"}


@pytest.mark.parametrize("kind", ["slicer", "timeline"])
def test_slicers_and_timelines_stay_with_the_drawing_that_shows_them(kind: str) -> None:
    assert copied_kinds(kind, "drawing", "vmlDrawing", "comments") == {"vmlDrawing", "comments"}


@pytest.mark.parametrize("kind", ["pivotTable", "queryTable"])
def test_pivot_tables_and_queries_stay(kind: str) -> None:
    assert copied_kinds(kind, "drawing") == {"drawing"}


def test_each_copy_has_parts_of_its_own() -> None:
    package = Package.from_bytes(sheet_with("drawing", "vmlDrawing", "comments"))
    for _ in range(3):
        copy_sheet(package, "User", "Copy")
    after = Snapshot(package.to_bytes())
    assert [name for name, _ in after.sheets()] == ["User", "Copy", "Copy (2)", "Copy (3)"]
    assert len([part for part in after.parts if part.startswith("xl/drawing/")]) == 4
    assert len({after.related(part, "/drawing")[0] for _, part in after.sheets()}) == 4


def styled() -> Package:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "User"
    sheet["B2"], sheet["B3"], sheet["B4"] = 1, 2, 3
    sheet["B2"].number_format = "0.00%"
    sheet["B2"].font = Font(bold=True)
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["B2"].alignment = openpyxl.styles.Alignment(horizontal="center")
    out = io.BytesIO()
    book.save(out)
    return Package.from_bytes(out.getvalue())


def test_highlighted_cells_differ_in_their_fill_only() -> None:
    package = styled()
    name = copy_sheet(package, "User", "Copy", highlighted=["B2", "B3", "D9"])
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    original, copy = book["User"], book[name]
    for place in ("B2", "B3", "D9"):
        assert copy[place].fill.fgColor.rgb == "FFFFD966"
        assert copy[place].number_format == original[place].number_format
        assert copy[place].font.b == original[place].font.b
        assert copy[place].alignment.horizontal == original[place].alignment.horizontal
        assert copy[place].value == original[place].value
    assert copy["B4"].fill.fill_type is None
    assert original["B2"].fill.fill_type is None
    once = package["xl/styles.xml"]
    copy_sheet(package, "User", "Copy", highlighted=["B2", "B3", "D9"])
    assert package["xl/styles.xml"] == once


SHARED = sheet_xml(
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
)


def test_a_typed_formula_does_not_hang_on_one_that_became_a_value() -> None:
    package = Package.from_bytes(package_bytes({"User": SHARED}))
    name = copy_sheet(package, "User", "Copy", typed=["A2"])
    formulas = {place: content.formula for place, content in sheet_contents(package, name).items()}
    assert formulas == {"A1": None, "A2": "B2*2"}
    assert b"shared" not in package[Snapshot(package.to_bytes()).sheet_part(name)]


def test_a_filter_s_hidden_name_stays_with_the_original() -> None:
    local = (
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">User!$A$1:$A$2</definedName>'
    )
    local += '<definedName name="_xlnm.Print_Area" localSheetId="0">User!$A$1:$B$2</definedName>'
    package = Package.from_bytes(package_bytes({"User": SHARED}, names=local))
    copy_sheet(package, "User", "Copy")
    names = {(name.name, name.scope): name.text for name in workbook_part(package).names()}
    assert names["_xlnm.Print_Area", 1] == "Copy!$A$1:$B$2"
    assert ("_xlnm._FilterDatabase", 1) not in names


TYPED = sheet_xml(
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c><c r="C1"><f>A1*3</f></c>'
    '<c r="D1" t="e"><f>X()</f><v>#NAME?</v></c><c r="E1" t="str"><f>""</f><v></v></c>'
    '<c r="F1"><f t="array" ref="F1">SUM(A1:B1)</f><v>6</v></c></row>'
)


def test_formulas_become_values_unless_they_were_typed_or_have_none() -> None:
    package = Package.from_bytes(package_bytes({"User": TYPED}))
    name = copy_sheet(package, "User", "Copy", typed=["B1", "F1"])
    contents = sheet_contents(package, name)
    formulas = {place: content.formula for place, content in contents.items()}
    assert formulas == {"A1": None, "B1": "A1*2", "C1": "A1*3", "D1": "X()", "F1": "SUM(A1:B1)"}
    assert b't="array"' in package[Snapshot(package.to_bytes()).sheet_part(name)]


def tabled() -> Package:
    book = openpyxl.Workbook()
    book.active.title = "User"
    for sheet, name in ((book.active, "Facts"), (book.create_sheet("Board"), "Other")):
        sheet.append(["Kind"])
        sheet.append(["a"])
        sheet.add_table(Table(displayName=name, ref="A1:A2"))
    out = io.BytesIO()
    book.save(out)
    return Package.from_bytes(out.getvalue())


def test_a_copy_s_table_has_another_name_unless_the_original_is_about_to_go() -> None:
    package = tabled()
    copy_sheet(package, "User", "Copy")
    assert sorted(table_names(package)) == ["Facts", "Facts_2", "Other"]
    package = tabled()
    copy_sheet(package, "User", "Copy", successor=[])
    assert sorted(table_names(package)) == ["Facts", "Facts", "Other"]
    package = tabled()
    copy_sheet(package, "User", "Copy", successor=["facts"])
    assert sorted(table_names(package)) == ["Facts", "Facts_2", "Other"]


def test_after_a_graft_no_table_is_there_twice() -> None:
    package = Package.from_bytes(package_bytes({"User": sheet_xml()}))
    graft(package, report(), SHEETS, MARKS)
    copy_sheet(package, "Market Figures", "Old", successor=table_names(report()))
    graft(package, report(9.0), SHEETS, MARKS)
    assert sorted(table_names(package)) == ["Sizes", "Sizes_2"]
    assert Snapshot(package.to_bytes()).complaints() == set()
