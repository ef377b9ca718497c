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
