"""The window in which somebody signs in from Excel: it gives the task pane a token of that person's."""

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from addin.http_failures import NotSignedIn
from addin.server.asking import Asking, Asks, by_session, checked_form
from addin.server.operations import make_token
from addin.server.pages.rendering import html, refuse_with, shown
from addin.web import files
from markets.errors import Unavailable

NAME: Final = "Excel"
DAYS: Final = 30
"""What the page Tokens calls the token, and how long it can be used."""

_PATH: Final = f"{files.PATH}/sign-in"
_HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self' {files.OFFICE}; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {files.OFFICE}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
"""Office.js runs in these pages."""

_Request = Request[Any, Any, Any]


async def by_session_here(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard as `by_session` does, but refuse with pages that lead back here, or say what to do instead."""
    try:
        await by_session(connection, handler)
    except NotSignedIn:
        if connection.app.state.party is None:
            refuse_with(connection, html("excel_no_sign_in.html"))
            raise Unavailable("Nobody can sign in here: this server has no OpenID provider yet.") from None
        refuse_with(connection, html("excel_signed_out.html"))
        raise


@get(_PATH, guards=[by_session_here])
async def ask(asking: Asks) -> Response[str]:
    """Ask whether Excel may have a token."""
    return _answer("excel_sign_in.html", asking, email=asking.person.email, days=DAYS)


@post(_PATH, guards=[by_session_here])
async def give(request: _Request, asking: Asks) -> Response[str]:
    """Make a token, and answer with a page that passes it to the pane. No address ever has it."""
    await checked_form(request, asking)
    made = await asking.house.threads.write(make_token, asking, NAME, DAYS, is_for_excel=True)
    return _answer("excel_signed_in.html", asking, token=made.token)


def _answer(template: str, asking: Asking, **told: Any) -> Response[str]:
    response = shown(template, asking, **told)
    response.headers.update(_HEADERS)
    return response
