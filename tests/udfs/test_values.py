import datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from udfs import market_size
from udfs.values import CellError, as_table

cells = st.one_of(st.none(), st.floats(allow_nan=False), st.text(max_size=5), st.booleans())


@given(st.lists(st.lists(cells, max_size=4), min_size=1, max_size=4))
def test_rows_of_any_length_make_a_table(rows: list[list[object]]) -> None:
    table = as_table(rows)
    assert table.ndim == 2
    assert table.shape == (len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        assert table[at, : len(row)].tolist() == row
        assert all(cell is None for cell in table[at, len(row) :].tolist())


def test_numbers_only_are_an_array_of_floats() -> None:
    assert as_table([[1, 2.5], [3, 4]]).dtype == np.float64
    assert as_table(np.arange(6).reshape(2, 3)).dtype == np.float64
    assert as_table([[1, "x"]]).dtype == object


def test_errors_have_excel_s_numbers() -> None:
    codes = {str(error): error.code for error in CellError}
    assert codes == {
        "#NULL!": 2000,
        "#DIV/0!": 2007,
        "#VALUE!": 2015,
        "#REF!": 2023,
        "#NAME?": 2029,
        "#NUM!": 2036,
        "#N/A": 2042,
    }


def test_dates_and_ranges_of_python_are_read_as_excel_would() -> None:
    seed = "Medical Imaging Outsourcing"
    for day in (datetime.date(2028, 1, 1), datetime.datetime(2028, 1, 1), pd.Timestamp("2028-01-01")):
        outcome = market_size.outcome(seed, day)
        assert outcome.value is CellError.NUM
        assert "46753" in outcome.reason and "YEAR()" in outcome.reason
    assert market_size(seed, range(2023, 2025)).shape == (1, 2)
