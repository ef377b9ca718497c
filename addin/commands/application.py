"""The commands by name, each with its module."""

from collections.abc import Callable
from typing import Any

import typer
from typer.main import get_command

from addin.commands import excel, libreoffice, questions, refreshing, workbooks

_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Market figures that say where they come from: in a workbook, in a cell, here.",
)
_app.command("new")(workbooks.new)
_app.command("refresh")(refreshing.refresh)
_app.command("freeze")(refreshing.freeze)
_app.command("markets")(questions.list_markets)
_app.command("show")(questions.show)
_app.command("check")(questions.check)
_app.command("functions")(questions.list_functions)
_app.command("call", context_settings={"ignore_unknown_options": True})(questions.call_function)
_app.add_typer(excel.commands, name="excel")
_app.add_typer(libreoffice.commands, name="libreoffice")

application: Callable[..., Any] = get_command(_app)
