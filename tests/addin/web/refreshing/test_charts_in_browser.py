"""Charts in Excel on the web, drawn by scripts or brought up to date, are those of the refreshed file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addin.web.refreshing.comparing import differences
from tests.addin.web.refreshing.in_browser import Open, excel_on_the_web, refreshed_as_file
from tests.addin.web.refreshing.test_same_as_file import MEMBRANE, choose
from tests.browser import Browser
from tests.conftest import BUNDLED, own_reports
from tests.excel_server import ExcelServer
from tests.web.books import book_of


@pytest.fixture
def with_two_reports(browser: Browser, book: Path, tmp_path: Path) -> Iterator[Open]:
    """Excel on the web, after another publisher's report about the market of the workbook has come."""
    text = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "other.toml").write_text(text.replace("Market.us Media", "Others"), encoding="utf-8")
    with own_reports(folder), ExcelServer() as server, excel_on_the_web(browser, server) as opened:
        yield opened


def test_a_chart_that_a_standing_sheet_lacks_is_drawn(with_two_reports: Open, book: Path) -> None:
    with_two_reports.open(book_of(book))
    outcome = with_two_reports.refresh()
    assert outcome.done is not None
    assert not outcome.done["keptAside"]
    types = [chart["type"] for chart in with_two_reports.book["sheets"][1]["charts"]]
    assert types == ["ColumnStacked", "BarStacked100", "BarStacked100", "BarStacked100", "BarClustered"]
    theirs, _ = refreshed_as_file(book)
    found = differences(with_two_reports.book, theirs, are_charts_new=True)
    assert not found, "\n".join(found)


def test_another_market_has_another_scale(on_the_web: Open, book: Path) -> None:
    choose(book, "B5", MEMBRANE)
    before = book_of(book)
    on_the_web.open(before)
    assert not on_the_web.refresh().failure
    theirs, _ = refreshed_as_file(book)
    assert theirs["sheets"][6]["charts"] != before["sheets"][6]["charts"]
    found = differences(on_the_web.book, theirs, are_charts_new=True)
    found = [each for each in found if " looks plot " not in each]  # which grows with its chart
    assert not found, "\n".join(found)
