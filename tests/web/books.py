"""Workbooks as JSON for the stand-in of Excel (tests/web/standin/excel/model.d.ts), read with openpyxl."""

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any, Final, TypeAlias

import openpyxl
from lxml import etree
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from tests.web.book_features import charts_of, filter_of, printing_of, rules_of, validations_of
from tests.web.book_looks import look_of, points_of

Book: TypeAlias = dict[str, Any]
"""A workbook, or a part of one."""

_VISIBILITY: Final = {"visible": "Visible", "hidden": "Hidden", "veryHidden": "VeryHidden"}
_ERRORS: Final = ("#N/A", "#VALUE!", "#NUM!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!")


def book_of(file: Path | bytes) -> Book:
    """Return a workbook's file as the stand-in has it."""
    content = file if isinstance(file, bytes) else file.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    styles = {str(each.name): look_of(each) for each in book._named_styles}  # type: ignore[attr-defined]
    return {
        "sheets": [_sheet(sheet, values[sheet.title], styles) for sheet in book.worksheets],
        "names": [_name(name, each) for name, each in book.defined_names.items()],
        "styles": styles,
        "parts": _parts(content),
        "active": book.worksheets[0].title if book.active is None else book.active.title,
        "selection": "A1",
        "isProtected": bool(book.security and book.security.lockStructure),
        "countsFrom1904": book.epoch == CALENDAR_MAC_1904,
        "calculation": "Automatic",
    }


def _sheet(sheet: Worksheet, values: Worksheet, styles: Book) -> Book:
    columns = sheet.column_dimensions
    rows = sheet.row_dimensions
    return {
        "name": sheet.title,
        "visibility": _VISIBILITY[sheet.sheet_state],
        "isProtected": bool(sheet.protection.sheet),
        "hasGridlines": bool(sheet.sheet_view.showGridLines),
        "cells": _cells(sheet, values, styles),
        "merged": [each.coord for each in sheet.merged_cells.ranges],
        "widths": {
            get_column_letter(at): points_of(each.width)
            for each in columns.values()
            if each.customWidth and each.min and each.max
            for at in range(each.min, each.max + 1)
        },
        "hiddenColumns": [name for name, each in columns.items() if each.hidden],
        "heights": {str(row): each.height for row, each in rows.items() if each.height is not None},
        "hiddenRows": [row for row, each in rows.items() if each.hidden],
        "rules": rules_of(sheet),
        "validations": validations_of(sheet),
        "names": [_name(name, each) for name, each in sheet.defined_names.items()],
        "filter": filter_of(sheet),
        "freeze": sheet.freeze_panes or "",
        "charts": charts_of(sheet),
        "printing": printing_of(sheet),
        "tables": list(sheet.tables),
        "comments": [],
        "notes": [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment],
        "shapes": ["Image"] * len(sheet._images),  # type: ignore[attr-defined]
        "pivots": len(sheet._pivots),  # type: ignore[attr-defined]
        "slicers": 0,
    }


def _name(name: str, defined: Any) -> Book:
    return {"name": name, "refersTo": f"={defined.attr_text}", "isVisible": not defined.hidden}


def _cells(sheet: Worksheet, values: Worksheet, styles: Book) -> Book:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.value is not None or cell.has_style or cell.hyperlink:
                cells[cell.coordinate] = _cell(cell, values[cell.coordinate].value, styles)
    return cells


def _cell(cell: Cell, value: Any, styles: Book) -> Book:
    found: Book = {"value": _value(cell, value)}
    formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    if cell.data_type == "f":
        found["formula"] = formula
    if isinstance(cell.value, ArrayFormula) and ":" in cell.value.ref:
        found["spill"] = cell.value.ref
    style = _style(cell)
    if style != "Normal":
        found["style"] = style
    own = {key: each for key, each in look_of(cell).items() if styles[style][key] != each}
    if own:
        found["look"] = own
    if cell.hyperlink:
        place, address = cell.hyperlink.location, cell.hyperlink.target
        link = {"address": address, "documentReference": place, "screenTip": cell.hyperlink.tooltip}
        shown = cell.hyperlink.display or (cell.value if isinstance(cell.value, str) else None)
        found["link"] = {key: text for key, text in (link | {"textToDisplay": shown}).items() if text}
    return found


def _style(cell: Cell) -> str:
    """The name of a cell's style; LibreOffice writes formats without one."""
    try:
        return str(cell.style)
    except IndexError:
        return "Normal"


def _value(cell: Cell, value: Any) -> Any:
    """A date is its number of days, an error is one even if it is a formula's."""
    if value is None:
        return ""
    if isinstance(value, str):
        return {"error": value} if value in _ERRORS and cell.data_type in ("e", "f") else value
    is_date = hasattr(value, "year") or hasattr(value, "hour")
    return to_excel(value) if is_date else value


def _parts(content: bytes) -> list[Book]:
    """Return the custom XML parts."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [name for name in file.namelist() if name.startswith("customXml/item")]
        for name in names:
            root = etree.fromstring(file.read(name))
            namespace = etree.QName(root).namespace or ""
            if "itemProps" not in name:
                xml = etree.tostring(root, encoding="unicode")
                parts.append({"id": f"{{PART-{len(parts) + 1}}}", "namespace": namespace, "xml": xml})
    return parts
