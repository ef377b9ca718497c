"""Charts are found through relationships, whatever the numbers of the parts."""

import io

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from tests.workbook.package.corpus import EDITABLE, FOLDER, needs_corpus
from tests.workbook.package.soundness import Snapshot, parts_of
from workbook.package import Package, PackageError
from workbook.package.sheets.drawings import drawing_part, set_alternative_texts, sheet_charts
from workbook.package.sheets.workbook_part import workbook_part


def picture() -> Image:
    data = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(data, "png")
    return Image(data)


def book() -> bytes:
    """A workbook with a picture on Start, and charts on two sheets, one of them beside a picture."""
    made = openpyxl.Workbook()
    made.active.title = "Start"
    made.active.add_image(picture(), "B2")
    for title, charts in {"Overview": ["C3"], "Plain": [], "Segments": ["B9", "K2"]}.items():
        sheet = made.create_sheet(title)
        sheet["A1"] = 1
        for place in charts:
            chart = BarChart()
            chart.add_data(Reference(sheet, 1, 1, 1, 3))
            sheet.add_chart(chart, place)
        if title == "Segments":
            sheet.add_image(picture(), "A1")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_charts_in_their_order_with_their_places():
    package = Package.from_bytes(book())
    charts = {sheet.name: sheet_charts(package, sheet.name) for sheet in workbook_part(package).sheets}
    assert [chart.first for chart in charts["Segments"]] == ["B9", "K2"]
    assert [chart.part for chart in charts["Overview"]] == ["xl/charts/chart1.xml"]
    assert [chart.part for chart in charts["Segments"]] == ["xl/charts/chart2.xml", "xl/charts/chart3.xml"]
    assert charts["Start"] == charts["Plain"] == []
    assert drawing_part(package, "Plain") is None
    assert drawing_part(package, "Overview") == "xl/drawings/drawing2.xml"


def test_a_picture_on_another_sheet_does_not_take_a_text():
    package = Package.from_bytes(book())
    set_alternative_texts(package, "Overview", ['Size "by" year'])
    set_alternative_texts(package, "Segments", ["Devices < 5", "Regions"])
    set_alternative_texts(package, "Segments", ["Devices < 6", "Regions"])
    set_alternative_texts(package, "Plain", [])
    Snapshot(package.to_bytes())
    again = Package.from_bytes(package.to_bytes())
    texts = {
        name: [chart.alternative_text for chart in sheet_charts(again, name)]
        for name in ("Overview", "Segments")
    }
    assert texts == {"Overview": ['Size "by" year'], "Segments": ["Devices < 6", "Regions"]}
    before, after = parts_of(book()), parts_of(package.to_bytes())
    assert after["xl/drawings/drawing1.xml"] == before["xl/drawings/drawing1.xml"]
    assert (
        after["xl/drawings/drawing3.xml"].count(b"descr=")
        == before["xl/drawings/drawing3.xml"].count(b"descr=") + 2
    )


@pytest.mark.parametrize("texts", [[], ["one", "two"]])
def test_there_is_one_text_a_chart(texts):
    with pytest.raises(PackageError, match=r"The sheet Overview has 1 charts, but \d texts are given\."):
        set_alternative_texts(Package.from_bytes(book()), "Overview", texts)


@needs_corpus
def test_every_chart_of_the_shared_workbooks_is_found_once():
    found = 0
    for name in EDITABLE:
        with Package.open(FOLDER / name) as package:
            sheets = [
                sheet for sheet in workbook_part(package).sheets if sheet.kind == "worksheet" and sheet.part
            ]
            parts = [chart.part for sheet in sheets for chart in sheet_charts(package, sheet.name)]
        assert len(parts) == len(set(parts)), name
        found += len(parts)
    assert found > 20
