"""Limits: statements as intervals for the shares of a year, and for growth from the base year to the last."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isfinite, nan

from markets.estimates.polytopes import Empty
from markets.estimates.statements import Kind, Statement, Statements


@dataclass(frozen=True)
class Limits:
    """The numbers from `low` to `high`; `printed` is the stated one, nan if there is none."""

    low: float = 0.0
    high: float = inf
    printed: float = nan

    def within(self, high: float) -> "Limits":
        """Return what is at most `high`; raise Empty if nothing is."""
        return _checked(Limits(self.low, min(self.high, high), self.printed))

    def over(self, other: "Limits") -> "Limits":
        """Return the limits of the quotient of two numbers that are not negative."""
        low = self.low / other.high if isfinite(self.low) and other.high else 0.0
        high = self.high / other.low if other.low else inf
        return Limits(low, high, self.printed / other.printed if other.printed else nan)

    def compounded(self, periods: int) -> "Limits":
        """Return the growth over some years at a rate within the limits."""
        low, high, printed = (max(1 + rate, 0.0) ** periods for rate in (self.low, self.high, self.printed))
        return Limits(low, high, printed)


def total(statements: Statements, year: int) -> Limits:
    """Return the limits of the market's size, from its stated sizes, else from one of them and the CAGR."""
    stated = statements.of(Kind.TOTAL, year=year)
    if stated or year not in (statements.base, statements.last):
        return _met(stated)
    growth = _total_rate(statements)
    first, last = (_met(statements.of(Kind.TOTAL, year=end)) for end in (statements.base, statements.last))
    if year == statements.base:
        return last.over(growth)
    return Limits(first.low * growth.low, _product(first.high, growth.high), first.printed * growth.printed)


def total_growth(statements: Statements) -> Limits:
    """Return the growth of the market from the base year to the last, from both sizes if they are stated."""
    ends = [statements.of(Kind.TOTAL, year=year) for year in (statements.base, statements.last)]
    if all(ends):
        first, last = map(_met, ends)
        return last.over(first)
    return _total_rate(statements)


def shares(statements: Statements, year: int) -> list[Limits]:
    """Return the limits of each segment's share of a year; raise Empty if some contradict each other."""
    whole = total(statements, year)
    found: list[list[Limits]] = [[Limits(0.0, 1.0)] for _ in statements.segments]
    for one in statements.of(Kind.SHARE, Kind.SIZE, year=year):
        stated = _limits(one)
        found[one.segment].append(stated if one.kind is Kind.SHARE else stated.over(whole))
    return [_common(limits) for limits in found]


def rates(statements: Statements) -> list[Limits]:
    """Return the limits of each segment's rate. They are met before anything is divided by the total's."""
    stated = [_own_rate(statements, place) for place in range(len(statements.segments))]
    limits = list(stated)
    for one, before in ranked(statements, Kind.FASTEST, statements.last):
        for place in range(len(limits)):
            if place != one.segment and place not in before:
                limits[place] = limits[place].within(stated[one.segment].high)
    return limits


def ratios(statements: Statements) -> list[Limits]:
    """Return the limits of each segment's share in the last year over that of the base year."""
    growth, periods = total_growth(statements), statements.last - statements.base
    return [rate.compounded(periods).over(growth) for rate in rates(statements)]


def ranked(statements: Statements, kind: Kind, year: int) -> list[tuple[Statement, set[int]]]:
    """Return each ranking that says something, with the segments named ahead of it.

    A second place says nothing where nobody is named for the first.
    """
    stated = statements.of(kind, year=year)
    found = []
    for one in stated:
        ahead = [other for other in stated if other.place < one.place]
        if {other.place for other in ahead} == set(range(1, one.place)):
            found.append((one, {other.segment for other in ahead}))
    return found


def _own_rate(statements: Statements, place: int) -> Limits:
    mine = [one for one in statements.of(Kind.RATE) if one.segment == place]
    return _common([Limits(-1.0), *map(_limits, mine)])


def _total_rate(statements: Statements) -> Limits:
    stated = statements.of(Kind.TOTAL_RATE)
    periods = statements.last - statements.base
    return _met(stated, Limits(-1.0)).compounded(periods) if stated else Limits()


def _met(stated: Iterable[Statement], widest: Limits | None = None) -> Limits:
    return _common([widest or Limits(), *map(_limits, stated)])


def _limits(one: Statement) -> Limits:
    return Limits(one.low, one.high, nan if one.printed is None else one.printed)


def _common(limits: list[Limits]) -> Limits:
    """What all limits allow, with the printed figure of the closest of them."""
    printed = [one for one in limits if one.printed == one.printed]
    closest = min(printed, key=lambda one: (one.high - one.low, one.printed), default=Limits())
    low, high = max(one.low for one in limits), min(one.high for one in limits)
    return _checked(Limits(low, high, closest.printed))


def _checked(limits: Limits) -> Limits:
    if limits.low > limits.high:
        raise Empty
    return limits


def _product(one: float, other: float) -> float:
    return one * other if one and other else 0.0
