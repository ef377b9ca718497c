"""Charts as parts of a package."""

import re

from tests.conftest import SEED
from workbook.charts import completed
from workbook.package.sheets.drawings import sheet_charts
from workbook.template import new_workbook


def test_labels_are_not_wrapped_and_excel_adds_no_title() -> None:
    package = new_workbook(SEED)
    parts = [package[chart.part] for chart in sheet_charts(package, "Overview")]
    assert len(parts) == 4
    for part in parts:
        assert b'<autoTitleDeleted val="1"/>' in part
        assert not re.search(rb"<a:bodyPr(?![^>]*wrap=\"none\")", part)


def test_a_chart_with_a_title_keeps_it() -> None:
    assert b"autoTitleDeleted" not in completed(b"<chart><title/><plotArea>")


def test_pieces_that_are_not_stated_are_hatched() -> None:
    package = new_workbook(SEED)
    parts = [package[chart.part] for chart in sheet_charts(package, "Overview")]
    assert all(part.count(b'prst="wdUpDiag"') == 1 for part in parts)


def test_a_band_begins_at_the_lowest_share_and_the_axis_is_the_same_in_every_market() -> None:
    package = new_workbook(SEED)
    for title in ("Segments", "Regions"):
        (chart,) = sheet_charts(package, title)
        part = package[chart.part]
        assert b'<grouping val="stacked"/>' in part.replace(b" />", b"/>")
        assert re.search(rb'<max val="1(?:\.0)?" ?/>', part)
        assert re.search(rb'<min val="0(?:\.0)?" ?/>', part)
        series = re.findall(rb"<ser>.*?</ser>", part, re.S)
        seen = [b"<a:solidFill" in one.partition(b"<cat>")[0] for one in series]
        assert seen == [True, False, True, True]
