"""Charts of a report as data for Office.js, from those that `workbook.charts` draws in files."""

from collections.abc import Iterator
from typing import Final, Literal, cast

from openpyxl.chart import AreaChart, BarChart, LineChart
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.series import Series as ChartSeries

from addin.web.refreshing import chart_wire as wire
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


_PLACES: Final[dict[str, Literal["Center", "OutsideEnd", "Top"]]] = {
    "ctr": "Center",
    "outEnd": "OutsideEnd",
    "t": "Top",
}


def chart_data(chart: AnyChart) -> wire.Chart:
    """Return a chart as data."""
    made = drawn(chart)
    categories, values = made.x_axis, made.y_axis
    return wire.Chart(
        area=chart.area,
        type=_BARS[made.type, made.grouping] if isinstance(made, BarChart) else "AreaStacked",
        described=chart.described,
        title=chart.title if isinstance(chart, Chart) else "",
        series=[_series(each, drawn_as, looks) for each, (drawn_as, looks) in _all_series(chart, made)],
        number_format="" if values.delete else values.numFmt.formatCode,
        lowest=values.scaling.min or 0.0,
        highest=values.scaling.max,
        step=values.majorUnit,
        gap=int(made.gapWidth or 0) if isinstance(made, BarChart) else 0,
        label_every=categories.tickLblSkip or 1,
        from_top=categories.scaling.orientation == "maxMin",
        has_names_at_edge=categories.tickLblPos == "low",
        has_legend=made.legend is not None,
        has_value_axis=not values.delete,
        has_category_axis=not categories.delete,
        has_gridlines=values.majorGridlines is not None,
        layout=_layout(made.layout),
    )


def _all_series(
    chart: AnyChart, made: AreaChart | BarChart
) -> Iterator[tuple[Series, tuple[_Drawn, ChartSeries]]]:
    """Yield each series with how it is drawn. Lines come last, as they are drawn over the others."""
    pieces = [chart.low, chart.height] if isinstance(chart, Fan) else [s for s in chart.series if not s.line]
    lines = chart.lines if isinstance(chart, Fan) else [s for s in chart.series if s.line]
    parts = cast("list[AreaChart | BarChart | LineChart]", vars(made)["_charts"])
    looks = [(_shape(part), each) for part in parts for each in part.ser]
    return zip([*pieces, *lines], looks, strict=True)


def _shape(part: AreaChart | BarChart | LineChart) -> _Drawn:
    if isinstance(part, BarChart):
        return "column" if part.type == "col" else "bar"
    return "area" if isinstance(part, AreaChart) else "line"


def _series(series: Series, drawn_as: _Drawn, looks: ChartSeries) -> wire.Series:
    is_cell = "!" in series.title
    return wire.Series(
        values=series.values,
        categories=series.categories,
        title="" if is_cell else series.title,
        title_cell=series.title if is_cell else "",
        color=f"#{series.colour}" if series.colour else None,
        drawn=drawn_as,
        is_hatched=series.hatched,
        is_dashed=series.dashed,
        labels=_labels(series, looks.dLbls),
    )


def _labels(series: Series, looks: DataLabelList | None) -> wire.Labels | None:
    if not series.labels or looks is None or looks.txPr is None:
        return None
    text = looks.txPr.p[0].pPr.defRPr
    return wire.Labels(
        shows=series.labels,
        point=series.labelled,
        place=_PLACES[str(looks.dLblPos)],
        color=f"#{text.solidFill.srgbClr}",
        has_fill=looks.spPr is not None,
    )


def _layout(layout: Layout | None) -> wire.Layout | None:
    place = layout.manualLayout if layout else None
    if place is None:
        return None
    return wire.Layout(*(part or 0.0 for part in (place.x, place.y, place.w, place.h)))
