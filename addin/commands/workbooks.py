"""Commands that write workbooks."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import AlreadyThere, Failed, Misused
from udfs.catalog import catalog
from workbook.headlines import headlines
from workbook.template import write_workbook


def new(
    out: Annotated[Path, typer.Argument(help="The file to write: .xlsx, or .xlsm with a Refresh button.")],
    market: Annotated[str, typer.Option(help="Name of the market; see 'marketbook markets'.")],
    unit: Annotated[str, typer.Option(help='Unit of sizes, e.g. "USD million"; else the report\'s.')] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a workbook about a market: live formulas, figures, charts, sources."""
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".xlsm"):
        raise Misused(f"{out} is not the name of an .xlsx or .xlsm file.")
    if out.is_dir() or (out.parent.exists() and not out.parent.is_dir()):
        raise Failed(f"{out if out.is_dir() else out.parent} is in the way: choose another place.")
    if out.exists() and not force:
        raise AlreadyThere(f"{out} is already there: write --force to replace it.")
    write_workbook(out, market, unit, finish=_button() if suffix == ".xlsm" else None)
    typer.echo(f"Wrote {out.resolve()}")
    asked = catalog().market(market)
    for line in headlines(asked, asked.unit.parse(unit)):
        typer.echo(f"  {line}")


def _button() -> Callable[[bytes], bytes]:
    """Imported here, because it takes as long as everything else together."""
    from addin.desktop.button import with_button

    return with_button
