"""Reports to look at: the bundled market, the one made up for tests, and one that states next to nothing."""

from collections.abc import Iterator

import pytest

from tests.conftest import SECOND, SEED, own_reports
from workbook.report import Report
from workbook.template import build_report

BARE = "Left-handed Scissors"
_BARE = """
[source]
publisher = "A Publisher"
title = "Scissors"
url = "https://example.com/scissors"
date = 2026-01-02

[market]
name = "Left-handed Scissors"
geography = "Global"
currency = "USD"
scale = "million"

[[cagrs]]
value = "4"
from = 2024
to = 2030
at = "page 1"
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(SEED)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """A market for which only a CAGR is stated."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "scissors.toml").write_text(_BARE, encoding="utf-8")
    with own_reports(folder):
        yield build_report(BARE)


@pytest.fixture(scope="module", params=[SEED, SECOND, BARE])
def any_report(request: pytest.FixtureRequest, bare: Report) -> Iterator[Report]:
    if request.param == BARE:
        yield bare
    else:
        with own_reports():
            yield build_report(request.param)
