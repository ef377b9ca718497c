"""Parts in another encoding than UTF-8 are read and edited like any other, and copied as they are if not."""

import datetime

import pytest

from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import Snapshot, parts_of
from tests.workbook.package.synthetic import package_bytes, sheet_xml, zipped
from workbook.package import (
    Functions,
    Package,
    Refused,
    copy_aside,
    edited_sheets,
    formulas_calling,
    freeze,
    graft,
    refuse_unless_editable,
    set_values,
    sheet_contents,
    valueless,
)
from workbook.package.sheets.workbook_part import workbook_part

FUNCTIONS = Functions(("MARKET_SIZE",))
PART = "xl/worksheets/sheet1.xml"
DECLARED = {
    "iso-8859-1": "ISO-8859-1",
    "cp1252": "windows-1252",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-16-le": "",
    "shift_jis": "Shift_JIS",
    "utf-8-sig": "UTF-8",
    "ascii": "US-ASCII",
}


def word(encoding: str) -> str:
    return {"shift_jis": "市場", "ascii": "market"}.get(encoding, "Märkte")


def book(encoding: str, workbook: str = "utf-8") -> bytes:
    shown = word(encoding)
    declared = f'<?xml version="1.0" encoding="{DECLARED[encoding]}"?>' if DECLARED[encoding] else ""
    sheet = declared + sheet_xml(
        f'<row r="1"><c r="A1"><f>MARKET_SIZE("{shown}",2028)</f><v>10.5</v></c>'
        f'<c r="B1" t="str"><f>MARKET_SIZE("x")&amp;"{shown}"</f><v>{shown}</v></c>'
        f'<c r="C1" t="inlineStr"><is><t>{shown}</t></is></c><c r="D1"><f>A1*2</f><v>21</v></c></row>'
    )
    parts = parts_of(package_bytes({shown: "", "Other": sheet_xml()}))
    listed = f'<?xml version="1.0" encoding="{workbook}"?>' + parts["xl/workbook.xml"].decode()
    return zipped(
        {**parts, PART: sheet.encode(encoding), "xl/workbook.xml": listed.encode(workbook, "replace")}
    )


@pytest.mark.parametrize("encoding", DECLARED)
def test_every_edit_of_a_sheet(encoding):
    shown, before = word(encoding), book(encoding)
    package = Package.from_bytes(before)
    refuse_unless_editable(package)
    assert sheet_contents(package, shown)["C1"].value == shown
    calls = [call.formula for call in formulas_calling(package, FUNCTIONS)]
    assert calls == [f'MARKET_SIZE("{shown}",2028)', f'MARKET_SIZE("x")&"{shown}"']
    assert valueless(package) == {}
    assert not package.changed
    assert package.to_bytes() == before
    set_values(package, shown, {"D1": 22.0})
    aside = copy_aside(package, shown, f"{shown} (edited)")
    graft(package, report(), SHEETS, MARKS)
    assert edited_sheets(package, MARKS) == []
    assert freeze(package, FUNCTIONS).cells[shown] == ["A1", "B1"]
    again = Package.from_bytes(package.to_bytes())
    Snapshot(package.to_bytes())
    for sheet in (shown, aside):
        contents = sheet_contents(again, sheet)
        assert (contents["A1"].value, contents["B1"].value, contents["C1"].value) == (10.5, shown, shown)
    assert sheet_contents(again, shown)["D1"] == ("A1*2", 22.0)


@pytest.mark.parametrize("encoding", DECLARED)
def test_what_is_not_edited_keeps_its_bytes(encoding):
    before = book(encoding)
    package = Package.from_bytes(before)
    package.replace(PART, package[PART])
    graft(package, report(), SHEETS, MARKS)
    assert parts_of(package.to_bytes())[PART] == parts_of(before)[PART]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_workbook_part_itself(encoding):
    package = Package.from_bytes(book("cp1252", encoding))
    day = f'"{datetime.date(2026, 1, 2)}"'
    workbook_part(package).set_name("größe", day)
    assert workbook_part(package).sheet("Märkte").part == PART
    again = Package.from_bytes(package.to_bytes())
    assert workbook_part(again).defined("GRÖẞE".casefold()).text == day
    assert package["xl/workbook.xml"].startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


def test_bytes_that_are_no_text_are_refused_with_a_sentence():
    parts = parts_of(book("iso-8859-1"))
    parts[PART] = parts[PART].replace(b"ISO-8859-1", b"UTF-8")
    package = Package.from_bytes(zipped(parts))
    with pytest.raises(Refused, match="text that is not UTF-8"):
        freeze(package, FUNCTIONS)
