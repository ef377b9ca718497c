"""Charts of a report as data for Office.js, from those that `workbook.charts` draws in files."""

from collections.abc import Iterator
from typing import Final, Literal

from openpyxl.chart import AreaChart, BarChart

from addin.web.refreshing import wire
from workbook.charts import drawn
from workbook.report import AnyChart, Chart, Fan, Series

_Drawn = Literal["column", "bar", "line", "area"]

_BARS: Final[dict[tuple[str, str], wire.ChartType]] = {
    ("col", "clustered"): "ColumnClustered",
    ("col", "stacked"): "ColumnStacked",
    ("bar", "clustered"): "BarClustered",
    ("bar", "stacked"): "BarStacked",
    ("bar", "percentStacked"): "BarStacked100",
}
"""The types by the direction of bars, and by how they are grouped."""


def chart_data(chart: AnyChart) -> wire.Chart:
    """Return a chart as data."""
    made = drawn(chart)
    categories, values = made.x_axis, made.y_axis
    return wire.Chart(
        area=chart.area,
        type=_BARS[made.type, made.grouping] if isinstance(made, BarChart) else "AreaStacked",
        described=chart.described,
        title=chart.title if isinstance(chart, Chart) else "",
        series=list(_all_series(chart, _shape(made))),
        number_format="" if values.delete else values.numFmt.formatCode,
        lowest=values.scaling.min or 0.0,
        highest=values.scaling.max,
        gap=int(made.gapWidth or 0) if isinstance(made, BarChart) else 0,
        label_every=categories.tickLblSkip or 1,
        from_top=categories.scaling.orientation == "maxMin",
        has_legend=made.legend is not None,
        has_value_axis=not values.delete,
        has_category_axis=not categories.delete,
        has_gridlines=values.majorGridlines is not None,
    )


def _shape(made: AreaChart | BarChart) -> _Drawn:
    if isinstance(made, AreaChart):
        return "area"
    return "column" if made.type == "col" else "bar"


def _all_series(chart: AnyChart, shape: _Drawn) -> Iterator[wire.Series]:
    if isinstance(chart, Fan):
        yield from (_series(each, shape) for each in (chart.low, chart.height))
        yield from (_series(each, "line") for each in chart.lines)
        return
    yield from (_series(each, "line" if each.line else shape) for each in chart.series)


def _series(series: Series, shape: _Drawn) -> wire.Series:
    is_cell = "!" in series.title
    return wire.Series(
        values=series.values,
        categories=series.categories,
        title="" if is_cell else series.title,
        title_cell=series.title if is_cell else "",
        color=f"#{series.colour}" if series.colour else None,
        drawn=shape,
        is_hatched=series.hatched,
        is_dashed=series.dashed,
        has_arrow=series.arrow,
        labels=series.labels,
        labelled=series.labelled,
    )
