"""The chart of vintages: where points are, in which unit, and what is left out."""

import datetime
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from addin.server.pages.vintages import MOST_LINES, Chart, chart
from markets.catalogs.differences import first_revisions
from markets.catalogs.records import Change, Heading, Record
from markets.facts import Report
from tests.addin.server.pages.conftest import revised
from tests.addin.server.team import REPORT

UNIT = REPORT.market


def _record(report: Report = REPORT, workspace: str = "team", **market: Any) -> Record:
    subject = msgspec.structs.replace(report.market, **market)
    made = Change(1, "ann@example.com", datetime.datetime.now(datetime.UTC))
    heading = Heading(1, 1, report.source, subject)
    return Record(1, workspace, (heading,), tuple(first_revisions(report, 1)), (made,))


def _chart(*records: Record) -> Chart:
    made = chart(records, UNIT)
    assert made is not None
    return made


def test_a_line_has_the_sizes_of_the_market_alone_and_rises_with_them() -> None:
    line = _chart(_record()).vintages[0]
    assert [(point.year, point.printed) for point in line.points] == [
        (2020, "400"),
        (2024, "500"),
        (2030, "450.0"),
    ]
    assert all(one.x < other.x for one, other in pairwise(line.points))
    assert line.points[1].y < line.points[2].y < line.points[0].y  # SVG counts from the top


def test_an_edition_in_another_scale_is_drawn_in_the_same_and_printed_as_it_is() -> None:
    lines = _chart(_record(), _record(revised(REPORT, "2026-06-01", y2030="0.45"), scale="billion")).vintages
    assert lines[1].points[2].y == pytest.approx(lines[0].points[2].y)
    assert lines[1].points[2].printed == "0.45 billion"


def test_an_edition_in_another_currency_is_left_out_and_that_is_said() -> None:
    made = _chart(_record(), _record(currency="USD"))
    assert len(made.vintages) == 1
    assert made.remarks == ("Editions in another currency are left out: 1.",)


def test_the_table_has_every_edition_and_the_chart_the_newest() -> None:
    dated = [_record(revised(REPORT, f"20{year}-01-01")) for year in range(40, 20, -1)]
    made = _chart(*dated)
    assert len(made.vintages) == MOST_LINES and len(made.columns) == 20
    assert {line.style for line in made.vintages} == set(range(1, MOST_LINES + 1))
    assert made.remarks and "newest" in made.remarks[0]


def test_editions_of_one_day_are_told_apart_by_their_workspace() -> None:
    made = _chart(_record(), _record(workspace="bundled"))
    assert made.columns == ("Test & Partners, 2026-03-01, team", "Test & Partners, 2026-03-01, bundled")


@pytest.mark.parametrize("value", ["0", "-5", "999,999,999,999,999", "0.000001"])
def test_any_figure_stays_inside(value: str) -> None:
    made = _chart(_record(revised(REPORT, "2026-06-01", y2020=value, y2024=value, y2030=value)))
    for point in made.vintages[0].points:
        assert made.left <= point.x <= made.right and 0 <= point.y <= made.bottom
    assert len({tick.name for tick in made.sizes}) == len(made.sizes) >= 3


def test_a_market_without_a_size_has_no_chart() -> None:
    assert chart([_record(Report(REPORT.source, REPORT.market))], UNIT) is None


def test_one_year_stands_in_the_middle() -> None:
    one = Report(REPORT.source, REPORT.market, sizes=REPORT.sizes[:1])
    made = _chart(_record(one))
    assert made.vintages[0].points[0].x == pytest.approx((made.left + made.right) / 2)
    assert [tick.name for tick in made.years] == ["2020"]
