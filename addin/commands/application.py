"""The commands by name, each with its module."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.main import get_command

from addin.commands import (
    catalog,
    excel,
    importing,
    libreoffice,
    questions,
    refreshing,
    removing,
    reports,
    server,
    workbooks,
)

_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Market figures with their sources, in workbooks, in cells and on the command line.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"marketbook {version('marketbook')}")
        raise typer.Exit


@_app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Handle the options before a command."""


_app.command("new")(workbooks.new)
_app.command("refresh")(refreshing.refresh)
_app.command("freeze")(refreshing.freeze)
_app.command("remove")(removing.remove)
_app.command("import")(importing.import_report)
_app.command("add")(reports.add)
_app.command("validate")(reports.validate)
_app.command("markets")(questions.list_markets)
_app.command("show")(questions.show)
_app.command("check")(questions.check)
_app.command("functions")(questions.list_functions)
_app.command("call", context_settings={"ignore_unknown_options": True})(questions.call_function)
_app.add_typer(catalog.commands, name="catalog")
_app.add_typer(excel.commands, name="excel")
_app.add_typer(libreoffice.commands, name="libreoffice")
_app.add_typer(server.commands, name="server")

application: Callable[..., Any] = get_command(_app)
