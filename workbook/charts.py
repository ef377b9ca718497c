"""Charts of a report, drawn with openpyxl."""

import math
import re
from typing import Any, cast

from openpyxl.chart import AreaChart, BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, NumRef, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineEndProperties, LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.utils import range_boundaries

from workbook.report import AnyChart, Bars, Chart, Fan, Series, Strips, Tornado, WholeBar

_FAINT, _INK, _WHITE = "D1D5DB", "1F2937", "FFFFFF"
_LABEL_SIZE = 1000
_MOST_YEARS = 12
_BESIDE_NAMES = (0.47, 0.02, 0.36, 0.96)
"""Where bars are in their chart: right of their names, and with room for labels."""
_BESIDE_LONG_NAMES = (0.43, 0.02, 0.54, 0.76)


def drawn(chart: AnyChart) -> AreaChart | BarChart:
    """Return a chart, anchored to its area."""
    bars = _in_its_kind(chart)
    bars.anchor = _anchor(chart.area)  # type: ignore[assignment]
    bars.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    bars.plot_area.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    bars.visible_cells_only = False  # the figures can be in hidden rows
    bars.roundedCorners = False
    return bars


def _in_its_kind(chart: AnyChart) -> AreaChart | BarChart:
    match chart:
        case Bars():
            return _horizontal(chart)
        case WholeBar():
            return _whole_bar(chart)
        case Strips():
            return _strips(chart)
        case Fan():
            return _fan(chart)
        case Tornado():
            return _tornado(chart)
        case Chart():
            return _by_category(chart)


def completed(part: bytes) -> bytes:
    """Return a chart's part with what openpyxl cannot write.

    Texts are not wrapped, because LibreOffice makes labels as narrow as a bar is high. Without a title,
    Excel shows none of its own. The separator of labels is an element's text, not its attribute.
    """
    part = re.sub(rb'<separator val="([^"]*)" ?/>', rb"<separator>\1</separator>", part)
    part = re.sub(rb'(<a:bodyPr xmlns:a="[^"]*"[^>]*?)(?=/>)', rb'\1 wrap="none"', part)
    return part.replace(b"<chart><plotArea>", b'<chart><autoTitleDeleted val="1"/><plotArea>', 1)


def _anchor(area: str) -> TwoCellAnchor:
    left, top, right, bottom = cast("tuple[int, int, int, int]", range_boundaries(area))
    start = AnchorMarker(col=left - 1, row=top - 1)
    return TwoCellAnchor(editAs="twoCell", _from=start, to=AnchorMarker(col=right, row=bottom))


def _by_category(chart: Chart) -> BarChart:
    bars = BarChart()
    bars.type = "col"
    bars.gapWidth = max(45, 400 // _length(chart.series[0].categories))
    if chart.stacked:
        bars.grouping, bars.overlap = "stacked", 100
    bars.series = [_piece(series) for series in chart.series if not series.line]
    lines = [_line(series) for series in chart.series if series.line]
    if lines:
        over = LineChart()
        over.series = lines
        bars += over
    bars.title = _title(chart.title) if chart.title else None
    _dress_axes(bars, chart)
    if chart.plain:
        bars.legend = None
        bars.layout = _inner(0.01, 0.02, 0.98, 0.87)
    else:
        bars.legend.position = "b"
        bars.legend.txPr = _text(_INK)
    return bars


def _whole_bar(bar: WholeBar) -> BarChart:
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap, bars.gapWidth = "bar", "percentStacked", 100, 0
    bars.series = [_piece(series) for series in bar.series]
    for axis in (bars.x_axis, bars.y_axis):
        axis.delete = True
        axis.title = None
    bars.y_axis.majorGridlines = None
    bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0.0, 1.0
    bars.legend = None
    bars.layout = _inner(0, 0, 1, 1)
    return bars


def _horizontal(chart: Bars) -> BarChart:
    bars = BarChart()
    bars.type, bars.gapWidth, bars.overlap = "bar", 30, 0
    bars.series = [_piece(series, "outEnd") for series in chart.series]
    for axis in (bars.x_axis, bars.y_axis):
        axis.title = None
        axis.txPr = _text(_INK)
        axis.majorTickMark = axis.minorTickMark = "none"
    bars.x_axis.delete, bars.y_axis.delete = False, True
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=_FAINT, w=9525))
    bars.y_axis.majorGridlines = None
    bars.y_axis.scaling.min = 0.0
    bars.legend = None
    bars.layout = _inner(*_BESIDE_NAMES)
    return bars


