"""Commands for desktop Excel: the add-in file, where Excel loads it, and what may be wrong.

xlwings takes as long to import as everything else together, so each command imports what it needs.
"""

from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Failed, Misused

commands = typer.Typer(no_args_is_help=True, help="Put the functions and the ribbon into desktop Excel.")


@commands.command("install")
def install_addin() -> None:
    """Build the add-in for this Python, and put it where Excel loads it by itself."""
    from addin.desktop.install import install

    typer.echo(f"The add-in is in {install()}: start Excel, and look for the Marketbook tab.")


@commands.command("uninstall")
def uninstall_addin() -> None:
    """Take the add-in away again; your reports, workbooks and the log stay."""
    from addin.desktop.install import uninstall

    place = uninstall()
    typer.echo(f"The add-in is no longer in {place}." if place else "The add-in was not installed.")


@commands.command("build")
def build_addin(out: Annotated[Path, typer.Argument(help="The .xlam file to write.")]) -> None:
    """Write the add-in as a file, for this Python on this machine."""
    from addin.desktop.build import build

    if out.suffix.lower() != ".xlam":
        raise Misused(f"{out.name} is not the name of an .xlam file.")
    typer.echo(f"Wrote {build(out).resolve()}")


@commands.command("doctor")
def look_for_trouble() -> None:
    """Say what is right and what is wrong with this installation, and how to mend it."""
    from addin.desktop.doctor import doctor

    wrong = 0
    for finding in doctor():
        typer.echo(f"{'ok   ' if finding.ok else 'wrong'}  {finding.sentence}")
        if not finding.ok:
            wrong += 1
            typer.echo(f"       {finding.mend}")
    if wrong:
        raise Failed(f"{wrong} things are wrong." if wrong > 1 else "One thing is wrong.")


@commands.command("relink")
def relink_books(
    books: Annotated[list[Path], typer.Argument(help="Workbooks whose formulas name a place of the add-in.")],
) -> None:
    """Let formulas that name the place of an add-in file call the functions by their names again."""
    from addin.desktop.relink import relink

    for book in books:
        typer.echo(f"{book}: {relink(book)} formulas relinked.")
