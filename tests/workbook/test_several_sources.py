"""A market with several sources: choices on Start, the sources compared, and an earlier deck rebuilt."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.libreoffice import Office
from markets import Market
from markets.errors import NoFigure
from tests.conftest import SEED, own_reports
from tests.libreoffice import required
from tests.workbook.reading import named
from tests.workbook.test_recalculated import carried, differing
from udfs.catalog import catalog
from udfs.values import CellError
from workbook.choices import Cells, chosen
from workbook.freezing import freeze_file
from workbook.package import Package
from workbook.refresh import Refreshed, refresh_file
from workbook.refusals import ConflictingChoice
from workbook.report import Bars, Report
from workbook.takeaways import FEWER, takeaways
from workbook.template import build_report, write_workbook

LONG = "Northbridge Health Economics and Imaging Services Research"
SEPTEMBER = 45930.0
"""2025-09-30, before the bundled report."""


def source(publisher: str, date: str, base: str, end: str, share: str = "61", currency: str = "USD") -> str:
    return f"""
[source]
publisher = "{publisher}"
title = "Outlook"
date = {date}

[market]
name = "{SEED}"
geography = "Global"
currency = "{currency}"
scale = "billion"

[[sizes]]
year = 2023
value = "{base}"
at = "page 1"

[[sizes]]
year = 2033
value = "{end}"
at = "page 1"

[[cagrs]]
value = "6.0"
from = 2023
to = 2033
at = "page 2"

[[dimensions]]
name = "Device"
complete = false
at = "page 2"
segments = [{{ name = "Computed Tomography" }}, {{ name = "Ultrasound" }}]