def _strips(chart: Strips) -> BarChart:
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap, bars.gapWidth = "bar", "stacked", 100, 130
    bars.series = [_piece(series) if series.colour else _unseen(series) for series in chart.series]
    for axis in (bars.x_axis, bars.y_axis):
        axis.delete = True
        axis.title = None
    bars.x_axis.scaling.orientation = "maxMin"
    bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0.0, 1.0
    bars.y_axis.majorUnit = 0.25
    faint = LineProperties(solidFill=_FAINT, w=6350)
    bars.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=faint))
    bars.legend = None
    bars.layout = _inner(0.04, 0, 0.92, 1)
    return bars


def _unseen(series: Series) -> ChartSeries:
    made = _series(series)
    made.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    return made


def _fan(chart: Fan) -> AreaChart:
    """Return stacked areas, of which only the upper one is seen, and lines. All start at the edges."""
    areas = AreaChart()
    areas.grouping = "stacked"
    areas.series = [_band(series) for series in (chart.low, chart.height)]
    over = LineChart()
    over.series = [_line(series) for series in chart.lines]
    areas += over
    _dress_value_axis(areas, chart.number_format)
    areas.x_axis.tickLblSkip = math.ceil(_length(chart.low.categories) / _MOST_YEARS)
    areas.y_axis.crossBetween = "midCat"
    areas.legend = Legend(legendEntry=[LegendEntry(idx=0, delete=True)])
    areas.legend.position = "b"
    areas.legend.txPr = _text(_INK)
    return areas


def _band(series: Series) -> ChartSeries:
    """Return an area. Its edge makes a band of no height a line."""
    made = _series(series)
    if series.colour:
        edge = LineProperties(solidFill=series.colour, w=38100)
        made.graphicalProperties = GraphicalProperties(solidFill=series.colour, ln=edge)
    else:
        made.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    return made


def _tornado(chart: Tornado) -> BarChart:
    """Return stacked bars. Their names stay on the left, wherever zero is, and the values below them."""
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap, bars.gapWidth = "bar", "stacked", 100, 40
    bars.series = [_piece(series) for series in chart.series]
    _dress_value_axis(bars, chart.number_format)
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.tickLblPos = "low"
    bars.y_axis.scaling.min = chart.start
    bars.y_axis.crosses = "max"
    bars.layout = _inner(*_BESIDE_LONG_NAMES)
    bars.legend.position = "b"
    bars.legend.txPr = _text(_INK)
    return bars


def _piece(series: Series, place: str = "ctr") -> ChartSeries:
    made = _series(series)
    edge = LineProperties(solidFill=_WHITE, w=9525)
    if series.hatched:
        pattern = PatternFillProperties(prst="wdUpDiag", fgClr=_rgb(series.colour), bgClr=_rgb(_WHITE))
        made.graphicalProperties = GraphicalProperties(
            pattFill=pattern, ln=LineProperties(solidFill=series.colour, w=6350)
        )
    elif not series.colour:
        made.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    else:
        made.graphicalProperties = GraphicalProperties(solidFill=series.colour, ln=edge)
    if series.labels:
        is_dark_on_light = place != "ctr" or series.hatched or _is_light(series.colour)
        made.dLbls = _labels(series, place, _INK if is_dark_on_light else _WHITE)
    return made


