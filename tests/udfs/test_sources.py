"""Several sources in cells: the argument `source`, SOURCE_TABLE, and an as-of date."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from addin import calls
from tests.conftest import SEED, own_reports
from udfs import (
    catalog,
    key_players,
    market_cagr,
    market_growth,
    market_info,
    market_list,
    market_series,
    market_size,
    market_source,
    market_status,
    segment_list,
    segment_share,
    segment_table,
    source_table,
)
from udfs.registry import FUNCTIONS
from udfs.values import CellError

NA, VALUE = CellError.NA, CellError.VALUE
_SECOND = """
[source]
publisher = "Second & Co."
title = "Imaging, bought in"
date = 2025-03-31
[market]
name = "Medical Imaging Outsourcing"
currency = "USD"
scale = "million"
[[sizes]]
year = 2024
value = "9,400"
at = "page 1"
[[cagrs]]
value = "5.0"
from = 2024
to = 2030
at = "page 1"
[[dimensions]]
name = "Modality"
complete = true
at = "page 2"
segments = [{ name = "CT" }, { name = "MRI" }]
[[shares]]
segment = "CT"
year = 2024
value = "60"
at = "page 2"
"""
_EUROS = """
[source]
publisher = "Euro Häuser"
title = "Bildgebung"
date = 2024-01-31
[market]
name = "Medical Imaging Outsourcing"
currency = "EUR"
scale = "billion"
[[sizes]]
year = 2024
value = "8.1"
at = "page 1"
[[cagrs]]
value = "4.0"
at = "page 1"
"""
FIRST = 8.6 * (13.1 / 8.6) ** 0.1  # in 2024


@pytest.fixture(autouse=True)
def _three_sources(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "second.toml").write_text(_SECOND, encoding="utf-8")
    (tmp_path / "euros.toml").write_text(_EUROS, encoding="utf-8")
    with own_reports(tmp_path):
        yield


def test_a_size_is_of_a_publisher_or_of_all() -> None:
    sizes = market_size(SEED, 2024, source=[["latest", "Second & Co.", "median", "low", "high"]], unit="bn")
    assert sizes.tolist() == [[approx(FIRST), 9.4, approx((FIRST + 9.4) / 2), approx(FIRST), 9.4]]
    assert market_size(SEED, 2024, None, "USD million", None, None, "high") == 9400
    assert market_status(SEED, 2024, source=[["low", "median", "high"]]).tolist() == [
        ["interpolated", "derived", "reported"]
    ]
    assert market_source(SEED, 2024, source="median") == (
        "median of 2 sources for 2024: 8.96965 (Market.us Media, 2025-11-13, interpolated), "
        "9.4 (Second & Co., 2025-03-31), USD billion. Left out: Euro Häuser (in EUR)."
    )


def test_shares_rates_and_growth_are_of_all_sources_too() -> None:
    assert segment_share(SEED, "CT", 2024, source="median") == 0.6
    assert market_cagr(SEED, source="median") == 0.043  # of 4.0, 4.3 and 5.0 %
    assert market_growth(SEED, 2025, source="high") == approx(0.05)
    assert market_cagr(SEED, None, 2024, 2030, source="low") == approx((13.1 / 8.6) ** 0.1 - 1)


def test_tables_are_made_row_by_row() -> None:
    series = market_series.outcome(SEED, None, 2023, 2025, source="high")
    assert series.value.tolist() == [
        [2023.0, 8.6],
        [2024.0, 9.4],
        [2025.0, approx(9.4 * 1.05)],
    ]
    assert series.reason == (
        "2023-2025: 2 reported, 1 compounded. High of 3 sources: Market.us Media, 2025-11-13; "
        "Second & Co., 2025-03-31; Euro Häuser, 2024-01-31"
    )
    table = segment_table(SEED, "Device", 2024, source="median")
    assert table[0].tolist() == ["Computed Tomography", 0.6, approx(0.6 * 9.4), NA, "derived"]
    assert table[:, 0].tolist()[1] == "Positron Emission Tomography"


def test_lists_and_details_are_of_the_latest_report_of_the_selection() -> None:
    assert key_players(SEED, "median").shape == (13, 1)
    assert key_players(SEED, "Second & Co.") is NA
    assert market_info(SEED, "publisher", [["", "low", "as of 2025-09-30"]]).tolist() == [
        ["Market.us Media", "Market.us Media", "Second & Co."]
    ]
    assert segment_list(SEED, "Modality", "as of 45930").tolist() == [["CT"], ["MRI"]]


def test_the_table_of_sources_has_a_row_for_each() -> None:
    table = source_table.outcome(SEED)
    assert table.value.tolist() == [
        ["Market.us Media", "2025-11-13", 2023.0, 8.6, 0.043, "reported"],
        ["Second & Co.", "2025-03-31", 2024.0, NA, 0.05, NA],
        ["Euro Häuser", "2024-01-31", 2024.0, NA, 0.04, NA],
    ]
    assert table.unit == "USD billion"
    assert table.reason.startswith(
        "Sizes in 2023: 1 reported, 2 without a figure. Market.us Media, 2025-11-13; "
    )
    in_2024 = source_table(SEED, 2024, "mn", None, True)
    assert in_2024[0].tolist() == [
        "Publisher",
        "Date",
        "Base year",
        "Size in 2024 (USD million)",
        "CAGR",
        "Status",
    ]
    assert in_2024[2].tolist() == ["Second & Co.", "2025-03-31", 2024.0, 9400.0, 0.05, "reported"]
    assert source_table(SEED, source="as of 2024-06-30").tolist() == [
        ["Euro Häuser", "2024-01-31", 2024.0, 8.1, 0.04, "reported"]
    ]
    assert source_table(SEED, source="median").tolist() == source_table(SEED).tolist()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("Nothing",), NA),
        ((SEED, 0), CellError.NUM),
        ((SEED, None, "EUR"), VALUE),
        ((SEED, None, None, "Third"), NA),
    ],
)
def test_the_table_of_sources_refuses_as_a_size_does(arguments: tuple[object, ...], error: CellError) -> None:
    assert source_table(*arguments) is error


def test_every_function_of_a_market_can_look_back() -> None:
    """So that a date on a sheet reaches all of them, joined to their last argument."""
    without = {name for name, f in FUNCTIONS.items() if "source" not in [p.name for p in f.parameters]}
    assert without == {"CAGR_PROJECT", "MARKET_LIST"}


def test_a_date_hides_later_reports_and_one_that_is_none_is_refused() -> None:
    assert market_size(SEED, 2024, source="as of 2025-09-30") == 9400
    assert market_size(SEED, 2024, source="median as of 2024-02-01", unit="EUR bn") == 8.1
    assert market_size(SEED, 2024, source="latest as of 2020-01-01") is NA
    assert market_source(SEED, source="low as of 2020-01-01") == (
        "No report on Medical Imaging Outsourcing was published by 2020-01-01."
    )
    assert market_size(SEED, 2024, source="median as of Q3") is VALUE


def test_the_variable_hides_everywhere_and_no_answer_of_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def seen() -> list[object]:
        monkeypatch.setattr(calls, "_next_check", 0.0)
        size = calls.cell_function(FUNCTIONS["MARKET_SIZE"], lambda given: given, lambda value: value)
        return [size(SEED, 2024), market_info(SEED, "publisher"), len(np.atleast_2d(market_list()))]

    assert seen() == [approx(FIRST), "Market.us Media", 2]
    monkeypatch.setenv("MARKETBOOK_AS_OF", "2025-09-30")
    assert seen() == [9400, "Second & Co.", 2]
    monkeypatch.setenv("MARKETBOOK_AS_OF", "2023-12-31")
    assert seen() == [NA, NA, 1]  # market_list() is #N/A
    monkeypatch.setenv("MARKETBOOK_AS_OF", "soon")
    assert seen() == [VALUE, VALUE, 1]
    assert market_source(SEED) == (
        'The variable MARKETBOOK_AS_OF is set, but "soon" is not a date. '
        "Enter it as year-month-day, such as 2025-09-30."
    )
    monkeypatch.delenv("MARKETBOOK_AS_OF")
    assert seen() == [approx(FIRST), "Market.us Media", 2]


def test_a_date_that_a_command_gave_outlasts_a_changed_file(tmp_path: Path) -> None:
    catalog.reload(datetime.date(2025, 9, 30))
    assert not catalog.reload_if_changed()
    newer = _SECOND.replace("9,400", "9,500").replace("2025-03-31", "2025-12-31")
    (tmp_path / "newer.toml").write_text(newer, encoding="utf-8")
    assert catalog.reload_if_changed()
    assert market_size(SEED, 2024) == 9400
