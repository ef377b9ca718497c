import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.libreoffice.values import LONGEST_TEXT, from_calc, to_calc
from udfs.values import CellError

numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.one_of(numbers, st.text(min_size=1), st.sampled_from(CellError))


def tables(cells: st.SearchStrategy[object]) -> st.SearchStrategy[list[list[object]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4)
    )


@given(tables(scalars))
def test_what_goes_out_comes_back_the_same(table: list[list[object]]) -> None:
    result = np.empty((len(table), len(table[0])), dtype=object)
    result[:] = table
    assert from_calc(to_calc(result)) == table


@given(tables(numbers))
def test_numbers_stay_plain_floats(table: list[list[object]]) -> None:
    rows = to_calc(np.array(table, dtype=np.float64))
    assert all(type(cell) is float for row in rows for cell in row)
    assert [list(row) for row in rows] == table


@given(scalars)
def test_a_scalar_goes_out_as_one_cell(value: float | str | CellError) -> None:
    ((cell,),) = to_calc(value)
    assert type(cell) in (float, str)
    assert from_calc(cell) == (value if not isinstance(value, str) else value[:LONGEST_TEXT])


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (CellError.NA, 32767),
        (CellError.VALUE, 519),
        (CellError.NUM, 503),
        (CellError.DIV0, 532),
        (CellError.REF, 524),
        (CellError.NAME, 525),
        (CellError.NULL, 521),
    ],
)
def test_an_error_is_a_nan_with_calcs_number(error: CellError, number: int) -> None:
    ((cell,),) = to_calc(error)
    assert isinstance(cell, float)
    assert math.isnan(cell)
    assert struct.unpack("<Q", struct.pack("<d", cell))[0] == 0x7FF8000000000000 | number


@pytest.mark.parametrize("value", [True, np.float64(1), np.int64(1), 2**40])
def test_every_number_goes_out_as_a_float(value: float) -> None:
    ((cell,),) = to_calc(value)
    assert type(cell) is float
    assert cell == value


def test_text_is_cut_where_a_cell_ends() -> None:
    assert to_calc("x" * 40_000) == (("x" * 32_767,),)


def test_an_empty_cell_of_a_range_is_none_and_alone_is_as_it_comes() -> None:
    assert from_calc((("", 0.0), ("a", 1.0))) == [[None, 0.0], ["a", 1.0]]
    assert [from_calc(argument) for argument in ("", 0.0, None, "CT")] == ["", 0.0, None, "CT"]


def test_a_nan_that_is_no_error_of_calcs_is_value() -> None:
    assert from_calc(math.nan) is CellError.VALUE
