"""Reading a report's TOML file: typed facts, or one sentence that names file, field and reason."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from markets.errors import CatalogError
from markets.facts import FIRST_YEAR, LAST_YEAR, Report
from markets.figures import Figure
from markets.names import name_key
from markets.units import CURRENCIES, SCALES

_LARGEST_FILE = 5_000_000
_LONGEST_TEXT = 200
_PLAINER = (
    (re.compile("Object missing required field (`.+?`)"), r"the field \1 is missing"),
    (re.compile("Object contains unknown field (`.+?`)"), r"there is no field \1"),
    (re.compile("Invalid enum value '(.*?)'"), r'"\1" is none of the words that may stand there'),
)
_NEVER_BLANK = {"name", "title", "publisher", "at", "unit"}


def read_report(path: Path) -> Report:
    """Return the report in a TOML file; raise CatalogError where it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise CatalogError(f"{path.name}: the file is larger than {_LARGEST_FILE // 1_000_000} MB.")
        content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise CatalogError(f"{path.name}: cannot be read: {error.strerror}.") from error
    return parse_report(content, path.name)


def parse_report(content: bytes, name: str) -> Report:
    """Return the report in TOML text; `name` is what an error calls it.

    >>> parse_report(b"", "empty.toml")
    Traceback (most recent call last):
    markets.errors.CatalogError: empty.toml: the file is empty.
    """
    if not content.strip():
        raise CatalogError(f"{name}: the file is empty.")
    try:
        report = msgspec.toml.decode(content, type=Report, dec_hook=_decode_figure)
    except UnicodeDecodeError as error:
        raise CatalogError(f"{name}: the file is not UTF-8 text.") from error
    except msgspec.ValidationError as error:
        raise CatalogError(f"{name}: {_named_field(str(error))}") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CatalogError(f"{name}: is not valid TOML: {str(error).rstrip('.')}.") from error
    for where, reason in _contradictions(report):
        raise CatalogError(f"{name}: {where}: {reason}.")
    return report


def _decode_figure(kind: type, value: Any) -> Any:
    if kind is Figure and isinstance(value, str):
        return Figure(value)
    raise ValueError("a figure is written in quotes, as printed, so that its last digit is kept")


def _named_field(message: str) -> str:
    """Turn msgspec's "Expected `int`, got `str` - at `$.sizes[0].year`" into "field: reason"."""
    for theirs, ours in _PLAINER:
        message = theirs.sub(ours, message)
    reason, _, place = message.partition(" - at `$.")
    if not place:
        return f"{reason.rstrip('.')}."
    return f"{place.rstrip('`')}: {reason.rstrip('.')}."


def _contradictions(report: Report) -> Iterator[tuple[str, str]]:
    """Give each field that cannot be meant as written, with the reason."""
    yield from _bad_texts(msgspec.to_builtins(report, enc_hook=lambda figure: figure.printed))
    yield from _bad_market(report)
    yield from _bad_names(report)
    yield from _bad_segments(report)
    yield from _bad_numbers(report)
    yield from _bad_places(report)


def _bad_texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _bad_texts(item, f"{where}.{key}" if where else key)
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _bad_texts(item, f"{where}[{at}]")
    elif isinstance(value, str):
        if any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in value):
            yield where, "holds a control character or one that no spreadsheet can show"
        elif len(value) > _LONGEST_TEXT:
            yield where, f"is longer than {_LONGEST_TEXT} characters"
        elif not value.strip() and where.rpartition(".")[2] in _NEVER_BLANK:
            yield where, "is blank"


def _bad_market(report: Report) -> Iterator[tuple[str, str]]:
    if report.market.currency not in CURRENCIES:
        yield "market.currency", f'"{report.market.currency}" is not a currency code such as USD'
    if report.market.scale not in SCALES:
        yield "market.scale", f'"{report.market.scale}" is none of {", ".join(filter(None, SCALES))}'


def _bad_names(report: Report) -> Iterator[tuple[str, str]]:
    yield from _repeated("dimensions", (dimension.name for dimension in report.dimensions))
    yield from _repeated("players", (player.name for player in report.players))
    for at, dimension in enumerate(report.dimensions):
        if "/" in dimension.name:
            yield f"dimensions[{at}].name", "holds a slash, which separates a dimension from its segment"
        names = ((s.name, *s.aliases) for s in dimension.segments)
        yield from _repeated(f"dimensions[{at}].segments", (name for group in names for name in group))


def _repeated(where: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    spelled = list(names)
    counts = Counter(map(name_key, spelled))
    for name in spelled:
        if counts[name_key(name)] > 1:
            yield where, f'"{name}" stands there twice'


def _bad_segments(report: Report) -> Iterator[tuple[str, str]]:
    known = Counter(
        name_key(form)
        for dimension in report.dimensions
        for segment in dimension.segments
        for name in (segment.name, *segment.aliases)
        for form in (name, f"{dimension.name}/{name}")
    )
    for table in ("sizes", "cagrs", "shares", "rankings"):
        for at, fact in enumerate(getattr(report, table)):
            count = known[name_key(fact.segment)] if fact.segment else 1
            if not count:
                yield f"{table}[{at}].segment", f'"{fact.segment}" is in no dimension'
            elif count > 1:
                yield (
                    f"{table}[{at}].segment",
                    f'"{fact.segment}" is in several dimensions: write Dimension/Segment',
                )


def _bad_numbers(report: Report) -> Iterator[tuple[str, str]]:
    for where, year in _years(report):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            yield where, f"a year is from {FIRST_YEAR} to {LAST_YEAR}"
    for at, cagr in enumerate(report.cagrs):
        if cagr.first is not None and cagr.last is not None and cagr.last <= cagr.first:
            yield f"cagrs[{at}].to", f"{cagr.last} is not after {cagr.first}"
        if not -100 < cagr.value.exact <= 1000:
            yield f"cagrs[{at}].value", "a CAGR is above -100 and at most 1000 percent"
    for at, size in enumerate(report.sizes):
        if size.value.exact <= 0:
            yield f"sizes[{at}].value", "a size is above zero"


def _bad_places(report: Report) -> Iterator[tuple[str, str]]:
    for at, share in enumerate(report.shares):
        if not 0 <= share.value.exact <= 100 or not share.segment:
            yield f"shares[{at}]", "a share is of a segment, and from 0 to 100 percent"
    for at, ranking in enumerate(report.rankings):
        if ranking.place < 1 or not ranking.segment:
            yield f"rankings[{at}]", "a ranking is of a segment, and its first place is 1"


def _years(report: Report) -> Iterator[tuple[str, int | None]]:
    yield "market.base_year", report.market.base_year
    for table in ("sizes", "shares", "rankings", "indicators"):
        for at, fact in enumerate(getattr(report, table)):
            yield f"{table}[{at}].year", fact.year
    for at, cagr in enumerate(report.cagrs):
        yield f"cagrs[{at}].from", cagr.first
        yield f"cagrs[{at}].to", cagr.last
