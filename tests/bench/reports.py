"""Reports made up at random, of the shapes that real ones have: for measuring large catalogs."""

import json
import random
from pathlib import Path

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


def write_reports(folder: Path, count: int, seed: int = 1) -> list[str]:
    """Write so many reports, about 50 facts each, a few of one market; return the markets' names."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[str, str] = {}
    for number in range(count):
        if places and chance.random() < 0.1:
            name = chance.choice(list(places))
        else:
            name = f"{_name(chance)} {number}"
            places[name] = chance.choice(_PLACES)
        (folder / f"{number:06d}.toml").write_text(_report(name, places[name], chance), encoding="utf-8")
    return list(places)


def _name(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (_WHAT, _THING, _KIND))


def _report(name: str, place: str, chance: random.Random) -> str:
    base, last = chance.randint(2019, 2024), chance.randint(2029, 2034)
    start = round(chance.uniform(0.5, 900), chance.choice((0, 1, 2))) or 1
    rate = round(chance.uniform(-2, 25), 1)
    currency, scale = chance.choice(_UNITS)
    lines = [
        "[source]",
        f"publisher = {_quoted(chance.choice(('Alpha Research', 'Beta Insights', 'Gamma Reports')))}",
        f"title = {_quoted(f'{name} Market to {last}')}",
        f"date = {base + 1}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "[market]",
        f"name = {_quoted(name)}",
        f"aliases = [{_quoted(name + ' Market')}]",
        f"geography = {_quoted(place)}",
        f"currency = {_quoted(currency)}",
        f"scale = {_quoted(scale)}",
    ]
    for year in (base, last):
        value = f"{start * (1 + rate / 100) ** (year - base):.{chance.choice((0, 1, 2))}f}"
        lines += _fact("sizes", year=year, value=value if float(value) else "1")
    lines += _fact("cagrs", value=f"{rate}", **{"from": base, "to": last})
    for way in chance.sample(_WAYS, chance.randint(2, 4)):
        lines += _dimension(way, base, chance)
    for number in range(chance.randint(5, 15)):
        lines += _fact("players", name=f"Company {number} {chance.randint(1, 999)} Ltd.")
    return "\n".join(lines) + "\n"


def _dimension(way: str, year: int, chance: random.Random) -> list[str]:
    pieces = _REGIONS if way == "Region" else chance.sample(_PIECES, chance.randint(3, 7))
    listed = ", ".join(f"{{ name = {_quoted(piece)} }}" for piece in pieces)
    lines = _fact("dimensions", name=way, complete=chance.random() < 0.7)
    lines.append(f"segments = [{listed}]")
    largest, fastest = chance.sample(list(pieces), 2)
    lines += _fact("shares", segment=f"{way}/{largest}", year=year, value=f"{chance.uniform(35, 70):.1f}")
    lines += _fact("cagrs", segment=f"{way}/{fastest}", value=f"{chance.uniform(5, 30):.1f}")
    lines += _fact("rankings", segment=f"{way}/{largest}", by="size", year=year)
    lines += _fact("rankings", segment=f"{way}/{fastest}", by="growth")
    return lines


def _fact(table: str, **fields: str | int | bool) -> list[str]:
    written = [f"{name} = {_quoted(value)}" for name, value in fields.items()]
    return [f"[[{table}]]", *written, f"at = {_quoted('Key Takeaways, bullet 2')}"]


def _quoted(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False)
