"""Tables on report sheets: a list of columns, from which everything else follows.

Headers, widths, looks, the line below each row, number formats, what is printed, frozen panes and the
figures tracked for changes all come from the columns, so that a column is added in one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from openpyxl.utils import get_column_letter

from workbook.areas import TableArea
from workbook.formulas import Expr, if_
from workbook.page import Page
from workbook.report import Content
from workbook.spelling import size_format

_HEADER_HEIGHT = 32
_NUMBERS = ("Size", "Percent", "Difference", "Count", "Multiple", "Figure", "Points", "Year")
_ROWS_ON_A_SCREEN = 32

When = tuple[str, str]
"""A condition, and the conditional style of cells for which it is true. "{unit}" in the condition is the
cell of column "unit" in the same row."""

WHOLE_PERCENT: When = ("ROUND({0}*100,6)=INT(ROUND({0}*100,6))", "Whole percent")
"""Whole percentages are shown without decimals. "{0}" is the cell itself."""
BROKEN_PERCENT: When = ("ROUND({0}*100,6)<>INT(ROUND({0}*100,6))", "Stated percent")
"""Other percentages are shown with their decimals, also in a column of whole ones."""


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
            page.put(place, column.cell(self), f"{column.look_in(self)} row")
        return page[place]

    def place(self, key: str) -> str:
        """Return the reference of the cell of a column."""
        return f"{self._table.letter(key)}{self._table.first + self.number - 1}"


def _any_number(row: Row) -> None:
    """Do not limit the decimals of a cell."""


@dataclass(frozen=True)
class Column:
    """A column: its key, header, width in characters, the style of its cells, and what they contain.

    The style can depend on the row. `when` are the conditions under which cells look otherwise. If its
    figures are tracked, `tracked` names the figure of a row, and `source` is the key of the column with
    its source. Columns that are not printed stand at the end. `number_format` replaces that of the style;
    sizes have the decimals that suit the table, a cell at `most` so many. In a series, sizes that follow
    each other look different.
    """

    key: str
    header: Content
    width: float
    look: str | Callable[[Row], str]
    cell: Callable[[Row], Content]
    tracked: Callable[[Row], str] | None = None
    source: str = ""
    when: Sequence[When] = ()
    printed: bool = True
    number_format: str = ""
    most: Callable[[Row], int | None] = _any_number
    is_series: bool = False

    def look_in(self, row: Row) -> str:
        """Return the style of the cell in a row."""
        return self.look if isinstance(self.look, str) else self.look(row)

    @property
    def is_numeric(self) -> bool:
        """Whether the column contains numbers, so that its header stands above them on the right."""
        return not isinstance(self.look, str) or self.look.startswith(_NUMBERS)


def gap(key: str, width: float, *, printed: bool = True) -> Column:
    """Return a column without cells, as room for a chart or for other things on the sheet."""
    return Column(key, None, width, _GAP, lambda row: None, printed=printed)


_GAP = "Plain"


@dataclass(frozen=True)
class Table:
    """A table on a page, from column A on; `first` is the first row below its header.

    `filled` rows have something to show; `height` are written.
    """

    page: Page
    columns: dict[str, Column]
    first: int
    filled: int
    height: int

    def letter(self, key: str) -> str:
        """Return the letters of a column."""
        return get_column_letter(list(self.columns).index(key) + 1)

    def area(self, key: str, last_key: str = "") -> str:
        """Return the area of all rows of a column, or of the columns up to another, as in "B6:B16"."""
        return f"{self.letter(key)}{self.first}:{self.letter(last_key or key)}{self.first + self.height - 1}"

    def say_if_empty(self, place: str, sentence: str, otherwise: str = "") -> None:
        """Write a sentence, which is shown only if the table has no rows; its header is then hidden."""
        empty = self.page[f"A{self.first}"].equals("")
        self.page.put(place, if_(empty, sentence, otherwise), "Remark")

    def printed(self, last_row: int = 0) -> str:
        """Return the area to print: the sheet down to the last filled row, or to another row."""
        last_column = [key for key, column in self.columns.items() if column.printed][-1]
        end = last_row or self.first + max(self.filled, 1) - 1
        return f"A1:{self.letter(last_column)}{end}"


def widths(columns: Sequence[Column]) -> list[float]:
    """Return the widths of columns, for their page."""
    return [column.width for column in columns]


def put_table(
    page: Page,
    columns: Sequence[Column],
    header_row: int,
    filled: int,
    ready: int = 0,
    *,
    name: str = "table",
    row_height: float = 0,
) -> Table:
    """Write a table, and return it. `name` tells the tables of a sheet apart.

    `filled` is the number of rows that have something to show now. At least `ready` rows are written, for
    markets with more; their cells are blank until then. `row_height` is for tables whose texts never
    wrap; rows fit their texts without it. If the table is longer than a screen, its header stays in view.
    """
    named = {column.key: column for column in columns}
    table = Table(page, named, header_row + 1, filled, max(filled, ready))
    _put_headers(table, header_row)
    above, rows = None, []
    for number in range(1, table.height + 1):
        above = _put_row(table, Row(table, number, above))
        rows.append(above)
        if row_height:
            page.height(header_row + number, row_height)
    letters = {key: table.letter(key) for key in table.columns}
    page.sheet.tables.append(TableArea(name, table.first, table.height, letters))
    _format_numbers(table, rows)
    _add_rules(table, header_row)
    if header_row + filled > _ROWS_ON_A_SCREEN:
        page.sheet.freeze = f"A{table.first}"
    return table


def _put_headers(table: Table, row: int) -> None:
    for key, column in table.columns.items():
        if column.look != _GAP:
            look = "Header number" if column.is_numeric else "Header"
            table.page.put(f"{table.letter(key)}{row}", column.header, look)
    table.page.height(row, _HEADER_HEIGHT)


def _put_row(table: Table, row: Row) -> Row:
    for key, column in table.columns.items():
        if column.look != _GAP:
            row[key]
    for key, column in table.columns.items():
        if column.tracked is not None:
            source = row[column.source].value if column.source else ""
            table.page.track(column.tracked(row), row.place(key), str(source))
    return row


def _format_numbers(table: Table, rows: Sequence[Row]) -> None:
    """Give columns their number formats. Sizes in one table have the same decimals, to be compared.

    Only a size that is less exact than these has fewer.
    """
    sized = [column for column in table.columns.values() if column.look == "Size"]
    exact, computed, series = list[float](), list[float](), list[float]()
    most = {row.place(column.key): column.most(row) for column in sized for row in rows}
    for column in sized:
        for row in rows:
            kind = series if column.is_series else exact if most[row.place(column.key)] is None else computed
            if isinstance(size := row[column.key].value, float):
                kind.append(size)
    of_sizes = {limit: size_format(exact, computed, series, limit) for limit in {*most.values()}}
    for column in table.columns.values():
        for place in (row.place(column.key) for row in rows if column in sized or column.number_format):
            wanted = of_sizes[most[place]] if place in most else column.number_format
            table.page.sheet.cells[place] = replace(table.page.sheet.cells[place], number_format=wanted)


def _add_rules(table: Table, header_row: int) -> None:
    """Add conditional styles, special ones first: LibreOffice applies only the first that is true."""
    page, last = table.page, get_column_letter(len(table.columns))
    cells = {key: f"${table.letter(key)}{table.first}" for key in table.columns}
    for key, column in table.columns.items() if table.height else ():
        negative: Sequence[When] = [("{0}<0", "Negative size")] if column.look == "Size" else ()
        for condition, look in (*column.when, *negative):
            page.show(table.area(key), condition.format(cells[key], **cells), look)
    for is_gap, keys in groupby(table.columns, lambda key: table.columns[key].look == _GAP):
        if not is_gap and table.height:
            run = list(keys)
            page.rule_rows(table.area(run[0], run[-1]))
    page.show(f"A{header_row}:{last}{header_row}", f'$A${table.first}=""', "Hidden")
