"""What a user adds to a report sheet besides entries in cells: noticed, and kept aside or carried over."""

import io
import re
from collections.abc import Callable
from copy import copy
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from addin.libreoffice import Office
from tests.conftest import SEED
from tests.workbook.calc import edited
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import OFFICE
from workbook.package import Package, Refused, keep_record, record
from workbook.package.edits.features import features, foreign
from workbook.package.sheets.workbook_part import workbook_part
from workbook.refresh import KeptAside, refresh_file
from workbook.template import MARKS, TITLES


def changed(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Change a file with openpyxl, which drops the record; so it is put back, as Excel would keep it."""
    with Package.open(path) as package:
        text = record(package, MARKS.namespace)
    loaded = openpyxl.load_workbook(path)
    change(loaded)
    loaded.save(path)
    with Package.open(path) as package:
        keep_record(package, MARKS.namespace, text or "")
        package.save(path)


def edit(path: Path, part: str, old: str, new: str) -> None:
    with Package.open(path) as package:
        text = package[part].decode()
        assert old in text, text[:2000]
        package.replace(part, text.replace(old, new, 1).encode())
        package.save(path)


def part_of(path: Path, sheet: str) -> bytes:
    with Package.open(path) as package:
        return package[workbook_part(package).sheet(sheet).part or ""]


def kept(path: Path) -> tuple[KeptAside, ...]:
    before = path.read_bytes()
    done = refresh_file(path)
    assert done.added == ()
    assert Snapshot(path.read_bytes()).complaints() - Snapshot(before).complaints() == set()
    return done.kept_aside


def _chart(book: openpyxl.Workbook) -> None:
    chart = BarChart()
    chart.add_data(Reference(book["Overview"], min_col=2, min_row=7, max_row=8))
    book["Overview"].add_chart(chart, "M2")


def _picture(book: openpyxl.Workbook) -> None:
    data = io.BytesIO()
    Picture.new("RGB", (4, 4), "navy").save(data, "png")
    book["Overview"].add_image(Image(data), "M20")


def _comment(book: openpyxl.Workbook) -> None:
    book["Overview"]["B7"].comment = Comment("Ask Anna", "Ben")


def _validation(book: openpyxl.Workbook) -> None:
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
    rule.add("M2:M9")
    book["Overview"].add_data_validation(rule)


def _rule(book: openpyxl.Workbook) -> None:
    book["Overview"].conditional_formatting.add("B7", FormulaRule(formula=["B7>8"], font=Font(bold=True)))


def _fill(book: openpyxl.Workbook) -> None:
    book["Overview"]["B7"].fill = PatternFill("solid", fgColor="FFFFC000")


def _table(book: openpyxl.Workbook) -> None:
    sheet = book["Overview"]
    for at, text in (("M2", "Kind"), ("M3", "a"), ("M4", "b")):
        sheet[at] = text
    sheet.add_table(Table(displayName="Kinds", ref="M2:M4"))


def _link(book: openpyxl.Workbook) -> None:
    book["Overview"]["A7"].hyperlink = "https://example.com/"


def _merge(book: openpyxl.Workbook) -> None:
    book["Overview"].merge_cells("M2:O3")


ADDED = {
    "chart": (_chart, "charts"),
    "picture": (_picture, "pictures"),
    "comment": (_comment, "comments (B7)"),
    "validation": (_validation, "data validation (M2:M9)"),
    "rule": (_rule, "conditional formatting (B7)"),
    "fill": (_fill, "fill colors (B7)"),
    "table": (_table, "tables (Kinds)"),
    "link": (_link, "hyperlinks (A7)"),
    "merge": (_merge, "merged cells (M2:O3)"),
}


@pytest.mark.parametrize("what", ADDED)
def test_it_is_noticed_and_the_sheet_kept_aside_with_it(book: Path, what: str) -> None:
    change, words = ADDED[what]
    changed(book, change)
    (aside,) = kept(book)
    assert (aside.sheet, aside.copy, aside.foreign) == ("Overview", "Overview (edited)", (words,))
    with Package.open(book) as package:
        parts = [workbook_part(package).sheet(name).part or "" for name in ("Overview", aside.copy)]
        fresh, copy = (features(package, part) for part in parts)
    assert words in foreign(fresh, copy)
    assert kept(book) == ()


def test_a_shape_a_sparkline_and_a_thread_of_comments_are_noticed(book: Path) -> None:
    shape = '<xdr:sp xmlns:xdr="urn:x"><xdr:nvSpPr/></xdr:sp>'
    with Package.open(book) as package:
        part = workbook_part(package).sheet("Overview").part or ""
        before = features(package, part)
        drawing = package["xl/drawings/drawing1.xml"]
        package.replace(
            "xl/drawings/drawing1.xml", re.sub(rb"(</(?:\w+:)?wsDr>)", shape.encode() + rb"\1", drawing)
        )
        spark = '<extLst><ext xmlns:x14="urn:x14"><x14:sparkline xmlns:xm="urn:xm"><xm:sqref>H4</xm:sqref>'
        spark += "</x14:sparkline></ext></extLst></worksheet>"
        package.replace(part, package[part].replace(b"</worksheet>", spark.encode()))
        package.add(
            "xl/threadedComments/t1.xml", b'<ThreadedComments><threadedComment ref="C9"/></ThreadedComments>'
        )
        rels = "xl/worksheets/_rels/sheet2.xml.rels"
        link = '<Relationship Id="t" Type="urn:x/threadedComment" Target="/xl/threadedComments/t1.xml"/>'
        package.replace(rels, package[rels].replace(b"</Relationships>", link.encode() + b"</Relationships>"))
        assert foreign(before, features(package, part)) == ("shapes", "sparklines (H4)", "comments (C9)")


def test_nothing_is_foreign_because_libreoffice_saved_it(book: Path, office: Office, tmp_path: Path) -> None:
    for at in range(2):
        saved = office.convert(book, "xlsx", tmp_path / f"saved{at}.xlsx")
        assert kept(saved) == ()
        book = saved


def test_a_fill_of_libreoffice_is_noticed(book: Path) -> None:
    (aside,) = kept(edited(book, ["fill", "Overview", "B7", "FFC000"]))
    assert aside.foreign == ("fill colors (B7)",)


BANNER = '<cfRule type="expression" priority="1" dxfId="0"><formula>$A$3&lt;&gt;""</formula>'
REWRITTEN = {  # as Excel writes what it read: other XML for the same
    "areas in another order": ('sqref="A3:K3"', 'sqref="D3:K3 A3:C3"'),
    "a rule split": (
        f'<conditionalFormatting sqref="A3:K3">{BANNER}',
        f'<conditionalFormatting sqref="A3:C3">{BANNER}</cfRule></conditionalFormatting>'
        f'<conditionalFormatting sqref="D3:K3">{BANNER}',
    ),
    "a width rounded": ('<col width="40.7"', '<col width="40.7109375"'),
    "an identity": ("<worksheet ", '<worksheet xmlns:xr="urn:xr" xr:uid="{1F}" '),
    "a height": ('<row r="6" ht="15"', '<row r="6" spans="1:5" ht="15.75"'),
}


@pytest.mark.parametrize("case", REWRITTEN)
def test_nothing_is_foreign_because_excel_saved_it(book: Path, case: str) -> None:
    edit(book, "xl/worksheets/sheet2.xml", *REWRITTEN[case])
    assert kept(book) == ()


NOT_KEPT = ("pivotTable", "slicer", "timeline", "control", "oleObject")


@pytest.mark.parametrize("kind", NOT_KEPT)
def test_what_no_copy_can_have_is_refused(book: Path, kind: str) -> None:
    with Package.open(book) as package:
        package.add("xl/things/thing1.xml", b"<thing/>")
        package.save(book)
    link = f'<Relationship Id="thing" Type="{OFFICE}/{kind}" Target="/xl/things/thing1.xml"/></Relationships>'
    edit(book, "xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>", link)
    before = book.read_bytes()
    with pytest.raises(Refused, match=r"The sheet Overview has .* Move it to another sheet"):
        refresh_file(book)
    assert book.read_bytes() == before


def test_a_user_s_table_goes_on_under_its_name(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    own = openpyxl.Workbook()
    own.active.title = "Board"
    own.active["A1"] = "=COUNTA(Kinds[Kind])"
    own.save(book)
    refresh_file(book, SEED)
    changed(book, _table)
    board = part_of(book, "Board")
    (aside,) = kept(book)
    assert {"M2", "M3", "M4"} == {edit.cell for edit in aside.edits}
    loaded = openpyxl.load_workbook(book)
    assert {name: list(loaded[name].tables) for name in ("Overview", aside.copy)} == {
        "Overview": [],
        aside.copy: ["Kinds"],
    }
    assert part_of(book, "Board") == board
    assert kept(book) == ()


def test_the_user_s_view_of_a_sheet_is_carried_over(book: Path) -> None:
    def look(loaded: openpyxl.Workbook) -> None:
        sheet = loaded["Sources"]
        sheet.sheet_view.zoomScale = 85
        sheet.sheet_properties.tabColor = "FF00B050"
        sheet.row_dimensions[12].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.column_dimensions["A"].width = 55
        sheet.sheet_view.selection[-1].activeCell = sheet.sheet_view.selection[-1].sqref = "B14"
        sheet.sheet_view.pane.topLeftCell = "B14"
        loaded.active = 2

    changed(book, look)
    for _ in range(2):
        assert kept(book) == ()
        sheet = openpyxl.load_workbook(book)["Sources"]
        assert sheet.sheet_view.zoomScale == 85
        assert sheet.sheet_properties.tabColor.rgb == "FF00B050"
        assert [at for at, row in sheet.row_dimensions.items() if row.hidden] == [12]
        assert [at for at, column in sheet.column_dimensions.items() if column.hidden] == ["D"]
        assert sheet.column_dimensions["A"].width == 55
        assert sheet.sheet_view.selection[-1].activeCell == "B14"
        assert sheet.sheet_view.pane.topLeftCell == "B14"


def test_a_hidden_row_is_not_hidden_where_another_row_stands_now(book: Path, newer_report: None) -> None:
    def hide(loaded: openpyxl.Workbook) -> None:
        sheet = loaded["Players"]
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value)
        sheet.row_dimensions[last].hidden = True
        sheet.cell(last, 1).value = "the user's"

    changed(book, hide)
    refresh_file(book)
    sheet = openpyxl.load_workbook(book)["Players"]
    assert not [at for at, row in sheet.row_dimensions.items() if row.hidden]


def test_every_sheet_s_features_are_recorded(book: Path) -> None:
    with Package.open(book) as package:
        text = record(package, MARKS.namespace) or ""
    assert all(f'"title":"{title}"' in text for title in TITLES.values())


def test_no_fill_is_foreign_inside_merged_cells(book: Path) -> None:
    def repeat(loaded: openpyxl.Workbook) -> None:
        sheet = loaded["Overview"]
        for merge in sheet.merged_cells.ranges:
            first = sheet.cell(merge.min_row, merge.min_col)
            for row, column in merge.cells:
                sheet.cell(row, column).fill = copy(first.fill)

    changed(book, repeat)
    assert kept(book) == ()
