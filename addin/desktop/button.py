"""The Start sheet's Refresh button: a form control and its macro, which turn an .xlsx into an .xlsm."""

import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Final

from pyopenvba import ExcelFile

from workbook.package import RELATIONSHIPS, ContentTypes, Markup, Package, PackageError, relate, workbook_part

MACRO: Final = "RefreshMarketbook"
_PART: Final = "xl/drawings/vmlDrawingMarketbook.vml"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_VML: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER: Final = (
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def with_button(workbook: bytes, sheet: str = "Start") -> bytes:
    """Return the bytes of a workbook as a macro workbook with a Refresh button on a sheet.

    The macro finds the add-in by name, and shows a message if it is not loaded. Raises PackageError
    if the sheet does not exist or already has a legacy drawing.
    """
    package = Package.from_bytes(workbook)
    book = workbook_part(package)
    part = book.sheet(sheet).part
    if part is None:
        raise PackageError(f"The sheet {sheet} has no content in the file.")
    _add_drawing(package, part)
    types = ContentTypes(package)
    types.declare(book.part, _MACRO_WORKBOOK)
    types.declare(_PART, _VML)
    types.write()
    return _with_macro(package)


def _add_drawing(package: Package, sheet: str) -> None:
    markup = Markup(package[sheet], sheet)
    if markup.root.child("legacyDrawing") is not None:
        raise PackageError(f"{sheet} already has a legacy drawing.")
    package.add(_PART, files("addin.desktop").joinpath("button.vml").read_bytes())
    identity = relate(package, sheet, "vmlDrawing", _PART)
    xml = b'<legacyDrawing xmlns:r="%b" r:id="%b"/>' % (RELATIONSHIPS.encode(), identity.encode())
    following = next((found for name in _AFTER if (found := markup.root.child(name))), None)
    if following is None:
        markup.append(markup.root, xml)
    else:
        markup.insert_before(following, xml)
    package.replace(sheet, markup.result())


def _with_macro(package: Package) -> bytes:
    source = files("addin.desktop").joinpath("vba", "MarketbookButton.bas").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        plain, macro = Path(folder) / "plain.xlsm", Path(folder) / "macro.xlsm"
        plain.write_bytes(package.to_bytes())
        with ExcelFile(plain) as book:
            book.add_vba_project().add_module("MarketbookButton", source.replace("\n", "\r\n"))
            book.save(macro)
        return macro.read_bytes()
