"""One cell of a table as a figure, with its unit, or as a year."""

import re
from dataclasses import dataclass
from typing import Final

from markets.errors import shortened
from markets.figures import Figure
from markets.importing.drafts import Incomplete
from markets.importing.quantities import money
from markets.importing.tables.columns import Column
from markets.units import Unit, read_unit
from markets.years import parse_year

_SPACES: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}\b)")


@dataclass(frozen=True)
class Cells:
    """A row of the table: its number in the file, its cells by what they hold, and those with figures."""

    number: int
    by_field: dict[str, str]
    figures: tuple[tuple[Column, str], ...]

    def get(self, field: str, otherwise: str = "") -> str:
        """Return the text of a cell; `otherwise` if it is blank or has no column."""
        return self.by_field.get(field) or otherwise


def amount(cells: Cells, column: Column, text: str, told: str, comma: bool) -> tuple[Figure, Unit]:
    """Return a size and its unit: that in the cell itself, its row, its header, or the one told by the user.

    `comma`: the file has decimal commas. Raises Incomplete if no currency is given.
    """
    printed = money(text)
    if len(printed) == 1:
        return figure(printed[0].value, comma), Unit(printed[0].currency, printed[0].scale)
    joined = f"{cells.get('currency')} {cells.get('scale')}".strip()
    named = cells.get("unit") or joined or column.unit or told
    currency, scale = read_unit(named) if named else (None, "")
    if currency is None and told:
        currency = read_unit(told)[0]
    if currency is None:
        raise Incomplete("The table gives no currency for it. Use --unit")
    return figure(text, comma), Unit(currency, scale)


def percentage(text: str, comma: bool, is_share: bool) -> Figure:
    """Return a percentage. Raises Incomplete for a share such as 0.65 without a percent sign."""
    value = figure(text.replace("%", ""), comma)
    if is_share and "%" not in text and 0 < value.exact < 1:
        both = f"{(value.exact * 100).normalize():f}% or {value.exact:f}%"
        raise Incomplete(f"{text} can be a fraction or a percentage. Write {both}")
    return value


def figure(text: str, comma: bool = False) -> Figure:
    """Return a figure as printed, without spaces between its digits.

    >>> figure("12 450.5"), figure("1.234,5", comma=True)
    (Figure("12450.5"), Figure("1234.5"))
    """
    plain = _SPACES.sub("", text.strip())
    return Figure(plain.replace(".", "").replace(",", ".") if comma else plain)


def required_year(cells: Cells) -> int:
    """Return the year of a row; raise Incomplete if it has none."""
    year = optional_year(cells, "year")
    if year is None:
        raise Incomplete("The row has no year")
    return year


def optional_year(cells: Cells, field: str) -> int | None:
    """Return the year in a cell, None if it is blank; raise Incomplete for other text."""
    text = cells.get(field)
    year = parse_year(text)
    if text and year is None:
        raise Incomplete(f'"{shortened(text)}" is not a year')
    return year
