"""Commands that sign in to the server in use, and out again."""

import sys
import webbrowser
from typing import Annotated

import typer
from rich.console import Console

from addin.commands.failures import Failed, Misused
from markets.catalogs import places
from markets.catalogs.copies import tokens
from markets.catalogs.wire import Me
from markets.errors import Unavailable


def sign_in(
    browser: Annotated[
        bool, typer.Option(help="Open the page on which tokens are made, if a browser is here.")
    ] = True,
) -> None:
    """Sign in to the server in use, with a token that you make on its page Tokens.

    The token is kept in your system's keyring. Without a terminal, it is read from standard input.
    """
    from markets.catalogs.copies.serving import copy_of
    from markets.catalogs.copies.updating import connected

    url = _server()
    if tokens.given():
        raise Misused(
            f"The variable {tokens.VARIABLE} holds a token, which is used. To sign in here, unset it."
        )
    entered = _entered(url, browser)
    with connected(url, entered) as client:
        me = client.me()
    tokens.keep(url, entered)
    typer.echo(f"You are signed in to {url} as {_called(me)}.")
    for workspace in me.workspaces:
        typer.echo(f"  {workspace.name}: {workspace.role}")
    with Console(stderr=True).status(
        "Fetching the copy. If you press Ctrl+C, the next command goes on with it."
    ):
        copy_of(url).refresh(patience=None)
    notice = places.place().open().notice
    typer.echo(notice or "The copy on this computer is up to date.")


def sign_out() -> None:
    """Delete your token and the copies of the server's reports from this computer.

    The token itself stays valid until you revoke it on the page Tokens.
    """
    from markets.catalogs.copies.serving import copies_of

    url = _server()
    for copy in copies_of(url):
        copy.delete()
    try:
        had = tokens.forget(url)
    except Unavailable:  # without a keyring, no token is kept
        had = False
    typer.echo(f"Deleted the copy{' and the token' if had else ''} of {url}.")
    if tokens.given():
        typer.echo(f"The variable {tokens.VARIABLE} still holds a token.", err=True)


def _server() -> str:
    place = places.place()
    if not isinstance(place, places.ServerPlace):
        raise Misused("The catalog in use is not a server. Run 'marketbook catalog use https://...' first.")
    return place.url


def _entered(url: str, browser: bool) -> str:
    if not sys.stdin.isatty():
        entered = sys.stdin.readline()
    else:
        page = f"{url}/tokens"
        typer.echo(f"Make a token on {page}")
        if browser:
            webbrowser.open(page)
        entered = typer.prompt("Token (it is not shown)", hide_input=True)
    if not entered.strip():
        raise Failed("No token was entered.")
    return str(entered).strip()


def _called(me: Me) -> str:
    return f"{me.name} ({me.email})" if me.name and me.name != me.email else me.email
