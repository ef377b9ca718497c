"""Lookups: MARKET_LIST, MARKET_INFO, KEY_PLAYERS, MARKET_INDICATOR and MARKET_CHECK."""

from collections.abc import Callable, Mapping

from markets.comparisons import every_check
from markets.errors import BadArgument, NotFound, UnknownName, shortened
from markets.facts import Indicator
from markets.market import Market
from markets.verdicts import summary
from markets.wording import LONGEST_LINE, places, stated
from udfs.asked import Asked, required
from udfs.outcome import Outcome
from udfs.registry import cell_function, table_function
from udfs.tables import table
from udfs.values import Scalar


@table_function("[search]")
def market_list(asked: Asked) -> Outcome:
    """Returns the names of the markets in the catalog, one row each.

    With `search`, the markets whose names contain or resemble that text; #N/A if there are none.

    >>> market_list("imaging").tolist()
    [['Medical Imaging Outsourcing']]
    """
    found = asked.catalog.search(asked.search)
    if not found:
        raise UnknownName("market", asked.search)
    return Outcome(table([[one.name] for one in found]), f"Markets found: {len(found)}.")


_CATALOG, _NOTICE = "catalog", "notice"
_ITEMS: Mapping[str, Callable[[Market], Scalar]] = {
    "name": lambda market: market.name,
    "unit": lambda market: str(market.unit),
    "base year": lambda market: float(market.base_year),
    "share year": lambda market: float(market.share_year()),
    "publisher": lambda market: market.source.publisher,
    "date": lambda market: str(market.source.date),
    "geography": lambda market: market.geography,
    "title": lambda market: market.source.title,
    "url": lambda market: market.source.url,
}


@cell_function("market", "item", "[source]")
def market_info(asked: Asked) -> Outcome:
    """Returns a detail of a market's report, such as its unit or publisher.

    Years are numbers, other items text. The date is text such as "2025-11-13", which DATEVALUE reads.
    #N/A if the report does not give the item or the market is unknown; #VALUE! for an unknown item. The
    item "catalog" is which catalog answers, and as of when; "notice" says that it comes from an old copy of a
    server, and why: #N/A if it does not.

    >>> market_info("Medical Imaging Outsourcing", [["unit", "base year", "date"]]).tolist()
    [['USD billion', 2023.0, '2025-11-13']]
    """
    item = required(asked.item, "item").casefold()
    if item == _CATALOG:
        return Outcome(asked.catalog.place, lambda: asked.catalog.notice or asked.catalog.place)
    if item == _NOTICE:
        if not asked.catalog.notice:
            raise NotFound("The catalog is up to date.")
        return Outcome(asked.catalog.notice, lambda: asked.catalog.notice)
    if item not in _ITEMS:
        known = ", ".join((*_ITEMS, _CATALOG, _NOTICE))
        raise BadArgument(f'The item "{shortened(asked.item)}" is unknown. Use one of {known}.')
    value = _ITEMS[item](asked.market)
    if value == "":
        raise NotFound(f"The report on {asked.market.name} gives no {item}.")
    return Outcome(value, lambda: f"{asked.market.source}: {asked.market.source.title}")


@table_function("market", "[source]")
def key_players(asked: Asked) -> Outcome:
    """Returns the companies that the report names as key players, one row each.

    #N/A if the market is unknown or the report names no companies.

    >>> key_players("Medical Imaging Outsourcing").shape
    (13, 1)
    """
    players = asked.market.players
    if not players:
        raise NotFound(f"The source names no key players of {asked.market.name}.")
    return Outcome(
        table([[player.name] for player in players]),
        lambda: shortened(f"Companies named: {len(players)}. {places(players)}", LONGEST_LINE),
    )


@cell_function("market", "[name]", "[year]", "[source]")
def market_indicator(asked: Asked) -> Outcome:
    """Returns a context figure of a market, such as health spending, or all of them.

    The figure is in its own unit, a percentage as a fraction. The year defaults to the latest. Without
    a name, one row for each figure: name, year, value, unit and qualifier (such as "about"). #N/A for
    an unknown name or a year without a figure; other errors as for MARKET_SIZE.

    >>> market_indicator("Medical Imaging Outsourcing", "US health spending growth", 2018)
    0.046
    """
    if not asked.name:
        return _indicators(asked.market)
    found = asked.market.indicator(asked.name, asked.year)
    return Outcome(found.number, lambda: _stated(found))


@table_function("market", "[headers]", "[source]")
def market_check(asked: Asked) -> Outcome:
    """Compares the figures of a report, one row per check: what, kind, figures, tolerance, verdict, level.

    The columns are: what is compared, its kind ("size", "share", "CAGR" or "ranking"), the stated figure,
    the figure it is compared with, the tolerance, the verdict, and its level. Percentages are fractions,
    their tolerance too; sizes are in the report's unit. The tolerance is the greatest difference that the
    rounding of the printed figures explains, blank where the verdict does not depend on it. The verdict
    is "agrees", "within rounding", "differs", "contradicts" (two figures for the same thing) or
    "inconclusive"; the level is "ok", "note", "warning" or "error". #N/A if the market is unknown or
    there is nothing to compare. After the checks of the report itself, its other editions and the other
    sources are compared, sizes in the unit of the latest edition.

    >>> market_check("Medical Imaging Outsourcing")[0, 5]
    'agrees'
    """
    found = every_check(asked.market, asked.editions)
    if not found:
        raise NotFound(f"The source of {asked.market.name} states no figures that can be compared.")
    heads = ("Check", "Kind", "Stated", "Compared with", "Tolerance", "Verdict", "Level")
    rows: list[list[Scalar]] = [
        [
            *(check.what, str(check.kind), check.stated, check.expected),
            "" if check.tolerance is None else check.tolerance,
            *(str(check.verdict), str(check.level)),
        ]
        for check in found
    ]
    told = f"{summary(found)}. {asked.market.source}"
    return Outcome(table(rows, heads if asked.headers else ()), told)


def _indicators(market: Market) -> Outcome:
    found = market.indicators
    if not found:
        raise NotFound(f"The source gives no context figures for {market.name}.")
    rows: list[list[Scalar]] = [
        [i.name, float(i.year) if i.year else "", i.number, i.unit, i.about] for i in found
    ]
    line = f"Context figures stated: {len(found)}. {places(found)}"
    return Outcome(table(rows), shortened(line, LONGEST_LINE))


def _stated(indicator: Indicator) -> str:
    year = f" for {indicator.year}" if indicator.year else ""
    origin = f", citing {indicator.origin}" if indicator.origin else ""
    return f"reported{year}: stated as {stated(indicator)}. {places([indicator])}{origin}"
