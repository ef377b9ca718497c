"""What belongs to a sheet: its part, those that it leads to, and all formulas in them, to read or change."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from workbook.package.opc.markup import ATTRIBUTES, quoted, unquoted
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.scanning import formula_texts
from workbook.package.sheets.workbook_part import Sheet

_FORMULA = re.compile(
    rb"(<(?:[^\s/>:]+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula)"
    rb"(?:\s" + ATTRIBUTES + rb")?(?<!/)>)([^<]+)(?=</)"
)
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


def formulas_in(xml: bytes) -> Iterator[str]:
    """Yield the formulas in the XML of a sheet, table or chart.

    >>> list(formulas_in(b"<c><f>A1&amp;B1</f><v>1</v></c>"))
    ['A1&B1']
    """
    return (unquoted(found[2]) for found in _FORMULA.finditer(xml))


def with_formulas(xml: bytes, change: Callable[[str], str]) -> bytes:
    """Return the XML of a sheet, table or chart with its formulas changed; other bytes stay.

    >>> with_formulas(b"<c><f>A1&amp;B1</f><v>1</v></c>", lambda formula: formula.replace("A1", "C1"))
    b'<c><f>C1&amp;B1</f><v>1</v></c>'
    """

    def changed(found: re.Match[bytes]) -> bytes:
        text = unquoted(found[2])
        now = change(text)
        return found[0] if now == text else found[1] + quoted(now)

    return _FORMULA.sub(changed, xml)
