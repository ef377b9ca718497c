"""Tables on report sheets: a list of columns, from which everything else follows.

Headers, widths, looks, the line below each row, the print area and the figures tracked for changes all
come from the columns, so that a column is added in one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from workbook.areas import TableArea
from workbook.formulas import Expr
from workbook.page import Page
from workbook.report import Content

_HEADER_HEIGHT = 32
_NUMBERS = ("Size", "Percent", "Count", "Multiple", "Figure", "Year")


class Row:
    """One row of a table. `row["size"]` is the cell of a column as an operand, written when it is needed.

    `number` starts at 1; `above` is the previous row, None in the first.
    """

    def __init__(self, table: "Table", number: int, above: "Row | None") -> None:
        self.number = number
        self.above = above
        self._table = table

    def __getitem__(self, key: str) -> Expr:
        place = self.place(key)
        page = self._table.page
        if place not in page.sheet.cells:
            column = self._table.columns[key]
            page.put(place, column.cell(self), f"{column.look} row")
        return page[place]

    def place(self, key: str) -> str:
        """Return the reference of the cell of a column."""
        return f"{self._table.letter(key)}{self._table.first + self.number - 1}"


@dataclass(frozen=True)
class Column:
    """A column: its key, header, width in characters, the style of its cells, and what they contain.

    If its figures are tracked, `tracked` names the figure of a row, and `source` is the key of the
    column with its source.
    """

    key: str
    header: Content
    width: float
    look: str
    cell: Callable[[Row], Content]
    tracked: Callable[[Row], str] | None = None
    source: str = ""


@dataclass(frozen=True)
class Table:
    """A table on a page, from column A on; `first` is the first row below its header."""

    page: Page
    columns: dict[str, Column]
    first: int

    def letter(self, key: str) -> str:
        """Return the letters of a column."""
        return get_column_letter(list(self.columns).index(key) + 1)

    def area(self, key: str, rows: int) -> str:
        """Return the area of a column's first rows, as in "B6:B16"."""
        return f"{self.letter(key)}{self.first}:{self.letter(key)}{self.first + rows - 1}"


def widths(columns: Sequence[Column]) -> list[float]:
    """Return the widths of columns, for their page."""
    return [column.width for column in columns]


def put_table(
    page: Page, columns: Sequence[Column], header_row: int, filled: int, ready: int = 0, name: str = "table"
) -> Table:
    """Write a table, and return it. `name` tells the tables of a sheet apart.

    `filled` is the number of rows that have something to show now. At least `ready` rows are written,
    for markets with more; their cells are blank until then.
    """
    table = Table(page, {column.key: column for column in columns}, header_row + 1)
    looks = ["Header number" if column.look.startswith(_NUMBERS) else "Header" for column in columns]
    page.row(header_row, [column.header for column in columns], looks)
    page.height(header_row, _HEADER_HEIGHT)
    height = max(filled, ready)
    above = None
    for number in range(1, height + 1):
        above = _put_row(table, Row(table, number, above))
    letters = {key: table.letter(key) for key in table.columns}
    page.sheet.tables.append(TableArea(name, table.first, height, letters))
    page.rule_rows(f"A{table.first}:{get_column_letter(len(columns))}{table.first + height - 1}")
    return table


def _put_row(table: Table, row: Row) -> Row:
    for key in table.columns:
        row[key]
    for key, column in table.columns.items():
        if column.tracked is not None:
            source = row[column.source].value if column.source else ""
            table.page.track(column.tracked(row), row.place(key), str(source))
    return row
