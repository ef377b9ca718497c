"""Commands that show markets, a report's facts and checks, and the results of functions."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any

import numpy as np
import typer
from rich import box
from rich.console import Console
from rich.table import Table

from addin.commands.failures import Misused
from markets.comparisons import every_check, same_figures
from markets.errors import CatalogError, NoFigure, UnknownName
from markets.listing import fact_rows
from markets.market import Market
from markets.names import Names, name_key
from markets.selection import parse_date
from markets.verdicts import Check, Level, summary
from udfs.catalog import catalog, reload
from udfs.registry import FUNCTIONS, Function
from udfs.values import CellError, Result, Scalar, ScalarArgument
from workbook.spelling import allowed, expected

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Ignore reports published later, e.g. 2025-09-30.")
]
_MarketName = Annotated[str, typer.Argument(help="Name of the market; see 'marketbook markets'.")]
_SERIOUS_FIRST = list(reversed(Level))
_COLORS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def list_markets(
    search: Annotated[str, typer.Argument(help="Text that the name contains or resembles.")] = "",
    as_of: _AsOf = "",
    as_json: _Json = False,
) -> None:
    """List the markets in the catalog."""
    _look_back(as_of)
    rows = [_summary(listed.name) for listed in catalog().search(search)]
    problems = catalog().problems  # after each listed report was read
    if rows or as_json:
        _print(rows, ("market", "unit", "years", "publisher", "date"), as_json)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        raise CatalogError(f"The catalog has {count}.")
    if not rows:
        raise UnknownName("market", search)


def show(market: _MarketName, as_of: _AsOf = "", as_json: _Json = False) -> None:
    """Show every fact in the latest report on a market, with its place in the report."""
    _look_back(as_of)
    asked = catalog().market(market)
    source = asked.source
    if not as_json:
        typer.echo(f"{asked.name}, {asked.unit}")
        typer.echo(f"{source}: {source.title}")
        if source.url:
            typer.echo(source.url)
        _print_other_sources(asked)
        typer.echo()
    rows = [{**asdict(row), "status": "reported"} for row in fact_rows(asked)]
    _print(rows, ("kind", "about", "years", "stated", "status", "at"), as_json)


def check(
    markets: Annotated[list[str] | None, typer.Argument(help="Names of markets.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Check every market in the catalog.")] = False,
    as_of: _AsOf = "",
    as_json: _Json = False,
) -> None:
    """Check the reports on markets for consistency, and list the most serious findings first.

    Of several markets, the checks that are ok are only counted.
    """
    if every == bool(markets):
        raise Misused("Enter the names of markets, or --all.")
    _look_back(as_of)
    asked = {m.name: m for m in (_readable() if every else map(catalog().market, markets or ()))}
    found = [
        (market, check)
        for name, market in asked.items()
        for check in every_check(market, catalog().editions(name))
    ]
    found += [(asked[check.about], check) for check in same_figures(list(asked.values()))]
    found.sort(key=lambda one: _SERIOUS_FIRST.index(one[1].level))
    columns = ["what", "kind", "stated", "compared with", "tolerance", "verdict", "level"]
    if len(asked) > 1:
        columns.insert(0, "market")
    shown = [one for one in found if as_json or len(asked) == 1 or one[1].level is not Level.OK]
    if shown or as_json:
        _print([_checked(market, check, as_json) for market, check in shown], columns, as_json)
    if not as_json:
        counts = summary(check for _, check in found)
        typer.echo(counts if found else "There are no figures that can be compared.")


def _readable() -> Iterator[Market]:
    """Yield every market of the catalog, and print why the others cannot be read."""
    for listed in catalog().search():
        try:
            yield catalog().market(listed.name)
        except NoFigure as error:
            typer.echo(str(error), err=True)


def _checked(market: Market, check: Check, as_json: bool) -> dict[str, Any]:
    return {
        "market": market.name,
        "what": check.what,
        "kind": str(check.kind),
        "stated": check.stated if as_json else check.printed,
        "compared with": check.expected if as_json else expected(check, market.unit),
        "tolerance": check.tolerance if as_json else allowed(check, market.unit),
        "verdict": str(check.verdict),
        "level": str(check.level),
    }


def list_functions(
    name: Annotated[str, typer.Argument(help="Function whose arguments to show.")] = "",
    as_json: _Json = False,
) -> None:
    """List the worksheet functions, or the arguments of one."""
    if not name:
        rows = [{"function": f.signature, "gives": f.help} for f in FUNCTIONS.values()]
        _print(rows, ("function", "gives"), as_json)
        return
    function = _function(name)
    if not as_json:
        typer.echo(f"{function.signature}\n{function.help}\n")
    _print([asdict(parameter) for parameter in function.parameters], ("name", "help"), as_json)


def call_function(
    function: Annotated[str, typer.Argument(help="Name of the worksheet function, e.g. MARKET_SIZE.")],
    arguments: Annotated[
        list[str] | None, typer.Argument(help='Its arguments. Use "" for an omitted one.')
    ] = None,
    as_of: _AsOf = "",
    as_json: _Json = False,
) -> None:
    """Print the result of a worksheet function: one line per row, with tabs between cells.

    The source of the figure, or why there is none, goes to standard error.
    """
    _look_back(as_of)
    asked = _function(function)
    given = [_argument(text) for text in arguments or []]
    least = sum(parameter.required for parameter in asked.parameters)
    if not least <= len(given) <= len(asked.parameters):
        raise Misused(f"Wrong number of arguments. Use {asked.signature}.")
    outcome = asked.outcome(*given)
    value, reason = outcome.value, outcome.reason
    if as_json:
        answer = {"value": _plain(value), "unit": outcome.unit, "reason": reason}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    for row in value.tolist() if isinstance(value, np.ndarray) else [[value]]:
        typer.echo("\t".join(map(_shown, row)))
    if isinstance(value, np.ndarray) or reason != value:
        typer.echo(reason, err=True)


def _look_back(as_of: str) -> None:
    """Use the catalog as it was on a date, if one is given."""
    if as_of:
        reload(parse_date(as_of))


def _print_other_sources(market: Market) -> None:
    """Print the publisher's earlier editions, and the editions of other publishers."""
    own = name_key(market.source.publisher)
    editions: dict[str, list[str]] = {"Earlier editions": [], "Other sources": []}
    for source in market.sources[1:]:
        label = "Earlier editions" if name_key(source.publisher) == own else "Other sources"
        editions[label].append(str(source))
    for label, found in editions.items():
        if found:
            typer.echo(f"{label}: {'; '.join(found)}")


