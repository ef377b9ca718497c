"""Statements: facts of every kind as rows of one shape, as a database, a server and a copy hold them."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from markets.facts import (
    TABLES,
    AnyFact,
    Cagr,
    Dimension,
    Indicator,
    Player,
    Ranking,
    Report,
    Segment,
    Share,
    Size,
    Source,
    Subject,
)
from markets.figures import Figure

Kind = Literal["size", "cagr", "dimension", "share", "ranking", "player", "indicator"]

_KINDS: Mapping[Kind, tuple[str, type[AnyFact]]] = {
    "size": ("sizes", Size),
    "cagr": ("cagrs", Cagr),
    "dimension": ("dimensions", Dimension),
    "share": ("shares", Share),
    "ranking": ("rankings", Ranking),
    "player": ("players", Player),
    "indicator": ("indicators", Indicator),
}
_KIND_OF: Mapping[type, Kind] = {fact: kind for kind, (_, fact) in _KINDS.items()}


class Statement(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A fact of any kind, without its edition. Fields that a kind does not have are at their default.

    `value` is the figure as printed; `name` is that of a dimension, a player or an indicator; `rank` is a
    place by `by`; `segments` are those of a dimension.
    """

    kind: Kind
    at: str
    words: str = ""
    segment: str = ""
    name: str = ""
    year: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    value: str = ""
    about: str = ""
    unit: str = ""
    scale: str | None = None
    by: str = ""
    rank: int | None = None
    complete: bool | None = None
    aliases: tuple[str, ...] = ()
    origin: str = ""
    segments: tuple[Segment, ...] = ()


_RENAMED = {"first": "first_year", "last": "last_year", "place": "rank"}
_OWN: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    kind: tuple(
        (field, _RENAMED.get(field, field))
        for field in fact.__struct_fields__
        if field not in ("source", "subject", "value")
    )
    for kind, (_, fact) in _KINDS.items()
}
_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "size": ("year",),
    "share": ("year",),
    "ranking": ("rank",),
    "dimension": ("complete",),
}
_NEEDS = {"year": "a year", "rank": "a rank", "complete": "to say whether it is complete"}
_HAS_FIGURE = {kind for kind, (_, fact) in _KINDS.items() if "value" in fact.__struct_fields__}


def statement(fact: AnyFact) -> Statement:
    """Return a fact as a row.

    >>> row = statement(Size(value=Figure("8.6"), year=2023, at="line 1"))
    >>> row.kind, row.value, row.year
    ('size', '8.6', 2023)
    """
    kind = _KIND_OF[type(fact)]
    fields = {ours: getattr(fact, theirs) for theirs, ours in _OWN[kind]}
    if isinstance(fact, Size | Cagr | Share | Indicator):
        fields["value"] = fact.value.printed
    return Statement(kind=kind, **fields)


def fact(row: Statement) -> AnyFact:
    """Return the fact of a row. What its kind does not have is left out.

    Raises ValueError for a figure that is not one as printed, and for a fact that lacks its year or rank.
    """
    if missing := next((name for name in _NEEDED.get(row.kind, ()) if getattr(row, name) is None), ""):
        raise ValueError(f"a {row.kind} needs {_NEEDS[missing]}")
    if row.kind == "ranking" and row.by not in ("size", "growth"):
        raise ValueError('a ranking is by "size" or "growth"')
    fields: dict[str, Any] = {theirs: getattr(row, ours) for theirs, ours in _OWN[row.kind]}
    if row.kind in _HAS_FIGURE:
        fields["value"] = Figure(row.value)
    make: Callable[..., AnyFact] = _KINDS[row.kind][1]
    return make(**fields)


def table_of(kind: Kind) -> str:
    """Return the table of a report in which facts of a kind are."""
    return _KINDS[kind][0]


def statements(report: Report) -> list[Statement]:
    """Return every fact of a report as a row, table by table."""
    return [statement(each) for each in report.facts]


def report(source: Source, market: Subject, rows: list[Statement]) -> Report:
    """Return the report of these rows, which are in the report's order within each kind."""
    tables: dict[str, list[AnyFact]] = {table: [] for table in TABLES}
    for row in rows:
        tables[table_of(row.kind)].append(fact(row))
    return Report(source, market, **{table: tuple(found) for table, found in tables.items()})  # type: ignore[arg-type]
