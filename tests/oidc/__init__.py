"""Sign-in at a real OpenID provider, which runs on this machine for the tests."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import httpx
from lxml import html

from tests.missing import missing

_ROOT = Path(__file__).parents[2]
_HOME = _ROOT / ".oidc"
_SCRIPT = Path(__file__).with_name("provider.mjs")
_STOP_SECONDS = 10.0
_MOST_STEPS = 20  # of one sign-in, from page to page


@dataclass(frozen=True)
class User:
    """Someone who can sign in, by name. Without `sub`, the name makes one."""

    name: str
    email: str
    email_verified: bool = True
    sub: str = ""
    more: dict[str, Any] = field(
        default_factory=dict, hash=False
    )  # claims of the scope "profile", such as groups

    @property
    def claims(self) -> dict[str, Any]:
        """What the provider says about the user."""
        return self.more | {
            "sub": self.sub or f"sub-{self.name.casefold().replace(' ', '-')}",
            "name": self.name,
            "preferred_username": self.email,
            "email": self.email,
            "email_verified": self.email_verified,
        }


ALICE = User("Alice", "alice@example.com")
BOB = User("Bob", "bob@example.com")
MALLORY = User("Mallory", "alice@example.com", email_verified=False, sub="sub-mallory")
USERS = (ALICE, BOB, MALLORY)


def required() -> str:
    """Return Node.js; without it or the provider's packages skip the test, and in CI fail it."""
    node = shutil.which("node")
    if node is None or not (_HOME / "ready").exists():
        missing("Node.js with oidc-provider is missing. On Debian, 'make test' as root installs it.")
    return node


class Provider:
    """A certified OpenID provider with one client, for use in a `with` statement.

    The client must use PKCE. Whatever is in `users` can sign in, and whatever `allow` was told is an
    address that the client may name. Each start has a new signing key; the address stays.
    With `claims_in_id_token=False`, e-mail and name are at the userinfo endpoint alone, as the
    standard has it; many providers put them into the ID token too.
    """

    def __init__(self, users: Iterable[User] = USERS, *, claims_in_id_token: bool = True) -> None:
        self.client_id = "marketbook"
        self.client_secret = "a secret that only the tests know & 100% odd"  # must be encoded on its way
        self.issuer = ""
        self._claims_in_id_token = claims_in_id_token
        self._users = list(users)
        self._redirects: dict[str, list[str]] = {"redirect_uris": [], "post_logout_redirect_uris": []}
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.stop()

    @property
    def users(self) -> list[User]:
        """Who can sign in. Assign another list to change that."""
        return list(self._users)

    @users.setter
    def users(self, users: Iterable[User]) -> None:
        self._users = list(users)
        self._tell({})

    def allow(self, *callbacks: str, after_logout: Iterable[str] = ()) -> None:
        """Register addresses to which users may be sent back: with a code, and after logging out."""
        self._redirects["redirect_uris"] += callbacks
        self._redirects["post_logout_redirect_uris"] += after_logout
        self._tell({})

    def start(self) -> None:
        """Start the provider, again at its address, and wait until it answers."""
        assert self._process is None, "The provider is running already."
        node = required()
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - `stop` closes it
        self._process = subprocess.Popen(
            [node, _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            start_new_session=os.name != "nt",  # a Ctrl+C is for the tests, which then stop it
        )
        try:
            answer = self._tell(
                {
                    "packages": str(_HOME / "node_modules"),
                    "port": httpx.URL(self.issuer).port or 0 if self.issuer else 0,
                    "client_id": self.client_id,
                    "client_secret": self.client_secret,
                    "claims_in_id_token": self._claims_in_id_token,
                    "profile_claims": sorted(
                        {claim for user in self._users for claim in user.more} | {"groups"}
                    ),
                }
            )
        except BaseException:
            self.stop()
            raise
        self.issuer = str(answer["issuer"])

    def stop(self) -> None:
        """Stop the provider. Its sessions and keys are gone; its users stay known."""
        assert self._process is not None, "The provider is not running."
        with self._process as process:  # which closes its input, and so ends it
            try:
                process.communicate(timeout=_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._log is not None:
            self._log.close()
        self._process = self._log = None

    def _tell(self, more: dict[str, Any]) -> dict[str, Any]:
        assert self._process is not None, "The provider is not running."
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(
            json.dumps({"users": [user.claims for user in self._users], **self._redirects, **more}),
            file=self._process.stdin,
            flush=True,
        )
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"The OpenID provider ended unexpectedly.\n{self._complaint()}")
        return dict(json.loads(line))

    def _complaint(self) -> str:
        assert self._log is not None
        self._log.seek(0)
        return self._log.read()


def sign_in(
    client: httpx.Client,
    start_url: str,
    user: User,
    *,
    consent: bool = True,
    agent: httpx.Client | None = None,
) -> httpx.Response:
    """Sign a user in as a browser would; return the page of ours on which the user ends up.

    `client` talks to our server alone, and may be a test client that reaches nothing else. `agent`
    talks to the provider; keep one to come back with the provider's session.
    """
    callback = callback_of(client, start_url, user, consent=consent, agent=agent)
    return client.get(callback, follow_redirects=True)


def callback_of(
    client: httpx.Client,
    start_url: str,
    user: User,
    *,
    consent: bool = True,
    agent: httpx.Client | None = None,
) -> str:
    """Go as far as `sign_in` does, up to the way back; return that address without asking for it."""
    if agent is None:
        with httpx.Client(trust_env=False) as agent:
            return callback_of(client, start_url, user, consent=consent, agent=agent)
    response = client.get(start_url, follow_redirects=False)
    ours = _origin(response.url)
    has_left = False
    for _ in range(_MOST_STEPS):
        if response.next_request is not None:
            target = response.next_request.url
            if _origin(target) == ours and has_left:
                return str(target)
            has_left = has_left or _origin(target) != ours
            response = (agent if has_left else client).get(target, follow_redirects=False)
        elif has_left and response.status_code == httpx.codes.OK:
            response = _submitted(agent, response, user, consent)
        else:
            break
    raise AssertionError(f"Sign-in got stuck at {response.url}: {response.status_code}\n{response.text}")


def _submitted(agent: httpx.Client, page: httpx.Response, user: User, consent: bool) -> httpx.Response:
    form = html.document_fromstring(page.text).forms[0]  # type: ignore[attr-defined]
    answer = {"login": user.name} if "login" in form.fields else {"consent": "yes" if consent else "no"}
    return agent.post(page.url.join(form.action or ""), data=answer, follow_redirects=False)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return (url.scheme, url.host, url.port)
