"""The servers that tests start: each answers, stops, and leaves nothing behind."""

import asyncio
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from playwright.sync_api import Page
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.browser import Browser
from tests.oidc import ALICE, BOB, MALLORY, Provider, User, callback_of, sign_in
from tests.oidc.forged import Fault, Forged
from tests.postgresql import Postgres


def _execute(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def _folders(prefix: str) -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{prefix}*"))


def test_postgres_gives_each_test_an_empty_database(postgres: Postgres) -> None:
    url = postgres.database("first")
    _execute(url, "CREATE TABLE kept AS SELECT 1 AS figure")
    assert _execute(url, "SELECT figure FROM kept") == [(1,)]
    assert _execute(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
    for name in ("first", "second"):
        assert _execute(postgres.database(name), "SELECT to_regclass('kept')") == [(None,)]


def test_what_postgres_has_committed_outlives_its_death() -> None:
    before = _folders("marketbook-postgres-")
    with Postgres() as postgres:
        url = postgres.database("catalog")
        _execute(url, "CREATE TABLE kept AS SELECT 1 AS figure")
        postgres.kill()
        with pytest.raises(OperationalError):
            _execute(url, "SELECT figure FROM kept")
        postgres.start()
        assert _execute(url, "SELECT figure FROM kept") == [(1,)]
        postgres.stop()
        postgres.start()
        assert _execute(url, "SELECT figure FROM kept") == [(1,)]
        assert _folders("marketbook-postgres-") - before
        pid = postgres.pid
    assert not Path(f"/proc/{pid}").exists()
    assert _folders("marketbook-postgres-") == before


class _Party:
    """A relying party as careful as ours must be, without a server: what `sign_in` talks to."""

    callback = "http://127.0.0.1:9/callback"

    def __init__(self, provider: Provider | Forged) -> None:
        self._provider = provider
        self._secrets = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "code_verifier")}
        self._server = httpx.Client(trust_env=False)
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer), base_url="http://127.0.0.1:9")

    def close(self) -> None:
        self._server.close()
        self.client.close()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        found = self._get(f"{self._provider.issuer}/.well-known/openid-configuration")
        if request.url.path == "/sign-in":
            query = {
                "client_id": self._provider.client_id,
                "response_type": "code",
                "scope": "openid email profile",
                "redirect_uri": self.callback,
                "state": self._secrets["state"],
                "nonce": self._secrets["nonce"],
                "code_challenge": create_s256_code_challenge(self._secrets["code_verifier"]),
                "code_challenge_method": "S256",
            }
            return httpx.Response(
                303, headers={"Location": f"{found['authorization_endpoint']}?{urlencode(query)}"}
            )
        try:
            return httpx.Response(200, json=self._claims(found, request.url.params))
        except (AssertionError, JoseError, KeyError, httpx.HTTPStatusError) as error:
            return httpx.Response(403, text=f"{error!r}")

    def _claims(self, found: dict[str, str], back: httpx.QueryParams) -> dict[str, object]:
        issuer = self._provider.issuer
        assert (found["issuer"], back["iss"], back["state"]) == (issuer, issuer, self._secrets["state"])
        credentials = urlencode({self._provider.client_id: self._provider.client_secret}).split("=")
        exchanged = self._server.post(
            found["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": back["code"],
                "redirect_uri": self.callback,
                "code_verifier": self._secrets["code_verifier"],
            },
            auth=(credentials[0], credentials[1]),
        )
        tokens = exchanged.raise_for_status().json()
        token = jwt.decode(
            tokens["id_token"], KeySet.import_key_set(self._get(found["jwks_uri"])), algorithms=["RS256"]
        )
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": self._provider.client_id},
            nonce={"essential": True, "value": self._secrets["nonce"]},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(token.claims)
        told = self._get(found["userinfo_endpoint"], tokens["access_token"])
        assert told["sub"] == token.claims["sub"]
        claims = token.claims | told
        assert claims["email"] and claims["email_verified"]
        return claims

    def _get(self, url: str, token: str = "") -> dict[str, str]:
        answer = self._server.get(url, headers={"Authorization": f"Bearer {token}"} if token else {})
        return dict(answer.raise_for_status().json())


