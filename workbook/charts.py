"""The two charts of the workbook, with their alternative texts."""

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from workbook.page import Page

_NAVY, _AMBER, _GREY = "17365D", "D97706", "D1D5DB"


def size_chart(forecast: Worksheet, first: int, last: int, unit: str) -> BarChart:
    """Return a chart with sizes as columns, and sizes at the stated CAGR as a line."""
    bars = BarChart()
    bars.type = "col"
    bars.gapWidth = 60
    bars.series.append(_series(forecast, "Size", f"B{first}:B{last}", f"A{first}:A{last}"))
    bars.series[0].graphicalProperties = GraphicalProperties(solidFill=_NAVY)
    line = LineChart()
    line.series.append(_series(forecast, "At the stated CAGR", f"E{first}:E{last}", f"A{first}:A{last}"))
    line.series[0].graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=_AMBER, w=28575))
    line.series[0].smooth = False
    bars += line
    _dress(bars, f"Size by year, {unit}", "[>=100]#,##0;#,##0.0")
    bars.y_axis.scaling.min = 0.0
    bars.legend.position = "b"
    bars.width, bars.height = 30, 9
    return bars


def share_chart(sheet: Worksheet, first: int, last: int, title: str) -> BarChart:
    """Return shares as horizontal bars, with the first segment at the top. One without a share has no bar."""
    bars = BarChart()
    bars.type = "bar"
    bars.gapWidth = 45 if last - first > 2 else 150
    bars.series.append(_series(sheet, "Share", f"C{first}:C{last}", f"B{first}:B{last}"))
    bars.series[0].graphicalProperties = GraphicalProperties(solidFill=_NAVY)
    bars.series[0].dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, numFmt="0.0%;;"
    )
    _dress(bars, title, "0%")
    bars.x_axis.scaling.orientation = "maxMin"
    bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0.0, 1.0
    bars.y_axis.majorUnit = 0.2
    bars.y_axis.crosses = "max"
    bars.legend = None
    bars.width, bars.height = 24, 7
    return bars


def add_chart(page: Page, place: str, chart: BarChart, described: str) -> None:
    """Put a chart at a cell. `described` is its alternative text, which openpyxl cannot write."""
    page.sheet.add_chart(chart, place)
    page.alternative_texts.append(described)


def _series(sheet: Worksheet, title: str, values: str, categories: str) -> Series:
    """Return a series with categories as text, and with a title that is not in a cell."""
    series = Series(
        val=NumDataSource(numRef=NumRef(f=_absolute(sheet, values))),
        cat=AxDataSource(strRef=StrRef(f=_absolute(sheet, categories))),
        tx=SeriesLabel(v=title),
    )
    series.invertIfNegative = None
    return series


def _absolute(sheet: Worksheet, area: str) -> str:
    column, first, last = area[0], area.partition(":")[0][1:], area.partition(":")[2][1:]
    return f"{quote_sheetname(sheet.title)}!${column}${first}:${column}${last}"


def _dress(chart: BarChart, title: str, number_format: str) -> None:
    chart.title = _title(title)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.title = None
    chart.y_axis.numFmt = NumFmt(formatCode=number_format, sourceLinked=False)
    faint = GraphicalProperties(ln=LineProperties(solidFill=_GREY, w=6350))
    chart.y_axis.majorGridlines = ChartLines(spPr=faint)
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))


def _title(title: str) -> Title:
    bold = CharacterProperties(sz=1200, b=True)
    line = Paragraph(pPr=ParagraphProperties(defRPr=bold), r=[RegularTextRun(rPr=bold, t=title)])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)
