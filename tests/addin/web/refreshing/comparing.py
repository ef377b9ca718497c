"""What two workbooks of the stand-in of Excel differ in, as a user sees them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from openpyxl.utils.cell import range_boundaries

from tests.web.books import Book

_CALL: Final = re.compile(r"\bMARKETBOOK\.(?=[A-Z_]+\()")
_QUOTED: Final = re.compile(r"'([A-Za-z_][A-Za-z_.]*)'!")
_MOST: Final = 12
_AXES: Final = ("axes categoryAxis", "axes valueAxis")
_SCALE: Final = (
    *(f"axes valueAxis {what}" for what in ("minimum", "maximum", "majorUnit")),
    "axes categoryAxis tickLabelSpacing",
)
_UNCOMPARED: Final = re.compile(
    r"^series (fill pattern|line arrow)$|^(area|title) font|^axes \w+ visible$| separator$"
)
"""Scripts draw no patterns and arrows, and give a chart one font. openpyxl reads no separators."""


def differences(ours: Book, theirs: Book, *, are_charts_new: bool = False) -> list[str]:
    """Return in which cells, formats, names and so on two workbooks differ, the first ones in words.

    Charts that stand keep how they look; of those, only the scales of the axes are compared.
    """
    compared = (comparable(book, are_charts_new=are_charts_new) for book in (ours, theirs))
    return _shortened(_differing(*compared, ""))


def changes(now: Book, before: Book) -> list[str]:
    """Return in what a workbook has changed at all; only the order of its names does not matter."""
    ours, theirs = ({**book, "names": _by_name(book["names"])} for book in (now, before))
    return _shortened(_differing(ours, theirs, ""))


def _by_name(names: list[Book]) -> list[Book]:
    return sorted(names, key=lambda name: str(name["name"]))


def _shortened(differing: Iterator[str]) -> list[str]:
    found = list(differing)
    return found[:_MOST] + ([f"... and {len(found) - _MOST} more"] if len(found) > _MOST else [])


def comparable(book: Book, *, are_charts_new: bool = False) -> Book:
    """Return a workbook without what does not matter: how a reference is quoted, the order of names."""
    styles = {cell.get("style", "Normal") for sheet in book["sheets"] for cell in sheet["cells"].values()}
    return {
        "sheets": [sheet["name"] for sheet in book["sheets"]],
        "on": {sheet["name"]: _sheet(sheet, are_charts_new) for sheet in book["sheets"]},
        "names": _names(book["names"]),
        "styles": {name: look for name, look in book["styles"].items() if name in styles},
        "records": {part["namespace"]: etree.fromstring(part["xml"]).text for part in book["parts"]},
        "active": book["active"],
        "selection": book["selection"],
    }


def formula(text: str | None) -> str | None:
    """Return a formula without the namespace of calls and without quotes that are not needed."""
    return None if text is None else _QUOTED.sub(r"\1!", _CALL.sub("", text))


def _differing(ours: Any, theirs: Any, where: str) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() | theirs.keys():
            yield from _differing(ours.get(key), theirs.get(key), f"{where} {key}".strip())
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differing(one, other, f"{where} {at}")
    elif ours != theirs:
        yield f"{where}: {ours!r:.400} instead of {theirs!r:.400}"


def _sheet(sheet: Book, are_charts_new: bool) -> Book:
    hidden = set(_inside(sheet["merged"]))
    kept = {"hiddenColumns", "heights", "hiddenRows", "freeze", "filter", "visibility"}
    kept |= {"isProtected", "hasGridlines", "widths", "tables", "comments", "notes", "shapes"}
    page = {**sheet["printing"], "margins": [round(points, 3) for points in sheet["printing"]["margins"]]}
    return {key: value for key, value in sheet.items() if key in kept} | {
        "cells": {at: _cell(cell) for at, cell in sheet["cells"].items() if at not in hidden},
        "merged": sorted(sheet["merged"]),
        "rules": [_rule(rule) for rule in sheet["rules"]],
        "validations": {" ".join(each["areas"]): _validation(each) for each in sheet["validations"]},
        "charts": [_chart(chart, are_charts_new) for chart in sheet["charts"]],
        "names": _names(sheet["names"]),
        "printing": page if page["area"] else {},
    }


def _inside(merged: list[str]) -> Iterator[str]:
    """Yield the cells of merged areas that nobody sees."""
    from openpyxl.utils import get_column_letter

    for area in merged:
        left, top, right, bottom = range_boundaries(area)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    yield f"{get_column_letter(column)}{row}"


def _cell(cell: Book) -> Book:
    """A formula's value is Excel's matter: it is calculated anew."""
    found = {"style": cell.get("style", "Normal"), "look": cell.get("look", {})}
    if cell.get("formula"):
        found["formula"] = formula(cell["formula"])
    else:
        found["value"] = cell["value"]
    if link := cell.get("link"):
        found["link"] = {key: link[key] for key in ("address", "documentReference") if key in link}
    return found


def _rule(rule: Book) -> Book:
    look = {key: value for key, value in rule.get("look", {}).items() if value}
    return {**rule, "look": look, "formula": formula(rule.get("formula"))}


def _validation(validation: Book) -> Book:
    """A limit can be a number or a formula."""
    rule = {
        kind: {key: str(each).removeprefix("=") for key, each in rule.items()}
        for kind, rule in validation["rule"].items()
    }
    return {**validation, "rule": rule}


def _chart(chart: Book, is_new: bool) -> Book:
    series = [
        {key: (formula(one[key]) or "").replace("$", "") for key in ("name", "values", "categories")}
        | ({"looks": _looks(one["looks"])} if is_new else {})
        for one in chart["series"]
    ]
    looks = _looks(chart["looks"])
    if not is_new:
        looks = {key: looks.get(key) for key in _SCALE}
    return {**{key: chart[key] for key in ("type", "title", "area")}, "series": series, "looks": looks}


def _looks(looks: Book) -> Book:
    """Leave out what nobody sees, and what scripts cannot draw."""
    unseen = [axis for axis in _AXES if looks.get(f"{axis} visible") is False]
    return {
        key: round(value, 1) if key.startswith("plot ") else value
        for key, value in looks.items()
        if not _UNCOMPARED.search(key)
        and not any(key.startswith(axis) and key not in _SCALE for axis in unseen)
    }


def _names(names: list[Book]) -> Book:
    return {name["name"]: (formula(name["refersTo"]), name["isVisible"]) for name in names}
