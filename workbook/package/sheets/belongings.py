"""What belongs to a sheet: its part, those that it leads to, and all formulas in them."""

import re
from collections.abc import Iterator
from html import unescape

from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.scanning import formula_texts
from workbook.package.sheets.workbook_part import Sheet

_CHART_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?(?:f|sqref)(?:\s[^>]*)?>([^<]*)</")


def parts_of(package: Package, sheet: Sheet) -> list[tuple[str, str]]:
    """Return the parts that belong to a sheet, with the kind of relationship that leads to each."""
    found: dict[str, str] = {}
    waiting = [("", sheet.part)] if sheet.part else []
    while waiting:
        kind, part = waiting.pop()
        if part in package and part not in found:
            found[part] = kind
            waiting += [(link.kind, link.part) for link in relationships(package, part) if link.part]
    return [(kind, part) for part, kind in found.items()]


def chart_formulas(chart: bytes) -> list[str]:
    """Return the references in a chart.

    >>> chart_formulas(b"<val><numRef><f>A!B1</f></numRef></val>")
    ['A!B1']
    """
    return [unescape(found[1].decode(errors="replace")) for found in _CHART_FORMULA.finditer(chart)]


def formulas_of(package: Package, sheet: Sheet) -> Iterator[str]:
    """Yield the formulas of a sheet's cells, validations, formats and charts, but not its links."""
    for kind, part in parts_of(package, sheet):
        if part == sheet.part:
            data = package[part]
            yield from formula_texts(data)
            rules = (rule for rule in Rules(data).all if rule.kind != "hyperlink")
            yield from (formula for rule in rules for formula in rule.formulas)
        elif kind in ("chart", "chartEx"):
            yield from chart_formulas(package[part])
