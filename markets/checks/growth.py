"""CAGRs compared with the sizes of their first and last years.

A CAGR "2024-2033" can be read in several ways (rule 6 of docs/your-own-reports.md). A check says which
sizes it took: of the window's first year or of the base year before it, and whether a year less is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markets.answers import Growth, ImpliedCagr, ShareOfTotal, SizeAnswer, StatedCagr
from markets.checks.contradictions import contradicting_cagrs
from markets.checks.figures import size_of, subjects, years_of
from markets.market import Market
from markets.segments import SegmentName
from markets.verdicts import Check, Kind, Level, Verdict, compared


@dataclass(frozen=True)
class _Reading:
    """One way to read a CAGR: from which size it runs, and over how many years.

    `is_shorter` if the base year's size is taken for that of the year after it, so that one year less
    is counted.
    """

    first: SizeAnswer
    last: SizeAnswer
    is_shorter: bool = False

    @property
    def implied(self) -> ImpliedCagr:
        start = replace(self.first, year=self.first.year + 1) if self.is_shorter else self.first
        return ImpliedCagr(start, self.last)

    @property
    def words(self) -> str:
        shares = any(isinstance(end, ShareOfTotal) for end in (self.first, self.last))
        less = ", one year less" if self.is_shorter else ""
        return f"the sizes {'by share ' if shares else ''}in {self.first.year} and {self.last.year}{less}"


def growth_checks(market: Market) -> Iterator[Check]:
    """Yield a check for each CAGR with two sizes to compare it with, unless CAGRs contradict each other."""
    for segment in subjects(market):
        path = market.trajectory(segment)
        contradicting = contradicting_cagrs(path)
        for growth in path.growths:
            if growth.cagr not in contradicting:
                yield from _checked(market, segment, path.name, growth)


def _checked(market: Market, segment: SegmentName | None, name: str, growth: Growth) -> Iterator[Check]:
    tried = [_compared(name, growth, reading) for reading in _readings(market, segment, growth)]
    if tried:
        fitting = [check for check in tried if check.verdict is not Verdict.DIFFERS]
        yield (fitting or tried)[0]
    elif inner := _inside(market, segment, growth):
        check = _compared(name, growth, inner)
        if _turns(check):
            yield check


def _readings(market: Market, segment: SegmentName | None, growth: Growth) -> list[_Reading]:
    """The readings for which there are sizes, the usual one first."""
    last = size_of(market, segment, growth.last)
    firsts = [size_of(market, segment, year) for year in _starts(market, segment, growth)]
    found = [_Reading(first, last) for first in firsts if first and first.value and last]
    if found and growth.cagr.is_dated and not firsts[0]:
        found.append(replace(found[0], is_shorter=True))
    return found


def _starts(market: Market, segment: SegmentName | None, growth: Growth) -> list[int]:
    """The years from which a CAGR may run: its first, and the base year before it.

    If its years are not stated, it may also run from the latest size at publication.
    """
    if growth.cagr.is_dated:
        return [growth.first, growth.first - 1]
    latest = min(market.source.date.year, growth.last - 1)
    published = [year for year in years_of(market, segment) if year <= latest]
    return list(dict.fromkeys([growth.first, *published[-1:]]))


def _inside(market: Market, segment: SegmentName | None, growth: Growth) -> _Reading | None:
    """The first and last sizes between the years of a CAGR, which lie on its way up or down."""
    years = [year for year in years_of(market, segment) if growth.first - 1 <= year <= growth.last]
    sizes = [size for year in years if (size := size_of(market, segment, year)) and size.value]
    return _Reading(sizes[0], sizes[-1]) if len(sizes) > 1 else None


def _compared(name: str, growth: Growth, reading: _Reading) -> Check:
    window = f"{growth.first}-{growth.last}" if growth.cagr.is_dated else "without years"
    what = f"{name}: CAGR {window} and {reading.words}"
    check = compared(Kind.GROWTH, name, what, StatedCagr(growth.cagr, growth), reading.implied)
    if _turns(check):
        return replace(check, what=f"{what}, which {'fall' if check.expected < 0 else 'rise'}")
    fits = check.verdict is not Verdict.DIFFERS
    return replace(check, judged=Level.NOTE) if reading.is_shorter and fits else check


def _turns(check: Check) -> bool:
    """Whether sizes fall at a positive CAGR, or rise at a negative one, and rounding does not explain it."""
    return check.verdict is Verdict.DIFFERS and check.stated * check.expected < 0
