"""The registry fits Excel's function wizard, and cells that people have written."""

import doctest
import inspect

import pytest

from udfs.registry import FUNCTIONS, Function

SIGNATURES = {
    "MARKET_SIZE(market, [year], [segment], [unit], [method], [assumptions], [source])",
    "SEGMENT_SHARE(market, segment, [year], [method], [assumptions], [source])",
    "CAGR_PROJECT(base, cagr, periods)",
    "MARKET_CAGR(market, [segment], [from_year], [to_year], [method], [assumptions], [source])",
    "MARKET_SERIES(market, [from_year], [to_year], [segment], [unit], [method], [assumptions], [source])",
    "SEGMENT_TABLE(market, dimension, [year], [unit], [method], [assumptions], [source])",
    "MARKET_LIST([search])",
    "SEGMENT_LIST(market, [dimension])",
    "KEY_PLAYERS(market)",
    "MARKET_SOURCE(market, [year], [segment], [unit], [method], [assumptions], [source])",
    "MARKET_STATUS(market, [year], [segment], [unit], [method], [assumptions], [source])",
    "MARKET_CHECK(market)",
    "MARKET_INDICATOR(market, [name], [year])",
}


def test_names_and_arguments_are_those_that_cells_have() -> None:
    assert {function.signature for function in FUNCTIONS.values()} == SIGNATURES


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_help_fits_the_function_wizard(function: Function) -> None:
    assert 0 < len(function.help) <= 255
    assert len(", ".join(parameter.name for parameter in function.parameters)) <= 254
    for parameter in function.parameters:
        assert 0 < len(parameter.help) <= 255


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_docstring_has_an_example_and_names_its_errors(function: Function) -> None:
    text = inspect.getdoc(function.call) or ""
    assert doctest.DocTestParser().get_examples(text), "no example"
    assert "#" in text, "no error is named"
    assert function.call.__name__ == function.name.lower()
