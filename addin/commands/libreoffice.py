"""Commands that bring the functions into LibreOffice."""

from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Misused
from addin.libreoffice import build, install, uninstall

_Profile = Annotated[
    Path | None, typer.Option(help="The folder of another LibreOffice profile than the user's own.")
]

commands = typer.Typer(no_args_is_help=True, help="Put the functions into LibreOffice Calc.")


@commands.command("install")
def install_functions(profile: _Profile = None) -> None:
    """Put the functions into LibreOffice, in place of an older edition."""
    place = install(profile)
    typer.echo(f"The functions are in LibreOffice: {place}")


@commands.command("uninstall")
def uninstall_functions(profile: _Profile = None) -> None:
    """Take the functions out of LibreOffice."""
    was_there = uninstall(profile)
    typer.echo("The functions are out of LibreOffice." if was_there else "The functions were not there.")


@commands.command("build")
def build_extension(
    out: Annotated[Path, typer.Argument(help="The .oxt file to write.")],
) -> None:
    """Write the extension as a file, to be added in LibreOffice's Extensions dialog on this machine."""
    if out.suffix.lower() != ".oxt":
        raise Misused(f"{out.name} is not the name of an .oxt file.")
    out.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(f"Wrote {build(out).resolve()}")
