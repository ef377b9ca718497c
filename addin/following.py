"""A report sheet as it is in a workbook in which sheets have other names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from workbook.formulas import Expr
from workbook.package import renamed
from workbook.report import AnyChart, Cell, Fan, ReportSheet, Series

Follow: TypeAlias = Callable[[str], str]
"""Changes the sheets in a formula to their names in the workbook."""


def followed(sheet: ReportSheet, names: Mapping[str, str]) -> ReportSheet:
    """Return a report sheet with its name and those of the sheets that it refers to.

    `names` are the workbook's names of the report sheets, by their titles; links to others are left out.
    """
    titles = {title.casefold(): name for title, name in names.items()}

    def follow(formula: str) -> str:
        return renamed(formula, titles)

    return replace(
        sheet,
        title=names[sheet.title],
        cells={place: _cell(cell, titles, follow) for place, cell in sheet.cells.items()},
        rules=[replace(rule, condition=follow(rule.condition)) for rule in sheet.rules],
        charts=[_chart(chart, follow) for chart in sheet.charts],
    )


def _cell(cell: Cell, titles: Mapping[str, str], follow: Follow) -> Cell:
    content, link = cell.content, cell.link
    if isinstance(content, Expr):
        content = replace(content, formula=follow(content.formula))
    if link.startswith("#"):
        title = link[1:].rpartition("!")[0].strip("'").replace("''", "'")
        link = f"#{follow(link[1:])}" if title.casefold() in titles else ""
    return replace(cell, content=content, link=link)


def _chart(chart: AnyChart, follow: Follow) -> AnyChart:
    if isinstance(chart, Fan):
        low, height, *lines = (_series(each, follow) for each in (chart.low, chart.height, *chart.lines))
        return replace(chart, low=low, height=height, lines=tuple(lines))
    return replace(chart, series=tuple(_series(each, follow) for each in chart.series))


def _series(series: Series, follow: Follow) -> Series:
    return replace(
        series,
        title=follow(series.title) if "!" in series.title else series.title,
        values=follow(series.values),
        categories=follow(series.categories),
    )
