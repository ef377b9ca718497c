"""Formulas as they stand in the cells of a workbook whose functions are an Office.js add-in's."""

from udfs.registry import FUNCTIONS
from workbook.dependency_graph import NAMESPACE
from workbook.package import tokens


def namespaced(formula: str) -> str:
    """Return a formula with plain calls in which each of our functions has the add-in's namespace.

    >>> namespaced('SUM(MARKET_SIZE(mb_market),1)&"MARKET_SIZE("')
    'SUM(MARKETBOOK.MARKET_SIZE(mb_market),1)&"MARKET_SIZE("'
    """
    return "".join(
        f"{NAMESPACE}.{token[0]}" if token["function"] in FUNCTIONS else token[0] for token in tokens(formula)
    )


def without_intersections(formula: str) -> str:
    """Return a formula without @, which Excel shows but does not store.

    >>> without_intersections('@INDEX(Sizes[@Year],1)&"a@b"')
    'INDEX(Sizes[@Year],1)&"a@b"'
    """
    if "@" not in formula:
        return formula
    return "".join(token[0] for token in tokens(formula) if token[0] != "@")
