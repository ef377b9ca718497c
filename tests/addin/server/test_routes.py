"""Every route with every role and with none, on both databases; the answers are in the output."""

import pytest

from addin.server.failures import is_for_programs
from tests.addin.server.routes import PROGRAMS, ROUTES, Table, every_route
from tests.addin.server.team import Team
from tests.server import Server

REFUSED = (401, 403, 404)


def test_what_each_asker_should_get_is_said_of_every_route() -> None:
    """Those of the pages are said in `pages/test_page_routes.py`."""
    ours = [
        (method, path) for method, path in every_route() if is_for_programs(path) or path.startswith("/sign")
    ]
    assert ours == sorted(ROUTES)


@pytest.mark.parametrize("asker", PROGRAMS)
@pytest.mark.parametrize(("method", "path"), sorted(ROUTES), ids=lambda part: part)
def test_each_asker_gets_what_its_role_allows(
    shared_team: Team, server: Server, table: Table, method: str, path: str, asker: str
) -> None:
    route = ROUTES[method, path]
    expected = route.status(method, path, asker)
    address, request = route.prepare(shared_team, asker)
    with server.client(shared_team.tokens.get(asker, "")) as client:
        answer = client.request(method, address, **request)
    table.note(method, path, asker, answer.status_code)
    assert answer.status_code == expected, answer.text
    noted = shared_team.entry(answer.headers["X-Request-ID"])
    if answer.status_code in REFUSED and path != "/docs/{path}":  # an address at which nothing ever is
        assert noted is not None and noted.is_refused
        assert noted.who == (_known(shared_team, asker) if path.startswith("/api/") else "")
    else:
        assert noted is None or not noted.is_refused


def _known(team: Team, asker: str) -> str:
    """Whose attempt it was: that of a person, or of the owner of a token that was in force once."""
    if asker in ("none", "wrong"):
        return ""
    return team.email("owner" if asker in ("revoked", "expired", "excel") else asker)
