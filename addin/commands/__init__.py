"""The command line: `marketbook` and its commands. A failure is a message, never a traceback."""

import sys
from typing import Any

import typer
from typer.exceptions import Abort, TyperException

from addin.catalog_in_use import bring_up_to_date
from addin.commands.application import application
from addin.commands.failures import Misused
from addin.log import log_path, open_log
from markets.errors import MarketbookError
from udfs.catalog import problems
from workbook.package import PackageError

_ASKING = ("new", "refresh", "import", "markets", "show", "check", "call")
"""The commands that ask the catalog about markets. (Those about the catalog itself ask the server.)"""


def main() -> None:
    """Run the command line. Exit code 1 means a failure, 2 a wrong command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code, after printing which reports could not be read."""
    code = _ran(arguments)
    if arguments[:1] not in ([], ["markets"]):  # which prints them itself
        for problem in problems():
            typer.echo(f"Not read: {problem}", err=True)
    return code


def _ran(arguments: list[str]) -> int:
    if arguments[:1] and arguments[0] in _ASKING:
        bring_up_to_date()
    try:
        return application(args=arguments, prog_name="marketbook", standalone_mode=False) or 0
    except TyperException as error:
        return _misused(error.format_message(), error.exit_code, arguments)
    except Misused as error:
        return _misused(str(error), 2, arguments)
    except (MarketbookError, PackageError) as error:
        return _failed(str(error), 1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _failed(f"{place}{error.strerror or error}.", 1)
    except (Abort, KeyboardInterrupt):
        return _failed("Stopped.", 1)
    except Exception as error:
        open_log().exception("marketbook %s", " ".join(arguments))
        return _failed(f"Unexpected error; see the log ({log_path()}): {error}", 1)


def _misused(message: str, code: int, arguments: list[str]) -> int:
    """If no command was given, the message is a help page and needs no hint."""
    if "\n" in message.strip():
        return _failed(message, code)
    plain = message.replace(": Value error, ", ": ").rstrip(".")
    return _failed(f"{plain}. See '{_command_in(arguments)} --help'.", code)


def _command_in(arguments: list[str]) -> str:
    """The command that was entered, without its arguments.

    >>> _command_in(["excel", "relink", "--to", "web"]), _command_in(["nothing"])
    ('marketbook excel relink', 'marketbook')
    """
    names = ["marketbook"]
    command: Any = application
    for word in arguments:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            break
        names.append(word)
    return " ".join(names)


def _failed(message: str, code: int) -> int:
    typer.echo(message, err=True)
    return code
