"""Personal tokens, for the command line and the add-in: made (and shown once), listed and revoked."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from addin.server.asking import Asking, Asks, checked_form
from addin.server.operations import NewToken, make_token, me, revoke_token, tokens
from addin.server.operations.tokens import MOST_DAYS, USUAL_DAYS
from addin.server.pages.forms import text
from addin.server.pages.rendering import html, moved, refuse_with, shown
from markets.errors import CatalogError, Unavailable

_Request = Request[Any, Any, Any]


@get("/tokens")
async def token_list(asking: Asks) -> Response[str]:
    """Show one's tokens, without their secrets."""
    return shown("tokens.html", asking, **await asking.house.threads.read(_told, asking))


@post("/tokens")
async def make(request: _Request, asking: Asks) -> Response[Any]:
    """Make a token, and show its secret in the answer to the form: nowhere else, and never again."""
    form = await checked_form(request, asking)
    name, days = text(form, "name"), text(form, "days")
    try:
        made = await asking.house.threads.write(make_token, asking, name, _days(days))
    except Unavailable:
        raise
    except CatalogError as error:
        told = await asking.house.threads.read(_told, asking)
        wrong = {"problem": str(error), "name": name, "days": days}
        refuse_with(request, html("tokens.html", asking, **told | wrong))
        raise
    told = await asking.house.threads.read(_told, asking, made)
    return shown("tokens.html", asking, **told)


@post("/tokens/{token:int}/revoke")
async def revoke(request: _Request, asking: Asks, token: FromPath[int]) -> Response[Any]:
    """Revoke a token."""
    await checked_form(request, asking)
    await asking.house.threads.write(revoke_token, asking, token)
    return moved("/tokens")


def _told(asking: Asking, made: NewToken | None = None) -> dict[str, Any]:
    return {
        "me": me(asking),
        "tokens": tokens(asking),
        "made": made,
        "url": asking.house.settings.public_url,
        "most_days": MOST_DAYS,
        "problem": "",
        "name": "",
        "days": str(USUAL_DAYS),
    }


def _days(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise CatalogError(f"A token can be used for 1 to {MOST_DAYS} days.")
    return int(typed)
