"""Requests as a browser sends them: with the cookie of a session, and the form's own secret."""

from typing import Any

import httpx

from addin.server.asking import CSRF_FIELD, csrf_of
from tests.addin.server.team import Team
from tests.server import Server

COOKIE = "marketbook-session"


def asking(server: Server, team: Team, who: str) -> httpx.Client:
    """Return a client with the session of somebody; without one for anybody who has none."""
    session = team.sessions.get(who)
    return httpx.Client(
        base_url=server.url, headers={"Cookie": f"{COOKIE}={session}"} if session else {}, trust_env=False
    )


def form(team: Team, who: str, **fields: Any) -> dict[str, Any]:
    """The fields of a form that one of our pages has given to somebody."""
    return {CSRF_FIELD: csrf_of(team.sessions.get(who, "")), **fields}
