"""What the server says of charts to the add-in's scripts, in the words of Office.js; see `wire`."""

from typing import Literal, TypeAlias

from msgspec import Struct


class Labels(Struct, frozen=True):
    """What is written at the points of a series, in bold: at all, or only at the `point`, counted from 0.

    A value is shown in the format of its cell. With `has_fill`, the text is on white.
    """

    shows: Literal["value", "title", "both"]
    point: int | None
    place: Literal["Center", "OutsideEnd", "Top"]
    color: str
    has_fill: bool


class Series(Struct, frozen=True):
    """One series of a chart. `values` and `categories` are areas with their sheet; the latter can be blank.

    `title` is a text; if `title_cell` is given, the title is in that cell. Without a color, the series is
    not seen: it is room before the next one, or has only labels.
    """

    values: str
    categories: str
    title: str
    title_cell: str
    color: str | None
    drawn: Literal["column", "bar", "line", "area"]
    is_hatched: bool = False
    is_dashed: bool = False
    labels: Labels | None = None


class Layout(Struct, frozen=True):
    """Where the plot is in its chart, without the labels of the axes, as fractions of the chart."""

    left: float
    top: float
    width: float
    height: float


ChartType: TypeAlias = Literal[
    "ColumnClustered", "ColumnStacked", "BarClustered", "BarStacked", "BarStacked100", "AreaStacked"
]
"""The types of charts, as in Office.js."""


class Chart(Struct, frozen=True):
    """A chart over an area of cells, with its type in Office.js. `described` is its alternative text.

    Lines lie over columns or areas. Values begin at `lowest`, and end at `highest` if that is given; a line
    is drawn across at each `step`, which Excel chooses if it is not given. `from_top` says that the first
    category is on top, `label_every` which labels of categories are shown. `has_names_at_edge` says that
    they are at the edge, wherever the bars begin, and the values below them. `gap` is that between columns
    or bars, in percent. A legend is below, without unseen series. Without a `layout`, Excel chooses one.
    """

    area: str
    type: ChartType
    described: str
    title: str
    series: list[Series]
    number_format: str
    lowest: float
    highest: float | None
    step: float | None
    gap: int
    label_every: int
    from_top: bool
    has_names_at_edge: bool
    has_legend: bool
    has_value_axis: bool
    has_category_axis: bool
    has_gridlines: bool
    layout: Layout | None
