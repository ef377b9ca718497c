"""What the tests of grafts share: a user's sheet, a graft of the small report, and changes by the user."""

from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import sheet_xml
from workbook.package import Package, graft

USER = sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row>')


def grafted(data: bytes, figure: float = 8.6) -> Package:
    package = Package.from_bytes(data)
    graft(package, report(figure), SHEETS, MARKS)
    return Package.from_bytes(package.to_bytes())


def sound(package: Package, before: bytes) -> Snapshot:
    after = Snapshot(package.to_bytes())
    assert after.complaints() - Snapshot(before).complaints() == set()
    return after


def edit(package: Package, part: str, old: str, new: str) -> None:
    text = package[part].decode()
    assert old in text, text
    package.replace(part, text.replace(old, new).encode())


def renamed_by_user(package: Package) -> Package:
    """Do what Excel does when someone renames Market Figures to Sizes'24."""
    edit(package, "xl/workbook.xml", '<sheet name="Market Figures"', '<sheet name="Sizes\'24"')
    edit(package, "xl/workbook.xml", "'Market Figures'!", "'Sizes''24'!")
    edit(package, "xl/worksheets/sheet2.xml", "'Market Figures'!", "'Sizes''24'!")
    return package
