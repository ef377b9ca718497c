"""An OpenID provider that can be told to lie, as the certified one cannot.

It asks nobody anything: whoever comes is sent back at once, as the user that it was told of.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from tests.oidc import ALICE, User

_OTHER_ISSUER = "https://login.example.com"
_SECONDS = 300


class Fault(StrEnum):
    """What is wrong with the answers. With NOTHING, a sign-in succeeds."""

    NOTHING = auto()
    # of the ID token's claims
    NONCE = auto()
    NO_NONCE = auto()
    AUDIENCE = auto()
    ISSUER = auto()
    EXPIRED = auto()
    NO_EXPIRY = auto()
    FROM_THE_FUTURE = auto()
    NO_SUBJECT = auto()
    # of its signature
    SIGNATURE = auto()  # by a key that the provider does not publish, under the name of one that it does
    UNKNOWN_KEY = auto()  # the same, under a name of its own
    UNSIGNED = auto()  # "alg": "none"
    PUBLIC_KEY_AS_SECRET = auto()  # HS256, with the published key's text for a secret
    CLIENT_SECRET_AS_KEY = auto()  # HS256, with the client's secret, which the client did not ask for
    # of the user
    UNVERIFIED = auto()
    NO_EMAIL = auto()
    # of what else is said
    STATE = auto()
    CALLBACK_ISSUER = auto()  # RFC 9207: the callback's "iss" is another provider's
    OTHER_SUBJECT = auto()  # at the userinfo endpoint
    NO_TOKEN = auto()
    DISCOVERED_ISSUER = auto()
    BROKEN = auto()  # keys, tokens and userinfo are an error 500


_Claims = dict[str, Any]
_CLAIMS: dict[Fault, Callable[[_Claims], _Claims]] = {
    Fault.NONCE: lambda claims: claims | {"nonce": "another"},
    Fault.NO_NONCE: lambda claims: _without(claims, "nonce"),
    Fault.AUDIENCE: lambda claims: claims | {"aud": "another-client"},
    Fault.ISSUER: lambda claims: claims | {"iss": _OTHER_ISSUER},
    Fault.EXPIRED: lambda claims: claims | {"iat": claims["iat"] - 86400, "exp": claims["exp"] - 86400},
    Fault.NO_EXPIRY: lambda claims: _without(claims, "exp"),
    Fault.FROM_THE_FUTURE: lambda claims: (
        claims | {"iat": claims["iat"] + 86400, "exp": claims["exp"] + 86400}
    ),
    Fault.NO_SUBJECT: lambda claims: _without(claims, "sub"),
    Fault.UNVERIFIED: lambda claims: claims | {"email_verified": False},
    Fault.NO_EMAIL: lambda claims: _without(claims, "email", "email_verified"),
}


@dataclass(frozen=True)
class _Reply:
    status: int
    body: _Claims
    location: str = ""


class Forged:
    """A provider that lies as `fault` says, for use in a `with` statement.

    Codes, PKCE and the client's secret are checked as they should be. `asked` has the parameters of
    the last request to sign in, and `visits` the paths that were asked for.
    """

    def __init__(self, user: User = ALICE, fault: Fault = Fault.NOTHING) -> None:
        self.user = user
        self.fault = fault
        self.client_id = "marketbook"
        self.client_secret = secrets.token_hex(16)
        self.asked: dict[str, str] = {}
        self.visits: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: set[str] = set()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self._key = self._stranger = RSAKey.generate_key(2048)
        self.new_key()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def issuer(self) -> str:
        """The provider's address. As `Provider`'s, it is another site than a server at 127.0.0.1."""
        assert self._server is not None, "The provider is not running."
        return f"http://localhost:{self._server.server_port}"

    def new_key(self) -> None:
        """Sign with a new key from now on, and publish that one alone."""
        self._key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "alg": "RS256", "use": "sig"})

    def id_token(self, nonce: str = "", **claims: Any) -> str:
        """Return an ID token with the fault; `claims` stand in for its own."""
        now = int(time.time())
        says = self.user.claims | {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + _SECONDS,
        }
        says |= ({"nonce": nonce} if nonce else {}) | claims
        return self._signed(_CLAIMS.get(self.fault, dict)(says))

    def _signed(self, claims: _Claims) -> str:
        kid = self._key.kid
        match self.fault:
            case Fault.UNSIGNED:
                return ".".join(_encoded(part) for part in ({"alg": "none", "typ": "JWT"}, claims)) + "."
            case Fault.PUBLIC_KEY_AS_SECRET:
                # The library itself refuses such a secret, so the token is put together by hand.
                return _hs256({"alg": "HS256", "kid": kid}, claims, self._key.as_pem(private=False))
            case Fault.CLIENT_SECRET_AS_KEY:
                return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(self.client_secret))
            case Fault.SIGNATURE:
                return jwt.encode({"alg": "RS256", "kid": kid}, claims, self._stranger)
            case Fault.UNKNOWN_KEY:
                return jwt.encode({"alg": "RS256", "kid": "stranger"}, claims, self._stranger)
        return jwt.encode({"alg": "RS256", "kid": kid}, claims, self._key)

    def _reply(self, path: str, given: dict[str, str], authorization: str) -> _Reply:
        self.visits.append(path)
        if path == "/.well-known/openid-configuration":
            return _Reply(200, self._discovery())
        if self.fault is Fault.BROKEN and path != "/authorize":
            return _Reply(500, {"error": "server_error"})
        match path:
            case "/jwks":
                return _Reply(200, dict(KeySet([self._key]).as_dict(private=False)))
            case "/authorize":
                return self._authorize(given)
            case "/token":
                return self._token(given, authorization)
            case "/userinfo":
                return self._userinfo(authorization)
        return _Reply(404, {"error": "not_found"})

    def _discovery(self) -> _Claims:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()} | {
            "issuer": _OTHER_ISSUER if self.fault is Fault.DISCOVERED_ISSUER else self.issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _authorize(self, given: dict[str, str]) -> _Reply:
        self.asked = given
        code = secrets.token_urlsafe(16)
        self._codes[code] = given
        back = {
            "code": code,
            "state": "another" if self.fault is Fault.STATE else given.get("state", ""),
            "iss": _OTHER_ISSUER if self.fault is Fault.CALLBACK_ISSUER else self.issuer,
        }
        return _Reply(303, {}, f"{given['redirect_uri']}?{urlencode(back)}")

    def _token(self, given: dict[str, str], authorization: str) -> _Reply:
        sent = (given.get("client_id"), given.get("client_secret"))
        if authorization.startswith("Basic "):
            name, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
            sent = (unquote_plus(name), unquote_plus(secret))
        if sent != (self.client_id, self.client_secret):
            return _Reply(401, {"error": "invalid_client"})
        asked = self._codes.pop(given.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != given.get("redirect_uri"):
            return _Reply(400, {"error": "invalid_grant"})
        if asked.get("code_challenge") != _challenge(given.get("code_verifier", "")):
            return _Reply(400, {"error": "invalid_grant", "error_description": "PKCE"})
        access = secrets.token_urlsafe(16)
        self._tokens.add(access)
        tokens = {"access_token": access, "token_type": "Bearer", "expires_in": _SECONDS}
        if self.fault is not Fault.NO_TOKEN:
            tokens["id_token"] = self.id_token(asked.get("nonce", ""))
        return _Reply(200, tokens)

    def _userinfo(self, authorization: str) -> _Reply:
        if authorization.removeprefix("Bearer ") not in self._tokens:
            return _Reply(401, {"error": "invalid_token"})
        user = replace(self.user, sub="another") if self.fault is Fault.OTHER_SUBJECT else self.user
        wrong = _CLAIMS.get(self.fault, dict) if self.fault in {Fault.UNVERIFIED, Fault.NO_EMAIL} else dict
        return _Reply(200, wrong(user.claims))


def _handler(forged: Forged) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._send(parts.path, parts.query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._send(urlsplit(self.path).path, body)

        def _send(self, path: str, given: str) -> None:
            reply = forged._reply(path, dict(parse_qsl(given)), self.headers.get("Authorization", ""))
            body = json.dumps(reply.body).encode()
            self.send_response(reply.status)
            if reply.location:
                self.send_header("Location", reply.location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: `visits` is the log."""

    return Handler


def _hs256(header: _Claims, claims: _Claims, secret: bytes) -> str:
    signed = f"{_encoded(header)}.{_encoded(claims)}"
    return f"{signed}.{_base64(hmac.digest(secret, signed.encode(), 'sha256'))}"


def _challenge(verifier: str) -> str:
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _encoded(part: _Claims) -> str:
    return _base64(json.dumps(part).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _without(claims: _Claims, *names: str) -> _Claims:
    return {name: value for name, value in claims.items() if name not in names}
