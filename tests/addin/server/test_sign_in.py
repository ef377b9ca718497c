"""Signing in at a certified provider, and at one that lies."""

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from markets.catalogs.database import people
from tests.addin.server.team import WORKSPACE, Team, team
from tests.oidc import ALICE, BOB, MALLORY, Provider, User, callback_of, sign_in
from tests.oidc.forged import Fault, Forged
from tests.server import Server

_KEYS_SECONDS = 10.5
ERIN = User("Erin", "erin@example.com")
SESSION = "marketbook-session"
BEGUN = "marketbook-sign-in"
LIES = [fault for fault in Fault if fault not in (Fault.NOTHING, Fault.BROKEN, Fault.DISCOVERED_ISSUER)]


class WithoutKeys(Forged):
    """A provider that publishes as its keys what is none."""

    keys: Any = ()

    def _reply(self, path: str, given: dict[str, str], authorization: str) -> Any:
        reply = super()._reply(path, given, authorization)
        return replace(reply, body={"keys": self.keys}) if path == "/jwks" else reply


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = team(str(tmp_path_factory.mktemp("sign-in") / "catalog.db"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def certified(staff: Team, provider: Provider) -> Iterator[Server]:
    """A server that knows the certified provider."""
    with Server(staff.address, provider) as server:
        provider.allow(f"{server.url}/sign-in/callback")
        yield server


@pytest.fixture(scope="module")
def forged() -> Iterator[Forged]:
    with Forged() as running:
        yield running


@pytest.fixture(scope="module")
def lied_to(staff: Team, forged: Forged) -> Iterator[Server]:
    """A server that knows the provider that lies."""
    with Server(staff.address, forged) as server:
        yield server


@pytest.fixture
def browser(lied_to: Server, forged: Forged) -> Iterator[httpx.Client]:
    forged.fault, forged.user = Fault.NOTHING, ERIN
    with lied_to.client() as client:
        yield client


def _session(client: httpx.Client) -> str | None:
    return client.cookies.get(SESSION)


def _actions(staff: Team, who: User) -> list[str]:
    return [entry.action for entry in staff.audit() if entry.who == who.email]


def test_somebody_signs_in_and_out_at_a_certified_provider(certified: Server, staff: Team) -> None:
    with certified.client() as client:
        sign_in(client, "/sign-in?next=/signed-out", ALICE)
        assert _session(client)
        assert client.post("/sign-out", data={"csrf": "guessed"}).status_code == 403
        assert _session(client)
    assert _actions(staff, ALICE)[0] == "sign in"


def test_the_page_to_go_on_with_is_one_of_this_server(certified: Server) -> None:
    for bad in ("https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "/a\tb", "x"):
        with certified.client() as client:
            back = callback_of(client, httpx.URL("/sign-in", params={"next": bad}).raw_path.decode(), ALICE)
            assert client.get(back).headers["Location"] == "/"


def test_the_page_in_a_cookie_of_somebody_elses_is_one_of_this_server(browser: httpx.Client) -> None:
    """A browser takes cookies for this server from any host under the same domain."""
    back = _back(browser)
    begun = json.loads(base64.urlsafe_b64decode(browser.cookies[BEGUN]))
    begun["next"] = "https://evil.example.com/"
    kept = base64.urlsafe_b64encode(json.dumps(begun).encode()).decode()
    answer = browser.get(back, headers={"Cookie": f"{BEGUN}={kept}"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/"


def test_an_invited_person_is_known_by_a_verified_address(certified: Server, staff: Team) -> None:
    with staff.database.writing() as connection:
        bob = people.invited(connection, "Bob@Example.com")
    with certified.client() as client:
        sign_in(client, "/sign-in?next=/signed-out", BOB)
        assert _session(client)
    with staff.database.reading() as connection:
        assert people.person(connection, BOB.email) == people.Person(bob.id, BOB.email, BOB.name)


def test_an_address_that_is_not_verified_opens_no_account(certified: Server, staff: Team) -> None:
    with certified.client() as client:
        sign_in(client, "/sign-in", ALICE)
    with certified.client() as client:
        answer = client.get(callback_of(client, "/sign-in", MALLORY))
        assert answer.status_code == 403
        assert not _session(client)
        noted = staff.entry(answer.headers["X-Request-ID"])
        assert noted is not None and noted.is_refused


def test_a_callback_counts_once_and_for_its_own_browser(certified: Server) -> None:
    with certified.client() as client, certified.client() as another:
        back = callback_of(client, "/sign-in", ALICE)
        assert another.get(back).status_code == 403
        assert client.get(back).status_code == 303
        assert client.get(back).status_code == 403


def test_name_and_address_may_be_known_by_another_route(staff: Team) -> None:
    """As the standard has it, they are at the userinfo endpoint, and not in the ID token."""
    fay = User("Fay", "fay@example.com")
    with (
        Provider([fay], claims_in_id_token=False) as plain,
        Server(staff.address, plain) as server,
        server.client() as client,
    ):
        plain.allow(f"{server.url}/sign-in/callback")
        sign_in(client, "/sign-in?next=/signed-out", fay)
        assert _session(client)


def test_who_declines_at_the_provider_is_not_signed_in(certified: Server) -> None:
    with certified.client() as client:
        back = callback_of(client, "/sign-in", BOB, consent=False)
        assert client.get(back).status_code == 403


@pytest.mark.parametrize("fault", LIES)
def test_no_lie_of_a_provider_opens_a_session(
    browser: httpx.Client, forged: Forged, staff: Team, fault: Fault
) -> None:
    forged.fault, forged.user = (
        fault,
        User("Nobody", "" if fault is Fault.OTHER_SUBJECT else "nobody@example.com", sub=f"sub-{fault}"),
    )
    answer = browser.get(_back(browser))
    assert answer.status_code == 403, answer.text
    assert not _session(browser)
    noted = staff.entry(answer.headers["X-Request-ID"])
    assert noted is not None and noted.is_refused


def test_each_sign_in_has_a_new_session_and_ends_the_last(browser: httpx.Client, staff: Team) -> None:
    browser.get(_back(browser))
    first = _session(browser)
    browser.get(_back(browser))
    assert first and _session(browser) != first
    assert browser.get("/tokens", headers={"Cookie": f"{SESSION}={first}"}).status_code in (303, 404)
    assert browser.post("/sign-out", headers={"Cookie": f"{SESSION}={first}"}).status_code == 401


def test_a_session_cookie_is_for_this_server_and_no_script(browser: httpx.Client) -> None:
    answer = browser.get(_back(browser))
    set_cookies = [value.lower() for value in answer.headers.get_list("set-cookie")]
    session = next(value for value in set_cookies if value.startswith(SESSION))
    assert "httponly" in session and "samesite=lax" in session and "path=/;" in f"{session};"


def test_a_provider_asks_with_pkce_state_and_nonce(browser: httpx.Client, forged: Forged) -> None:
    _back(browser)
    asked = forged.asked
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_a_provider_may_change_its_keys(browser: httpx.Client, forged: Forged) -> None:
    browser.get(_back(browser))
    time.sleep(_KEYS_SECONDS)  # keys are not asked for more often
    forged.new_key()
    browser.cookies.clear()
    browser.get(_back(browser))
    assert _session(browser)


def test_a_provider_that_fails_is_said_in_a_sentence(browser: httpx.Client, forged: Forged) -> None:
    forged.fault = Fault.BROKEN
    answer = browser.get(_back(browser))
    assert answer.status_code == 503
    assert "sign-in provider" in answer.text


def test_a_provider_whose_keys_are_none_is_not_used(tmp_path: Path) -> None:
    staff = team(str(tmp_path / "catalog.db"))
    with WithoutKeys() as liar, Server(staff.address, liar) as server, server.client() as client:
        for liar.keys in (["RSA", 5, None], [["kty"]], 5, [{"kty": "RSA"}]):
            answer = client.get("/sign-in")
            assert answer.status_code == 503, liar.keys
            assert "keys cannot be read" in answer.text
    staff.database.close()


def test_a_provider_of_another_issuer_is_not_used(tmp_path: Path) -> None:
    staff = team(str(tmp_path / "catalog.db"))
    with (
        Forged(fault=Fault.DISCOVERED_ISSUER) as liar,
        Server(staff.address, liar) as server,
        server.client() as client,
    ):
        assert client.get("/sign-in").status_code == 503
    staff.database.close()


def test_an_account_is_the_providers_not_the_address(browser: httpx.Client, forged: Forged) -> None:
    forged.user = User("Carla", "carla@example.com", sub="carla-1")
    browser.get(_back(browser))
    assert _session(browser)
    browser.cookies.clear()
    forged.user = User("Other Carla", "carla@example.com", sub="carla-2")
    assert browser.get(_back(browser)).status_code == 403


def test_a_token_opens_no_page_and_a_session_no_api(browser: httpx.Client, staff: Team) -> None:
    browser.get(_back(browser))
    assert browser.get("/api/me").status_code == 401
    bearer = {"Authorization": f"Bearer {staff.tokens['owner']}"}
    browser.cookies.clear()
    assert browser.post("/sign-out", headers=bearer).status_code == 401
    assert browser.get(f"/api/workspaces/{WORKSPACE}/members", headers=bearer).status_code == 200


def _back(client: httpx.Client) -> str:
    """The address to which the provider sends somebody back."""
    return callback_of(client, "/sign-in", ALICE)
