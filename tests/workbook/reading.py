"""Cells of a workbook as a reader finds them: by name, or by the headers of a table."""

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook.package import Package


def opened(package: Package, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(package.to_bytes()), data_only=values)


def place_of(book: Workbook, name: str) -> tuple[str, str]:
    """The sheet and the cell that a name refers to."""
    sheet, cell = next(iter(book.defined_names[name].destinations))
    return sheet, cell.replace("$", "")


def named(book: Workbook, name: str) -> Any:
    sheet, cell = place_of(book, name)
    return book[sheet][cell].value


def header(sheet: Worksheet, text: str) -> Any:
    """The header cell whose text begins with the given one."""
    for row in sheet.iter_rows():
        for cell in row:
            if "Header" in str(cell.style) and str(cell.value).startswith(text):
                return cell
    raise AssertionError(f"{sheet.title} has no column {text}")


def column(sheet: Worksheet, text: str) -> Iterator[Any]:
    """The cells of a column, below its header, up to the first blank one."""
    top = header(sheet, text)
    for (cell,) in sheet.iter_rows(min_row=top.row + 1, min_col=top.column, max_col=top.column):
        if cell.value in (None, ""):
            return
        yield cell


def rows(sheet: Worksheet, key: str) -> dict[Any, dict[str, Any]]:
    """The rows of a table by the value of one column: the cells by their header without year and unit.

    Of two columns with the same header, it is the first.
    """
    top = header(sheet, key)
    headers = {
        cell.column: re.sub(r" \d{4}$", "", str(cell.value).split(",")[0])
        for cell in reversed(sheet[top.row])
        if cell.value
    }
    return {
        cell.value: {text: sheet.cell(cell.row, at) for at, text in headers.items()}
        for cell in column(sheet, key)
    }
