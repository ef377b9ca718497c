"""Tables with a column for each year: "Size (USD million) | 2023 | 2024", and below it a row of figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markets.errors import BadArgument
from markets.figures import Figure
from markets.importing.documents import Block, Document, Kind, Place
from markets.units import Unit, read_unit
from markets.years import parse_year

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,30})[)\]]")
_UNIT_LAST = re.compile(r"(?:,|\bin\b)\s*([^,]{2,30})$")
_FEWEST_YEARS = 2


@dataclass(frozen=True)
class YearCell:
    """A figure of a table: the row's label without its unit, its year and its unit."""

    label: str
    year: int
    value: str
    unit: Unit
    place: Place


def year_cells(document: Document) -> Iterator[YearCell]:
    """Yield the figures of tables with years in their header, if it, a row or the title has a currency."""
    years: dict[int, int] = {}
    header, above = "", ""
    for number, block in enumerate(document.blocks):
        if block.kind is not Kind.ROW:
            years, above = {}, block.text
        elif found := _years(block):
            years, header = found, block.cells[0]
        elif years and (unit := _unit(block.cells[0]) or _unit(header) or _unit(above)):
            yield from _figures(block, number, years, unit)


def _years(row: Block) -> dict[int, int]:
    """The year of each column; none if too few cells are years."""
    found = {at: year for at, cell in enumerate(row.cells) if at and (year := parse_year(cell))}
    return found if len(found) >= _FEWEST_YEARS else {}


def _figures(row: Block, number: int, years: dict[int, int], unit: Unit) -> Iterator[YearCell]:
    label = _IN_BRACKETS.sub("", row.cells[0]).strip(" ,:")
    starts = _starts(row)
    for at, year in years.items():
        cell = row.cells[at].strip() if at < len(row.cells) else ""
        try:
            value = Figure(cell).printed
        except ValueError:
            continue
        yield YearCell(label, year, value, unit, Place(number, starts[at], starts[at] + len(row.cells[at])))


def _starts(row: Block) -> list[int]:
    """Where each cell starts in the row's text, in which " | " stands between them."""
    starts = [0]
    for cell in row.cells:
        starts.append(starts[-1] + len(cell) + len(" | "))
    return starts


def _unit(text: str) -> Unit | None:
    """Return the unit that a header, a label or a title gives, None if it names no currency."""
    for found in (*_IN_BRACKETS.findall(text), *_UNIT_LAST.findall(text)):
        try:
            currency, scale = read_unit(found)
        except BadArgument:
            continue
        if currency:
            return Unit(currency, scale)
    return None
