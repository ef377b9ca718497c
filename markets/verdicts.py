"""One check: two figures that a report states or implies, and what rounding makes of their difference."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from markets.answers import StatedPercentage, StatedSize
from markets.intervals import Interval
from markets.wording import stated

Stated: TypeAlias = StatedSize | StatedPercentage


class Verdict(StrEnum):
    """What a check found.

    The figures agree if the other one, rounded as the stated one is, is the same figure. They are within
    rounding if only the rounding of both explains their difference.
    """

    AGREES = "agrees"
    WITHIN_ROUNDING = "within rounding"
    DIFFERS = "differs"
    CONTRADICTS = "contradicts"
    INCONCLUSIVE = "inconclusive"


class Kind(StrEnum):
    """What a check compares."""

    SIZE = "size"
    SHARE = "share"
    GROWTH = "CAGR"
    RANKING = "ranking"


class Measured(Protocol):
    """A figure, and the numbers that its rounding allows. Every answer is one."""

    @property
    def value(self) -> float:
        """The figure itself."""

    @property
    def interval(self) -> Interval:
        """The numbers that it can stand for."""


@dataclass(frozen=True)
class Check:
    """One comparison: what is compared, the stated figure, and the figure it is compared with.

    Figures are sizes in the market's unit if `kind` is SIZE, else fractions; `about` is the
    segment, the dimension, or the market itself. `printed` is the stated figure as its source prints it,
    with its unit. `tolerance` is the greatest difference that the rounding
    of both figures explains, None if the verdict does not depend on it.
    """

    kind: Kind
    about: str
    what: str
    printed: str
    stated: float
    expected: float
    tolerance: float | None
    verdict: Verdict


def tolerance(first: Measured, second: Measured) -> float | None:
    """Return the greatest difference in the direction of theirs that rounding explains, None if any does.

    A size printed as 8.6 and one printed as 8.60 can differ by 0.055 and still be one number. Any
    difference is explained if a figure is printed as "over 50" and the other one is higher.
    """
    upper, lower = (first, second) if first.value >= second.value else (second, first)
    down, up = _exact(upper) - upper.interval.low, lower.interval.high - _exact(lower)
    return float(down + up) if up.is_finite() else None


def compared(kind: Kind, about: str, what: str, first: Stated, second: Measured) -> Check:
    """Return the check of two figures for one thing."""
    allowed = tolerance(first, second)
    if not first.interval.overlaps(second.interval):
        verdict = Verdict.DIFFERS
    elif allowed is None or first.interval.contains(_exact(second)):
        verdict = Verdict.AGREES
    else:
        verdict = Verdict.WITHIN_ROUNDING
    return Check(kind, about, what, stated(first.fact), first.value, second.value, allowed, verdict)


def ranked(about: str, what: str, first: Stated, rival: Measured) -> Check:
    """Return the check of a figure that a report calls the highest, and the highest other one."""
    allowed = None
    verdict = Verdict.AGREES
    if first.value < rival.value:
        allowed = tolerance(first, rival)
        close = first.interval.high >= rival.interval.low
        verdict = Verdict.WITHIN_ROUNDING if close else Verdict.DIFFERS
    printed = stated(first.fact)
    return Check(Kind.RANKING, about, what, printed, first.value, rival.value, allowed, verdict)


def _exact(measured: Measured) -> Decimal:
    return Decimal(repr(measured.value))
