"""What sheets have beside cells, as JSON for the stand-in of Excel: rules, charts, filters, print set-up."""

from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.web.book_charts import looks_of, series_looks
from tests.web.book_looks import color_of, line_of

_CHART_TYPES: Final = {
    ("bar", "clustered"): "BarClustered",
    ("bar", "stacked"): "BarStacked",
    ("bar", "percentStacked"): "BarStacked100",
    ("col", "clustered"): "ColumnClustered",
    ("col", "stacked"): "ColumnStacked",
    ("area", "stacked"): "AreaStacked",
}
_POINTS: Final = 72
_PAPER: Final = {"9": "A4", "1": "Letter"}


def rules_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the conditional formats, the one that counts most first."""
    found = [
        (rule.priority, _rule(str(formatting.sqref), rule))
        for formatting in sheet.conditional_formatting
        for rule in formatting.rules
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _rule(areas: str, rule: Any) -> dict[str, Any]:
    if rule.type == "dataBar":
        low, high = (float(each.val) for each in rule.dataBar.cfvo)
        bar = {
            "color": f"#{rule.dataBar.color.rgb[-6:]}",
            "low": f"{low:g}",
            "high": f"{high:g}",
            "isGradient": False,
        }
        return {"areas": areas.split(), "type": "DataBar", "bar": bar}
    made = {
        "areas": areas.split(),
        "type": "Custom",
        "formula": f"={rule.formula[0]}",
        "look": _look(rule.dxf),
    }
    return made | ({"stops": True} if rule.stopIfTrue else {})


def _look(style: Any) -> dict[str, Any]:
    """Only what a conditional format changes."""
    look: dict[str, Any] = {}
    if style is None:
        return look
    if style.font is not None and style.font.color is not None:
        look["fontColor"] = color_of(style.font.color)
    if style.font is not None and style.font.italic is not None:
        look["isItalic"] = bool(style.font.italic)
    if style.fill is not None:
        look["fill"] = color_of(style.fill.bgColor)
    if style.border is not None:
        edges = {edge: line_of(getattr(style.border, edge.removeprefix("Edge").lower())) for edge in _EDGES}
        look |= {edge: line for edge, line in edges.items() if line}
    if style.numFmt is not None:
        look["numberFormat"] = style.numFmt.formatCode
    return look


_EDGES: Final = ("EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight")


def validations_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return what cells accept."""
    return [
        {
            "areas": str(each.sqref).split(),
            "rule": _accepted(each),
            "alert": {
                "showAlert": bool(each.showErrorMessage),
                "style": (each.errorStyle or "stop").title(),
                "title": each.errorTitle or "",
                "message": each.error or "",
            },
            "ignoresBlanks": bool(each.allow_blank),
        }
        for each in sheet.data_validations.dataValidation
    ]


def _accepted(validation: Any) -> dict[str, Any]:
    if validation.type == "list":
        return {"list": {"inCellDropDown": not validation.showDropDown, "source": f"={validation.formula1}"}}
    kind = {"whole": "wholeNumber", "date": "date"}.get(validation.type, validation.type)
    limits = {"formula1": _number(validation.formula1), "formula2": _number(validation.formula2)}
    operator = validation.operator or "between"
    return {kind: {**limits, "operator": operator[0].upper() + operator[1:]}}


def _number(text: str | None) -> Any:
    return int(text) if text and text.isdecimal() else text


def filter_of(sheet: Worksheet) -> dict[str, Any] | None:
    """Return the filter of a sheet."""
    return {"area": sheet.auto_filter.ref, "criteria": {}} if sheet.auto_filter.ref else None


def printing_of(sheet: Worksheet) -> dict[str, Any]:
    """Return how a sheet is printed."""
    setup, margins = sheet.page_setup, sheet.page_margins
    sides = (margins.left, margins.right, margins.top, margins.bottom, margins.header, margins.footer)
    fits = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    pages = {"horizontalFitToPages": setup.fitToWidth or 1, "verticalFitToPages": setup.fitToHeight or 0}
    return {
        "area": (sheet.print_area or "").rpartition("!")[2].replace("$", ""),
        "titleRows": (sheet.print_title_rows or "").replace("$", ""),
        "orientation": (setup.orientation or "portrait").title(),
        "paperSize": _PAPER.get(str(setup.paperSize or 1), str(setup.paperSize)),
        "centersHorizontally": bool(sheet.print_options.horizontalCentered),
        "centersVertically": bool(sheet.print_options.verticalCentered),
        "zoom": {key: count for key, count in pages.items() if count}
        if fits
        else {"scale": setup.scale or 100},
        "margins": [round(each * _POINTS, 3) for each in sides],
        "leftFooter": _footer(sheet.oddFooter.left),
        "rightFooter": _footer(sheet.oddFooter.right),
        "starts": [each.id + 1 for each in sheet.row_breaks.brk],
    }


def _footer(part: Any) -> str:
    if not part or not part.text:
        return ""
    return f"&{part.size}{part.text}" if part.size else str(part.text)


def charts_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the charts, with the areas that they are drawn from."""
    charts = enumerate(sheet._charts, start=1)  # type: ignore[attr-defined]
    return [_chart(number, each, sheet) for number, each in charts]


def _chart(number: int, chart: Any, sheet: Worksheet) -> dict[str, Any]:
    start, end = chart.anchor._from, chart.anchor.to
    kind = getattr(chart, "type", None) or "area"
    area = f"{get_column_letter(start.col + 1)}{start.row + 1}:{get_column_letter(end.col)}{end.row}"
    return {
        "name": f"Chart {number}",
        "type": _CHART_TYPES.get((kind, chart.grouping or "clustered"), f"{kind} {chart.grouping}"),
        "area": area,
        "title": _text(chart.title),
        "series": [_series(part, one) for part in chart._charts for one in part.ser],
        "looks": looks_of(chart, sheet, area),
    }


def _series(part: Any, series: Any) -> dict[str, Any]:
    title = series.tx
    name = "" if title is None else f"={title.strRef.f}" if title.strRef else title.v or ""
    categories = series.cat.strRef or series.cat.numRef if series.cat else None
    return {
        "name": name,
        "values": f"={series.val.numRef.f}" if series.val and series.val.numRef else "",
        "categories": f"={categories.f}" if categories else "",
        "looks": series_looks(part, series),
    }


def _text(title: Any) -> str:
    if title is None or title.tx is None or title.tx.rich is None:
        return ""
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r or ())