@pytest.fixture
def party(provider: Provider) -> Iterator[_Party]:
    """Someone who relies on the certified provider."""
    party = _Party(provider)
    provider.allow(party.callback)
    yield party
    party.close()


@pytest.mark.parametrize("user", [ALICE, BOB], ids=lambda user: user.name)
def test_a_user_signs_in(party: _Party, user: User) -> None:
    answer = sign_in(party.client, "/sign-in", user)
    assert answer.status_code == 200, answer.text
    assert answer.json().items() >= user.claims.items()


def test_the_provider_says_whose_address_is_unverified(party: _Party) -> None:
    assert sign_in(party.client, "/sign-in", MALLORY).status_code == 403


def test_a_user_can_refuse(party: _Party) -> None:
    callback = callback_of(party.client, "/sign-in", ALICE, consent=False)
    assert httpx.URL(callback).params["error"] == "access_denied"


def test_the_providers_session_spares_the_second_form(party: _Party) -> None:
    with httpx.Client(trust_env=False) as agent:
        sign_in(party.client, "/sign-in", BOB, agent=agent)
        assert sign_in(party.client, "/sign-in", ALICE, agent=agent).json()["name"] == "Bob"


def test_a_stranger_does_not_sign_in(party: _Party) -> None:
    with pytest.raises(AssertionError, match="There is no user Eve"):
        sign_in(party.client, "/sign-in", User("Eve", "eve@example.com"))


def test_the_provider_starts_again_at_its_address_with_another_key() -> None:
    with Provider([ALICE]) as provider:
        issuer, keys = provider.issuer, httpx.get(f"{provider.issuer}/jwks").json()
        provider.stop()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{issuer}/jwks")
        provider.start()
        assert provider.issuer == issuer
        assert httpx.get(f"{issuer}/jwks").json() != keys
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{issuer}/jwks")


@pytest.mark.parametrize("fault", Fault)
def test_a_careful_party_notices_each_fault(fault: Fault) -> None:
    with Forged(fault=fault) as forged:
        party = _Party(forged)
        answer = sign_in(party.client, "/sign-in", ALICE)
        party.close()
    assert answer.status_code == (200 if fault is Fault.NOTHING else 403), answer.text


def test_a_user_signs_in_by_browser(page: Page, provider: Provider) -> None:
    party = _Party(provider)
    provider.allow(party.callback)
    start = party.client.get("/sign-in").headers["Location"]
    page.goto(start)
    page.get_by_label("Name").fill("Alice")
    page.get_by_role("button", name="Sign in").click()
    with page.expect_request(f"{party.callback}?*") as request:
        page.get_by_role("button", name="Allow").click()
    assert party.client.get(request.value.url).json()["name"] == "Alice"
    party.close()


def test_other_tests_may_have_event_loops(browser: Browser) -> None:
    with browser.page() as one, browser.page() as other:
        one.set_content("<title>One</title>")
        other.set_content("<title>Other</title>")
        assert (one.title(), other.title()) == ("One", "Other")
    asyncio.run(asyncio.sleep(0))
    with browser.page() as again:
        assert again.title() == ""
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_an_error_in_a_page_fails_the_test(browser: Browser) -> None:
    with pytest.raises(AssertionError, match="no figure"), browser.page() as page:
        page.set_content("<script>throw new Error('no figure')</script>")


def test_the_browser_leaves_nothing_behind(browser: Browser) -> None:
    before = _folders("marketbook-browser-")
    with Browser() as another, another.page() as page:
        page.set_content("<title>Another</title>")
        assert page.title() == "Another"
        assert _folders("marketbook-browser-") - before
    assert _folders("marketbook-browser-") == before


def test_what_is_missing_skips_a_test_and_fails_it_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing"):
        Browser().__enter__()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="oidc-provider is missing"):
        Provider().start()
