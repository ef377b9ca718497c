"""What a page says about an edition: its facts, each with its last correction, and its checks."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from markets.catalogs.history import stated, what
from markets.catalogs.records import Change, Record, Revision
from markets.catalogs.statements import Kind, Statement
from markets.checks import checks
from markets.listing import spelled_window
from markets.market import Market, label
from markets.verdicts import Level, summary
from workbook.spelling import allowed, expected

_TITLES: dict[Kind, str] = {
    "size": "Sizes",
    "cagr": "Growth (CAGR)",
    "share": "Shares",
    "ranking": "Rankings",
    "dimension": "Dimensions",
    "indicator": "Indicators",
    "player": "Key players",
}
_MOST_SERIOUS = [Level.ERROR, Level.WARNING, Level.NOTE, Level.OK]


@dataclass(frozen=True)
class Corrected:
    """The last correction of a fact: what it was before, and the change. `was` is blank for an added fact."""

    change: Change
    was: str


@dataclass(frozen=True)
class Line:
    """A fact as a page shows it."""

    fact: int
    about: str
    years: str
    stated: str
    place: str
    words: str
    pieces: tuple[str, ...]
    corrected: Corrected | None


@dataclass(frozen=True)
class Group:
    """The facts of one kind, with their title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Compared:
    """A check in words."""

    level: Level
    what: str
    printed: str
    expected: str
    allowed: str


@dataclass(frozen=True)
class Checked:
    """What the checks found: one line, and each check, the most serious first."""

    summary: str
    found: tuple[Compared, ...]


def groups(record: Record, as_of: datetime.date | None = None) -> list[Group]:
    """Return the facts in force of an edition at the end of a day, by kind."""
    lines: dict[Kind, list[Line]] = {kind: [] for kind in _TITLES}
    earlier = _by_fact(record)
    for one in record.at(as_of):
        if one.statement is not None:
            lines[one.statement.kind].append(_line(record, one, one.statement, earlier[one.fact]))
    unit = record.heading_at(as_of).market.unit
    titles = _TITLES | {"size": f"{_TITLES['size']}, {unit}"}
    return [Group(titles[kind], tuple(found)) for kind, found in lines.items() if found]


def checked(market: Market) -> Checked:
    """Return what the checks of a market's facts find."""
    found = checks(market)
    ordered = sorted(found, key=lambda check: _MOST_SERIOUS.index(check.level))
    lines = (
        Compared(
            check.level,
            check.what,
            check.printed,
            expected(check, market.unit),
            allowed(check, market.unit),
        )
        for check in ordered
    )
    return Checked(summary(found), tuple(lines))


def revisions_of(record: Record, fact: int) -> list[Revision]:
    """Return the revisions of a fact, oldest first; none if there is no such fact."""
    return _by_fact(record).get(fact, [])


def named(record: Record) -> str:
    """Return the name of an edition's market."""
    return label(record.heading.market)


def _by_fact(record: Record) -> dict[int, list[Revision]]:
    found: dict[int, list[Revision]] = {}
    for one in sorted(record.revisions, key=lambda each: each.number):
        found.setdefault(one.fact, []).append(one)
    return found


def _line(record: Record, one: Revision, row: Statement, revised: list[Revision]) -> Line:
    return Line(
        one.fact,
        _about(record, row),
        str(row.year or "") or spelled_window(row.first_year, row.last_year),
        "named" if row.kind == "player" else stated(row),
        ", ".join(part for part in (row.at, f"citing {row.origin}" if row.origin else "") if part),
        row.words,
        tuple(_pieces(row)),
        _corrected(record, one, row, revised),
    )


def _about(record: Record, row: Statement) -> str:
    """What a fact is about, under the title of its kind."""
    return row.name or row.segment or (named(record) if row.kind in ("size", "cagr") else what(row))


def _pieces(row: Statement) -> Iterator[str]:
    for piece in row.segments:
        yield f"{piece.name} ({', '.join(piece.aliases)})" if piece.aliases else piece.name


def _corrected(record: Record, one: Revision, row: Statement, revised: list[Revision]) -> Corrected | None:
    """The last correction that made a fact say something else: moving it among others is none."""
    said = [each for each in revised if each.number <= one.number]
    before = next((each for each in reversed(said) if each.statement != row), None)
    if before is not None:
        return Corrected(record.change(said[said.index(before) + 1].change), stated(before.statement))
    entered = record.headings[0].change
    return None if said[0].change == entered else Corrected(record.change(said[0].change), "")
