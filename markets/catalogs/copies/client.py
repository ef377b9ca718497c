"""The client of a server's API: what it answers, as types; what it refuses, as our errors.

The token is only sent to the chosen address, never after a redirect, and is in no message. No answer is
believed that is not of the server's own shape.
"""

import datetime
import re
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import quote

import certifi
import httpx
import msgspec

from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.catalogs.statements import report as report_of
from markets.catalogs.wire import (
    Accepted,
    Added,
    Addition,
    Corrected,
    Correction,
    Failure,
    Hit,
    Me,
    Submitted,
    Updates,
    Withdrawal,
)
from markets.errors import (
    CatalogError,
    Conflict,
    MarketbookError,
    NotAllowed,
    NotFound,
    Unavailable,
    shortened,
)

PAGE = 500
"""The editions of a page of updates."""

_TIMEOUT = httpx.Timeout(30, connect=5)
_LONGEST_SECONDS = 120
_MOST_BYTES = 100_000_000
_LONGEST_MESSAGE = 1000
_TOKEN = re.compile(r"[!-~]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

_T = TypeVar("_T")


class _AlreadyThere(MarketbookError):
    """The server has the edition from another text."""


class Client:
    """A person's connection to a server. Every method raises Unavailable, NotAllowed and NotFound.

    `url` is one that `places.server_url` has checked.
    """

    def __init__(self, url: str, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise NotAllowed(f"This is not a token of {url}: it has characters that no token has.")
        self.url = url
        is_here = url.startswith("http://")
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=not is_here,  # a proxy would see the token
            verify=ssl.create_default_context() if is_here else _trusted(),
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def me(self) -> Me:
        """Return who is asking, and which workspaces they may read."""
        return self._ask("GET", "/api/me", Me)

    def updates(
        self, workspace: str, since: int = 0, stamp: datetime.datetime | None = None, limit: int = PAGE
    ) -> Updates:
        """Return what has changed in a workspace after the change `since`, which was made at `stamp`."""
        asked = {"since": since, "limit": limit, **({"stamp": stamp.isoformat()} if stamp else {})}
        return self._ask("GET", f"/api/workspaces/{_quoted(workspace)}/updates", Updates, asked)

    def search(self, text: str, limit: int = 100) -> list[Hit]:
        """Return editions whose market's name contains or resembles `text`."""
        return self._ask("GET", "/api/markets", list[Hit], {"search": text, "limit": limit})

    def record(self, edition: int) -> Record:
        """Return an edition with its history."""
        return self._ask("GET", f"/api/editions/{edition}", Record)

    def marked(self, workspace: str, mark: str) -> bool:
        """Return whether an import of the same text is in a workspace."""
        try:
            self._ask("GET", f"/api/workspaces/{_quoted(workspace)}/marks/{_quoted(mark)}", msgspec.Raw)
        except NotFound:
            return False
        return True

    def submit(self, workspace: str, report: Submitted, *, revise: bool = False) -> Accepted:
        """Enter a report, or revise its edition.

        Raises AlreadyEntered if it is there and is not to be revised, CatalogError if it is not valid.
        """
        asked = {"revise": "true"} if revise else {}
        path = f"/api/workspaces/{_quoted(workspace)}/reports"
        try:
            return self._ask("POST", path, Accepted, asked, report)
        except _AlreadyThere:
            entered = report_of(report.source, report.market, list(report.statements))
            raise AlreadyEntered(entered, workspace) from None

    def correct(self, edition: int, fact: int, correction: Correction) -> Corrected:
        """Revise or withdraw a fact. Raises Conflict, and CatalogError if the report would not be valid."""
        return self._ask(
            "POST", f"/api/editions/{edition}/facts/{fact}/corrections", Corrected, {}, correction
        )

    def add(self, edition: int, statement: Statement, why: str = "") -> int:
        """Add a fact that nobody entered, and return its number.

        Raises CatalogError if the report would not be valid.
        """
        path = f"/api/editions/{edition}/facts"
        return self._ask("POST", path, Added, {}, Addition(statement, why)).fact

    def withdraw(self, edition: int, why: str) -> None:
        """Withdraw an edition."""
        self._ask("POST", f"/api/editions/{edition}/withdrawal", Corrected, {}, Withdrawal(why))

    def _ask(
        self, method: str, path: str, kind: type[_T], asked: Mapping[str, Any] | None = None, body: Any = None
    ) -> _T:
        content = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        request = self._http.build_request(method, path, params=asked, content=content, headers=headers)
        try:
            response = self._http.send(request, stream=True)
            try:
                answer = self._read(response)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise Unavailable(
                _why(self.url, error)
            ) from None  # an error's text may have the request's headers
        if not response.is_success:
            raise _failure(self.url, response.status_code, _decoded(answer, Failure))
        decoded = _decoded(answer, kind)
        if decoded is None:
            raise Unavailable(f"{self.url} gives an answer that is not Marketbook's. Check the address.")
        return decoded

    def _read(self, response: httpx.Response) -> bytes:
        """Return the body, if it is JSON and neither endless nor huge."""
        if not response.headers.get("content-type", "").startswith("application/json"):
            return b""
        until = time.monotonic() + _LONGEST_SECONDS
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _MOST_BYTES or time.monotonic() > until:
                raise Unavailable(f"{self.url} gives an answer without end.")
        return bytes(content)


def _trusted() -> ssl.SSLContext:
    """Trust what the system trusts, such as a company's own authority, and what browsers trust."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _decoded(answer: bytes, kind: type[_T]) -> _T | None:
    try:
        return msgspec.json.decode(answer, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _why(url: str, error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"{url} does not prove with its certificate who it is. Nothing was sent."
    return f"{url} does not answer. Check the network, and that the server runs."


def _failure(url: str, status: int, told: Failure | None) -> MarketbookError:
    """Return the error of a refused request. Without the server's own words, it may not be the server."""
    if told is None:
        if status in (301, 302, 303, 307, 308):
            return Unavailable(f"{url} sends elsewhere, where a token is not taken. Check the address.")
        return Unavailable(
            f"{url} does not answer as a Marketbook server (status {status}). Check the address."
        )
    message = shortened(_CONTROLS.sub(" ", told.message), _LONGEST_MESSAGE)
    problems = [shortened(_CONTROLS.sub(" ", one), _LONGEST_MESSAGE) for one in told.problems]
    if status in (401, 403):
        return NotAllowed(message)
    if status == 404:
        return NotFound(message)
    if status == 409:
        return _AlreadyThere(message) if told.seen is None else Conflict(message, told.theirs, told.seen)
    if status in (400, 413, 422):
        return CatalogError(message, problems)
    return Unavailable(f"{url}: {message}")
