"""Assumptions: figures of the user's own, which beat those of a report for one call."""

import math
from dataclasses import dataclass
from enum import StrEnum

from markets.errors import BadArgument, OutOfDomain
from markets.evidence import Evidence
from markets.segments import SegmentName


class Measure(StrEnum):
    """What is assumed."""

    SIZE = "size"
    SHARE = "share"
    CAGR = "CAGR"


@dataclass(frozen=True)
class Assumption:
    """One assumed figure: a size in `unit` (blank: the market's), a share or a CAGR as a fraction.

    `segment` is a name as typed, blank for the whole market, and `market` the market that it is for,
    blank for any. `year` defaults to the base year; a CAGR runs from the base year to `year`, by default
    the market's last year. `row` is its place below the header of the user's table.
    """

    measure: Measure
    value: float
    segment: str = ""
    year: int | None = None
    unit: str = ""
    market: str = ""
    note: str = ""
    row: int = 1

    @property
    def place(self) -> str:
        """Where it stands, with its note: "row 2 (the board's view)"."""
        note = " ".join(self.note.replace(";", ",").split())[:60]
        return f"row {self.row}" + (f" ({note})" if note else "")


Assumptions = tuple[Assumption, ...]

_LARGEST = 1e30
"""The largest size, in any unit, and the largest growth over all years of a CAGR."""


@dataclass(frozen=True)
class Assumed:
    """An assumption about a market: its segment as the report names it (None is the market), and its years.

    `first` is the base year of a CAGR, else the same as `year`.
    """

    item: Assumption
    segment: SegmentName | None
    first: int
    year: int

    @property
    def about(self) -> str:
        """The assumption in a message, e.g. "row 2, CAGR of MRI"."""
        what = "the market" if self.segment is None else self.segment.name
        return f"row {self.item.row}, {self.item.measure} of {what}"

    @property
    def key(self) -> tuple[object, ...]:
        """What only one assumption can be about: a figure of a segment in a year, or its CAGR."""
        growth = self.item.measure is Measure.CAGR
        return (self.segment, growth, None if growth else self.year)


def resolved(evidence: Evidence, items: Assumptions) -> tuple[Assumed, ...]:
    """Return assumptions with the segments and years of a report.

    Raises UnknownName for a segment that it does not have, NoFigure if it has no base year, and OutOfDomain
    for a figure that nothing can have, and for two of the same thing.
    """
    found: dict[tuple[object, ...], Assumed] = {}
    for item in items:
        segment = evidence.segmentation.segment(item.segment) if item.segment else None
        one = Assumed(item, segment, *_years(evidence, item))
        _refuse_impossible(one)
        if one.key in found:
            raise OutOfDomain(
                f"{found[one.key].about} and {one.about}: assume a figure only once.".capitalize()
            )
        found[one.key] = one
    return tuple(found.values())


def _years(evidence: Evidence, item: Assumption) -> tuple[int, int]:
    """The first and the last year of an assumption. A size or share with its year needs no base year."""
    if item.measure is not Measure.CAGR:
        year = evidence.base_year if item.year is None else item.year
        return year, year
    base, span = evidence.base_year, evidence.trajectory().span()
    last = max(base, span[1]) if span else base
    return base, last if item.year is None else item.year


def _refuse_impossible(one: Assumed) -> None:
    value, measure = one.item.value, one.item.measure
    if measure is Measure.SHARE and one.segment is None:
        raise BadArgument(f"The assumption in row {one.item.row} is a share. Enter its segment.")
    if measure is Measure.CAGR and one.year <= one.first:
        raise OutOfDomain(f"The CAGR assumed in {one.about}, ends in {one.year}, but starts in {one.first}.")
    if wrong := _what_is_wrong(one):
        shown = f"{value:.6g}" if measure is Measure.SIZE else f"{value * 100:.6g}%"
        raise OutOfDomain(f"{wrong}, not {shown} (assumed in {one.about}).")


def _what_is_wrong(one: Assumed) -> str:
    value = one.item.value
    if one.item.measure is Measure.SHARE:
        return "" if 0 <= value <= 1 else "A share is from 0% to 100%"
    if one.item.measure is Measure.SIZE:
        if one.segment is None and not 1 / _LARGEST <= value <= _LARGEST:
            return "The size of a market is a number above 0"
        return "" if 0 <= value <= _LARGEST else "A size is not negative"
    if value <= -1:
        return "A CAGR is more than -100%"
    digits = abs(math.log10(1 + value)) * (one.year - one.first)
    return "" if digits <= math.log10(_LARGEST) else "A CAGR leads to sizes that a cell can show"