[[shares]]
segment = "Computed Tomography"
year = 2023
value = "{share}"
at = "page 2"
"""


REPORTS = {
    "long": source(LONG, "2025-06-30", "7.9", "14.2"),
    "new": source("Kestrel Data", "2024-11-02", "9.4", "12.4", "59"),
    "old": source("Kestrel Data", "2024-02-02", "9.1", "12.0"),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with own_reports(folder):
        yield folder


@pytest.fixture(scope="module")
def office(reports: Path) -> Iterator[Office]:
    required()
    with Office() as running:
        yield running


@pytest.fixture
def book(reports: Path, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    write_workbook(path, SEED)
    return path


def entered(book: Path, source: str | None = None, as_of: Any = None) -> None:
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["B8"], loaded["Start"]["B9"] = source, as_of
    loaded.save(book)


def rebuilt(book: Path, source: str | None = None, as_of: Any = None) -> Refreshed:
    entered(book, source, as_of)
    return refresh_file(book)


def texts(report: Report, title: str) -> list[str]:
    return [str(cell.value) for cell in report.sheet(title).cells.values() if cell.value]


@pytest.mark.parametrize(
    ("chosen_source", "as_of"),
    [
        ("latest", None),
        (None, SEPTEMBER),
        ("Median", None),
        ("low", SEPTEMBER),
        ("high", "2025-09-30"),
        ("kestrel data", None),
    ],
)
def test_a_refreshed_workbook_carries_what_libreoffice_calculates(
    book: Path, office: Office, chosen_source: str | None, as_of: Any
) -> None:
    done = rebuilt(book, chosen_source, as_of)
    assert "Start" not in done.rebuilt
    values = dict(office.recalculate(book))
    assert CellError.NAME not in values.values()
    assert differing(values, carried(book)) == {}
    assert values["Overview", "A3"] == ""


def test_before_the_refresh_figures_follow_and_a_banner_asks_for_it(book: Path, office: Office) -> None:
    values = office.recalculate(book, {"Start!B8": "median", "Start!B9": SEPTEMBER})
    assert values["Start", "B12"] == pytest.approx((7.9 + 9.4) / 2)
    assert values["Start", "C12"] == (
        f"Source: median of 2 sources, latest: {LONG}, 2025-06-30, reports as of 2025-09-30"
    )
    banner = (
        f"Charts and takeaways are for {SEED} in USD billion, source: latest. Click Refresh to update them."
    )
    assert values["Overview", "A3"] == values["Start", "A3"] == banner
    assert values["Overview", "A1"] == SEED


def test_blank_and_latest_are_the_same_and_ask_for_no_refresh(book: Path, office: Office) -> None:
    before = carried(book)
    entered(book)
    values = dict(office.recalculate(book))
    assert differing(values, before) == {}


def test_the_deck_of_last_quarter_is_rebuilt(book: Path) -> None:
    report = rebuilt(book, "latest", SEPTEMBER).report
    assert report.shown.edition == f"{LONG}, 2025-06-30"
    assert report.sheet("Overview").cells["A1"].value == "Market grows 6.0% p.a. to USD 14.2 billion by 2033"
    for title in ("Overview", "Forecast", "Segments", "Sources", "Checks"):
        assert "Market.us Media" not in " ".join(texts(report, title)), title
    assert "USD 7.9 billion (2023) to USD 14.2 billion (2033)" in " ".join(texts(report, "Overview"))
    again = rebuilt(book, "latest")
    assert again.report.shown.edition == "Market.us Media, 2025-11-13"
    assert again.report.sheet("Overview").cells["A1"].value.endswith("USD 13.1 billion by 2033")


@pytest.mark.parametrize(("typed", "told"), [("last quarter", "last quarter"), (-3.0, "-3")])
def test_a_date_that_is_none_is_refused(book: Path, typed: Any, told: str) -> None:
    entered(book, "latest", typed)
    before = book.read_bytes()
    with pytest.raises(ConflictingChoice, match=f"{told}.* Change the as-of date on the Start sheet"):
        refresh_file(book)
    assert book.read_bytes() == before


def test_dates_that_a_workbook_counts_from_1904_are_the_same_days(book: Path) -> None:
    entered(book, None, SEPTEMBER - 1462)
    with Package.open(book) as package:
        settings = package["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
        package.replace("xl/workbook.xml", settings)
        assert chosen(Cells(package)).as_of == SEPTEMBER


def test_overview_compares_the_sources_on_its_one_page(reports: Path) -> None:
    overview = build_report(SEED).sheet("Overview")
    (chart,) = [chart for chart in overview.charts if isinstance(chart, Bars)]
    assert overview.printed is not None
    assert (overview.printed.area, overview.printed.pages_high) == ("A1:K35", 1)
    assert chart.area == "I27:K34"
    shown = {str(cell.value) for place, cell in overview.cells.items() if place[0] == "I"}
    assert {"2023: low 7.9, median 8.6, high 9.4", "2033: low 12.4, median 13.1, high 14.2"} <= shown
    names = [overview.cells[f"A{row}"].value for row in range(*rows_of(chart.series[0].categories or ""))]
    assert names == ["Market.us Media, 2025-11", "Northbridge Health …, 2025-06", "Kestrel Data, 2024-11"]
    sizes = [
        [overview.cells[f"{column}{row}"].value for row in range(*rows_of(chart.series[0].values))]
        for column in "CE"
    ]
    assert sizes == [[8.6, 7.9, 9.4], [13.1, 14.2, 12.4]]


def rows_of(area: str) -> tuple[int, int]:
    first, last = (int(corner.rpartition("$")[2]) for corner in area.rpartition("!")[2].split(":"))
    return first, last + 1


@pytest.mark.parametrize("as_of", [None, SEPTEMBER])
def test_a_market_with_one_source_has_no_comparison(tmp_path: Path, as_of: float | None) -> None:
    if as_of:
        (tmp_path / "one.toml").write_text(REPORTS["long"], encoding="utf-8")
    with own_reports(tmp_path):
        report = build_report(SEED, as_of=as_of)
    overview = report.sheet("Overview")
    assert not any(isinstance(chart, Bars) for chart in overview.charts)
    assert not any("compared" in text for text in texts(report, "Overview"))


def test_only_the_newest_sources_have_room_and_other_currencies_no_bar(tmp_path: Path) -> None:
    for number in range(6):
        text = source(
            f"P{number}", f"2026-01-0{number + 1}", "8", "12", currency="EUR" if number == 4 else "USD"
        )
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    with own_reports(tmp_path):
        report = build_report(SEED)
    overview = report.sheet("Overview")
    assert any(str(c.value).startswith("Newest 5 of 7 sources, USD") for c in overview.cells.values())
    (chart,) = [chart for chart in overview.charts if isinstance(chart, Bars)]
    first, end = rows_of(chart.series[0].values)
    assert [overview.cells[f"C{row}"].value for row in range(first, end)] == [
        8.0,
        CellError.NA,
        8.0,
        8.0,
        8.0,
    ]
    listed = [cell.value for place, cell in report.sheet("Sources").cells.items() if place[0] == "B"]
    assert {f"P{number}" for number in range(6)} | {"Market.us Media"} <= set(listed)


def test_sources_lists_each_publisher_with_its_figures(reports: Path) -> None:
    sheet = build_report(SEED).sheet("Sources")
    rows = [[sheet.cells[f"{column}{row}"].value for column in "ABCDEF"] for row in range(9, 13)]
    assert rows == [
        ["Date", "Publisher", "Base year", "Size in 2023 (USD billion)", "Status of the size", "CAGR"],
        ["2025-11-13", "Market.us Media", 2023.0, 8.6, "reported", 0.043],
        ["2025-06-30", LONG, 2023.0, 7.9, "reported", 0.06],
        ["2024-11-02", "Kestrel Data", 2023.0, 9.4, "reported", 0.06],
    ]
    assert sheet.filter.startswith("A14:")


def test_checks_lists_what_editions_state_differently(reports: Path) -> None:
    checks = build_report(SEED).sheet("Checks")
    found = [str(cell.value) for place, cell in checks.cells.items() if place.startswith("A")]
    assert f"{SEED}: size in 2023 by Kestrel Data, 2024-11-02, revised from 2024-02-02" in found
    earlier = build_report(SEED, as_of=45500.0).sheet("Checks")  # 2024-07-27: the first edition only
    assert not any("revised" in str(cell.value) for cell in earlier.cells.values())


def test_the_source_is_chosen_from_a_list(book: Path) -> None:
    lists = openpyxl.load_workbook(book)["Lists"]
    offered = [cell.value for (cell,) in lists["F2:F8"]]
    assert offered == ["latest", "median", "low", "high", "Market.us Media", LONG, "Kestrel Data"]


def test_takeaways_say_how_far_sources_are_apart(reports: Path) -> None:
    sources: tuple[Market, ...] = catalog().sources(SEED)
    lines = takeaways(sources[0], sources[0].unit, sources)
    assert "3 sources put the size in 2023 at USD 7.9 to 9.4 billion." in lines
    assert len(lines) == FEWER


def test_a_copy_of_values_keeps_the_date(book: Path, tmp_path: Path) -> None:
    rebuilt(book, "latest", SEPTEMBER)
    freeze_file(book, tmp_path / "copy.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert str(named(copy, "mb_as_of"))[:10] in ("2025-09-30", "45930.0", "45930")
    assert copy["Start"]["B9"].number_format == "yyyy-mm-dd"
    assert copy["Start"]["B9"].style == "Marketbook Text date"


def test_sources_that_state_next_to_nothing_are_compared_too(tmp_path: Path) -> None:
    head = '[market]\nname = "Bare"\ncurrency = "INR"\nscale = "lakh"\n'
    player = '[[players]]\nname = "One"\nat = "a"\n'
    for publisher, facts in {"P": "", "Q": player}.items():
        about = f'[source]\npublisher = "{publisher}"\ntitle = "T"\ndate = 2026-01-01\n'
        (tmp_path / f"{publisher}.toml").write_text(about + head + facts, encoding="utf-8")
    required()
    with own_reports(tmp_path), Office() as office:
        book = tmp_path / "book.xlsx"
        write_workbook(book, "Bare")
        assert differing(dict(office.recalculate(book)), carried(book)) == {}
        entered(book, "median")
        refresh_file(book)
        assert differing(dict(office.recalculate(book)), carried(book)) == {}


def test_an_as_of_date_before_the_first_report_is_refused(book: Path) -> None:
    entered(book, "latest", 40000.0)
    with pytest.raises(NoFigure, match="was published by 2009-07-06"):
        refresh_file(book)
