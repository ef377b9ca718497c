"""Validation: mistakes in a report, for every importer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from msgspec import Struct, structs

from markets.facts import FIRST_YEAR, LAST_YEAR, Report, Source, Subject
from markets.names import Names, name_key
from markets.units import CURRENCIES, SCALES

_LONGEST_TEXT = 200
_LONGEST = {"about": 60, "url": 2000, "words": 500}
_NEVER_BLANK = {"name", "title", "publisher", "at", "unit"}
_UNSHOWABLE = {"Cc", "Cs", "Co", "Cn"}
_STATED = ("sizes", "cagrs", "shares", "rankings", "indicators")


@dataclass(frozen=True)
class Problem:
    """One problem of a report: the field, such as "sizes[0].year", and the reason.

    >>> str(Problem("sizes[0].value", "must be above zero"))
    'sizes[0].value: must be above zero'
    """

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


@cache
def fields(kind: type[Struct]) -> tuple[structs.FieldInfo, ...]:
    """Return the fields of a type; msgspec looks its annotations up at each call."""
    return structs.fields(kind)


def problems(report: Report) -> list[Problem]:
    """Return all problems of a report, grouped by kind; none if it can be used."""
    found = [
        *_bad_texts(report),
        *_bad_source(report),
        *_bad_units(report),
        *_bad_names(report),
        *_bad_segments(report),
        *_bad_years(report),
        *_bad_numbers(report),
        *_bad_places(report),
        *_duplicates(report),
    ]
    return [Problem(where, reason) for where, reason in found]


def _bad_texts(value: Any, where: str = "", field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Struct):
        for each in fields(type(value)):
            inner = getattr(value, each.name)
            if where and isinstance(inner, Source | Subject):
                continue  # a fact knows its source, whose texts are checked once
            name = each.encode_name
            yield from _bad_texts(inner, f"{where}.{name}" if where else name, name)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _bad_texts(item, f"{where}[{at}]", field)
    elif isinstance(value, str) and (reason := _bad_text(value, field)):
        yield where, reason


def _bad_text(text: str, field: str) -> str:
    longest = _LONGEST.get(field, _LONGEST_TEXT)
    if not text.isprintable() and any(unicodedata.category(each) in _UNSHOWABLE for each in text):
        return "contains a character that a spreadsheet cannot show"
    if len(text) > longest:
        return f"is longer than {longest} characters"
    return "must not be blank" if not text.strip() and field in _NEVER_BLANK else ""


def _bad_source(report: Report) -> Iterator[tuple[str, str]]:
    url = report.source.url
    if url and not re.fullmatch(r"https?://[^\s/]\S*", url, re.IGNORECASE):
        yield "source.url", "must be a web address that starts with http:// or https://"


def _bad_units(report: Report) -> Iterator[tuple[str, str]]:
    if report.market.currency not in CURRENCIES:
        yield "market.currency", f'"{report.market.currency}" is not a currency code such as USD'
    scales: list[tuple[str, str | None]] = [("market.scale", report.market.scale)]
    scales += [(f"sizes[{at}].scale", size.scale) for at, size in enumerate(report.sizes)]
    for where, scale in scales:
        if scale is not None and scale not in SCALES:
            yield where, f'"{scale}" is not one of {", ".join(filter(None, SCALES))}'


def _bad_names(report: Report) -> Iterator[tuple[str, str]]:
    yield from _repeated("dimensions", (dimension.name for dimension in report.dimensions))
    yield from _repeated("players", (player.name for player in report.players))
    for at, dimension in enumerate(report.dimensions):
        if "/" in dimension.name:
            yield f"dimensions[{at}].name", "must not contain a slash (see Dimension/Segment)"
        names = ((s.name, *s.aliases) for s in dimension.segments)
        yield from _repeated(f"dimensions[{at}].segments", (name for group in names for name in group))


def _repeated(where: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    spelled = list(names)
    counts = Counter(map(name_key, spelled))
    for name in dict.fromkeys(spelled):
        if counts[name_key(name)] > 1:
            yield where, f'duplicate name "{name}"'


def _bad_segments(report: Report) -> Iterator[tuple[str, str]]:
    known = Names(
        "segment",
        [
            (form, (dimension.name, segment.name))
            for dimension in report.dimensions
            for segment in dimension.segments
            for name in (segment.name, *segment.aliases)
            for form in (name, f"{dimension.name}/{name}")
        ],
    )
    for table in ("sizes", "cagrs", "shares", "rankings"):
        for at, fact in enumerate(getattr(report, table)):
            where, name = f"{table}[{at}].segment", fact.segment
            found = known.get(name) if name else [()]
            if not found:
                yield where, f'"{name}" is not in any dimension'
            elif len(found) > 1:
                yield where, f'"{name}" is in several dimensions. Write Dimension/Segment'


def _bad_years(report: Report) -> Iterator[tuple[str, str]]:
    for where, year in _years(report):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            yield where, f"must be a year from {FIRST_YEAR} to {LAST_YEAR}"


def _years(report: Report) -> Iterator[tuple[str, int | None]]:
    yield "market.base_year", report.market.base_year
    for table in ("sizes", "shares", "rankings", "indicators"):
        for at, fact in enumerate(getattr(report, table)):
            yield f"{table}[{at}].year", fact.year
    for at, cagr in enumerate(report.cagrs):
        yield f"cagrs[{at}].from", cagr.first
        yield f"cagrs[{at}].to", cagr.last


def _bad_numbers(report: Report) -> Iterator[tuple[str, str]]:
    for at, cagr in enumerate(report.cagrs):
        if cagr.first is not None and cagr.last is not None and cagr.last <= cagr.first:
            yield f"cagrs[{at}].to", f"must be after {cagr.first}, not {cagr.last}"
        if not -100 < cagr.value.exact <= 1000:
            yield f"cagrs[{at}].value", "must be above -100 and at most 1000 percent"
    for at, size in enumerate(report.sizes):
        if size.value.exact <= 0:
            yield f"sizes[{at}].value", "must be above zero"


def _bad_places(report: Report) -> Iterator[tuple[str, str]]:
    for at, share in enumerate(report.shares):
        if not 0 <= share.value.exact <= 100:
            yield f"shares[{at}].value", "must be from 0 to 100 percent"
        if not share.segment:
            yield f"shares[{at}].segment", "must name a segment"
    for at, ranking in enumerate(report.rankings):
        if ranking.place < 1:
            yield f"rankings[{at}].place", "must be 1 or more"
        if not ranking.segment:
            yield f"rankings[{at}].segment", "must name a segment"


def _duplicates(report: Report) -> Iterator[tuple[str, str]]:
    """Facts that are equal in every field, including the place in the source."""
    for table in _STATED:
        first: dict[Struct, int] = {}
        for at, fact in enumerate(getattr(report, table)):
            if first.setdefault(fact, at) != at:
                yield f"{table}[{at}]", f"duplicate of {table}[{first[fact]}]"
