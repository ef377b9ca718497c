"""OpenID Connect: sending somebody to the provider, and checking with what that person comes back."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

import httpx
import structlog
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from addin.server.settings import Provider
from markets.errors import NotAllowed, Unavailable

_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""With keys that only the provider has. Neither "none" nor any with a shared secret."""

_KEY_KINDS = ("RSA", "EC")
_SCOPES = "openid email profile"
_LEEWAY = 60
_KNOWN_SECONDS = 3600.0
_NEW_KEYS_SECONDS = 10.0
_TIMEOUT = httpx.Timeout(10.0)

_log = structlog.get_logger()


class Begun(Struct, frozen=True):
    """A sign-in that has begun; the browser keeps it in a cookie. `next` is the page to go on with."""

    state: str
    nonce: str
    verifier: str
    next: str


class Identity(Struct, frozen=True):
    """Who has signed in, as the provider says."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str


class RelyingParty:
    """A client of the provider, whose addresses and keys it looks up and keeps for an hour."""

    def __init__(self, provider: Provider, callback: str) -> None:
        self._provider = provider
        self._callback = callback
        self._lock = Lock()
        self._about: dict[str, Any] = {}
        self._keys = KeySet([])
        self._looked_up = 0.0

    def begin(self, next_page: str) -> tuple[str, Begun]:
        """Return the provider's address to send somebody to, and what to keep. Raises Unavailable."""
        begun = Begun(_random(), _random(), _random(), next_page)
        asked = {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": self._callback,
            "scope": _SCOPES,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": _base64(hashlib.sha256(begun.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        endpoint = str(self._known()["authorization_endpoint"])
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}", begun

    def finish(self, begun: Begun, given: Mapping[str, str]) -> Identity:
        """Return who comes back. Raises NotAllowed if anything is not as it should be, and Unavailable."""
        about = self._known()
        if not hmac.compare_digest(given.get("state", "").encode(), begun.state.encode()):
            raise _refusal("state", "It was begun in another window, or too long ago.")
        if given.get("iss", about["issuer"]) != about["issuer"]:
            raise _refusal("iss")
        if "error" in given or not given.get("code"):
            raise _refusal(given.get("error", "no code"), "The provider has not agreed.")
        tokens = self._tokens(about, given["code"], begun.verifier)
        claims = self._claims(about, tokens, begun.nonce)
        if not claims.get("email") and about.get("userinfo_endpoint"):
            claims = self._with_userinfo(about, claims, tokens)
        return self._identity(claims)

    def _known(self) -> dict[str, Any]:
        with self._lock:
            if not self._about or time.monotonic() - self._looked_up > _KNOWN_SECONDS:
                self._look_up()
            return self._about

    def _look_up(self) -> None:
        issuer = self._provider.issuer
        about = _json(_get(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
        if str(about.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
            raise Unavailable(
                "The sign-in provider is not the one of the setting MARKETBOOK_SERVER_OIDC_ISSUER."
            )
        if not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= about.keys():
            raise Unavailable("The sign-in provider does not say where to sign in.")
        self._keys = _published(about)
        self._about, self._looked_up = about, time.monotonic()

    def _tokens(self, about: dict[str, Any], code: str, verifier: str) -> dict[str, Any]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._callback,
            "code_verifier": verifier,
        }
        own = (self._provider.client_id, self._provider.client_secret)
        methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            response = _post(about["token_endpoint"], sent, (quote_plus(own[0]), quote_plus(own[1])))
        else:
            response = _post(about["token_endpoint"], {**sent, "client_id": own[0], "client_secret": own[1]})
        if response.status_code in (400, 401):
            raise _refusal(f"token endpoint: {response.text[:200]}")
        return _json(response)

    def _claims(self, about: dict[str, Any], tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the ID token: signed by the provider, for this client and this sign-in, in force."""
        token = tokens.get("id_token")
        if not isinstance(token, str):
            raise _refusal("no ID token")
        own = self._provider.client_id
        wanted = {"iss": about["issuer"], "aud": own}
        try:
            signed = self._decoded(about, token)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={name: {"essential": True, "value": value} for name, value in wanted.items()},
                params={"nonce": nonce, "client_id": own, "access_token": tokens.get("access_token")},
            )
            claims.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _refusal(f"ID token: {error}") from error
        return dict(claims)

    def _decoded(self, about: dict[str, Any], token: str) -> jwt.Token:
        """A token whose signature is the provider's, which may have a new key since."""
        try:
            return jwt.decode(token, self._keys, algorithms=_ALGORITHMS)
        except (JoseError, ValueError):
            with self._lock:
                if time.monotonic() - self._looked_up < _NEW_KEYS_SECONDS and self._keys.keys:
                    raise
                self._keys = _published(about)
                self._looked_up = time.monotonic()
        return jwt.decode(token, self._keys, algorithms=_ALGORITHMS)

    def _with_userinfo(
        self, about: dict[str, Any], claims: dict[str, Any], tokens: dict[str, Any]
    ) -> dict[str, Any]:
        bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        more = _json(_get(about["userinfo_endpoint"], bearer))
        if more.get("sub") != claims["sub"]:
            raise _refusal("userinfo: sub")
        return {**more, **claims}

    def _identity(self, claims: dict[str, Any]) -> Identity:
        confirms = self._provider.confirms_emails
        email = claims.get("email") or (claims.get("preferred_username") if confirms else "") or ""
        says = claims.get("email_verified")
        is_verified = says is True or says == "true" or (says is None and confirms)
        name = claims.get("name") or claims.get("preferred_username") or ""
        return Identity(
            str(claims["iss"]), str(claims["sub"]), str(email), is_verified, _shown(str(name))[:200]
        )


def _published(about: dict[str, Any]) -> KeySet:
    listed = _json(_get(about["jwks_uri"])).get("keys", [])
    try:
        keys = [key for key in listed if key.get("kty") in _KEY_KINDS and key.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": keys})
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unavailable("The sign-in provider's keys cannot be read.") from error


def _get(url: str, headers: dict[str, str] | None = None) -> httpx.Response:
    try:
        return httpx.get(url, headers=headers, timeout=_TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _silence(error) from error


def _post(url: str, sent: dict[str, str], own: tuple[str, str] | None = None) -> httpx.Response:
    try:
        return httpx.post(url, data=sent, auth=own, timeout=_TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _silence(error) from error


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        found = response.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise _silence(error) from error
    if not isinstance(found, dict):
        raise Unavailable("The sign-in provider gives an answer that is none.")
    return found


def _silence(error: Exception) -> Unavailable:
    _log.warning("The sign-in provider does not answer.", why=str(error))
    return Unavailable("The sign-in provider does not answer. Try again later.")


def _refusal(why: str, told: str = "The provider's answer is not valid.") -> NotAllowed:
    """The log has the reason; the person is told no more than what helps."""
    _log.warning("A sign-in was refused.", why=why)
    return NotAllowed(f"You are not signed in. {told} Try again.")


def _shown(text: str) -> str:
    return "".join(each for each in text if each.isprintable())


def _random() -> str:
    return secrets.token_urlsafe(32)


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
