"""Small workbooks for the stand-in of Excel."""

from typing import Any

from tests.web.books import Book

NORMAL: Book = {
    "numberFormat": "General",
    "fontName": "Calibri",
    "fontSize": 11,
    "fontColor": "#000000",
    "isBold": False,
    "isItalic": False,
    "underline": "None",
    "fill": "",
    "EdgeTop": "",
    "EdgeBottom": "",
    "EdgeLeft": "",
    "EdgeRight": "",
    "horizontal": "General",
    "vertical": "Bottom",
    "indent": 0,
    "wraps": False,
    "shrinks": False,
    "isLocked": True,
}
"""How a cell looks that nobody has formatted."""


def sheet(name: str, cells: dict[str, Any] | None = None, **others: Any) -> Book:
    """Return a visible sheet with cells such as `{"A1": {"value": 2, "formula": "=1+1"}}`."""
    printing = {
        "area": "",
        "titleRows": "",
        "orientation": "Portrait",
        "paperSize": "Letter",
        "centersHorizontally": False,
        "centersVertically": False,
        "zoom": {"scale": 100},
        "margins": [50.4, 50.4, 54, 54, 21.6, 21.6],
        "leftFooter": "",
        "rightFooter": "",
        "starts": [],
    }
    empty: Book = {
        "merged": [],
        "widths": {},
        "hiddenColumns": [],
        "heights": {},
        "hiddenRows": [],
        "rules": [],
    }
    empty |= {"validations": [], "names": [], "filter": None, "freeze": "", "charts": [], "tables": []}
    empty |= {"comments": [], "shapes": [], "pivots": 0, "slicers": 0, "printing": printing}
    shown = {"visibility": "Visible", "isProtected": False, "hasGridlines": True}
    return {"name": name, "cells": cells or {}, **shown, **empty, **others}


def book(*sheets: Book, **others: Any) -> Book:
    """Return a workbook in which cell A1 of the first sheet is selected."""
    return {
        "sheets": list(sheets),
        "names": [],
        "styles": {"Normal": dict(NORMAL)},
        "parts": [],
        "active": sheets[0]["name"],
        "selection": "A1",
        "isProtected": False,
        "countsFrom1904": False,
        "calculation": "Automatic",
        **others,
    }
