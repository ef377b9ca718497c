"""Charts of a report, drawn with openpyxl."""

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, NumRef, StrRef
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from workbook.report import Chart, Series

_FAINT = "D1D5DB"


def drawn(chart: Chart) -> BarChart:
    """Return a chart with its series as columns or bars, and those that are lines as lines over them."""
    bars = BarChart()
    bars.type = "bar" if chart.horizontal else "col"
    bars.gapWidth = 60
    bars.series = [_bar(series) for series in chart.series if not series.line]
    lines = [_line(series) for series in chart.series if series.line]
    if lines:
        over = LineChart()
        over.series = lines
        bars += over
    _dress(bars, chart)
    return bars


def _bar(series: Series) -> ChartSeries:
    made = _series(series)
    made.graphicalProperties = GraphicalProperties(solidFill=series.colour)
    return made


def _line(series: Series) -> ChartSeries:
    made = _series(series)
    made.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=series.colour, w=28575))
    made.smooth = False
    return made


def _series(series: Series) -> ChartSeries:
    """Return a series with categories as text, and with a title that is not in a cell."""
    made = ChartSeries(
        val=NumDataSource(numRef=NumRef(f=series.values)),
        cat=AxDataSource(strRef=StrRef(f=series.categories)),
        tx=SeriesLabel(v=series.title),
    )
    made.invertIfNegative = None
    return made


def _dress(bars: BarChart, chart: Chart) -> None:
    bars.title = _title(chart.title)
    for axis in (bars.x_axis, bars.y_axis):
        axis.delete = False
        axis.title = None
    bars.y_axis.numFmt = NumFmt(formatCode=chart.number_format, sourceLinked=False)
    bars.y_axis.scaling.min = 0.0
    faint = GraphicalProperties(ln=LineProperties(solidFill=_FAINT, w=6350))
    bars.y_axis.majorGridlines = ChartLines(spPr=faint)
    bars.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    bars.legend.position = "b"
    bars.width, bars.height = chart.width, chart.height


def _title(title: str) -> Title:
    bold = CharacterProperties(sz=1200, b=True)
    line = Paragraph(pPr=ParagraphProperties(defRPr=bold), r=[RegularTextRun(rPr=bold, t=title)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)
