"""The rules for answers from a report: an ordered tuple for each method. The first answer is used.

A rule takes a question and returns an answer, or None if it does not apply. It raises NoFigure if
it applies and the source contradicts itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from markets.answers import Answer, ImpliedCagr, Ratio, SizeAnswer, StatedCagr, Status
from markets.errors import NoFigure
from markets.estimates import EstimatedSize, HeldShare, model_of
from markets.evidence import Evidence
from markets.methods import Method, only
from markets.segments import SegmentName
from markets.trajectories import Trajectory


@dataclass(frozen=True)
class Question:
    """A question about a size or a share: the segment (None is the market), year and method."""

    evidence: Evidence
    year: int
    segment: SegmentName | None = None
    method: Method = Method.STATED

    @property
    def of_market(self) -> "Question":
        """The same question about the whole market."""
        return replace(self, segment=None)


@dataclass(frozen=True)
class GrowthQuestion:
    """A question about the growth per year of a segment (None is the market) between two years."""

    evidence: Evidence
    first: int
    last: int
    segment: SegmentName | None = None
    method: Method = Method.STATED


_PRINTED = (Status.REPORTED, Status.DERIVED)

_Q = TypeVar("_Q")
_A = TypeVar("_A")

SizeRule: TypeAlias = Callable[[Question], SizeAnswer | None]
ShareRule: TypeAlias = Callable[[Question], Answer | None]
GrowthRule: TypeAlias = Callable[[GrowthQuestion], Answer | None]


def size(question: Question) -> SizeAnswer:
    """Return the requested size; raise NoFigure, with what is missing, if no rule gives one."""
    only(question.method, *SIZE_RULES)
    answer = _first(SIZE_RULES[question.method], question)
    if answer is None:
        raise NoFigure(what_is_missing(question))
    return answer


def share(question: Question) -> Answer:
    """Return the requested share as a fraction; raise NoFigure if no rule gives one."""
    only(question.method, *SHARE_RULES)
    answer = _first(SHARE_RULES[question.method], question)
    if answer is None:
        raise NoFigure(what_is_missing(question))
    return answer


def growth(question: GrowthQuestion) -> Answer:
    """Return the requested CAGR as a fraction; raise NoFigure if a size is missing."""
    try:
        answer = _first(GROWTH_RULES[question.method], question)
    except NoFigure as error:
        stated = [cagr.printed for cagr in question.evidence.cagrs[question.segment]]
        hint = f" Omit the years to get the stated CAGR of {stated[0]}%." if len(stated) == 1 else ""
        raise NoFigure(f"{error}{hint}") from error
    if answer is None:
        title = question.evidence.title(question.segment)
        raise NoFigure(f"The source neither states nor implies a CAGR of {title}.")
    return answer


def _first(rules: Iterable[Callable[[_Q], _A | None]], question: _Q) -> _A | None:
    """Return the answer of the first rule that has one."""
    answers = (rule(question) for rule in rules)
    return next((answer for answer in answers if answer is not None), None)


def answer_or_none(question: Callable[[], SizeAnswer]) -> SizeAnswer | None:
    """Return the answer to a question, or None if there is none."""
    try:
        return question()
    except NoFigure:
        return None


def with_shares(evidence: Evidence, segment: SegmentName | None) -> Trajectory:
    """Return a trajectory of the stated sizes and those derived from shares, for measuring growth."""
    if segment is None:
        return evidence.trajectory()
    return evidence.trajectory_with(segment, lambda year: _share_of_total(Question(evidence, year, segment)))


def _stated_size(question: Question) -> SizeAnswer | None:
    return question.evidence.trajectory(question.segment).reported(question.year)


def _share_of_total(question: Question) -> SizeAnswer | None:
    """Rule 5, if there is a share and a size of the market for the year."""
    if question.segment is None:
        return None
    total = answer_or_none(lambda: size(question.of_market))
    if total is None:
        return None
    return question.evidence.share_of(question.year, question.segment, total)


def _interpolated(question: Question) -> SizeAnswer | None:
    return question.evidence.trajectory(question.segment).interpolated(question.year)


def _grown_as_assumed(question: Question) -> SizeAnswer | None:
    """The user's own CAGR, which also starts from a stated share."""
    if not any(cagr.is_assumed for cagr in question.evidence.cagrs[question.segment]):
        return None
    return with_shares(question.evidence, question.segment).assumed(question.year)


def _extended(question: Question) -> SizeAnswer | None:
    return question.evidence.trajectory(question.segment).extended(question.year)


def _compounded(question: Question) -> SizeAnswer | None:
    return with_shares(question.evidence, question.segment).compounded(question.year)


def _filled_size(question: Question) -> SizeAnswer | None:
    """A segment's estimated or held share, or the stated one, times the size of the market."""
    if question.segment is None:
        return None
    own = share(question)
    stated = size(replace(question, method=Method.STATED)) if own.how in _PRINTED else None
    return stated or EstimatedSize(question.year, own, size(question.of_market))


