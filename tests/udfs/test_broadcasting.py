"""Ranges as arguments behave as with Excel's own functions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.conftest import SEED
from udfs import cagr_project, market_series, market_size, market_source, segment_share
from udfs.broadcasting import MOST_CELLS, broadcast
from udfs.outcome import Outcome
from udfs.values import CellError

NA = CellError.NA


def test_a_column_of_years_gives_a_column_of_sizes() -> None:
    assert market_size(SEED, [[2023.0], [2033.0], [2034.0]]).tolist() == [[8.6], [13.1], [NA]]


def test_a_column_against_a_row_gives_a_table() -> None:
    shares = segment_share(SEED, [["CT"], ["Hospitals"]], [[2023.0, 2033.0]])
    assert shares.tolist() == [[0.653, NA], [0.634, NA]]


def test_where_a_range_is_short_the_surplus_is_not_available() -> None:
    result = cagr_project([[1.0], [2.0], [3.0]], [[0.0], [1.0]], 1)
    assert result.tolist() == [[1.0], [4.0], [NA]]


def test_errors_in_a_range_stay_in_their_cells() -> None:
    result = market_size(SEED, [[2023.0, CellError.DIV0, "x", 0.0, None]])
    assert result.tolist() == [[8.6, CellError.DIV0, CellError.VALUE, CellError.NUM, CellError.NUM]]


def test_each_cell_of_a_range_has_its_own_reason() -> None:
    cells = market_size.outcome(SEED, [[2023, 2050, 2040]]).cells
    assert cells is not None
    assert [cell.reason[:25] for cell in cells[0]] == [
        "reported for 2023: stated",
        "2050 is outside the perio",
        "2040 is outside the perio",
    ]
    assert market_size.outcome(SEED, [[2023, 2033]]).cells is None


def test_a_range_of_one_cell_stays_a_range() -> None:
    assert market_size([[SEED]], 2023).tolist() == [[8.6]]


def test_table_functions_take_single_cells_only() -> None:
    assert market_series([[SEED], [SEED]]) is CellError.VALUE
    assert market_series([[SEED]], None, 2023, 2023).tolist() == [[2023.0, 8.6]]


def test_a_long_column_against_a_long_row_is_refused_before_it_fills_the_memory() -> None:
    column, row = np.full((MOST_CELLS // 1000 + 1, 1), 2023.0), np.full((1, 1000), 2023.0)
    for outcome in (market_size.outcome(column, row), cagr_project.outcome(column, 0.05, row)):
        assert outcome.value is CellError.VALUE
        assert outcome.reason == "The result would have 5,001,000 cells. Use smaller ranges."


def test_a_text_for_each_year() -> None:
    lines = market_source(SEED, [[2023.0, 2050.0]]).tolist()[0]
    assert lines[0].startswith("reported for 2023: ")
    assert "outside the period that the source covers" in lines[1]


@given(
    hnp.arrays(float, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(1890, 2210)),
)
def test_an_array_gives_what_its_cells_give_alone(years: np.ndarray) -> None:
    whole = market_size(SEED, years)
    assert whole.shape == years.shape
    assert whole.tolist() == [[market_size(SEED, year) for year in row] for row in years.tolist()]


@given(hnp.arrays(float, (3, 4), elements=st.floats(-1e3, 1e3)), st.floats(-0.99, 5), st.floats(-50, 50))
def test_projection_of_an_array_is_the_projection_of_its_cells(
    base: np.ndarray, rate: float, periods: float
) -> None:
    whole = cagr_project(base, rate, periods)
    for one, alone in zip(whole.flat, base.flat, strict=True):
        assert one == pytest.approx(cagr_project(float(alone), rate, periods), rel=1e-12)


@pytest.mark.parametrize("years", [[[-1e308, 1e308]], [[float("inf"), 2023.0]], [[float("nan"), 2023.0]]])
def test_numbers_that_are_far_apart_or_no_numbers_are_out_of_domain(years: list[list[float]]) -> None:
    expected = [[8.6 if year == 2023 else CellError.NUM for year in years[0]]]
    assert market_size(SEED, np.array(years)).tolist() == expected


def test_a_whole_number_that_is_too_large_is_out_of_domain_in_each_cell() -> None:
    assert cagr_project(np.array([[1.0, 2.0]]), 0, 10**400).tolist() == [[CellError.NUM, CellError.NUM]]


def test_five_columns_of_many_distinct_values_do_not_overflow() -> None:
    def column(text: str) -> list[list[str]]:
        return [[text + " " * at] for at in range(7000)]

    sizes = market_size(column(SEED), column("2023"), column("CT"), column("mn"), column(""))
    assert sizes.shape == (7000, 1)
    assert sizes == pytest.approx(0.653 * 8600)


def test_what_many_columns_pick_is_what_their_cells_say() -> None:
    many = 7000
    columns = [np.arange(many, dtype=float).reshape(-1, 1) * scale + 0.5 for scale in (1, 3, 5, 7, 11)]
    outcome = broadcast(lambda *cells: Outcome(float(sum(cells)), ""), columns)
    assert np.array_equal(outcome.value, sum(columns))
