"""A sheet copied within its own package, so that its old state stays beside a new one."""

from workbook.package.book import Workbook, refuse_unless_editable
from workbook.package.cells import as_constants
from workbook.package.errors import Missing
from workbook.package.package import Package
from workbook.package.relationships import ContentTypes, relationships
from workbook.package.transplant import Transplant, without

_PORTABLE = frozenset({"hyperlink", "drawing", "table", "printerSettings", "comments", "vmlDrawing"})
_ENTANGLED = {  # what stays with the original, and what would be broken without it
    "slicer": "drawing",
    "timeline": "drawing",
    "control": "vmlDrawing",
    "ctrlProp": "vmlDrawing",
    "oleObject": "vmlDrawing",
}


def copy_aside(package: Package, sheet: str, name: str) -> str:
    """Copy a sheet, last, under a name as near to `name` as is free; return the name that it got.

    Its formulas are the values that they carried, so that it goes on showing what the sheet showed;
    charts and names of the copy refer to the copy. What a copy cannot have, such as controls, slicers
    and pivot tables, stays with the original.
    """
    refuse_unless_editable(package)
    book = Workbook(package)
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
    book.write()
    return title


def _left_behind(package: Package, part: str) -> set[str]:
    """Return the ids of the relationships that a copy of a sheet does without."""
    links = relationships(package, part)
    broken = {_ENTANGLED[link.kind] for link in links if link.kind in _ENTANGLED}
    if "vmlDrawing" in broken:
        broken.add("comments")
    return {link.id for link in links if link.kind not in _PORTABLE or link.kind in broken}


def _unselected(tag: bytes, attributes: bytes) -> bytes:
    if tag == b"sheetPr":
        return without(attributes, b"codeName")
    return without(attributes, b"tabSelected") if tag == b"sheetView" else attributes