def _function(name: str) -> Function:
    if name.upper() not in FUNCTIONS:
        known = Names("function", {function: function for function in FUNCTIONS})
        raise UnknownName("function", name, known.near(name))
    return FUNCTIONS[name.upper()]


def _argument(text: str) -> ScalarArgument:
    """Return an argument as a cell value; None if it is blank. Functions read numbers from text."""
    if not text:
        return None
    try:
        return CellError(text.upper())
    except ValueError:
        return text


def _summary(name: str) -> dict[str, Any]:
    row = dict.fromkeys(("market", "unit", "years", "publisher", "date"), "")
    row["market"] = name
    with suppress(NoFigure):
        market = catalog().market(name)
        row |= {
            "unit": str(market.unit),
            "publisher": market.source.publisher,
            "date": str(market.source.date),
        }
        first, last = market.span()
        row["years"] = f"{first}-{last}" if first != last else str(first)
    return row


def _plain(result: Result) -> Any:
    if isinstance(result, np.ndarray):
        return [[_plain(cell) for cell in row] for row in result.tolist()]
    return result.value if isinstance(result, CellError) else result


def _shown(cell: Scalar) -> str:
    """Return a cell's value as text, numbers with a cell's 15 digits."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _print(rows: Iterable[dict[str, Any]], columns: Sequence[str], as_json: bool) -> None:
    chosen = [{column: row[column] for column in columns} for row in rows]
    if as_json:
        typer.echo(json.dumps(chosen, ensure_ascii=False, indent=2))
        return
    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in chosen:
        table.add_row(*(_cell(row[column]) for column in columns), style=_COLORS.get(row.get("level", "")))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=200)
    console.print(table)


def _cell(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
