"""Charts in Excel on the web, drawn by scripts or brought up to date, are those of the refreshed file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addin.web.refreshing.comparing import differences
from tests.addin.web.refreshing.in_browser import Open, excel_on_the_web, refreshed_as_file
from tests.addin.web.refreshing.test_same_as_file import MEMBRANE, choose
from tests.browser import Browser
from tests.conftest import BUNDLED, SEED, own_reports
from tests.excel_server import ExcelServer
from tests.web.books import book_of
from workbook.template import write_workbook


@pytest.fixture
def two_reports(tmp_path: Path) -> Path:
    """A folder with another publisher's report about the market of the workbook."""
    text = (BUNDLED / "medical-imaging-outsourcing.toml").read_text(encoding="utf-8")
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "other.toml").write_text(text.replace("Market.us Media", "Others"), encoding="utf-8")
    return folder


@pytest.fixture
def with_two_reports(browser: Browser, book: Path, two_reports: Path) -> Iterator[Open]:
    """Excel on the web, after the other report has come."""
    with own_reports(two_reports), ExcelServer() as server, excel_on_the_web(browser, server) as opened:
        yield opened


ONE_REPORT = ["ColumnStacked", "BarStacked100", "BarStacked100", "BarStacked100"]


def refreshed_like_the_file(opened: Open, path: Path, differing: str = "\n") -> list[str]:
    """Refresh a workbook, and return the types of charts on Overview; all must be as in the file.

    Differences with the text `differing` do not count.
    """
    opened.open(book_of(path))
    outcome = opened.refresh()
    assert outcome.done is not None
    assert not outcome.done["keptAside"]
    theirs, _ = refreshed_as_file(path)
    found = differences(opened.book, theirs, are_charts_new=True)
    found = [each for each in found if differing not in each]
    assert not found, "\n".join(found)
    return [chart["type"] for chart in opened.book["sheets"][1]["charts"]]


def test_a_chart_that_a_standing_sheet_lacks_is_drawn(with_two_reports: Open, book: Path) -> None:
    assert refreshed_like_the_file(with_two_reports, book) == [*ONE_REPORT, "BarClustered"]


def test_a_chart_that_the_report_has_no_more_goes(
    on_the_web: Open, two_reports: Path, tmp_path: Path
) -> None:
    path = tmp_path / "compared.xlsx"
    with own_reports(two_reports):
        write_workbook(path, SEED)
    assert refreshed_like_the_file(on_the_web, path) == ONE_REPORT


def test_another_market_has_another_scale(on_the_web: Open, book: Path) -> None:
    choose(book, "B5", MEMBRANE)
    refreshed_like_the_file(on_the_web, book, " looks plot ")  # which grows with its chart
    axes = [
        sheet["charts"][0]["looks"] for sheet in on_the_web.book["sheets"] if sheet["name"] == "Scenarios"
    ]
    assert axes[0]["axes valueAxis minimum"] < 13  # which it was
