"""Ranges and estimates: the first of a report, one that is asked again, and a sheet full of them."""

import datetime
import statistics
import timeit

import numpy as np

from markets.facts import Cagr, Dimension, Ranking, Report, Segment, Share, Size, Source, Subject
from markets.figures import Figure
from markets.market import Market
from tests.bench.functions import ROUNDS, SEED
from udfs import market_size, segment_range, segment_share

_FIRST, _SHEET = 20e-3, 1.0
_SEGMENTS = 12
_CELLS = 10_000


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit, and what was measured in words. scipy is imported before."""
    return [*_first(), _again(), _sheet(), _assumed()]


def _first() -> list[tuple[str, float, float, str]]:
    return [
        _of(_report(rated=rated), label)
        for rated, label in ((True, "with a rate"), (False, "without a rate"))
    ]


def _of(report: Report, label: str) -> tuple[str, float, float, str]:
    def first() -> float:
        market = Market(report)
        segment = market.segment("Segment 3")
        return timeit.timeit(lambda: market.range(segment, 2028), number=1)

    seconds = statistics.median([first() for _ in range(1 + ROUNDS)][1:])
    what = f"a first SEGMENT_RANGE of {_SEGMENTS} segments, the fastest {label} / 20 ms"
    return what, seconds / _FIRST, 1.0, f"{seconds * 1e3:.1f} ms"


def _again() -> tuple[str, float, float, str]:
    ours, theirs = (
        statistics.median(timeit.repeat(call, number=10_000, repeat=ROUNDS)) / 10_000
        for call in (lambda: segment_range(SEED, "CT", 2033.0), lambda: market_size(SEED, 2033.0, "CT"))
    )
    detail = f"{ours * 1e9:.0f} ns against {theirs * 1e9:.0f} ns"
    return "a repeated SEGMENT_RANGE / a repeated MARKET_SIZE", ours / theirs, 10.0, detail


def _sheet() -> tuple[str, float, float, str]:
    names = ("CT", "MRI", "PET")
    cells = [(names[n % 3], float(2023 + n % 11)) for n in range(_CELLS)]

    def sheet() -> None:
        for segment, year in cells:
            segment_share(SEED, segment, year, "estimate")

    seconds = max(timeit.repeat(sheet, number=1, repeat=ROUNDS))  # the first one solves, the others know
    return f"{_CELLS:,} cells of estimates / 1 s", seconds / _SHEET, 1.0, f"{seconds * 1e3:.0f} ms"


def _assumed() -> tuple[str, float, float, str]:
    """A range of 40 rows, of which two are filled in, is read in every call."""
    rows = [
        ("Segment", "Measure", "Year", "Value", "Note"),
        ("", "CAGR", "", 0.06, ""),
        ("PET", "share", "", 0.1, ""),
    ]
    own = np.array(rows + [("",) * 5] * 38, dtype=object)
    cells = [float(2023 + n % 11) for n in range(_CELLS)]

    def sheet() -> None:
        for year in cells:
            market_size(SEED, year, None, None, None, own)

    seconds = max(timeit.repeat(sheet, number=1, repeat=ROUNDS))
    return f"{_CELLS:,} cells with assumptions / 1 s", seconds / _SHEET, 1.0, f"{seconds * 1e3:.0f} ms"


def _report(*, rated: bool) -> Report:
    names = [f"Segment {number}" for number in range(1, _SEGMENTS + 1)]
    sizes = [Size(year=year, value=Figure(value), at="s") for year, value in ((2023, "8.6"), (2033, "13.1"))]
    shares = [Share(segment=name, year=2023, value=Figure("9.1"), at="h") for name in names[:8]]
    rate = Cagr(segment=names[3], value=Figure("5.6"), first=2023, last=2033, at="g")
    return Report(
        Source("P", "T", datetime.date(2024, 1, 1)),
        Subject("M", "USD", "billion"),
        sizes=tuple(sizes),
        shares=tuple(shares),
        cagrs=(rate,) if rated else (),
        rankings=(Ranking(segment=names[3], by="growth", at="r"),),
        dimensions=(Dimension(name="D", segments=tuple(map(Segment, names)), complete=True, at="d"),),
    )
