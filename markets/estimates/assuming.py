"""A report with the user's assumptions in it: which figures of the report each of them replaces."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

import msgspec

from markets.errors import NoFigure
from markets.estimates.assumptions import Assumed, Measure
from markets.evidence import Evidence
from markets.facts import YOU, Cagr, Fact, Report, Share, Size, Subject
from markets.figures import ExactFigure
from markets.segments import SegmentName

Figured: TypeAlias = Size | Share | Cagr
_F = TypeVar("_F", bound=Fact)


def with_assumptions(report: Report, evidence: Evidence, assumed: Sequence[Assumed]) -> Report:
    """Return a report in which assumptions stand in place of the figures that they beat.

    A size or share replaces the size and share of its segment and year; a CAGR those after the year in which
    it starts, and other CAGRs. The base year stays as it is.
    """
    subject = report.market
    with suppress(NoFigure):  # then an assumed size gives it one
        subject = msgspec.structs.replace(subject, base_year=evidence.base_year)
    facts = [_fact(one, subject) for one in assumed]
    kept = _Kept(report, evidence, assumed)
    return msgspec.structs.replace(
        report,
        market=subject,
        sizes=(*kept.of(report.sizes), *_only(Size, facts)),
        shares=(*kept.of(report.shares), *_only(Share, facts)),
        cagrs=(*kept.of(report.cagrs), *_only(Cagr, facts)),
    )


def _fact(one: Assumed, subject: Subject) -> Figured:
    """The assumption as a fact. It is exact: nobody has rounded it."""
    item = one.item
    about: dict[str, Any] = {
        "segment": "" if one.segment is None else one.segment.qualified,
        "at": item.place,
        "source": YOU,
        "subject": subject,
    }
    number = Decimal(repr(float(item.value)))
    if item.measure is Measure.SIZE:
        scale = subject.unit.parse(item.unit).scale
        return Size(year=one.year, value=ExactFigure(number), scale=scale, **about)
    percent = ExactFigure(number * 100)
    if item.measure is Measure.SHARE:
        return Share(year=one.year, value=percent, **about)
    return Cagr(first=one.first, last=one.year, value=percent, **about)


def _only(kind: type[_F], facts: Iterable[Fact]) -> list[_F]:
    return [fact for fact in facts if isinstance(fact, kind)]


class _Kept:
    """Which of a report's figures no assumption beats."""

    def __init__(self, report: Report, evidence: Evidence, assumed: Sequence[Assumed]) -> None:
        self._evidence = evidence
        self._sized = {(one.segment, one.year) for one in assumed if one.item.measure is not Measure.CAGR}
        self._grown = {one.segment: one for one in assumed if one.item.measure is Measure.CAGR}
        self._joint = {self._joint_key(share) for share in report.shares if self._is_sized(share)}

    def of(self, facts: Iterable[_F]) -> Iterator[_F]:
        """Yield the facts that stay."""
        for fact in facts:
            if not self._is_beaten(fact):
                yield fact

    def _segment(self, name: str) -> SegmentName | None:
        return self._evidence.segmentation.segment(name) if name else None

    def _is_beaten(self, fact: Fact) -> bool:
        if isinstance(fact, Cagr):
            return self._segment(fact.segment) in self._grown
        if isinstance(fact, Share) and fact.is_together and self._joint_key(fact) in self._joint:
            return True
        return isinstance(fact, Size | Share) and (self._is_sized(fact) or self._is_outgrown(fact))

    @staticmethod
    def _joint_key(share: Share) -> tuple[object, ...]:
        return (share.at, share.year, share.value.printed) if share.is_together else ()

    def _is_sized(self, fact: Size | Share) -> bool:
        return (self._segment(fact.segment), fact.year) in self._sized

    def _is_outgrown(self, fact: Size | Share) -> bool:
        """Whether an assumed CAGR leads to another figure for the year."""
        segment = self._segment(fact.segment)
        growth = self._grown.get(segment)
        known = [year for year in self._years(segment) if growth and growth.first - 1 <= year <= growth.year]
        return growth is not None and bool(known) and min(known) < fact.year <= growth.year

    def _years(self, segment: SegmentName | None) -> set[int]:
        """The years for which a size or share is stated or assumed."""
        evidence = self._evidence
        stated: list[Size | Share] = [*evidence.sizes[segment], *evidence.shares[segment]]
        return {one.year for one in stated} | {year for about, year in self._sized if about == segment}
