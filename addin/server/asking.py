"""Who asks: programs by a token, browsers by the cookie of a session."""

import datetime
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import structlog
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler

from addin.http_failures import NotSignedIn, request_id
from addin.server.readings import Readings
from addin.server.settings import Settings
from addin.server.threads import Threads
from markets.catalogs.database import Database, keys
from markets.catalogs.database.people import Person
from markets.catalogs.database.searching import MarketNames
from markets.catalogs.database.updates import RecentRecords
from markets.errors import NotAllowed, Unavailable

CSRF_FIELD: Final = "csrf"
"""The field of each form of a page that says that the form is ours."""

_ASKING = "marketbook.asking"
_READS: Final = ("GET", "HEAD")
_log = structlog.get_logger()


@dataclass(frozen=True)
class House:
    """What all requests share."""

    settings: Settings
    database: Database
    threads: Threads
    readings: Readings
    names: MarketNames = field(default_factory=MarketNames)
    recent: RecentRecords = field(default_factory=RecentRecords)

    @property
    def session_cookie(self) -> str:
        """The name of the cookie of a session. Over TLS, a browser sends it to this very host only."""
        return f"{'__Host-' if self.settings.is_https else ''}marketbook-session"


@dataclass(frozen=True)
class Asking:
    """A person's request. `token` is that of a program; `csrf` is set if a page made it."""

    house: House
    person: Person
    request: str
    csrf: str = ""
    token: keys.Token | None = None

    @property
    def database(self) -> Database:
        """The catalog's database."""
        return self.house.database


Asks: TypeAlias = NamedDependency[Asking]
"""The type of a handler's argument `asking`: who asks."""


def asking_of(request: Request[Any, Any, Any]) -> Asking:
    """Return who asks; a guard has found it out. A dependency of handlers, by the name `asking`."""
    asking: Asking = request.scope[_ASKING]  # type: ignore[literal-required]
    return asking


def house_of(connection: ASGIConnection[Any, Any, Any, Any]) -> House:
    """Return what all requests share."""
    house: House = connection.app.state.house
    return house


async def by_token(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard a route of the API: a token says who asks, and Excel's reads only.

    Raises NotSignedIn and NotAllowed.
    """
    await by_token_in_excel(connection, handler)
    token = connection.scope[_ASKING].token  # type: ignore[literal-required]
    if token.is_for_excel and connection.scope["method"] not in _READS:  # type: ignore[typeddict-item]
        raise NotAllowed("Excel's token reads only. To make changes, use a personal token.")


async def by_token_in_excel(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard what Excel's add-in asks: a token says who asks, and none of it changes a catalog.

    Raises NotSignedIn.
    """
    house = house_of(connection)
    scheme, _space, secret = connection.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not secret.strip():
        raise NotSignedIn("Sign in with a personal token: Authorization: Bearer mbk_...")
    token, person = await house.threads.read(_holder, house.database, secret.strip())
    now = datetime.datetime.now(datetime.UTC)
    if not token.use_is_noted(now):
        house.threads.later(lambda: _note_use(house.database, token.id))
    _remember(connection, Asking(house, person, request_id(connection.scope), token=token))


async def by_session(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard a page: the cookie of a session says who asks. Raises NotSignedIn."""
    house = house_of(connection)
    secret = connection.cookies.get(house.session_cookie, "")
    person = await house.threads.read(_in_session, house.database, secret) if secret else None
    if person is None:
        raise NotSignedIn("Sign in first.")
    asking = Asking(house, person, request_id(connection.scope), csrf=csrf_of(secret))
    _remember(connection, asking)


async def checked_form(request: Request[Any, Any, Any], asking: Asking) -> FormMultiDict:
    """Return the form that a page of ours has sent. Raises NotAllowed for another site's."""
    origin = request.headers.get("origin", "null")
    form = await request.form()
    sent = form.get(CSRF_FIELD)
    is_ours = isinstance(sent, str) and hmac.compare_digest(sent.encode(), asking.csrf.encode())
    if not is_ours or origin not in ("null", asking.house.settings.public_url):
        raise NotAllowed(
            "This form is not from a page of this server, or it is too old. Load the page again."
        )
    return form


def csrf_of(session: str) -> str:
    """Return what the forms of a session carry: nobody can know it who does not know the session."""
    return hashlib.sha256(f"form of {session}".encode(errors="replace")).hexdigest()


def who_asks(scope: Mapping[str, Any]) -> str:
    """Return the e-mail address of who asks; blank if nobody has signed in."""
    asking = scope.get(_ASKING)
    return asking.person.email if isinstance(asking, Asking) else ""


def _remember(connection: ASGIConnection[Any, Any, Any, Any], asking: Asking) -> None:
    connection.scope[_ASKING] = asking  # type: ignore[literal-required]


def _holder(database: Database, secret: str) -> tuple[keys.Token, Person]:
    with database.reading() as connection:
        found = keys.token_of(connection, secret)
    if found is None:
        raise NotSignedIn("The token is not known here. Make another one, and sign in with it.")
    token, person = found
    if token.revoked_at is not None:
        raise NotSignedIn("The token was revoked. Make another one, and sign in with it.", person.email)
    if not token.is_in_force(datetime.datetime.now(datetime.UTC)):
        raise NotSignedIn("The token has expired. Make another one, and sign in with it.", person.email)
    return token, person


def _in_session(database: Database, secret: str) -> Person | None:
    with database.reading() as connection:
        return keys.session_of(connection, secret)


def _note_use(database: Database, token: int) -> None:
    try:
        with database.writing() as connection:
            keys.note_use(connection, token)
    except Unavailable as error:
        _log.warning("The use of a token was not noted.", token=token, why=str(error))
