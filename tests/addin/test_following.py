"""A report sheet in a workbook in which sheets have other names."""

from addin.following import followed
from workbook.formulas import Expr
from workbook.report import Cell, Chart, Fan, ReportSheet, Rule, Series

NAMES = {"Overview": "Ada's view", "Lists": "Lists (2)"}
SERIES = Series("Overview!$A$1", "Overview!$B$2:$B$9", "", categories="'Lists'!$A$2:$A$9")


def sheet(**more: object) -> ReportSheet:
    return ReportSheet("Overview", (10.0,), **more)  # type: ignore[arg-type]


def test_name_formulas_and_conditions_follow() -> None:
    cells = {"A1": Cell(Expr('Lists!A1&"Lists!A1"', "x"), "Text"), "A2": Cell("Lists!A1", "Text")}
    found = followed(sheet(cells=cells, rules=[Rule("A1", "Lists!$A$1=1", "Grey")]), NAMES)
    assert found.title == "Ada's view"
    assert found.cells["A1"].formula == "'Lists (2)'!A1&\"Lists!A1\""
    assert found.cells["A1"].value == "x"
    assert found.cells["A2"].content == "Lists!A1"  # a text
    assert found.rules[0].condition == "'Lists (2)'!$A$1=1"


def test_links_follow_and_those_to_sheets_that_are_not_there_go() -> None:
    links = ("#'Overview'!A1", "#Players!A1", "https://example.com/#Lists!A1")
    cells = {f"A{at}": Cell("x", "Link", link) for at, link in enumerate(links, start=1)}
    found = followed(sheet(cells=cells), NAMES)
    assert [cell.link for cell in found.cells.values()] == [
        "#'Ada''s view'!A1",
        "",
        "https://example.com/#Lists!A1",
    ]


def test_charts_follow_and_titles_that_are_texts_stay() -> None:
    text = Series("Size", SERIES.values, "", categories=SERIES.categories)
    column, band = Chart("A1:B2", (SERIES, text), "x", "0"), Fan("A1:B2", SERIES, SERIES, (SERIES,), "x", "0")
    chart, fan = followed(sheet(charts=[column, band]), NAMES).charts
    assert isinstance(chart, Chart)
    assert isinstance(fan, Fan)
    moved = "'Ada''s view'!$A$1", "'Ada''s view'!$B$2:$B$9", "'Lists (2)'!$A$2:$A$9"
    assert [series.title for series in chart.series] == [moved[0], "Size"]
    for series in (*chart.series, fan.low, fan.height, *fan.lines):
        assert (series.values, series.categories) == moved[1:]
