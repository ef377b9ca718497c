"""A draft: the facts of a text's claims as a report, and the claims that cannot become facts.

A fact needs a year, a unit and a segment that the report lists. If the text does not give them, the
claim stays out of the report with the reason. Nothing is guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markets.errors import Unreadable, shortened
from markets.facts import Cagr, Fact, Indicator, Player, Ranking, Report, Share, Size, Source, Subject
from markets.figures import Figure
from markets.importing.claim_rows import row_of
from markets.importing.claims import (
    CagrClaim,
    Claim,
    Claims,
    PlayerClaim,
    RankingClaim,
    ShareClaim,
    SizeClaim,
    SubjectClaim,
)
from markets.importing.segment_names import SegmentNames
from markets.listing import Row
from markets.names import name_key
from markets.validation import Problem, problems

_LONGEST_WORDS = 300
_LONGEST_ABOUT = 60
_FACT = re.compile(r"(\w+)\[(\d+)\]")
_GROUP = re.compile(r"(?:the\s)?(?:top|leading|largest|major|key|main|first|biggest)\b", re.IGNORECASE)
_NO_YEAR = "The text states no year for it."


@dataclass(frozen=True)
class Unsure:
    """What is no fact of the draft, in words, and the reason."""

    row: Row
    reason: str


@dataclass(frozen=True)
class Draft:
    """The report of everything that is sure in a text, and the claims that are not."""

    report: Report
    unsure: tuple[Unsure, ...]


class Incomplete(Exception):
    """A claim lacks something that a fact needs. The message says what."""


def draft(claims: Claims, subject: SubjectClaim, source: Source, undated: int | None = None) -> Draft:
    """Return the report that the claims of a text make.

    `undated` is the year of shares that are stated without one; None leaves them unsure.
    """
    sure = [claim for claim in claims.sizes if not claim.doubt]
    market = _subject(subject, sure)
    names = SegmentNames(subject.name, claims.segments)
    drafting = _Drafting(market, names, undated)
    players: dict[str, PlayerClaim] = {}
    for player in claims.players:
        players.setdefault(name_key(player.name), player)
    stated = [claim for claim in claims.stated if not isinstance(claim, PlayerClaim)]
    stated.sort(key=_by_year)
    kept = [fact for claim in (*stated, *players.values()) for fact in drafting.facts_of(claim)]
    tables: dict[str, list[tuple[Row, Fact]]] = {}
    for claim, table, fact in kept:
        tables.setdefault(table, []).append((row_of(claim), fact))
    return valid_draft(Report(source, market, dimensions=names.dimensions()), tables, drafting.unsure)


def _by_year(claim: Claim) -> int:
    """Sizes are in the order of their years, for a person to read; all else is in that of the text."""
    return (claim.year or 0) if isinstance(claim, SizeClaim) else 0


def _subject(claim: SubjectClaim, sizes: Iterable[SizeClaim]) -> Subject:
    """The market, in the unit of most of its sizes; of its first if two units are equally frequent."""
    totals = [(size.currency, size.scale) for size in sizes if not size.scope]
    currency, scale = Counter(totals).most_common(1)[0][0] if totals else ("USD", "million")
    aliases = tuple(alias for alias in claim.aliases if alias != claim.name)
    return Subject(claim.name, currency, scale, claim.geography or "Global", aliases)


class _Drafting:
    """Turns claims into facts, and collects those that cannot be."""

    def __init__(self, market: Subject, names: SegmentNames, undated: int | None) -> None:
        self.market = market
        self.names = names
        self.undated = undated
        self.unsure: list[Unsure] = []

    def facts_of(self, claim: Claim) -> list[tuple[Claim, str, Fact]]:
        """Return the facts of a claim and their tables: several for a joint share, none if it is unsure."""
        try:
            if claim.doubt:
                raise Incomplete(claim.doubt)
            table, make = _MAKERS[type(claim)]
            made = make(self, claim)
        except (Incomplete, ValueError) as error:
            self.unsure.append(Unsure(row_of(claim), f"{str(error).rstrip('.')}."))
            return []
        facts = made if isinstance(made, tuple) else (made,)
        return [(claim, "indicators" if isinstance(fact, Indicator) else table, fact) for fact in facts]

    def segment(self, claim: Claim, name: str, dimension: str = "") -> str:
        """Return the segment that a claim is about, as the report names it; blank for the market."""
        found = self.names.find(name, dimension, claim) if name else ""
        if found is None:
            raise Incomplete(f'The text lists no segment called "{name}"')
        return found


def _size(drafting: _Drafting, claim: SizeClaim) -> Size:
    if claim.year is None:
        raise Incomplete(_NO_YEAR)
    if claim.currency != drafting.market.currency:
        others = drafting.market.currency
        raise Incomplete(f"It is in {claim.currency}, and the other sizes are in {others}")
    return Size(
        **_figure(claim),
        segment=drafting.segment(claim, claim.scope),
        year=claim.year,
        scale=None if claim.scale == drafting.market.scale else claim.scale,
    )


def _cagr(drafting: _Drafting, claim: CagrClaim) -> Cagr:
    segment = drafting.segment(claim, claim.scope)
    return Cagr(**_figure(claim), segment=segment, first=claim.first, last=claim.last)


def _share(drafting: _Drafting, claim: ShareClaim) -> Share | Indicator | tuple[Share, ...]:
    year = drafting.undated if claim.year is None else claim.year
    if len(claim.names) > 1 and year is not None and (segments := _all_found(drafting, claim)):
        stated = {**_figure(claim), "about": f"{claim.about} combined".strip()}
        return tuple(Share(**stated, segment=segment, year=year) for segment in segments)
    if len(claim.names) > 1 or _GROUP.match(claim.names[0]):
        together = " together" if len(claim.names) > 1 else ""
        name = f"Share of {' and '.join(claim.names)}{together}"
        return Indicator(**_figure(claim), name=name, unit="%", year=year)
    if year is None:
        raise Incomplete(_NO_YEAR)
    segment = drafting.segment(claim, claim.names[0], claim.dimension)
    return Share(**_figure(claim), segment=segment, year=year)


def _all_found(drafting: _Drafting, claim: ShareClaim) -> list[str]:
    """Return the segments of a share that several have together, none if one of them is not listed."""
    found = [drafting.names.find(name, claim.dimension, claim) for name in claim.names]
    return [segment for segment in found if segment] if all(found) else []


def _ranking(drafting: _Drafting, claim: RankingClaim) -> Ranking:
    segment = drafting.segment(claim, claim.name, claim.dimension)
    return Ranking(**_place(claim), segment=segment, by=claim.by, place=claim.rank, year=claim.year)


def _player(_: _Drafting, claim: PlayerClaim) -> Player:
    return Player(**_place(claim), name=claim.name)


def _place(claim: Claim) -> dict[str, Any]:
    return {"at": str(claim.place), "words": shortened(" ".join(claim.words.split()), _LONGEST_WORDS)}


def _figure(claim: SizeClaim | CagrClaim | ShareClaim) -> dict[str, Any]:
    return {**_place(claim), "value": Figure(claim.value), "about": claim.about[:_LONGEST_ABOUT]}


_MAKERS: dict[type[Claim], tuple[str, Callable[[_Drafting, Any], Fact | tuple[Fact, ...]]]] = {
    SizeClaim: ("sizes", _size),
    CagrClaim: ("cagrs", _cagr),
    ShareClaim: ("shares", _share),
    RankingClaim: ("rankings", _ranking),
    PlayerClaim: ("players", _player),
}
"""The table of a report for each kind of claim, and how its fact is made."""

_FACT_TABLES = {table for table, _ in _MAKERS.values()} | {"indicators"}


def valid_draft(empty: Report, tables: dict[str, list[tuple[Row, Fact]]], unsure: Iterable[Unsure]) -> Draft:
    """Return the draft of a report with these facts, by table, without those that its validation refuses.

    Each fact comes with its row in words, which is then unsure with the reason. Raises Unreadable if
    more than single facts are wrong.
    """
    left = list(unsure)
    while True:
        facts = {table: tuple(fact for _, fact in pairs) for table, pairs in tables.items()}
        report = Report(empty.source, empty.market, dimensions=empty.dimensions, **facts)  # type: ignore[arg-type]
        found = problems(report)
        refused = _refused(found)
        if found and not refused:
            raise Unreadable(f"The report cannot be kept: {'; '.join(map(str, found))}.")
        if not found:
            return Draft(report, tuple(left))
        for (table, at), reason in sorted(refused.items(), reverse=True):
            row, _ = tables[table].pop(at)
            left.append(Unsure(row, f"Its {reason}."))


def _refused(found: list[Problem]) -> dict[tuple[str, int], str]:
    """The facts that have a problem, by table and place; what concerns no single fact is for the reader."""
    refused: dict[tuple[str, int], str] = {}
    for problem in found:
        fact = _FACT.match(problem.where)
        if fact and fact[1] in _FACT_TABLES:
            field = problem.where.rpartition(".")[2]
            refused.setdefault((fact[1], int(fact[2])), f"{field} {problem.reason}")
    return refused