def _line(series: Series) -> ChartSeries:
    made = _series(series)
    if series.colour:
        head = LineEndProperties(type="triangle", w="med", len="med") if series.arrow else None
        stroke = LineProperties(solidFill=series.colour, w=22225, tailEnd=head)
        if series.dashed:
            stroke.prstDash = "sysDash"
    else:
        stroke = LineProperties(noFill=True)
    made.graphicalProperties = GraphicalProperties(ln=stroke)
    made.marker = Marker(symbol="none")
    made.smooth = False
    if series.labels:
        made.dLbls = _labels(series, "ctr" if series.colour else "t", series.colour or _INK)
    return made


def _labels(series: Series, place: str, colour: str) -> DataLabelList:
    """Return labels, at every point or at one. A value is shown in the format of its cell."""
    shown: dict[str, Any] = {
        "spPr": GraphicalProperties(solidFill=_WHITE) if series.hatched or series.arrow else None,
        "txPr": _text(colour, bold=True),
        "dLblPos": place,
        "showLegendKey": False,
        "showVal": series.labels in ("value", "both"),
        "showCatName": False,
        "showSerName": series.labels in ("title", "both"),
        "showPercent": False,
        "showBubbleSize": False,
        "separator": ": " if series.labels == "both" else None,
    }
    if series.labelled is None:
        return DataLabelList(**shown)
    others = {**shown, "showVal": False, "showSerName": False}
    return DataLabelList(dLbl=[DataLabel(idx=series.labelled, **shown)], **others)


def _rgb(colour: str) -> ColorChoice:
    return ColorChoice(srgbClr=colour)  # type: ignore[arg-type]


def _is_light(colour: str) -> bool:
    """Return whether dark text is easier to read on a color."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return 0.3 * red + 0.6 * green + 0.1 * blue > 140


def _series(series: Series) -> ChartSeries:
    """Return a series with categories as text."""
    title = SeriesLabel(strRef=StrRef(f=series.title)) if "!" in series.title else SeriesLabel(v=series.title)
    categories = AxDataSource(strRef=StrRef(f=series.categories)) if series.categories else None
    made = ChartSeries(val=NumDataSource(numRef=NumRef(f=series.values)), cat=categories, tx=title)
    made.invertIfNegative = None
    return made


def _dress_axes(bars: BarChart, chart: Chart) -> None:
    _dress_value_axis(bars, chart.number_format)
    bars.x_axis.tickLblSkip = math.ceil(_length(chart.series[0].categories) / _MOST_YEARS)
    if chart.plain:
        bars.y_axis.majorGridlines = None
    bars.y_axis.delete = chart.plain


def _dress_value_axis(bars: AreaChart | BarChart, number_format: str) -> None:
    """Show both axes, with faint lines across at the values, from zero on."""
    for axis in (bars.x_axis, bars.y_axis):
        axis.delete = False
        axis.title = None
        axis.txPr = _text(_INK)
        axis.majorTickMark = axis.minorTickMark = "none"
    faint = LineProperties(solidFill=_FAINT, w=9525)
    bars.x_axis.graphicalProperties = GraphicalProperties(ln=faint)
    bars.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    bars.y_axis.scaling.min = 0.0
    bars.y_axis.numFmt = NumFmt(formatCode=number_format, sourceLinked=False)
    bars.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=faint))


def _length(area: str) -> int:
    """Return the number of rows of an area with its sheet."""
    _, top, _, bottom = cast("tuple[int, int, int, int]", range_boundaries(area.rpartition("!")[2]))
    return bottom - top + 1


def _inner(x: float, y: float, width: float, height: float) -> Layout:
    """Return where the plot is in its chart, without the labels of the axes, as fractions."""
    edges = {"x": x, "y": y, "w": width, "h": height}
    return Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge", wMode="factor", hMode="factor", **edges
        )
    )


def _text(colour: str, *, bold: bool = False) -> RichText:
    looks = CharacterProperties(sz=_LABEL_SIZE, b=bold, solidFill=colour)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=looks), endParaRPr=looks)
    return RichText(p=[paragraph])


def _title(title: str) -> Title:
    bold = CharacterProperties(sz=1200, b=True, solidFill=_INK)
    line = Paragraph(pPr=ParagraphProperties(defRPr=bold), r=[RegularTextRun(rPr=bold, t=title)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)
