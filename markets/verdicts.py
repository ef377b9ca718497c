"""One check: two figures that a report states or implies, and what rounding makes of their difference."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from markets.answers import StatedPercentage, StatedSize
from markets.intervals import Interval
from markets.wording import stated

Stated: TypeAlias = StatedSize | StatedPercentage


class Level(StrEnum):
    """How serious it is what a check found, from nothing to a source that contradicts itself."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


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

    @property
    def level(self) -> Level:
        """How serious the verdict is, if nothing else is known.

        >>> [str(verdict.level) for verdict in Verdict]
        ['ok', 'ok', 'warning', 'error', 'note']
        """
        return _LEVELS[self]


_LEVELS = {
    Verdict.AGREES: Level.OK,
    Verdict.WITHIN_ROUNDING: Level.OK,
    Verdict.DIFFERS: Level.WARNING,
    Verdict.CONTRADICTS: Level.ERROR,
    Verdict.INCONCLUSIVE: Level.NOTE,
}


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
class Computed:
    """A figure that was computed from others, and the numbers that their rounding allows."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class Check:
    """One comparison: what is compared, the stated figure, and the figure it is compared with.

    Figures are sizes in the market's unit if `kind` is SIZE, else fractions; `about` is the
    segment, the dimension, or the market itself. `printed` is the stated figure as its source prints it,
    with its unit. `tolerance` is the greatest difference that the rounding
    of both figures explains, None if the verdict does not depend on it. `judged` is the level where that
    of the verdict is not the right one: two sources may differ.
    """

    kind: Kind
    about: str
    what: str
    printed: str
    stated: float
    expected: float
    tolerance: float | None
    verdict: Verdict
    judged: Level | None = None

    @property
    def level(self) -> Level:
        """How serious it is."""
        return self.judged or self.verdict.level


def summary(checks: Iterable[Check]) -> str:
    """Return the number of checks by level: "12 checks: 10 ok, 1 note, 1 warning"."""
    counts = Counter(check.level for check in checks)
    total = counts.total()
    levels = ", ".join(f"{n} {_counted(level, n)}" for level in Level if (n := counts[level]))
    return f"{total} check{'s' if total != 1 else ''}: {levels}"


def _counted(level: Level, count: int) -> str:
    return level if level is Level.OK or count == 1 else f"{level}s"


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


def added(parts: Iterable[Measured]) -> Computed:
    """Return the sum of figures, and the sums that their rounding allows."""
    known = list(parts)
    low, high = sum(part.interval.low for part in known), sum(part.interval.high for part in known)
    return Computed(float(sum(map(_exact, known))), Interval(Decimal(low), Decimal(high)))


def summed(
    kind: Kind, about: str, what: str, printed: str, total: Measured, whole: Measured, *, is_all: bool
) -> Check:
    """Return the check of a total, which agrees if it is the whole, or less if not all parts are known."""
    allowed, verdict = None, Verdict.AGREES
    if total.value > whole.value or (is_all and total.value < whole.value):
        allowed = tolerance(total, whole)
        close = total.interval.overlaps(whole.interval)
        verdict = Verdict.WITHIN_ROUNDING if close else Verdict.DIFFERS
    return Check(kind, about, what, printed, total.value, whole.value, allowed, verdict)


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
