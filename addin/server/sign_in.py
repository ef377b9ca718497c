"""Signing in at the organization's OpenID provider, and out. A session is kept here; its cookie is a key."""

import base64
import datetime
import re
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect

from addin.http_failures import request_id
from addin.server.asking import Asking, Asks, House, by_session, checked_form, house_of
from addin.server.oidc import Begun, Identity, RelyingParty
from addin.server.pages import failure_page
from addin.server.settings import Settings
from markets.catalogs.database import audit, keys, people
from markets.errors import NotAllowed, Unavailable

CALLBACK = "/sign-in/callback"
_SECONDS_TO_SIGN_IN = 600
_LOCAL = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def relying_party(settings: Settings) -> RelyingParty | None:
    """Return this server as a client of its provider; None without one."""
    provider = settings.provider
    return RelyingParty(provider, settings.public_url + CALLBACK) if provider else None


@get("/sign-in", include_in_schema=False)
async def sign_in(
    request: Request[Any, Any, Any], next_page: Annotated[str, QueryParameter(name="next")] = "/"
) -> Response[Any]:
    """Send somebody to the provider."""
    house = house_of(request)
    party = _party(request)
    url, begun = await house.threads.visit(party.begin, _local(next_page))
    response = Redirect(url, status_code=303)
    kept = base64.urlsafe_b64encode(msgspec.json.encode(begun)).decode()
    response.set_cookie(_cookie(house, _begun_cookie(house), kept, _SECONDS_TO_SIGN_IN))
    return response


@get(CALLBACK, include_in_schema=False)
async def callback(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let in who comes back from the provider."""
    house = house_of(request)
    begun = _begun(request.cookies.get(_begun_cookie(house), ""))
    given = {name: str(value) for name, value in request.query_params.items()}
    identity = await house.threads.visit(_party(request).finish, begun, given)
    before = request.cookies.get(house.session_cookie, "")
    secret = await house.threads.write(_let_in, house, identity, before, request_id(request.scope))
    response = Redirect(_local(begun.next), status_code=303)  # another host of this site can set a cookie
    hours = house.settings.session_hours
    response.set_cookie(_cookie(house, house.session_cookie, secret, hours * 3600))
    response.set_cookie(_cookie(house, _begun_cookie(house), "", 0))
    return response


@post("/sign-out", guards=[by_session], include_in_schema=False)
async def sign_out(request: Request[Any, Any, Any], asking: Asks) -> Response[Any]:
    """End the session. The form is one of ours, so that no other site can do it."""
    await checked_form(request, asking)
    house = asking.house
    await house.threads.write(_let_out, asking, request.cookies.get(house.session_cookie, ""))
    response = Redirect("/signed-out", status_code=303)
    response.set_cookie(_cookie(house, house.session_cookie, "", 0))
    return response


@get("/signed-out", include_in_schema=False)
async def signed_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """Say that nobody is signed in any more."""
    return failure_page(request, 200, "You have signed out.")


HANDLERS: list[Any] = [sign_in, callback, sign_out, signed_out]


def _party(request: Request[Any, Any, Any]) -> RelyingParty:
    party: RelyingParty | None = request.app.state.party
    if party is None:
        raise Unavailable(
            "Nobody can sign in here: this server has no OpenID provider yet. See its settings."
        )
    return party


def _let_in(house: House, identity: Identity, before: str, request: str) -> str:
    """Start a session with a new key, and end the one that the browser had."""
    with house.database.writing() as connection:
        person = people.signed_in(
            connection,
            identity.issuer,
            identity.subject,
            identity.email,
            identity.name,
            is_verified=identity.is_verified,
        )
        if before:
            keys.end_session(connection, before)
        secret = keys.start_session(
            connection, person, datetime.timedelta(hours=house.settings.session_hours)
        )
        audit.note(connection, person.email, "sign in", target=identity.issuer, request=request)
    return secret


def _let_out(asking: Asking, secret: str) -> None:
    with asking.database.writing() as connection:
        keys.end_session(connection, secret)
        audit.note(connection, asking.person.email, "sign out", request=asking.request)


def _local(page: str) -> str:
    """That page, if it is one of this server; else the first."""
    return page if _LOCAL.fullmatch(page) else "/"


def _begun(kept: str) -> Begun:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(kept.encode()), type=Begun)
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAllowed(
            "You are not signed in. It took too long, or was begun elsewhere. Try again."
        ) from error


def _begun_cookie(house: House) -> str:
    return f"{'__Host-' if house.settings.is_https else ''}marketbook-sign-in"


def _cookie(house: House, name: str, value: str, seconds: int) -> Cookie:
    """A cookie that no script reads, and that another site's forms do not carry."""
    return Cookie(
        name,
        value=value,
        path="/",
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=house.settings.is_https,
    )
