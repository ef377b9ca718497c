"""A report as data: sheets with cells, names, charts and rules, before it is a file or an open workbook.

Adapters write it: `workbook.xlsx` as a package, with openpyxl, and `addin.desktop.sheet_writer` into a
workbook that is open in Excel. Nothing here knows a file format.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workbook.areas import TableArea
from workbook.figures import Change, Shown
from workbook.formulas import Expr

Content: TypeAlias = "Expr | str | float | None"


@dataclass(frozen=True)
class Cell:
    """What a cell contains, and the name of its style; `link` is a place or an address to jump to.

    `number_format` replaces that of the style.
    """

    content: Content
    look: str
    link: str = ""
    number_format: str = ""

    @property
    def value(self) -> Any:
        """The value that the cell shows: text, number, truth or `CellError`; None if it is blank."""
        value = self.content.value if isinstance(self.content, Expr) else self.content
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @property
    def formula(self) -> str | None:
        """The formula without its equals sign; None if the cell has none."""
        return self.content.formula if isinstance(self.content, Expr) else None


@dataclass(frozen=True)
class Rule:
    """How the cells of an area look where a condition, written for its first cell, is true.

    `look` is the name of a conditional style. If several conditions are true, LibreOffice applies only
    the first.
    """

    area: str
    condition: str
    look: str


@dataclass(frozen=True)
class DropDown:
    """Entries that a cell accepts: one of a named list, or a whole number or a date between two limits."""

    area: str
    title: str
    message: str
    listed: str = ""
    between: tuple[int, int] | None = None
    is_date: bool = False


@dataclass(frozen=True)
class Series:
    """One series of a chart: an area of values with its sheet, and of categories if the chart has any.

    `title` is a text, or the cell that has it, with its sheet. A series is drawn as columns, hatched
    ones for figures that nobody states, or as a line. One without a color is not seen: only its labels
    are. `labels` are shown at every point, or only at the point `labelled` (the first is 0).
    """

    title: str
    values: str
    colour: str
    categories: str = ""
    hatched: bool = False
    line: bool = False
    dashed: bool = False
    arrow: bool = False
    labels: Literal["", "value", "title", "both"] = ""
    labelled: int | None = None


@dataclass(frozen=True)
class Chart:
    """Columns and lines by category, over an area of cells. `described` is its alternative text.

    Columns are side by side or stacked. A plain chart has no title, legend and axis of values.
    """

    area: str
    series: tuple[Series, ...]
    described: str
    number_format: str
    title: str = ""
    stacked: bool = False
    plain: bool = False


@dataclass(frozen=True)
class WholeBar:
    """A single horizontal bar of 100 % over an area of cells, with one series for each of its pieces."""

    area: str
    series: tuple[Series, ...]
    described: str


@dataclass(frozen=True)
class Bars:
    """Horizontal bars by category, the first on top, over an area of cells."""

    area: str
    series: tuple[Series, ...]
    described: str


@dataclass(frozen=True)
class Strips:
    """Horizontal bars from 0 to 1, stacked, each in line with a row of the area: the first on top.

    A series without a color is not seen: it is room before the next one. The area has no other text.
    """

    area: str
    series: tuple[Series, ...]
    described: str


@dataclass(frozen=True)
class Fan:
    """A band by category and lines over it, over an area of cells.

    The band is `height` high and starts at `low`; below it, nothing is drawn.
    """

    area: str
    low: Series
    height: Series
    lines: tuple[Series, ...]
    described: str
    number_format: str


@dataclass(frozen=True)
class Tornado:
    """Horizontal bars by category, the first on top, over an area of cells. Their axis begins at `start`.

    Pieces of one category stand end to end. A piece without a color is not seen.
    """

    area: str
    series: tuple[Series, ...]
    described: str
    number_format: str
    start: float


AnyChart: TypeAlias = Chart | WholeBar | Bars | Strips | Fan | Tornado


@dataclass(frozen=True)
class Print:
    """A print area in landscape, centered on the page; `pages_high` is 0 for any number of pages.

    `scale` is in percent; 0 fits the area to one page in width.
    """

    area: str
    header_row: int | None = None
    pages_high: int = 0
    breaks: tuple[int, ...] = ()
    scale: int = 0


@dataclass
class ReportSheet:
    """One sheet: its cells by reference, and everything else that it shows.

    `bars` are areas of fractions that are shown as bars in their cells, from 0 to 100 %.
    """

    title: str
    widths: tuple[float, ...]
    hidden: bool = False
    cells: dict[str, Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    drop_downs: list[DropDown] = field(default_factory=list)
    tables: list[TableArea] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    charts: list[AnyChart] = field(default_factory=list)
    freeze: str = ""
    filter: str = ""
    printed: Print | None = None

    def values(self) -> Iterator[tuple[str, Any]]:
        """Yield the reference and the value of each formula cell."""
        for place, cell in self.cells.items():
            if isinstance(cell.content, Expr):
                yield place, cell.content.value


@dataclass(frozen=True)
class Report:
    """The sheets of a report in their order, and the areas of defined names as sheet and area.

    `shown` are its market, unit and figures, `made` the day on which it was built. `changes` are the
    figures that have changed since an earlier state; None if there was none.
    """

    shown: Shown
    made: datetime.date
    sheets: tuple[ReportSheet, ...]
    names: Mapping[str, tuple[str, str]]
    changes: tuple[Change, ...] | None

    def sheet(self, title: str) -> ReportSheet:
        """Return a sheet by its title. Raises KeyError."""
        return {sheet.title: sheet for sheet in self.sheets}[title]
