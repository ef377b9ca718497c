"""Answers in words: how a number is derived, and where its figures are printed."""

from collections.abc import Iterable, Sequence
from functools import singledispatch

from markets.answers import (
    Answer,
    Compounded,
    Converted,
    Growth,
    ImpliedCagr,
    Interpolated,
    OfSource,
    Pooled,
    PooledSize,
    Ratio,
    ShareOfTotal,
    SizeAnswer,
    StatedCagr,
    StatedPercentage,
    StatedShare,
    StatedSize,
    Status,
)
from markets.errors import shortened
from markets.facts import Fact, Indicator, Printed, Size, Source
from markets.selection import Pick
from markets.units import CURRENCIES

LONGEST_LINE = 255
"""The longest line that a comment or a message box in Excel shows well."""

_MOST_TOLD = 5
"""The most sources whose figures fit into such a line."""


def provenance(answer: Answer, when: str = "", unit: str = "") -> str:
    """Return one line: status, year or years, derivation, unit, publisher, date and locators.

    The line for several sources gives each one's figure instead, with its status if it is not reported.
    """
    about = f" for {when}" if when else ""
    measured = f", {unit}" if unit else ""
    if isinstance(answer, Pooled):
        return shortened(f"{_counted(answer, about)}{measured}.{_without(answer)}", LONGEST_LINE)
    figure = f"{answer.status}{about}: {words(answer)}{measured}"
    return shortened(f"{figure}. {places(answer.facts)}", LONGEST_LINE)


def places(facts: Iterable[Fact]) -> str:
    """Return the sources of facts, each with its locators, the user's assumptions first."""
    cited: dict[str, dict[str, None]] = {}
    for fact in sorted(facts, key=lambda fact: not fact.is_assumed):
        cited.setdefault(str(fact.source), {}).update(dict.fromkeys(fact.at.split("; ")))
    return "; ".join(f"{source}: {'; '.join(found)}" for source, found in cited.items())


def sources_of(pick: Pick, sources: Sequence[Source]) -> str:
    """Return what is made of several sources, and which they are.

    >>> import datetime
    >>> sources_of(Pick.LOW, [Source("A Publisher", "", datetime.date(2025, 9, 30))])
    'Low of 1 source: A Publisher, 2025-09-30'
    """
    return f"{_of(pick, len(sources)).capitalize()}: {'; '.join(map(str, sources))}"


@singledispatch
def words(answer: Answer) -> str:
    """Return how an answer is derived, as a phrase that a reader can check by hand."""
    raise NotImplementedError(type(answer))


@words.register
def _(answer: StatedSize) -> str:
    return f"{_told(answer.fact)} as {point(answer)}"


@words.register
def _(answer: Interpolated) -> str:
    return f"constant growth from {point(answer.first)} to {point(answer.last)}"


@words.register
def _(answer: Compounded) -> str:
    return f"{point(answer.start)} at {rate(answer.growth)}"


@words.register
def _(answer: ShareOfTotal) -> str:
    return f"{answer.share.printed}% of {answer.total.value:.6g} ({answer.total.year}, {answer.total.status})"


@words.register
def _(answer: StatedShare) -> str:
    return f"{_told(answer.fact)} as {answer.fact.printed}%"


@words.register
def _(answer: Ratio) -> str:
    part, whole = answer.part, answer.whole
    return f"{part.value:.6g} ({part.status}) of {whole.value:.6g} ({whole.status})"


@words.register
def _(answer: StatedCagr) -> str:
    if answer.growth is None:
        return f"{_told(answer.fact)} as {answer.fact.printed}%"
    return f"{_told(answer.fact)} as {rate(answer.growth)}"


@words.register
def _(answer: ImpliedCagr) -> str:
    first, last = (f"{end.value:.6g} ({end.year}, {end.status})" for end in (answer.first, answer.last))
    return f"implied by sizes, from {first} to {last}"


@words.register
def _(answer: Converted) -> str:
    return f"{words(answer.size)}, in {answer.unit}"


@words.register
def _(answer: Pooled) -> str:
    return _counted(answer)


def _told(fact: Fact) -> str:
    return "assumed" if fact.is_assumed else "stated"


def _counted(answer: Pooled, about: str = "") -> str:
    """The figures of the sources, lowest first. Of many, those that are the answer, and the ends."""
    show = _size if isinstance(answer, PooledSize) else _percentage

    def told(*given: OfSource) -> str:
        return ", ".join(f"{show(one.answer)} ({_credit(one)})" for one in given)

    given = sorted(answer.given, key=lambda one: one.answer.value)
    line = f"{_of(answer.pick, len(given))}{about}: "
    if len(given) <= _MOST_TOLD:
        return line + told(*given)
    return f"{line}{told(*answer.used)}; lowest {told(given[0])}, highest {told(given[-1])}"


def _without(answer: Pooled) -> str:
    left_out = [f"{one.source.publisher} ({one.why})" for one in answer.left_out]
    if len(left_out) > _MOST_TOLD:
        return f" Left out: {len(left_out)} sources."
    return f" Left out: {', '.join(left_out)}." if left_out else ""


def _of(pick: Pick, count: int) -> str:
    return f"{pick} of {count} source{'' if count == 1 else 's'}"


def _credit(one: OfSource) -> str:
    status = one.answer.status
    return str(one.source) if status is Status.REPORTED else f"{one.source}, {status}"


def _size(answer: Answer) -> str:
    if isinstance(answer, StatedSize) and answer.fact.ratio == 1:
        return answer.fact.printed
    return f"{answer.value:.6g}"


def _percentage(answer: Answer) -> str:
    if isinstance(answer, StatedCagr) and answer.growth:
        return rate(answer.growth)
    if isinstance(answer, StatedPercentage):
        return f"{answer.fact.printed}%"
    return f"{answer.value * 100:.4g}%"


def stated(fact: Printed) -> str:
    """Return a figure with its unit and qualifier as printed: "over 50%", "about USD 3.6 trillion"."""
    if isinstance(fact, Size | Indicator) and str(fact.unit) != "%":
        return f"{fact.about} {in_unit(fact.value.printed, str(fact.unit))}".strip()
    return f"{fact.printed}%"


def in_unit(figure: str, unit: str) -> str:
    """Return a figure with its unit: the currency before it, everything else behind it.

    >>> in_unit("8.6", "USD billion"), in_unit("11,172", "USD"), in_unit("300", "million CT examinations")
    ('USD 8.6 billion', 'USD 11,172', '300 million CT examinations')
    """
    currency, _, rest = unit.partition(" ")
    return f"{currency} {figure} {rest}".strip() if currency in CURRENCIES else f"{figure} {unit}".strip()


def point(answer: SizeAnswer) -> str:
    """Return a size and its year, as printed if it is stated: "8.6 (2023)"."""
    if isinstance(answer, StatedSize):
        printed = answer.fact.printed
        scale = "" if answer.fact.ratio == 1 else f" {answer.fact.unit.scale or 'units'}"
        return f"{printed}{scale} ({answer.year})"
    return f"{answer.value:.6g} ({answer.year}, {answer.status})"


def rate(growth: Growth) -> str:
    """Return a CAGR and its years: "4.3% p.a. over 2024-2033"."""
    window = "" if growth.cagr.is_dated else "the forecast period "
    return f"{growth.cagr.printed}% p.a. over {window}{growth.first}-{growth.last}"
