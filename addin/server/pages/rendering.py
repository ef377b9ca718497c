"""Pages as HTML: templates in which every text is escaped, whoever wrote it."""

import datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import MediaType
from litestar.response import Redirect

from addin.http_failures import request_id
from addin.server.asking import CSRF_FIELD, Asking
from markets.catalogs.wire import Me

_INSTEAD: Final = "marketbook.instead"
_Request = Request[Any, Any, Any]


def shown(template: str, asking: Asking | None = None, me: Me | None = None, **told: Any) -> Response[str]:
    """Return a page. With `me`, its head says who is signed in and where that person can go."""
    return Response(html(template, asking, me, **told), media_type=MediaType.HTML)


def html(template: str, asking: Asking | None = None, me: Me | None = None, **told: Any) -> str:
    """Return a page as text; see `shown`."""
    csrf = asking.csrf if asking else ""
    return _environment.get_template(template).render(me=me, csrf=csrf, csrf_field=CSRF_FIELD, **told)


def moved(path: str) -> Response[Any]:
    """Return the answer to a form that has done its work: the browser asks for another page."""
    return Redirect(path, status_code=303)


def refuse_with(connection: ASGIConnection[Any, Any, Any, Any], page: str) -> None:
    """Answer with that page when the request is refused: a form that says what is wrong in it."""
    connection.scope[_INSTEAD] = page  # type: ignore[typeddict-unknown-key]


def failure_page(request: _Request, status: int, message: str) -> Response[Any]:
    """Return the page that says why a request was refused, with the id by which the log knows it."""
    own = request.scope.get(_INSTEAD)
    page = own if isinstance(own, str) else _failure(request, status, message)
    return Response(page, status_code=status, media_type=MediaType.HTML)


def _failure(request: _Request, status: int, message: str) -> str:
    return html(
        "failure.html",
        status=status,
        title=_title(status),
        message=message,
        request=request_id(request.scope),
    )


def _title(status: int) -> str:
    known = {
        200: "Signed out",
        400: "This request cannot be read",
        401: "Sign in first",
        403: "You may not do that",
        404: "Not found",
        405: "Not possible here",
        409: "Somebody was faster",
        413: "Too large",
        422: "Not valid",
        500: "Something went wrong",
        503: "Not possible now",
    }
    return known.get(status) or HTTPStatus(status).phrase


def web_address(text: str) -> str:
    """Return a text if it is a web address; nothing for what a browser might run.

    >>> web_address("https://example.com/a?b=1"), web_address("javascript:alert(1)")
    ('https://example.com/a?b=1', '')
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    is_one = parts.scheme in ("http", "https") and parts.netloc and text.isprintable() and " " not in text
    return text.strip() if is_one else ""


def segment(text: str) -> str:
    """Return a name as one segment of a path.

    >>> segment("Team A/B")
    'Team%20A%2FB'
    """
    return quote(text, safe="")


def _time(at: datetime.datetime) -> str:
    return f"{at.astimezone(datetime.UTC):%Y-%m-%d %H:%M}"


_environment = Environment(
    loader=PackageLoader("addin.server.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"time": _time, "segment": segment, "web_address": web_address}
