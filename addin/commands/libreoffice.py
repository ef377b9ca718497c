"""Commands for LibreOffice: build, install and remove the extension."""

from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Misused
from addin.libreoffice import build, install, uninstall

_Profile = Annotated[
    Path | None, typer.Option(help="Folder of the LibreOffice profile. Default: your own profile.")
]

commands = typer.Typer(no_args_is_help=True, help="Install the functions in LibreOffice Calc.")


@commands.command("install")
def install_functions(profile: _Profile = None) -> None:
    """Install the functions in LibreOffice. An older version is replaced."""
    place = install(profile)
    typer.echo(f"Installed the functions in LibreOffice: {place}")


@commands.command("uninstall")
def uninstall_functions(profile: _Profile = None) -> None:
    """Remove the functions from LibreOffice."""
    was_there = uninstall(profile)
    typer.echo("Removed the functions from LibreOffice." if was_there else "The functions are not installed.")


@commands.command("build")
def build_extension(
    out: Annotated[Path, typer.Argument(help="The .oxt file to write.")],
) -> None:
    """Write the extension as a file, for LibreOffice's Extensions dialog on this computer."""
    if out.suffix.lower() != ".oxt":
        raise Misused(f"The name of the extension file must end in .oxt: {out.name}")
    out.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(f"Wrote {build(out).resolve()}")
