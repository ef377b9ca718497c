"""Histories and facts with their numbers, as tables on the terminal or as JSON."""

import json
from collections.abc import Sequence
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from markets.catalogs.history import history, stated, what
from markets.catalogs.records import Record
from markets.market import label

_WIDTH = 160


def print_history(editions: Sequence[Record], as_json: bool) -> None:
    """Print what happened to editions, oldest first."""
    rows = [row for edition in editions for row in _events(edition)]
    _print(rows, ("edition", "workspace", "when", "who", "fact", "what", "before", "after", "why"), as_json)


def print_facts(edition: Record, as_json: bool) -> None:
    """Print the facts in force of an edition with their numbers and revisions."""
    heading = edition.heading
    if not as_json:
        typer.echo(f"{label(heading.market)}, {heading.source}, workspace {edition.workspace}")
    rows = [
        {
            "fact": one.fact,
            "revision": one.number,
            "what": what(one.statement),
            "stated": stated(one.statement),
            "at": one.statement.at,
        }
        for one in edition.at()
        if one.statement is not None
    ]
    _print(rows, ("fact", "revision", "what", "stated", "at"), as_json)


def _events(edition: Record) -> list[dict[str, Any]]:
    return [
        {
            "edition": str(edition.heading.source),
            "workspace": edition.workspace,
            "when": f"{event.change.at:%Y-%m-%d %H:%M}",
            "who": event.change.who,
            "fact": event.fact,
            "what": event.what,
            "before": event.before,
            "after": event.after,
            "why": event.change.why,
        }
        for event in history(edition)
    ]


def _print(rows: Sequence[dict[str, Any]], columns: Sequence[str], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in columns))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=_WIDTH)
    console.print(table)
