"""Commands for Excel: build, install and check the add-in for the desktop; see `office` for the other.

The import of xlwings takes as long as all others together, so each command imports what it needs.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from addin.commands import office
from addin.commands.failures import Failed, Misused
from workbook.package import PackageError

commands = typer.Typer(
    no_args_is_help=True, help="Add the functions to Excel: on Windows, on a Mac and on the web."
)


@commands.command("install")
def install_addin() -> None:
    """Build the add-in for this Python and install it in Excel's startup folder."""
    from addin.desktop.install import install

    typer.echo(f"Installed the add-in: {install()}. Start Excel and look for the Marketbook tab.")


@commands.command("uninstall")
def uninstall_addin() -> None:
    """Remove the add-in. Your reports, workbooks and the log are kept."""
    from addin.desktop.install import uninstall

    place = uninstall()
    typer.echo(f"Removed the add-in: {place}." if place else "The add-in is not installed.")


@commands.command("build")
def build_addin(out: Annotated[Path, typer.Argument(help="The .xlam file to write.")]) -> None:
    """Write the add-in as a file for this Python on this computer."""
    from addin.desktop.build import build

    if out.suffix.lower() != ".xlam":
        raise Misused(f"The name of the add-in file must end in .xlam: {out.name}")
    typer.echo(f"Wrote {build(out).resolve()}")


@commands.command("doctor")
def look_for_trouble() -> None:
    """Check this installation, and show how to fix problems."""
    from addin.desktop.doctor import doctor

    wrong = 0
    for finding in doctor():
        typer.echo(f"{'ok     ' if finding.ok else 'problem'}  {finding.sentence}")
        if not finding.ok:
            wrong += 1
            typer.echo(f"         {finding.fix}")
    if wrong:
        raise Failed(f"{wrong} problem{'s' if wrong > 1 else ''} found.")


@commands.command("relink")
def relink_books(
    books: Annotated[list[Path], typer.Argument(help="Workbooks with Marketbook formulas.")],
    to: Annotated[
        Literal["desktop", "web"],
        typer.Option(help="For the add-in of desktop Excel, or for the Office add-in (Mac, web)."),
    ] = "desktop",
) -> None:
    """Change the functions' names in workbooks to those that an Excel knows, and remove the add-in's path."""
    from addin.relinking import relink

    failures = []
    for book in books:
        try:
            typer.echo(f"{book}: formulas relinked: {relink(book, to)}.")
        except PackageError as error:  # one workbook must not stop the others
            failures.append(f"{book}: {error}")
        except OSError as error:
            failures.append(f"{book}: {error.strerror or error}.")
    if failures and len(books) == 1:
        raise Failed(failures[0])
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise Failed(f"{len(failures)} of {len(books)} workbooks could not be relinked.")


@commands.command("xlwings-server")
def write_xlwings_project(
    folder: Annotated[Path, typer.Argument(help="Folder to write, or one that this command has written.")],
) -> None:
    """Write a project for xlwings Server, which is not free for companies. Your files in it are kept."""
    from addin.web.xlwings_server.project import write_project

    verb = "Wrote" if write_project(folder) else "Updated"
    typer.echo(f"{verb} {folder.resolve()}. Its README.md says how to start it.")


commands.command("serve")(office.serve)
commands.command("sideload")(office.sideload)
commands.command("manifest")(office.write_manifest)
commands.command("certificate")(office.certificate)
