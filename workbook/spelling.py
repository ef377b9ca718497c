"""Figures as text, and the formats that show them alike in cells.

A stated figure is spelled as its source prints it, with its qualifier ("over 50%"). A computed one has
three significant digits, or four from 1,000 on. Python's own formatting would round the binary value
of a float: 4.25% would become 4.2%.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from markets.answers import Answer, ShareOfTotal, StatedPercentage, StatedSize
from markets.errors import NoFigure
from markets.estimates import EstimatedSize
from markets.facts import Size
from markets.market import Market
from markets.segments import SegmentName
from markets.units import SCALES, Unit
from markets.verdicts import Check, Kind
from markets.wording import in_unit

_MOST_DECIMALS = 5


def money(market: Market, unit: Unit, answer: Answer) -> str:
    """Return a size with its unit, as printed if it is stated in that unit.

    >>> from markets import folder_catalog
    >>> market = folder_catalog().market("Medical Imaging Outsourcing")
    >>> money(market, market.unit, market.size(2033)), money(market, market.unit, market.size(2028))
    ('USD 13.1 billion', 'USD 10.6 billion')
    >>> money(market, Unit("USD", "million"), market.size(2033))
    'USD 13,100 million'
    """
    if not isinstance(answer, StatedSize):
        return in_unit(amount(market.unit.converted(answer.value, unit)), str(unit))
    fact = answer.fact
    printed = fact.value.printed if unit == fact.unit else _rescaled(fact, unit)
    return f"{fact.about} {in_unit(printed, str(unit))}".strip()


def _rescaled(fact: Size, unit: Unit) -> str:
    """Return a stated size in another scale, with the digits that are printed and no more."""
    ratio = Decimal(SCALES[fact.unit.scale]) / Decimal(SCALES[unit.scale])
    decimals = max(0, fact.value.decimals - ratio.adjusted())
    return f"{_rounded(fact.value.exact * ratio, decimals):,}"


def rate(answer: Answer) -> str:
    """Return a share or a CAGR in percent, as printed if it is stated: "4.3%", "over 50%"."""
    if isinstance(answer, StatedPercentage):
        return f"{answer.fact.printed}%"
    return percent(answer.value)


def shares_in_words(
    market: Market, segments: Iterable[SegmentName], year: int
) -> tuple[list[str], list[str]]:
    """Return each segment with its share in a year, largest first, and the names of those without one.

    >>> from markets import folder_catalog
    >>> market = folder_catalog().market("Medical Imaging Outsourcing")
    >>> shares_in_words(market, market.segments_of("Region"), 2023)
    (['North America 43.6%'], ['Asia-Pacific'])
    """
    shares: list[tuple[float, str]] = []
    silent = []
    for segment in segments:
        try:
            answer = market.share(segment, year)
        except NoFigure:
            silent.append(segment.name)
        else:
            shares.append((answer.value, f"{segment.name} {rate(answer)}"))
    return [words for _, words in sorted(shares, key=lambda share: -share[0])], silent


def amount(value: float) -> str:
    """Return a computed figure with three significant digits, or with four from 1,000 on.

    One that has fewer digits gets no zeros.

    >>> amount(8.6), amount(10.6141), amount(10.976), amount(5.6158), amount(63350)
    ('8.6', '10.6', '11.0', '5.62', '63,350')
    >>> amount(0.00412), amount(-0.5), amount(0), amount(10_614_141_510)
    ('0.00412', '-0.5', '0', '10,610,000,000')
    """
    exact = Decimal(f"{value:.12g}")
    digits = 4 if abs(value) >= 1000 else 3
    rounded = _rounded(exact, digits - 1 - exact.adjusted())
    return f"{rounded.normalize() if rounded == exact else rounded:,f}"


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction in percent, with halves rounded away from zero.

    >>> percent(0.0425), percent(0.653), percent(0.0429831, 2), percent(-0.00001)
    ('4.3%', '65.3%', '4.30%', '0.0%')
    """
    return f"{_rounded(_exact(fraction) * 100, decimals)}%"


def points(fraction: float) -> str:
    """Return a difference of two percentages.

    >>> points(0.02), points(0.00123), points(0.01)
    ('2.0 points', '0.12 points', '1.0 points')
    """
    return f"{_rounded(_exact(fraction) * 100, 1 if abs(fraction) >= 0.01 else 2)} points"


def multiple(value: float) -> str:
    """Return a growth multiple.

    >>> multiple(1.5233), multiple(12.04)
    ('1.52x', '12.0x')
    """
    return f"{_rounded(value, 2 if abs(value) < 10 else 1)}x"


def expected(check: Check, unit: Unit) -> str:
    """Return the figure that a check compares with. A CAGR has two decimals, so that differences show."""
    if check.kind is Kind.SIZE:
        return in_unit(amount(check.expected), str(unit))
    if check.expected == 1:
        return "100%"
    return percent(check.expected, 2 if check.kind is Kind.GROWTH else 1)


