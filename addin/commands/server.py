"""The team's server: run it, and say who may do what in its database, so that there is a first owner.

What needs a database or the server is imported by the command that needs it; see `catalog`.
"""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from addin.commands.failures import Failed, Misused
from addin.commands.ledgers import who

if TYPE_CHECKING:
    from addin.server.administration import Administration

_PREFIX = "MARKETBOOK_SERVER_"
_NEEDS_SERVER = (
    "The server needs packages that are not installed. In the folder of Marketbook, run "
    "'pipx install --force \".[server]\"'."
)

commands = typer.Typer(invoke_without_command=True, help="Run the team's server, or say who may use it.")
_workspaces = typer.Typer(no_args_is_help=True, help="Make a workspace.")
_members = typer.Typer(no_args_is_help=True, help="Say who may read and change a workspace.")
_tokens = typer.Typer(no_args_is_help=True, help="Make a token for somebody.")
commands.add_typer(_workspaces, name="workspace")
commands.add_typer(_members, name="member")
commands.add_typer(_tokens, name="token")

_Database = Annotated[
    str,
    typer.Option("--database", envvar=f"{_PREFIX}DATABASE", help="SQLite file, or postgresql://..."),
]
_Workspace = Annotated[str, typer.Argument(help="Name of the workspace.")]
_Email = Annotated[str, typer.Argument(help="E-mail address.")]


@commands.callback()
def server(
    context: typer.Context,
    database: _Database = "",
    address: Annotated[
        str, typer.Option(envvar=f"{_PREFIX}ADDRESS", help="Address to listen at; 0.0.0.0: all of them.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar=f"{_PREFIX}PORT", min=0, max=65535, help="Port to listen at.")
    ] = 8000,
    public_url: Annotated[
        str, typer.Option(envvar=f"{_PREFIX}PUBLIC_URL", help="Where people reach it, as through a proxy.")
    ] = "",
) -> None:
    """Run the team's server, or say who may use it.

    Sign-in is set by the variables MARKETBOOK_SERVER_OIDC_ISSUER, _OIDC_CLIENT_ID and _OIDC_CLIENT_SECRET.
    """
    if context.invoked_subcommand is not None:
        context.obj = database
        return
    try:
        from addin.server.running import run
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    run(database, address, port, public_url)


@_workspaces.command("create")
def create(
    context: typer.Context,
    name: _Workspace,
    owner: Annotated[str, typer.Option(help="E-mail address of its owner.")],
    database: _Database = "",
) -> None:
    """Make a workspace. Its owner says who else may read and change it."""
    _administration(database or context.obj).create_workspace(name, owner)
    typer.echo(f'Made the workspace "{name}". Its owner is {owner}.')


@_members.command("set")
def set_member(
    context: typer.Context,
    workspace: _Workspace,
    email: _Email,
    role: Annotated[Literal["reader", "editor", "owner"], typer.Argument(help="reader, editor or owner.")],
    database: _Database = "",
) -> None:
    """Give somebody a role in a workspace."""
    _administration(database or context.obj).set_member(workspace, email, role)
    typer.echo(f'{email} is {role} in the workspace "{workspace}".')


@_members.command("remove")
def remove_member(
    context: typer.Context, workspace: _Workspace, email: _Email, database: _Database = ""
) -> None:
    """Take somebody's role in a workspace away."""
    _administration(database or context.obj).remove_member(workspace, email)
    typer.echo(f'{email} has no role in the workspace "{workspace}" any more.')


@_members.command("list")
def list_members(context: typer.Context, workspace: _Workspace, database: _Database = "") -> None:
    """List the members of a workspace."""
    for member in _administration(database or context.obj).members(workspace):
        typer.echo(f"{member.role}\t{member.person.email}\t{member.person.name}".rstrip())


@_tokens.command("make")
def make_token(
    context: typer.Context,
    email: _Email,
    name: Annotated[str, typer.Option(help="What the token is for.")] = "made by the administrator",
    days: Annotated[int, typer.Option(help="For how many days it can be used.")] = 90,
    database: _Database = "",
) -> None:
    """Make a token for somebody, and print it. It is shown this once."""
    typer.echo(_administration(database or context.obj).make_token(email, name, days))


def _administration(database: str) -> "Administration":
    if not database:
        raise Misused("Name the server's database with --database")
    try:
        from addin.server.administration import Administration
    except ImportError as error:
        raise Failed(_NEEDS_SERVER) from error
    return Administration(database, who())
