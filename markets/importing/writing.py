"""A report as TOML that a person can read and mend."""

import re
from typing import Any

import msgspec
import tomlkit

from markets.facts import STAMPED, TABLES, Fact, Report
from markets.figures import Figure
from markets.validation import fields

_FIRST = ("name", "segment", "by", "place", "year", "value", "unit", "scale", "about", "from", "to")
_BLANK_LINES = re.compile(r"\n{3,}")
_LAST = ("complete", "origin", "at", "words", "segments")


def toml_text(report: Report, comment: str = "") -> str:
    """Return a report as the text of its file, without fields at their default; `comment` stands on top.

    >>> from markets.facts import Report, Source, Subject
    >>> import datetime
    >>> report = Report(Source("P", "T", datetime.date(2026, 3, 1)), Subject("Drones", "USD", "billion"))
    >>> print(toml_text(report, "A comment."))
    # A comment.
    <BLANKLINE>
    [source]
    publisher = "P"
    title = "T"
    date = 2026-03-01
    <BLANKLINE>
    [market]
    name = "Drones"
    currency = "USD"
    scale = "billion"
    <BLANKLINE>
    """
    document = tomlkit.document()
    for line in comment.splitlines():
        document.add(tomlkit.comment(line))
    if comment:
        document.add(tomlkit.nl())
    document.add("source", _table(report.source))
    document.add("market", _table(report.market))
    for name in TABLES:
        if facts := getattr(report, name):
            tables = tomlkit.aot()
            for fact in facts:
                tables.append(_table(fact))
            document.add(name, tables)
    return _BLANK_LINES.sub("\n\n", tomlkit.dumps(document)).rstrip("\n") + "\n"


def _table(record: msgspec.Struct) -> Any:
    table = tomlkit.table()
    for name, value in _stated(record).items():
        table.add(name, _plain(value))
    table.add(tomlkit.nl())
    return table


def _stated(record: msgspec.Struct) -> dict[str, Any]:
    """The fields that are not at their default: what a fact is about first, its locator last."""
    skipped = STAMPED if isinstance(record, Fact) else ()
    stated = {
        each.encode_name: value
        for each in fields(type(record))
        if each.name not in skipped and (value := getattr(record, each.name)) != each.default
    }
    if not isinstance(record, Fact):
        return stated
    others = [name for name in stated if name not in (*_FIRST, *_LAST)]
    return {name: stated[name] for name in (*_FIRST, *others, *_LAST) if name in stated}


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return value.printed
    if not isinstance(value, tuple):
        return value
    listed = tomlkit.array()
    for item in value:
        listed.append(_inline(item) if isinstance(item, msgspec.Struct) else item)
    return listed.multiline(any(isinstance(item, msgspec.Struct) for item in value))


def _inline(record: msgspec.Struct) -> Any:
    table = tomlkit.inline_table()
    for name, value in _stated(record).items():
        table.append(name, _plain(value))
    return table