def allowed(check: Check, unit: Unit) -> str:
    """Return the tolerance of a check: "2.0 points", "USD 0.05 billion", or nothing if it has none."""
    if check.tolerance is None:
        return ""
    return in_unit(amount(check.tolerance), str(unit)) if check.kind is Kind.SIZE else points(check.tolerance)


def derived_decimals(market: Market, unit: Unit, answer: Answer) -> int | None:
    """Return the most decimals of a size that is a share of a total; None for any other size.

    The last digit is not smaller than what the rounding of the share can change. An estimated share is
    shown with one decimal.

    >>> from markets import folder_catalog
    >>> market = folder_catalog().market("Guided Tissue Regeneration Membrane")
    >>> size = market.size(2022, market.segment("Absorbable Membrane"))
    >>> size.facts[0].printed, round(size.value, 2), derived_decimals(market, market.unit, size)
    ('about 80', 251.44, 0)
    >>> derived_decimals(market, Unit("USD", "billion"), size)
    2
    """
    if not isinstance(answer, ShareOfTotal | EstimatedSize):
        return None
    decimals = answer.share.value.decimals if isinstance(answer, ShareOfTotal) else 1
    half = Decimal("0.005").scaleb(-decimals)
    change = half * _exact(market.unit.converted(answer.total.value, unit))
    return max(0, -(change.adjusted() + (change > Decimal(1).scaleb(change.adjusted()))))


def size_decimals(
    sizes: Iterable[float], computed: Iterable[float] = (), series: Iterable[float] = ()
) -> int:
    """Return the number of decimals that suits sizes in one column or chart.

    The largest has three significant digits, and there are no more decimals than the figures have. A
    figure with one or two decimals, such as one that is stated, is never shown with fewer, unless it is
    among those that are `computed`. In a series, figures that follow each other look different.

    >>> size_decimals([8.6]), size_decimals([8.6, 10.6141, 13.1]), size_decimals([5.6158, 8.6])
    (1, 1, 2)
    >>> size_decimals([8600.0, 10614.1415]), size_decimals([])
    (0, 0)
    >>> size_decimals([314.3, 323.4818, 385.7]), size_decimals([251.44], computed=[251.44])
    (1, 0)
    >>> size_decimals([11.91, 11.947, 11.984]), size_decimals([], series=[11.91234, 11.94712, 11.98423])
    (2, 2)
    """
    of_series, of_computed = [_exact(size) for size in series], {*map(_exact, computed)}
    shown = [size for size in (*map(_exact, sizes), *of_series, *of_computed) if size]
    short = (decimals for size in shown if size not in of_computed if (decimals := _decimals(size)) <= 2)
    most = max(0, 2 - max((size.adjusted() for size in shown), default=2), *short)
    while most < _MOST_DECIMALS and any(
        one != other and _rounded(one, most) == _rounded(other, most) for one, other in pairwise(of_series)
    ):
        most += 1
    needed = (max(0, -int(_rounded(size, most).normalize().as_tuple().exponent)) for size in shown)
    return max(needed, default=0)


def size_format(
    sizes: Iterable[float],
    computed: Iterable[float] = (),
    series: Iterable[float] = (),
    most: int | None = None,
) -> str:
    """Return the number format of a cell for sizes, with the decimals that suit them, and at `most` these.

    It still suits after another unit is chosen: there are no decimals from 1,000 on, and more below 1.
    Negative figures are in brackets.

    >>> size_format([8.6, 13.1])
    '[>=1000]#,##0_);[>=1]#,##0.0_);0.0####_)'
    >>> size_format([-0.05])
    '#,##0.00_);(#,##0.00);0.00_)'
    """
    computed, series = list(computed), list(series)
    known = [*sizes, *computed, *series]
    decimals = size_decimals(known, computed, series)
    decimals = decimals if most is None else min(decimals, most)
    digits = "0." + "0" * decimals if decimals else "0"
    if min(known, default=0) < 0:
        return f"#,##{digits}_);(#,##{digits});{digits}_)"
    least = _exact(min(filter(None, known), default=100))
    small = "1" if least >= 1 else "0.1"
    if not decimals:
        whole = 10 ** min(2, max(0, least.adjusted()))
        return f"[>={whole}]#,##0_);[>={small}]#,##0.0#_);0.0####_)"
    if any(size >= 1000 and 0 < _decimals(_exact(size)) <= 2 for size in known):
        return f"[>={small}]#,##{digits}_);0.0####_)"
    return f"[>=1000]#,##0_);[>={small}]#,##{digits}_);0.0####_)"


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Return a number with so many decimals, fewer than none for whole tens and hundreds."""
    rounded = _exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def _decimals(size: Decimal) -> int:
    return max(0, -int(size.normalize().as_tuple().exponent))


def _exact(value: float | Decimal) -> Decimal:
    """Return a number with the digits that Python shows, not those of its binary value."""
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
