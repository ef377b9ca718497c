"""The parts of the add-in's package that are generated: workbook, sheets, relationships."""

from collections.abc import Sequence
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MICROSOFT: Final = "http://schemas.microsoft.com/office"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Cell: TypeAlias = str | float | bool


def sheet(rows: Sequence[Sequence[Cell]], code_name: str) -> bytes:
    """Return a worksheet of texts, numbers and truth values."""
    lines = "".join(_row(at, row) for at, row in enumerate(rows, start=1))
    head = f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="{code_name}"/>'
    return _xml(f"{head}<sheetData>{lines}</sheetData></worksheet>")


def _row(at: int, row: Sequence[Cell]) -> str:
    cells = (_cell(f"{get_column_letter(column)}{at}", value) for column, value in enumerate(row, start=1))
    return f'<row r="{at}">{"".join(cells)}</row>'


def _cell(place: str, value: Cell) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, float):
        return f'<c r="{place}"><v>{value:g}</v></c>'
    if not value:
        return ""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def workbook() -> bytes:
    """Return the workbook part, with hidden windows and without a forced recalculation."""
    return _xml(
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="28112"/>'
        '<workbookPr codeName="ThisWorkbook"/><bookViews><workbookView visibility="hidden"/></bookViews>'
        '<sheets><sheet name="marketbook.conf" sheetId="1" r:id="rId1"/>'
        '<sheet name="_IntelliSense_" sheetId="2" state="hidden" r:id="rId2"/></sheets>'
        '<calcPr calcId="191029"/></workbook>'
    )


def workbook_relationships() -> bytes:
    """Return the relationships of the workbook part."""
    return _relationships(
        (f"{_RELATIONS}/worksheet", "worksheets/sheet1.xml"),
        (f"{_RELATIONS}/worksheet", "worksheets/sheet2.xml"),
        (f"{_RELATIONS}/theme", "theme/theme1.xml"),
        (f"{_RELATIONS}/styles", "styles.xml"),
        (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
    )


def package_relationships() -> bytes:
    """Return the relationships of the package: workbook, properties and ribbon."""
    return _relationships(
        (f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
        (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI.xml"),
    )


def _relationships(*targets: tuple[str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>')


def content_types() -> bytes:
    """Return the content type of every part. The workbook part has the type of an add-in."""
    types = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_SHEET_TYPE}.worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{_SHEET_TYPE}.worksheet+xml",
        "/xl/styles.xml": f"{_SHEET_TYPE}.styles+xml",
        "/xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return _xml(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def core_properties() -> bytes:
    """Return title and creator."""
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Marketbook</dc:title>'
        "<dc:description>Market figures with their sources, in Excel.</dc:description>"
        "<dc:creator>Marketbook</dc:creator></cp:coreProperties>"
    )


def app_properties() -> bytes:
    """Return the name of the application."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return _xml(f'<Properties xmlns="{kind}"><Application>Microsoft Excel</Application></Properties>')


def _xml(text: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text).encode()
