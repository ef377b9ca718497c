"""Settings of the server, from its command's options and from environment variables."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from markets.errors import MarketbookError

PREFIX = "MARKETBOOK_SERVER_"


class Unset(MarketbookError):
    """A setting that is missing or wrong."""


@dataclass(frozen=True)
class Provider:
    """An OpenID provider, and this server as its client.

    `confirms_emails`: it gives e-mail addresses only to their owners, and does not say so each time
    (Entra ID with one tenant). `name` is what the sign-in button calls it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    confirms_emails: bool = False
    name: str = "your organization"


@dataclass(frozen=True)
class Settings:
    """What the server has to know. `public_url` is where people reach it, e.g. through a proxy."""

    database: str
    public_url: str
    provider: Provider | None = None
    session_hours: int = 12

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the server over TLS only."""
        return self.public_url.startswith("https://")


def provider_from_environment() -> Provider | None:
    """Return the OpenID provider that the environment names; None if it names none. Raises Unset."""
    issuer = _setting("OIDC_ISSUER")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise Unset(f"{PREFIX}OIDC_ISSUER must begin with https://.")
    missing = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not _setting(name)]
    if missing:
        raise Unset(f"With {PREFIX}OIDC_ISSUER, set {PREFIX}{missing[0]} too.")
    return Provider(
        issuer,
        _setting("OIDC_CLIENT_ID"),
        _setting("OIDC_CLIENT_SECRET"),
        _setting("OIDC_CONFIRMS_EMAILS").casefold() in ("1", "true", "yes"),
        _setting("OIDC_NAME") or Provider.name,
    )


def public_url(given: str, address: str, port: int) -> str:
    """Return the server's address for people, without a slash at its end. Raises Unset for none."""
    url = (given or f"http://{'localhost' if address in ('0.0.0.0', '::') else address}:{port}").rstrip("/")  # noqa: S104
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        raise Unset(f'"{url}" is not the address of a server, such as https://markets.example.com.')
    return url


def _setting(name: str) -> str:
    """A setting; a secret may lie in a file that `..._FILE` names, as containers have it."""
    if file := os.environ.get(f"{PREFIX}{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Unset(f"{PREFIX}{name}_FILE cannot be read: {error.strerror}.") from error
    return os.environ.get(f"{PREFIX}{name}", "").strip()
