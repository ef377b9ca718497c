"""Charts as parts of a package."""

import re

from tests.conftest import SEED
from workbook.charts import completed
from workbook.package.sheets.drawings import sheet_charts
from workbook.template import new_workbook


def drawings(title: str) -> list[bytes]:
    package = new_workbook(SEED)
    return [package[chart.part] for chart in sheet_charts(package, title)]


def test_labels_are_not_wrapped_and_excel_adds_no_title() -> None:
    parts = drawings("Overview")
    assert len(parts) == 4
    for part in parts:
        assert b'<autoTitleDeleted val="1"/>' in part
        assert not re.search(rb"<a:bodyPr(?![^>]*wrap=\"none\")", part)


def test_a_chart_with_a_title_keeps_it() -> None:
    assert b"autoTitleDeleted" not in completed(b"<chart><title/><plotArea>")


def test_pieces_that_are_not_stated_are_hatched() -> None:
    parts = drawings("Overview")
    assert all(part.count(b'prst="wdUpDiag"') == 1 for part in parts)


def series(part: bytes) -> list[str]:
    return re.findall(r"<ser>.*?</ser>", part.decode())


def test_a_band_is_drawn_over_nothing_and_below_its_lines() -> None:
    _, fan = drawings("Scenarios")
    assert b"<areaChart>" in fan
    assert b'<grouping val="stacked"' in fan
    assert fan.index(b"<areaChart>") < fan.index(b"<lineChart>")
    low, band, base, own = series(fan)
    assert low.count("noFill") == 2
    assert "noFill" not in band
    assert ("sysDash" in base, "sysDash" in own) == (False, True)
    assert re.search(rb'<legendEntry><idx val="0" ?/><delete val="1" ?/></legendEntry>', fan)


def test_the_bars_of_a_tornado_stand_end_to_end_with_the_first_on_top() -> None:
    tornado, _ = drawings("Scenarios")
    assert b'<barDir val="bar"' in tornado
    assert b'<grouping val="stacked"' in tornado
    assert b'<overlap val="100"' in tornado
    assert b'<orientation val="maxMin"' in tornado
    assert b'<tickLblPos val="low"' in tornado
    assert b'<crosses val="max"' in tornado
    assert b'<min val="13"' in tornado
    skipped, lower, higher = series(tornado)
    assert "noFill" in skipped
    assert "solidFill" in lower
    assert "solidFill" in higher


def test_a_band_begins_at_the_lowest_share_and_the_axis_is_the_same_in_every_market() -> None:
    for title in ("Segments", "Regions"):
        (strips,) = drawings(title)
        assert b'<grouping val="stacked"' in strips
        assert re.search(rb'<max val="1(?:\.0)?"', strips)
        assert re.search(rb'<min val="0(?:\.0)?"', strips)
        assert ["solidFill" in one.partition("<cat>")[0] for one in series(strips)] == [
            *(True, False, True, True),
        ]
