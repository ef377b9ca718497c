"""Reports made up at random, of the shapes that real ones have: for measuring large catalogs."""

import datetime
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from markets.facts import (
    STAMPED,
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
from markets.validation import fields

_WHAT = (
    "Medical",
    "Industrial",
    "Digital",
    "Smart",
    "Automotive",
    "Marine",
    "Organic",
    "Polymer",
    "Cloud",
    "Solar",
)
_THING = (
    "Imaging",
    "Sensor",
    "Coating",
    "Battery",
    "Logistics",
    "Packaging",
    "Pump",
    "Analytics",
    "Fiber",
    "Valve",
)
_KIND = ("Outsourcing", "Systems", "Services", "Equipment", "Software", "Materials", "Devices", "Components")
_PLACES = ("Global", "Global", "Global", "Europe", "Asia-Pacific", "India", "US", "Middle East & Africa")
_WAYS = ("Type", "Application", "End User", "Technology", "Component", "Region")
_PIECES = (
    "Standard",
    "Premium",
    "Hybrid",
    "Portable",
    "Stationary",
    "On-premises",
    "Hosted",
    "Retail",
    "Others",
)
_REGIONS = ("North America", "Europe", "Asia-Pacific", "Latin America", "Middle East & Africa")
_UNITS = (("USD", "billion"), ("USD", "million"), ("EUR", "million"), ("INR", "crore"))
_PUBLISHERS = ("Alpha Research", "Beta Insights", "Gamma Reports")
_COMPANIES = ("Holdings", "Ltd.", "Inc.", "GmbH", "S.A.", "K.K.")
_INDICATORS = (
    ("Health spending", "USD trillion"),
    ("Urban population", "%"),
    ("Installed base", "million units"),
)


def reports(count: int, seed: int = 1) -> Iterator[Report]:
    """Yield so many reports, 50 facts each on average.

    One in ten is another edition of an earlier one's market. No two are of one market, publisher and date.
    """
    chance = random.Random(seed)
    markets: list[tuple[str, str]] = []
    taken: set[tuple[str, str, datetime.date]] = set()
    for number in range(count):
        if markets and chance.random() < 0.1:
            name, place = chance.choice(markets)
        else:
            name, place = f"{_name(chance)} {number}", chance.choice(_PLACES)
            markets.append((name, place))
        base, last = chance.randint(2019, 2024), chance.randint(2029, 2034)
        source = _source(name, base, last, chance)
        while (name, source.publisher, source.date) in taken:
            source = _source(name, base, last, chance)
        taken.add((name, source.publisher, source.date))
        yield _report(name, place, source, base, last, chance)


def write_reports(folder: Path, count: int, seed: int = 1) -> list[str]:
    """Write such reports as TOML files; return the markets' names."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, None] = {}
    for number, report in enumerate(reports(count, seed)):
        names[report.market.name] = None
        (folder / f"{number:06d}.toml").write_text(_text(report), encoding="utf-8")
    return list(names)


def _name(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (_WHAT, _THING, _KIND))


def _source(name: str, base: int, last: int, chance: random.Random) -> Source:
    date = datetime.date(base + 1, chance.randint(1, 12), chance.randint(1, 28))
    return Source(chance.choice(_PUBLISHERS), f"{name} Market to {last}", date)


def _report(name: str, place: str, source: Source, base: int, last: int, chance: random.Random) -> Report:
    lines = _lines()
    start = round(chance.uniform(0.5, 900), chance.choice((0, 1, 2))) or 1
    rate = round(chance.uniform(-2, 25), 1)
    found: list[AnyFact] = []
    for year in (base, *range(base + 1, base + 1 + chance.randint(0, 4)), last):
        value = f"{start * (1 + rate / 100) ** (year - base):.{chance.choice((0, 1, 2))}f}"
        found.append(Size(year=year, value=Figure(value if float(value) else "1"), at=next(lines)))
    found.append(Cagr(value=Figure(f"{rate}"), first=base, last=last, at=next(lines)))
    for way in chance.sample(_WAYS, chance.randint(3, 4)):
        found += _dimension(way, base, last, chance, lines)
    for number in range(chance.randint(10, 20)):
        company = f"{chance.choice(_WHAT)} {chance.choice(_THING)} {number} {chance.choice(_COMPANIES)}"
        found.append(Player(name=company, at=next(lines)))
    for indicator, unit in chance.sample(_INDICATORS, chance.randint(0, 3)):
        figure = Figure(f"{chance.uniform(1, 99):.1f}")
        found.append(Indicator(name=indicator, unit=unit, year=base, value=figure, at=next(lines)))
    market = Subject(name, *chance.choice(_UNITS), geography=place, aliases=(f"{name} Market",))
    kinds = dict(zip((Size, Cagr, Dimension, Share, Ranking, Player, Indicator), TABLES, strict=True))
    tables: dict[str, Any] = {
        table: tuple(fact for fact in found if type(fact) is kind) for kind, table in kinds.items()
    }
    return Report(source, market, **tables)


def _lines() -> Iterator[str]:
    """Where a fact stands: a source states a few in each line."""
    return (f"Key Takeaways, bullet {number // 4 + 1}" for number in itertools.count())


def _dimension(
    way: str, base: int, last: int, chance: random.Random, lines: Iterator[str]
) -> Iterator[AnyFact]:
    """A dimension: shares of most of its segments, rates of some, the largest and the fastest."""
    pieces: Sequence[str] = _REGIONS if way == "Region" else chance.sample(_PIECES, chance.randint(3, 7))
    segments = [f"{way}/{piece}" for piece in pieces]
    largest, fastest = chance.sample(segments, 2)
    is_complete = chance.random() < 0.7
    yield Dimension(name=way, segments=tuple(map(Segment, pieces)), complete=is_complete, at=next(lines))
    weights = sorted((chance.uniform(1, 10) for _ in segments), reverse=True)
    ordered = [largest, *(segment for segment in segments if segment != largest)]
    for segment, weight in zip(ordered[: chance.randint(2, len(ordered))], weights, strict=False):
        share = Figure(f"{100 * weight / sum(weights):.1f}")
        yield Share(segment=segment, year=base, value=share, at=next(lines))
    for segment in {fastest: None, **dict.fromkeys(chance.sample(segments, chance.randint(0, 2)))}:
        rate = Figure(f"{chance.uniform(5, 30):.1f}")
        yield Cagr(segment=segment, value=rate, first=base, last=last, at=next(lines))
    yield Ranking(segment=largest, by="size", year=base, at=next(lines))
    yield Ranking(segment=fastest, by="growth", at=next(lines))


def _text(report: Report) -> str:
    """The report as TOML. What a person is to read is written by markets.importing, more slowly."""
    blocks = [_block("[source]", report.source), _block("[market]", report.market)]
    blocks += [_block(f"[[{table}]]", fact) for table in TABLES for fact in getattr(report, table)]
    return "\n".join(blocks)


def _block(title: str, record: msgspec.Struct) -> str:
    lines = [title]
    for each in fields(type(record)):
        value = getattr(record, each.name)
        if each.name not in STAMPED and value != each.default:
            lines.append(f"{each.encode_name} = {_value(value)}")
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    if isinstance(value, datetime.date):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Segment):
        return f"{{ name = {_value(value.name)} }}"
    return json.dumps(value.printed if isinstance(value, Figure) else value, ensure_ascii=False)