_PATH: tuple[SizeRule, ...] = (_grown_as_assumed, _interpolated, _extended)
SIZE_RULES: Mapping[Method, tuple[SizeRule, ...]] = {
    Method.STATED: (_stated_size, _share_of_total, *_PATH),
    Method.COMPOUND: (_compounded,),
    Method.ESTIMATE: (_filled_size, _stated_size, *_PATH),
    Method.HOLD: (_filled_size, _stated_size, *_PATH),
}


def _stated_share(question: Question) -> Answer | None:
    if question.segment is None:
        return None
    return question.evidence.stated_share(question.year, question.segment)


def _own_size_over_total(question: Question) -> Answer | None:
    for rule in (_stated_size, *_PATH):
        own = rule(question)
        if own is not None:
            return Ratio(own, size(question.of_market), Status.DERIVED)
    return None


def _both_compounded(question: Question) -> Answer | None:
    return Ratio(size(question), size(question.of_market), Status.COMPOUNDED)


def _estimated_share(question: Question) -> Answer | None:
    if question.segment is None:
        return None
    return model_of(question.evidence, question.segment.dimension).estimate(question.segment, question.year)


def _held_share(question: Question) -> Answer | None:
    """The last share stated at or before the year, else the first."""
    if question.segment is None:
        return None
    years = sorted({share.year for share in question.evidence.shares[question.segment]})
    if not years:
        return None
    before = [year for year in years if year <= question.year]
    held = question.evidence.stated_share(before[-1] if before else years[0], question.segment)
    return HeldShare(held) if held is not None and held.fact.year != question.year else held


SHARE_RULES: Mapping[Method, tuple[ShareRule, ...]] = {
    Method.STATED: (_stated_share, _own_size_over_total),
    Method.COMPOUND: (_both_compounded,),
    Method.ESTIMATE: (_estimated_share, _stated_share, _own_size_over_total),
    Method.HOLD: (_held_share,),
}


def stated_cagr(evidence: Evidence, segment: SegmentName | None) -> Answer | None:
    """Return the stated CAGR, or what the sizes at its ends imply if one of them is the user's."""
    stated = evidence.stated_cagr(segment)
    return _implied_instead(evidence, stated) if stated else None


def _stated_growth(question: GrowthQuestion) -> Answer | None:
    """The CAGR stated for exactly these years, unless the user assumes another size for one of them."""
    stated = question.evidence.stated_cagr_of(question.segment, question.first, question.last)
    return _implied_instead(question.evidence, stated) if stated else None


def _implied_instead(evidence: Evidence, stated: StatedCagr) -> Answer:
    growth = stated.growth
    if growth is None or stated.fact.is_assumed or not evidence.has_assumptions:
        return stated
    segment = evidence.segment_of(stated.fact)
    path = with_shares(evidence, segment)
    first, last = (path.reported(year) for year in (path.start(growth), growth.last))
    if first is None or last is None or Status.ASSUMED not in (first.status, last.status):
        return stated
    return ImpliedCagr(first, last)


def _implied_growth(question: GrowthQuestion) -> Answer | None:
    method = Method.STATED if question.method is Method.IMPLIED else question.method
    first, last = (
        size(Question(question.evidence, year, question.segment, method))
        for year in (question.first, question.last)
    )
    return ImpliedCagr(first, last)


GROWTH_RULES: Mapping[Method, tuple[GrowthRule, ...]] = {
    Method.STATED: (_stated_growth, _implied_growth),
    Method.IMPLIED: (_implied_growth,),
    Method.COMPOUND: (_implied_growth,),
    Method.ESTIMATE: (_stated_growth, _implied_growth),
    Method.HOLD: (_stated_growth, _implied_growth),
}


def what_is_missing(question: Question) -> str:
    """Return a message about what the source does not state."""
    evidence, year, segment = question.evidence, question.year, question.segment
    title = evidence.title(segment)
    if segment is None:
        years = [fact.year for fact in evidence.sizes[None]]
        if not years:
            return f"The source states no size of {title}."
        windows = [f"{growth.first}-{growth.last}" for growth in evidence.trajectory().growths]
        and_growth = f", and a CAGR for {' and '.join(windows)}" if windows else ""
        return (
            f"{year} is outside the period that the source covers. "
            f"It states sizes for {spelled(years)}{and_growth}."
        )
    shares = [share.year for share in evidence.shares[segment]]
    stated = shares + [size.year for size in evidence.sizes[segment]]
    if year in shares:
        return f"A share of {title} is stated for {year}, but no size of the market."
    if stated:
        return f"No share or size of {title} is stated for {year}, only for {spelled(stated)}."
    rates = [f"a CAGR of {fact.printed}%" for fact in evidence.cagrs[segment]]
    return f"No share or size of {title} is stated" + (f", only {rates[0]}." if rates else ".")


def spelled(years: Iterable[int]) -> str:
    """Return years as a list in a sentence.

    >>> spelled([2023, 2018, 2020, 2018])
    '2018, 2020 and 2023'
    """
    *most, last = map(str, sorted(set(years)))
    return f"{', '.join(most)} and {last}" if most else last
