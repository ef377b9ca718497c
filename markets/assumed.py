"""A market with the user's assumptions in place of the figures that they beat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from markets.answers import Answer, Status
from markets.consensus import Consensus
from markets.errors import NoFigure, OutOfDomain, UnknownName
from markets.estimates.assuming import with_assumptions
from markets.estimates.assumptions import Assumed, Assumption, Assumptions, Measure, resolved
from markets.market import Market
from markets.matching import counterpart
from markets.names import name_key

_KEPT = 256
_ADDED_UP = 1e-9


@lru_cache(_KEPT)
def assuming(market: Market, assumptions: Assumptions) -> Market:
    """Return the market with the user's assumptions. Those for another market are left out.

    Answers that rest on one have the status `assumed`. Raises UnknownName for a segment, BadArgument for a
    unit, and OutOfDomain for figures that cannot be true.

    >>> from markets.catalogs.folders import folder_catalog
    >>> seed = folder_catalog().market("Medical Imaging Outsourcing")
    >>> answer = assuming(seed, (Assumption(Measure.CAGR, 0.06),)).size(2033)
    >>> round(answer.value, 3), str(answer.status)
    (15.401, 'assumed')
    """
    names = (market.name, market.subject.name, *market.subject.aliases)
    known = {name_key(name) for name in names}
    own = tuple(item for item in assumptions if not item.market or name_key(item.market) in known)
    if not own:
        return market
    if isinstance(market, Consensus):
        return _of_each(market, own)
    assumed = resolved(market.evidence, own)
    changed = AssumedMarket(market, assumed)
    _refuse_too_much(changed, assumed)
    return changed


class AssumedMarket(Market):
    """A market with assumptions. Years that are not given default as without them."""

    def __init__(self, market: Market, assumed: Sequence[Assumed]) -> None:
        report = with_assumptions(market.report, market.evidence, assumed)
        super().__init__(report, market.sources)
        self._plain = market

    def share_year(self, dimension: str = "") -> int:
        """Return the default year for shares in the report."""
        try:
            return self._plain.share_year(dimension)
        except NoFigure:
            return super().share_year(dimension)


def _of_each(market: Consensus, assumptions: Assumptions) -> Market:
    """The market as each source sizes it, with the assumptions about the segments that it has."""
    whole = [replace(item, unit=item.unit or str(market.unit)) for item in assumptions]
    for item in whole:
        if item.segment:
            market.segment(item.segment)  # somebody knows it
    return Consensus([assuming(each, tuple(_for(each, market, whole))) for each in market.each], market.pick)


def _for(each: Market, market: Consensus, assumptions: Sequence[Assumption]) -> Iterator[Assumption]:
    for item in assumptions:
        if item.measure is Measure.SIZE and each.unit.currency != market.unit.currency:
            continue
        if not item.segment:
            yield item
            continue
        try:
            own = counterpart(market.segment(item.segment), each, market.each)
        except (NoFigure, UnknownName):
            continue
        yield replace(item, segment=own.qualified)


def _refuse_too_much(market: Market, assumed: Sequence[Assumed]) -> None:
    """Raise OutOfDomain if the shares of a dimension add up to more than 100 % because of an assumption."""
    for year in sorted({one.year for one in assumed}):
        for dimension in market.dimensions:
            shares = list(_shares(market, dimension, year))
            least = sum(float(share.interval.low) for share in shares)
            if least > 1 + _ADDED_UP and any(share.status is Status.ASSUMED for share in shares):
                own = [one for one in assumed if one.segment is None or one.segment.dimension == dimension]
                raise OutOfDomain(
                    f"With your assumptions, the shares of {dimension} in {year} add up to "
                    f"{least * 100:.4g}% ({'; '.join(one.about for one in own)})."
                )


def _shares(market: Market, dimension: str, year: int) -> Iterator[Answer]:
    for segment in market.segments_of(dimension):
        try:
            yield market.share(segment, year)
        except NoFigure:
            continue
