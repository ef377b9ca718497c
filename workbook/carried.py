"""Values of formulas and alternative texts of charts, which openpyxl cannot write, added as bytes."""

from udfs.values import CellError
from workbook.draft import Draft
from workbook.package import CellValue, ErrorValue, Package, escaped, with_cached_values


def carry(draft: Draft, package: Package) -> None:
    """Give every formula of a new workbook its value, and every chart its alternative text.

    openpyxl numbers worksheets and drawings in the order of the book's sheets.
    """
    drawings = 0
    for number, sheet in enumerate(draft.book.worksheets, start=1):
        page = draft.pages[sheet.title]
        part = f"xl/worksheets/sheet{number}.xml"
        values = {place: cell_value(value) for place, value in page.values.items()}
        package.replace(part, with_cached_values(package[part], values))
        if page.alternative_texts:
            drawings += 1
            part = f"xl/drawings/drawing{drawings}.xml"
            package.replace(part, _described(package[part], page.alternative_texts))


def cell_value(value: float | str | bool | CellError) -> CellValue:
    """Return a worksheet function's value for a package.

    >>> cell_value(CellError.NA), cell_value(8.6)
    ('#N/A', 8.6)
    """
    if isinstance(value, CellError):
        return ErrorValue(value.value)
    return value if isinstance(value, bool | str) else float(value)


def _described(drawing: bytes, texts: list[str]) -> bytes:
    """Chart 1 of a drawing gets the first text, and so on."""
    for number, text in enumerate(texts, start=1):
        name = f'name="Chart {number}"'.encode()
        quoted = escaped(text).replace(b'"', b"&quot;")
        drawing = drawing.replace(name, name + b' descr="' + quoted + b'"', 1)
    return drawing
