"""The columns of a table: which one holds what, by its header."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from markets.errors import BadArgument, Unreadable
from markets.importing.tables.cells import Grid
from markets.names import name_key
from markets.units import read_unit
from markets.years import parse_year

_HEADERS: Final[Mapping[str, str]] = {
    "market": "market, market name, name of market, topic, subject",
    "geography": "geography, area, market geography, scope",
    "segment": "segment, segment name, category, item, sub-segment, subsegment, product, piece",
    "dimension": "dimension, segmentation, cut, split by, by, segment type, breakdown",
    "year": "year, fiscal year, fy, period, date of figure",
    "size": "size, market size, value, revenue, sales, amount, market value, segment size",
    "unit": "unit, units, currency and scale, unit of measure, uom",
    "currency": "currency, ccy",
    "scale": "scale, magnitude",
    "share": "share, market share, share of market, percentage share, share %",
    "cagr": "cagr, growth, growth rate, cagr %, annual growth, compound annual growth rate",
    "first": "from, start, start year, cagr from, first year, from year",
    "last": "to, end, end year, cagr to, last year, to year",
    "about": "qualifier, about, note on figure",
    "publisher": "source, publisher, provider, research firm, published by",
    "title": "title, report, report title",
    "date": "date, published, publication date, edition, vintage, as of",
    "url": "url, link, web address, website",
    "at": "page, place, locator, reference, where",
}
FIELDS: Final = tuple(_HEADERS)
_BY_KEY: Final = {
    name_key(header): field for field, headers in _HEADERS.items() for header in headers.split(", ")
}
_ENOUGH_ALIKE: Final = 88
_SEARCHED_ROWS: Final = 20
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\bin\s+(.*)$|,\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column: its place from 0, its header, and what it holds; blank if it is not used.

    A column whose header is a year holds sizes of that `year`. `unit` is the unit in the header.
    """

    place: int
    header: str
    field: str
    year: int | None = None
    unit: str = ""

    @property
    def letter(self) -> str:
        """The column's name in a worksheet."""
        name, left = "", self.place + 1
        while left:
            left, rest = divmod(left - 1, 26)
            name = chr(ord("A") + rest) + name
        return name

    def __str__(self) -> str:
        if not self.field:
            return f'{self.letter} "{self.header}" is not used'
        of_year = f" in {self.year}" if self.year else ""
        in_unit = f", {self.unit}" if self.unit else ""
        return f'{self.letter} "{self.header}" is {self.field}{of_year}{in_unit}'


@dataclass(frozen=True)
class Table:
    """A grid whose header row is known: row `header` of the file, counted from 1."""

    grid: Grid
    header: int
    columns: tuple[Column, ...]


def find_table(grid: Grid) -> Table:
    """Return the columns under the first row that names at least two; raise Unreadable if none does."""
    for at, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        columns = columns_of(row)
        used = [column for column in columns if column.field]
        if len(used) >= 2 and any(column.field in ("size", "share", "cagr") for column in used):
            return Table(grid, at + 1, columns)
    raise Unreadable(
        f"{grid.name} has no header row with a size, a share or a CAGR. Its first row has "
        f"{', '.join(filter(None, grid.rows[0][:8])) if grid.rows else 'no cells'}."
    )


def columns_of(row: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that a row of headers names. The first of two for one thing is used.

    >>> [str(column) for column in columns_of(["Mkt size (USD mn)", "2024", "Remarks"])]
    ['A "Mkt size (USD mn)" is size, USD mn', 'B "2024" is size in 2024', 'C "Remarks" is not used']
    """
    found: list[Column] = []
    for place, header in enumerate(row):
        column = _column(place, header)
        taken = [other for other in found if (other.field, other.year) == (column.field, column.year)]
        found.append(Column(place, header, "") if column.field and taken else column)
    return tuple(column for column in found if column.header)


def _column(place: int, header: str) -> Column:
    plain, unit = _split(header)
    year = parse_year(plain) if len(plain) <= 20 else None
    return Column(place, header, "size" if year else _field(plain), year, unit)


def _split(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit."""
    for match in _IN_BRACKETS.finditer(header[:200]):
        text = next(filter(None, match.groups()), "")
        try:
            read_unit(text)
        except BadArgument:
            continue
        return (header[: match.start()] + header[match.end() :]).strip(), text
    return header.strip(), ""


def _field(header: str) -> str:
    key = name_key(re.sub(r"\([^()]*\)|%", "", header)[:60]) if header.strip() else ""
    if key in _BY_KEY:
        return _BY_KEY[key]
    near = process.extractOne(key, _BY_KEY.keys(), scorer=fuzz.WRatio, score_cutoff=_ENOUGH_ALIKE)
    return _BY_KEY[near[0]] if near and len(key) >= 4 else ""
