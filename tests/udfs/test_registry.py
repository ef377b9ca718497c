"""The registry fits Excel's function wizard, and cells that people have written."""

import doctest
import inspect

import pytest

from tests.conftest import SEED
from udfs import key_players, market_growth, market_size
from udfs.registry import FUNCTIONS, Function

SIGNATURES = {
    "MARKET_SIZE(market, [year], [segment], [unit], [method], [assumptions], [source])",
    "MARKET_SERIES(market, [segment], [from_year], [to_year], [unit], [method], [assumptions], [source],"
    " [headers])",
    "MARKET_SOURCE(market, [year], [segment], [unit], [method], [assumptions], [source], [measure],"
    " [to_year])",
    "MARKET_STATUS(market, [year], [segment], [unit], [method], [assumptions], [source])",
    "MARKET_CARD(market, [year], [segment], [source])",
    "CAGR_PROJECT(base, cagr, periods)",
    "MARKET_CAGR(market, [segment], [from_year], [to_year], [method], [assumptions], [source])",
    "MARKET_GROWTH(market, [year], [segment], [method], [assumptions], [source])",
    "SEGMENT_SHARE(market, segment, [year], [method], [assumptions], [source])",
    "SEGMENT_TABLE(market, dimension, [year], [unit], [method], [assumptions], [source], [headers])",
    "SEGMENT_RANK(market, dimension, place, [by], [year], [source])",
    "MARKET_MATRIX(market, rows, columns, [year], [unit], [seed], [assumptions], [source], [headers])",
    "MARKET_RANGE(market, [year], [unit], [assumptions], [source])",
    "SEGMENT_RANGE(market, segment, [year], [unit], [assumptions], [source])",
    "SOURCE_TABLE(market, [year], [unit], [source], [headers])",
    "SEGMENT_LIST(market, [dimension], [source])",
    "MARKET_LIST([search])",
    "MARKET_INFO(market, item, [source])",
    "KEY_PLAYERS(market, [source])",
    "MARKET_INDICATOR(market, [name], [year], [source])",
    "MARKET_CHECK(market, [headers], [source])",
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
    text = inspect.getdoc(function) or ""
    assert doctest.DocTestParser().get_examples(text), "no example"
    assert "#" in text, "no error is named"


def test_arguments_may_be_given_by_name_and_a_function_shows_its_signature() -> None:
    assert market_size(SEED, unit="mn", year=2033) == 13100
    assert str(inspect.signature(market_growth)) == (
        "(market, year=None, segment=None, method=None, assumptions=None, source=None)"
    )
    with pytest.raises(TypeError):
        market_size(SEED, 2033, year=2033)
    with pytest.raises(TypeError):
        market_size(SEED, yaer=2033)
    with pytest.raises(TypeError):
        key_players(SEED, None, 2)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_help_is_written_in_plain_sentences(function: Function) -> None:
    for text in (function.help, *(parameter.help for parameter in function.parameters)):
        assert "left out" not in text
        assert "; " not in text
        assert text[0].isupper() or text[0] == '"'
        assert text.endswith(".")
