"""A copy of a sheet in its own package, to keep its old state next to the new one."""

from workbook.package.edits.transplant import Transplant, without
from workbook.package.opc.errors import Missing
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships
from workbook.package.sheets.cells import as_constants
from workbook.package.sheets.workbook_part import refuse_unless_editable, workbook_part

_PORTABLE = frozenset({"hyperlink", "drawing", "table", "printerSettings", "comments", "vmlDrawing"})
_ENTANGLED = {  # features that stay with the original, and elements that need them
    "slicer": "drawing",
    "timeline": "drawing",
    "control": "vmlDrawing",
    "ctrlProp": "vmlDrawing",
    "oleObject": "vmlDrawing",
}


def copy_aside(package: Package, sheet: str, name: str) -> str:
    """Copy a sheet to the end, as `name` or a similar free name; return the name of the copy.

    Its formulas are replaced with their saved values, so that the copy keeps showing the same figures.
    Charts and names of the copy refer to the copy. Features that cannot be copied, such as controls,
    slicers and pivot tables, stay with the original.
    """
    refuse_unless_editable(package)
    book = workbook_part(package)
    original = book.sheet(sheet)
    if original.part is None:
        raise Missing(f"The sheet {sheet} has no part.")
    title = book.free_sheet_name(name)
    types = ContentTypes(package)
    moved = {sheet.casefold(): title}
    taken = [name.name.casefold() for name in book.names()]
    transplant = Transplant(package, types, package, [original.part], moved, taken)
    part = transplant.sheet(original.part, None, _unselected, _left_behind(package, original.part))
    package.replace(part, as_constants(package[part]))
    types.write()
    added = book.add_sheet(title, part)
    for defined in book.names():
        if defined.scope == original.position and not defined.name.startswith("_xlnm._Filter"):
            book.set_name(defined.name, transplant.formula(defined.text), added.position)
    return title


def _left_behind(package: Package, part: str) -> set[str]:
    """Return the ids of the relationships that a copy of a sheet does not get."""
    links = relationships(package, part)
    broken = {_ENTANGLED[link.kind] for link in links if link.kind in _ENTANGLED}
    if "vmlDrawing" in broken:
        broken.add("comments")
    return {link.id for link in links if link.kind not in _PORTABLE or link.kind in broken}


def _unselected(tag: bytes, attributes: bytes) -> bytes:
    if tag == b"sheetPr":
        return without(attributes, b"codeName")
    return without(attributes, b"tabSelected") if tag == b"sheetView" else attributes
