"""No input makes a function raise into a cell, or return what no cell can hold."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SEED
from udfs.registry import FUNCTIONS, Function
from udfs.values import CellError

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(
        [SEED, "CT", "Device", "Region", "USD mn", "compound", "implied", "", " ", "2028", "FY2028E"]
    ),
    st.sampled_from(
        ["4.3%", "=1+1", "Market.us Media", "latest", "unit", "share", "growth", Decimal("2033")]
    ),
    st.sampled_from([np.int64(2033), np.float64(2033.0), np.bool_(True), np.array(2033.0)]),
    st.sampled_from([2023.0, 2028, 0, -1, 2028.5, 45292, 123456, 1e308, -0.0]),
    st.sampled_from(list(CellError)),
)
ranges = st.lists(st.lists(scalars, min_size=1, max_size=3), min_size=0, max_size=3)
flat = st.lists(scalars, max_size=3)
columns = flat.map(lambda cells: pd.Series(cells, dtype=object)) | flat.map(pd.DataFrame)
numbers = st.lists(st.lists(st.floats(), min_size=2, max_size=2), min_size=1, max_size=3).map(np.array)
arguments = st.one_of(scalars, scalars, ranges, flat, numbers, columns)


def assert_fit_for_cells(result: Any) -> None:
    if isinstance(result, np.ndarray):
        assert result.ndim == 2 and result.size
        for cell in result.tolist():
            for value in cell:
                assert_scalar(value)
    else:
        assert_scalar(result)


def assert_scalar(value: Any) -> None:
    assert type(value) in (float, str, CellError), repr(value)
    if type(value) is float:
        assert math.isfinite(value)
    if type(value) is str:
        assert len(value) <= 32_767


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_arguments_give_a_cell_value(function: Function, data: st.DataObject) -> None:
    first = data.draw(st.one_of(st.just(SEED), arguments))
    rest = data.draw(st.lists(arguments, min_size=0, max_size=len(function.parameters) - 1))
    required = sum(parameter.required for parameter in function.parameters)
    given_arguments = [first, *rest, *[None] * max(0, required - 1 - len(rest))]
    outcome = function.outcome(*given_arguments[: len(function.parameters)])
    assert_fit_for_cells(outcome.value)
    assert outcome.reason
    assert "unexpected" not in outcome.reason


segments = st.sampled_from(["CT", "MRI", "PET", "Hospitals", "North America", "", None, "nothing", 0.0])
measures = st.sampled_from(["size", "share", "CAGR", "cagr ", "", 1.0])
years = st.sampled_from([2023.0, 2033.0, 2028.0, 2024.0, 2150.0, "2030", "", None, 0.0, 1900.0, "soon"])
values = st.one_of(
    st.sampled_from([0.0, 0.1, 0.3, 0.65, 1.0, 5.0, 12.0, 1e-300, 1e300, -0.5, -1.0, "6%", "", None, "many"]),
    st.floats(-2, 20),
    st.floats(),
)
assumed = st.lists(st.tuples(segments, measures, years, values, st.text(max_size=9)), min_size=1, max_size=3)
HEAD = ("segment", "measure", "year", "value", "note")
TAKERS = [one for one in FUNCTIONS.values() if "assumptions" in [p.name for p in one.parameters]]


@settings(max_examples=300, deadline=None)
@given(
    function=st.sampled_from(TAKERS),
    rows=assumed,
    year=years,
    segment=segments,
    method=st.sampled_from(["", "estimate", "compound", "hold"]),
)
def test_any_assumptions_give_a_cell_value(
    function: Function, rows: list[tuple[Any, ...]], year: Any, segment: Any, method: str
) -> None:
    known = {
        "market": SEED,
        "segment": segment,
        "year": year,
        "method": method,
        "dimension": "Device",
        "rows": "Device",
        "columns": "End User",
        "assumptions": [HEAD, *rows],
    }
    outcome = function.outcome(*[known.get(parameter.name) for parameter in function.parameters])
    assert_fit_for_cells(outcome.value)
    assert outcome.reason
    assert "unexpected" not in outcome.reason


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_an_error_argument_is_passed_on(function: Function) -> None:
    for at in range(len(function.parameters)):
        given_arguments: list[Any] = [SEED, *[None] * (len(function.parameters) - 1)]
        given_arguments[at] = CellError.DIV0
        result = function(*given_arguments)
        assert result is CellError.DIV0, function.parameters[at].name


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_ten_thousand_characters_are_no_harm(function: Function) -> None:
    assert_fit_for_cells(function(*["x" * 10_000] * len(function.parameters)))
