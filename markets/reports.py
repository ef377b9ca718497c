"""A report's TOML file, read into typed facts. All of its problems are reported together."""

import codecs
import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from markets.errors import CatalogError
from markets.facts import STAMPED, Fact, Report
from markets.figures import Figure
from markets.validation import Problem, fields, problems

_LARGEST_FILE = 5_000_000
_LISTED = 20
_TOML_TYPES = (datetime.datetime, datetime.date, datetime.time)
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "date": "a date",
    "datetime": "a date and a time",
    "array": "a list",
    "object": "a table",
}
_EXPECTED = re.compile(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`")
_NO_SUCH_WORD = re.compile("Invalid enum value '(.*?)'")
_FACT = re.compile(r"(\w+)\[(\d+)\]")


def read_report(path: Path) -> Report:
    """Return the report in a TOML file; raise CatalogError if it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            reason = f"the file is larger than {_LARGEST_FILE // 1_000_000} MB"
            raise _refusal(path.name, [Problem("", reason)])
        content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise _refusal(path.name, [Problem("", reason)]) from error
    return parse_report(content, path.name)


def parse_report(content: bytes, name: str) -> Report:
    """Return the report in TOML text; `name` is its name in messages. CatalogError lists all problems.

    >>> parse_report(b"", "empty.toml")
    Traceback (most recent call last):
    markets.errors.CatalogError: empty.toml: the file is empty.
    """
    if not content.strip():
        raise _refusal(name, [Problem("", "the file is empty")])
    try:
        tables = msgspec.toml.decode(content.decode())
    except UnicodeDecodeError as error:
        raise _refusal(name, [Problem("", "the file is not UTF-8 text")]) from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        reason = f"is not valid TOML: {str(error).rstrip('.')}"
        raise _refusal(name, [Problem("", reason)]) from error
    if misread := list(_misread(tables, Report)):
        raise _refusal(name, misread + _problems_of_the_rest(tables, misread))
    report: Report = _converted(tables, Report)
    if found := problems(report):
        raise _refusal(name, found)
    return report


def _problems_of_the_rest(tables: dict[str, Any], misread: list[Problem]) -> list[Problem]:
    """Return what is wrong with the facts that can be read, if only single facts cannot be.

    Without its segments a report cannot be checked: each fact about one would seem wrong.
    """
    facts = [_FACT.match(problem.where) for problem in misread]
    bad = {(fact[1], int(fact[2])) for fact in facts if fact}
    if None in facts or any(table == "dimensions" for table, _ in bad):
        return []
    numbers = {
        table: [at for at in range(len(listed)) if (table, at) not in bad]
        for table, listed in tables.items()
        if isinstance(listed, list)
    }
    kept = tables | {table: [tables[table][at] for at in read] for table, read in numbers.items()}

    def as_in_file(where: str) -> str:
        return _FACT.sub(lambda fact: f"{fact[1]}[{numbers[fact[1]][int(fact[2])]}]", where)

    return [Problem(as_in_file(one.where), one.reason) for one in problems(_converted(kept, Report))]


def _refusal(name: str, found: list[Problem]) -> CatalogError:
    """Return the error that lists the problems in one line, for a cell or a log."""
    sentences = [f"{problem}." for problem in found]
    listed = "; ".join(map(str, found[:_LISTED]))
    more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return CatalogError(f"{name}: {listed}{more}.", sentences)


def _misread(value: Any, kind: Any, where: str = "") -> Iterator[Problem]:
    """Yield a problem for each field that is wrong, unknown or missing; msgspec stops at the first."""
    item = next(iter(get_args(kind)), None)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        yield from _misread_fields(value, kind, where)
    elif isinstance(value, list) and isinstance(item, type) and issubclass(item, Struct):
        for at, each in enumerate(value):
            yield from _misread(each, item, f"{where}[{at}]")
    else:
        try:
            _converted(value, kind)
        except msgspec.ValidationError as error:
            words = get_args(kind) if get_origin(kind) is Literal else ()
            yield _problem(str(error), where, words)


def _misread_fields(table: dict[str, Any], kind: type[Struct], where: str) -> Iterator[Problem]:
    stamped = STAMPED if issubclass(kind, Fact) else ()
    known = {field.encode_name: field for field in fields(kind) if field.name not in stamped}
    for name, given in table.items():
        if name in known:
            yield from _misread(given, known[name].type, f"{where}.{name}" if where else name)
        else:
            yield Problem(where, f"unknown field `{name}`")
    for name, field in known.items():
        if field.required and name not in table:
            yield Problem(where, f"missing field `{name}`")


def _converted(value: Any, kind: Any) -> Any:
    return msgspec.convert(value, kind, builtin_types=_TOML_TYPES, str_keys=True, dec_hook=_decode_figure)


def _decode_figure(kind: type, value: Any) -> Any:
    if kind is Figure and isinstance(value, str):
        return Figure(value)
    raise ValueError('a figure must be in quotes, as printed, such as "13.0"')


def _problem(message: str, where: str, words: Sequence[str]) -> Problem:
    """Turn msgspec's "Expected `int`, got `str` - at `$[0]`" into a plain reason."""
    reason, _, place = message.partition(" - at `$")
    reason = _NO_SUCH_WORD.sub(rf'"\1" is not one of {", ".join(words)}', reason)
    if match := _EXPECTED.fullmatch(reason):
        expected, given = (_KINDS.get(kind, kind) for kind in match.groups())
        reason = f"must be {expected}, not {given}"
    return Problem(where + place.rstrip("`"), reason.rstrip("."))
