"""How charts look, as JSON for the stand-in of Excel, in the words under which it notes what scripts set."""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.web.book_looks import points_of

Looks: TypeAlias = dict[str, Any]

_KINDS: Final = {"barChart", "lineChart", "areaChart"}
_EMU: Final = 12_700  # of a point
_PLACES: Final = {"ctr": "Center", "outEnd": "OutsideEnd", "t": "Top"}
_WIDTH, _HEIGHT = 48, 15  # of a column and a row that nobody has changed, in points


def looks_of(chart: Any, sheet: Worksheet, area: str) -> Looks:
    """Return how a chart over an area looks, if it is of a kind that scripts draw."""
    if not {part.tagname for part in chart._charts} <= _KINDS:
        return {}
    last = chart._charts[-1]  # openpyxl reads no area's axes
    categories, values = last.x_axis, last.y_axis
    legend = chart.legend
    looks = {
        "plotVisibleOnly": bool(chart.visible_cells_only),
        "area fill color": _fill(chart.graphical_properties),
        "area border lineStyle": _line_style(chart.graphical_properties),
        "legend visible": legend is not None,
        "legend position": {"b": "Bottom"}.get(legend.position, legend.position) if legend else None,
        **{f"legend entry {at} visible": False for at in _unlisted(chart)},
        **_axis("axes categoryAxis", categories),
        **_axis("axes valueAxis", values),
        "axes categoryAxis reversePlotOrder": categories.scaling.orientation == "maxMin",
        "axes categoryAxis tickLabelSpacing": categories.tickLblSkip or 1,
        "axes categoryAxis tickLabelPosition": {"low": "Low"}.get(categories.tickLblPos),
        "axes categoryAxis position": "Maximum" if values.crosses == "max" else None,
        "axes categoryAxis isBetweenCategories": False if values.crossBetween == "midCat" else None,
        "axes valueAxis minimum": values.scaling.min,
        "axes valueAxis maximum": values.scaling.max,
        "axes valueAxis majorUnit": values.majorUnit,
        "axes valueAxis numberFormat": values.numFmt.formatCode if values.numFmt else None,
        "axes valueAxis majorGridlines visible": values.majorGridlines is not None,
        **_gridlines(values.majorGridlines),
        **_plot(chart.layout, sheet, area),
    }
    return {key: value for key, value in looks.items() if value is not None}


def series_looks(part: Any, series: Any) -> Looks:
    """Return how a series of a part of a chart looks, if it has looks of its own."""
    shape, drawn = series.graphicalProperties, part.tagname
    if (
        drawn not in _KINDS
        or shape is None
        or shape.ln is None
        or (drawn == "lineChart" and not series.marker)
    ):
        return {}
    looks: Looks = {
        "series line color": _color(shape.ln.solidFill),
        "series line lineStyle": _line_style(shape),
    }
    if drawn == "lineChart":
        looks |= {"type": "Line", "marker": (series.marker.symbol or "none").title()}
        if shape.ln.solidFill:
            looks["series line lineStyle"] = "Dash" if shape.ln.prstDash == "sysDash" else "Continuous"
            looks["series line arrow"] = shape.ln.tailEnd.type if shape.ln.tailEnd else None
    else:
        looks |= {
            "series fill color": _fill(shape),
            "series fill pattern": getattr(shape.pattFill, "prst", None),
        }
    if drawn == "barChart":
        looks |= {"gap": part.gapWidth, "overlap": part.overlap or 0}
    elif shape.ln.solidFill:
        looks["series line weight"] = shape.ln.w / _EMU
    looks |= _labels(series.dLbls)
    return {key: value for key, value in looks.items() if value is not None}


def _unlisted(chart: Any) -> Iterator[int]:
    """Yield the series that the legend does not have, or with a blank title."""
    if chart.legend is None:
        return
    deleted = {entry.idx for entry in chart.legend.legendEntry or () if entry.delete}
    for at, series in enumerate(one for part in chart._charts for one in part.ser):
        title = series.tx.v if series.tx else None
        if at in deleted or (title or "-").isspace():
            yield at


def _axis(name: str, axis: Any) -> Looks:
    marks = {which: getattr(axis, f"{which}TickMark") or "none" for which in ("major", "minor")}
    line = axis.graphicalProperties.ln if axis.graphicalProperties else None
    return {
        f"{name} visible": not axis.delete,
        **{f"{name} {which}TickMark": mark.title() for which, mark in marks.items()},
        f"{name} format line color": _color(line.solidFill) if line else None,
        f"{name} format line lineStyle": "None" if line and line.noFill else None,
    }


def _gridlines(lines: Any) -> Looks:
    if lines is None or lines.spPr is None:
        return {}
    return {"axes valueAxis majorGridlines format line color": _color(lines.spPr.ln.solidFill)}


def _plot(layout: Any, sheet: Worksheet, area: str) -> Looks:
    """Where the plot is in its chart, in points."""
    place = layout.manualLayout if layout else None
    if place is None:
        return {}
    left, top, right, bottom = range_boundaries(area)
    columns, rows = sheet.column_dimensions, sheet.row_dimensions
    names = [get_column_letter(at) for at in range(left, right + 1)]
    width = sum(points_of(columns[name].width) if name in columns else _WIDTH for name in names)
    height = sum(rows[row].height or _HEIGHT if row in rows else _HEIGHT for row in range(top, bottom + 1))
    return {
        "plot insideLeft": place.x * width,
        "plot insideTop": place.y * height,
        "plot insideWidth": place.w * width,
        "plot insideHeight": place.h * height,
    }


def _labels(labels: Any) -> Looks:
    if labels is None:
        return {}
    if labels.dLbl:
        return {
            key: value
            for one in labels.dLbl
            for key, value in {
                f"point {one.idx} hasDataLabel": True,
                **_label(f"point {one.idx} dataLabel", one),
            }.items()
        }
    return {"hasLabels": True, **_label("labels", labels)}


def _label(name: str, label: Any) -> Looks:
    if label.txPr is None:
        return {}
    text = label.txPr.p[0].pPr.defRPr
    return {
        f"{name} position": _PLACES.get(label.dLblPos, label.dLblPos),
        f"{name} showValue": bool(label.showVal),
        f"{name} showSeriesName": bool(label.showSerName),
        f"{name} showCategoryName": bool(label.showCatName),
        f"{name} showLegendKey": bool(label.showLegendKey),
        f"{name} numberFormat": label.numFmt or None,
        f"{name} format font size": text.sz / 100,
        f"{name} format font bold": bool(text.b),
        f"{name} format font color": _color(text.solidFill),
        f"{name} format fill color": _color(label.spPr.solidFill) if label.spPr else None,
    }


def _fill(shape: Any) -> str | None:
    """The color of a fill; that between the lines of a pattern; blank if nothing is seen."""
    if shape is None:
        return None
    if shape.pattFill:
        return _color_of(shape.pattFill.bgClr)
    return "" if shape.noFill else _color(shape.solidFill)


def _line_style(shape: Any) -> str | None:
    return "None" if shape is not None and shape.ln is not None and shape.ln.noFill else None


def _color(fill: Any) -> str | None:
    return _color_of(fill) if fill else None


def _color_of(choice: Any) -> str:
    named = choice.srgbClr
    return f"#{getattr(named, 'val', named)}"
