import numpy as np
import pytest

from addin.desktop.values import Omitted, from_excel, sentinel, to_excel
from udfs.values import CellError


@pytest.mark.parametrize("error", CellError)
def test_every_error_goes_out_and_comes_back_as_itself(error):
    assert type(sentinel(error)) is int
    assert from_excel(sentinel(error)) is error


def test_an_error_of_newer_excels_arrives_as_value():
    assert from_excel(-2146828288 + 2045) is CellError.VALUE  # #SPILL!


@pytest.mark.parametrize(
    ("raw", "argument"),
    [(None, 0.0), (Omitted.OMITTED, None), (2028.0, 2028.0), (True, True), ("CT", "CT"), (2028, 2028)],
)
def test_single_cells(raw, argument):
    assert from_excel(raw) == argument
    assert type(from_excel(raw)) is type(argument)


def test_a_range_of_numbers_becomes_an_array_of_floats():
    table = from_excel(((2023.0, 2024.0), (2025.0, 2026.0)))
    assert table.dtype == np.float64
    assert table.shape == (2, 2)


def test_a_row_of_a_literal_array_is_one_row():
    assert from_excel((2023.0, 2033.0)).shape == (1, 2)


def test_a_mixed_range_keeps_its_kinds():
    raw = ((None, "2028", True), (-2146826246, 2028.0, -2146826246.0))
    assert from_excel(raw) == [[None, "2028", True], [CellError.NA, 2028.0, -2146826246.0]]


@pytest.mark.parametrize(
    ("result", "rows"),
    [
        (8.6, [[8.6]]),
        ("reported", [["reported"]]),
        (CellError.NUM, [[-2146826252]]),
        (np.array([[1.0], [2.0]]), [[1.0], [2.0]]),
        (np.array([["a", CellError.NA, 1.0]], dtype=object), [["a", -2146826246, 1.0]]),
    ],
)
def test_results_are_plain_python(result, rows):
    assert to_excel(result) == rows
    assert {type(cell) for row in to_excel(result) for cell in row} <= {float, str, int}
