"""A package made from what is said of sheets: for a workbook that is open elsewhere, and is not a file here.

It has all that the package layer looks at, and not how the cells look.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from workbook.package.edits.transplant import RELATIONSHIPS_TYPE
from workbook.package.opc.markup import quoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import CONTENT_TYPES, ContentTypes, relate
from workbook.package.sheets.new_cells import NewCell, with_cells
from workbook.package.sheets.styles import EMPTY_STYLES, MAIN, Styles, canonical
from workbook.package.sheets.workbook_part import workbook_part

_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_TYPES = "application/vnd.openxmlformats-officedocument."
_SHEET_TYPE = f"{_TYPES}spreadsheetml."
_EMPTY_TYPES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="%b"/><Default Extension="xml" ContentType="application/xml"/>'
    b"</Types>" % RELATIONSHIPS_TYPE.encode()
)
_XMLNS = b'xmlns="%b"' % MAIN.encode()
_DRAWING = b'xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
_END = b"</worksheet>"


@dataclass(frozen=True)
class Extras:
    """What a sheet has beside its cells' entries: numbers of objects, and where there is something.

    `comments` are cells, `tables` names, and `merged` areas. `filter` is the area of the filter. `fills`
    are cells by the color of their fill, such as "FFD966".
    """

    charts: int = 0
    pictures: int = 0
    shapes: int = 0
    pivots: int = 0
    slicers: int = 0
    comments: Collection[str] = ()
    tables: Collection[str] = ()
    merged: Collection[str] = ()
    filter: str = ""
    fills: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class NewSheet:
    """A worksheet: its cells by reference, whether it is hidden, and whether its cells are protected."""

    name: str
    cells: Mapping[str, NewCell] = field(default_factory=dict)
    is_hidden: bool = False
    is_protected: bool = False
    extras: Extras = field(default_factory=Extras)


def new_package(
    sheets: Iterable[NewSheet], *, dates_from_1904: bool = False, is_protected: bool = False
) -> Package:
    """Return a package with worksheets. `is_protected` says so of the workbook's structure.

    Raises PackageError if a reference, a value or a formula is not valid in Excel.
    """
    package = Package.empty()
    package.add(CONTENT_TYPES, _EMPTY_TYPES)
    package.add(_BOOK, _workbook(dates_from_1904, is_protected))
    relate(package, "", "officeDocument", _BOOK)
    types = ContentTypes(package)
    types.declare(_BOOK, f"{_SHEET_TYPE}sheet.main+xml")
    styles = Styles(EMPTY_STYLES)
    styles.seed()
    for number, sheet in enumerate(sheets, start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        package.add(part, _worksheet(sheet, styles))
        types.declare(part, f"{_SHEET_TYPE}worksheet+xml")
        workbook_part(package).add_sheet(sheet.name, part, "hidden" if sheet.is_hidden else None)
        for kind, content_type, data in _related(sheet.extras):
            _add_related(package, types, part, kind, content_type, data)
    package.add(_STYLES, styles.result())
    types.declare(_STYLES, f"{_SHEET_TYPE}styles+xml")
    relate(package, _BOOK, "styles", _STYLES)
    types.write()
    return package


def add_rules(
    package: Package,
    sheet: str,
    *,
    formats: Collection[str] = (),
    validations: Collection[str] = (),
    links: Collection[str] = (),
) -> None:
    """Give areas of a sheet of a new package a conditional format, a validation or a link."""
    part = workbook_part(package).sheet(sheet).part or ""
    holders = [
        b'<conditionalFormatting sqref="%b"><cfRule type="expression"><formula>TRUE</formula></cfRule>'
        b"</conditionalFormatting>" % quoted(area)
        for area in formats
    ]
    listed = (
        _listed(b"dataValidations", (b'<dataValidation sqref="%b"/>' % quoted(area) for area in validations)),
        _listed(b"hyperlinks", (b'<hyperlink ref="%b"/>' % quoted(area) for area in links)),
    )
    package.replace(part, _with_tail(package[part], [*holders, *listed]))


def _workbook(dates_from_1904: bool, is_protected: bool) -> bytes:
    dates = b' date1904="1"' if dates_from_1904 else b""
    protection = b'<workbookProtection lockStructure="1"/>' if is_protected else b""
    return b"<workbook %b><workbookPr%b/>%b<sheets></sheets></workbook>" % (_XMLNS, dates, protection)


def _worksheet(sheet: NewSheet, styles: Styles) -> bytes:
    cells = dict(sheet.cells)
    for color, filled in sheet.extras.fills.items():
        index = _filled(styles, color)
        cells |= {place: replace(cells.get(place, NewCell()), style=index) for place in filled}
    bare = b"<worksheet %b><sheetData/></worksheet>" % _XMLNS
    return _with_tail(with_cells(bare, cells), _after_cells(sheet))


def _with_tail(sheet: bytes, tail: Iterable[bytes]) -> bytes:
    return sheet.removesuffix(_END) + b"".join(tail) + _END


def _filled(styles: Styles, color: str) -> int:
    """Return the index of a cell format with a fill."""
    xml = '<fill><patternFill patternType="solid"><fgColor/></patternFill></fill>'
    fill = etree.fromstring(xml)
    fill[0][0].set("rgb", f"FF{color}")
    made = deepcopy(styles.items("cellXfs")[0])
    made.set("fillId", str(styles.place("fills", canonical(fill), lambda: fill)))
    return styles.place("cellXfs", styles.format_key(made), lambda: made)


def _after_cells(sheet: NewSheet) -> Iterator[bytes]:
    """Yield what stands behind the cells in a worksheet's part."""
    extras = sheet.extras
    if sheet.is_protected:
        yield b'<sheetProtection sheet="1"/>'
    if extras.filter:
        yield b'<autoFilter ref="%b"/>' % quoted(extras.filter)
    yield _listed(b"mergeCells", (b'<mergeCell ref="%b"/>' % quoted(area) for area in extras.merged))


