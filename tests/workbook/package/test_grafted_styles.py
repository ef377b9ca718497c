"""The styles that grafted sheets bring into a workbook."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.workbook.package.grafting import USER, edit, grafted
from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import MAIN, OFFICE, SPREADSHEET, package_bytes
from workbook.package import graft

STYLES = {
    "none": None,
    "empty": '<styleSheet xmlns="{}"/>',
    "no formats": '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="8"/></font></fonts></styleSheet>',
    "self-closing lists": '<styleSheet xmlns="{}"><numFmts count="0"/><fonts/><fills/><borders/>'
    "<cellXfs/><dxfs/><tableStyles/></styleSheet>",
    "prefixed, counted wrongly": '<x:styleSheet xmlns:x="{}"><x:fonts count="9"><x:font/></x:fonts>'
    '<x:cellXfs count="7"><x:xf fontId="0"/></x:cellXfs><x:dxfs count="0"/><x:extLst/></x:styleSheet>',
    "a mark of byte order": '\ufeff<?xml version="1.0"?>'
    '<styleSheet xmlns="{}"><dxfs count="0"></dxfs></styleSheet>',
}


@pytest.mark.parametrize("shape", STYLES)
def test_styles_parts_of_every_shape(shape):
    text = STYLES[shape]
    more = {}
    if text is not None:
        more = {
            "links": f'<Relationship Id="s" Type="{OFFICE}/styles" Target="/XL/Styles.xml"/>',
            "types": f'<Override PartName="/xl/styles.xml" ContentType="{SPREADSHEET}.styles+xml"/>',
            "parts": {"xl/styles.xml": text.replace("{}", MAIN)},
        }
    before = package_bytes({"User": USER}, **more)
    package = grafted(before)
    after = Snapshot(package.to_bytes())
    assert {c for c in after.complaints() if "style" in c or "format" in c or "count" in c} == set()
    assert after.style_of("Overview", "A1") == "Report Title"
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert book["Overview"]["A1"].font.sz == 18
    assert book["Overview"]["C6"].number_format == '0.0"x"'
    assert book["User"]["A1"].font.b is not True
    once = package["xl/styles.xml"]
    graft(package, report(9.0), SHEETS, MARKS)
    assert package["xl/styles.xml"] == once


def test_styles_as_excel_writes_them_are_still_known():
    """Excel drops what says nothing, orders a font's properties and fills in what it takes for granted."""
    package = grafted(package_bytes({"User": USER}))
    for old, new in (
        ('<b val="1"/>', "<b/>"),
        (' pivotButton="0" quotePrefix="0"', ""),
        ('applyAlignment="1"', 'applyFont="1" applyAlignment="1"'),
        ('<protection locked="0" hidden="0"/>', '<protection locked="0"/>'),
        ('<fgColor rgb="FFFFF9DB"/>', '<fgColor rgb="FFFFF9DB"/><bgColor indexed="64"/>'),
        ("<border><bottom", "<border><left/><right/><top/><bottom"),
        ('name="Report Title" xfId="1" hidden="0"', 'name="Report Title" xfId="1"'),
    ):
        edit(package, "xl/styles.xml", old, new)
    once = package["xl/styles.xml"]
    graft(package, report(9.0), SHEETS, MARKS)
    assert package["xl/styles.xml"] == once


def test_named_styles_that_the_user_changed_stay_changed():
    package = grafted(package_bytes({"User": USER}))
    edit(package, "xl/styles.xml", 'val="18"', 'val="28"')
    graft(package, report(), SHEETS, MARKS)
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert book["Overview"]["A1"].font == Font(name="Calibri", sz=18, b=True, color="FF17365D")
    assert b'val="28"' in package["xl/styles.xml"]
