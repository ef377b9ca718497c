"""Commands that write workbooks."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Misused, refuse_output
from markets.selection import Selection
from udfs.catalog import catalog
from workbook.headlines import headlines
from workbook.template import write_workbook


def new(
    out: Annotated[Path, typer.Argument(help="File to write: .xlsx, or .xlsm with a Refresh button.")],
    market: Annotated[str, typer.Option(help="Name of the market; see 'marketbook markets'.")],
    unit: Annotated[
        str, typer.Option(help='Unit of sizes, e.g. "USD million". Default: the unit of the report.')
    ] = "",
    source: Annotated[
        str, typer.Option(help='Publisher, or "latest", "median", "low" or "high" of all publishers.')
    ] = "latest",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="Ignore reports published later, e.g. 2025-09-30.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a workbook about a market, with live formulas, figures, charts and sources."""
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".xlsm"):
        raise Misused(f"The name of the workbook must end in .xlsx or .xlsm: {out}")
    refuse_output(out, force=force)
    selection = Selection.parse(f"{source} as of {as_of}")
    finish = _button() if suffix == ".xlsm" else None
    write_workbook(out, market, unit, finish, selection)
    typer.echo(f"Wrote {out.resolve()}")
    asked = catalog().market(market, selection)
    for line in headlines(asked, asked.unit.parse(unit)):
        typer.echo(f"  {line}")


def _button() -> Callable[[bytes], bytes]:
    """Imported here, because the import takes as long as all others together."""
    from addin.desktop.button import with_button

    return with_button