def _listed(holder: bytes, items: Iterable[bytes]) -> bytes:
    inside = b"".join(items)
    return b"<%b>%b</%b>" % (holder, inside, holder) if inside else b""


def _related(extras: Extras) -> Iterator[tuple[str, str, bytes]]:
    """Yield the parts to which a sheet leads: kind of relationship, content type, and bytes."""
    objects = {b"graphicFrame": extras.charts, b"pic": extras.pictures, b"sp": extras.shapes}
    drawn = b"".join(
        b"<oneCellAnchor><%b/></oneCellAnchor>" % name * count for name, count in objects.items()
    )
    if drawn:
        yield "drawing", f"{_TYPES}drawing+xml", b"<wsDr %b>%b</wsDr>" % (_DRAWING, drawn)
    if extras.comments:
        listed = b"".join(b'<comment ref="%b"/>' % quoted(cell) for cell in extras.comments)
        xml = b"<comments %b><commentList>%b</commentList></comments>" % (_XMLNS, listed)
        yield "comments", f"{_SHEET_TYPE}comments+xml", xml
    for number, table in enumerate(extras.tables, start=1):
        named = (number, quoted(table), quoted(table))
        yield (
            "table",
            f"{_SHEET_TYPE}table+xml",
            b'<table %b id="%d" name="%b" displayName="%b"/>' % (_XMLNS, *named),
        )
    if extras.pivots:
        yield "pivotTable", f"{_SHEET_TYPE}pivotTable+xml", b"<pivotTableDefinition %b/>" % _XMLNS
    if extras.slicers:
        yield "slicer", "application/vnd.ms-excel.slicer+xml", b"<slicers/>"


def _add_related(
    package: Package, types: ContentTypes, sheet: str, kind: str, content_type: str, data: bytes
) -> None:
    names = (f"xl/{kind}s/{kind}{number}.xml" for number in itertools.count(1))
    part = next(name for name in names if name not in package)
    package.add(part, data)
    types.declare(part, content_type)
    relate(package, sheet, kind, part)
