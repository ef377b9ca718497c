"""What surrounds the sizes: MARKET_LIST, KEY_PLAYERS, MARKET_INDICATOR and MARKET_CHECK."""

import numpy as np

from markets.checks import checks
from markets.errors import NotFound, UnknownName
from udfs import arguments
from udfs.catalog import catalog
from udfs.evaluation import evaluate, evaluate_table
from udfs.questions import named_market
from udfs.values import ARRAY_TYPES, Argument, Array, Result, ScalarArgument


def market_list(search: Argument = None) -> Result:
    """Names of the markets that there are figures for, a row each.

    With `search`, those whose name holds that text or comes near it; #N/A where none does.

    >>> market_list("imaging").tolist()
    [['Medical Imaging Outsourcing']]
    """
    return evaluate_table(_market_list, search)


def key_players(market: Argument) -> Result:
    """Companies that the report names as key players, a row each.

    #N/A for an unknown market, and where none is named.

    >>> key_players("Medical Imaging Outsourcing").shape
    (13, 1)
    """
    return evaluate_table(_key_players, market)


def market_indicator(market: Argument, name: Argument = None, year: Argument = None) -> Result:
    """Context figure of a market, such as health spending; without a name, all of them.

    In the figure's own unit, a percentage as a fraction. The year defaults to the latest. Without
    a name: a row each of name, year, value, unit and how approximate it is ("about"). #N/A for an
    unknown name, or a year without a figure; other errors as for MARKET_SIZE.

    >>> market_indicator("Medical Imaging Outsourcing", "US health spending growth", 2018)
    0.046
    """
    if name is None or (not isinstance(name, ARRAY_TYPES) and name in ("", 0)):
        return evaluate_table(_market_indicators, market)
    return evaluate(_market_indicator, market, name, year)


def market_check(market: Argument) -> Result:
    """Checks of a report against itself, a row each: what was compared, both figures, verdict.

    Percentages are fractions, sizes in the report's unit. The verdict is "agrees" (within the
    rounding of the printed figures), "differs", "contradicts itself" or "cannot be told". #N/A for
    an unknown market, and where there is nothing to compare.

    >>> market_check("Medical Imaging Outsourcing")[0, 3]
    'agrees'
    """
    return evaluate_table(_market_check, market)


def _market_list(search: ScalarArgument) -> Array:
    text = arguments.text(search)
    found = catalog().search(text)
    if not found:
        raise UnknownName("market", text)
    return np.array([[market.name] for market in found], dtype=object)


def _key_players(market: ScalarArgument) -> Array:
    asked = named_market(market)
    if not asked.players:
        raise NotFound(f"The source names no key players of {asked.name}.")
    return np.array([[player.name] for player in asked.players], dtype=object)


def _market_indicator(market: ScalarArgument, name: ScalarArgument, year: ScalarArgument) -> float:
    asked, text = named_market(market), arguments.text(name)
    if not text:
        raise NotFound("No indicator is named: the second argument is blank.")
    return asked.indicator(text, arguments.year(year)).number


def _market_indicators(market: ScalarArgument) -> Array:
    asked = named_market(market)
    rows = [[i.name, float(i.year) if i.year else "", i.number, i.unit, i.about] for i in asked.indicators]
    if not rows:
        raise NotFound(f"The source gives no context figures for {asked.name}.")
    return np.array(rows, dtype=object)


def _market_check(market: ScalarArgument) -> Array:
    asked = named_market(market)
    rows = [[c.what, c.stated, c.expected, str(c.verdict)] for c in checks(asked)]
    if not rows:
        raise NotFound(f"The source of {asked.name} states nothing that could be compared.")
    return np.array(rows, dtype=object)
