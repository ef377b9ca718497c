"""Signing in and out."""

from typing import Any

from addin.server.settings import Settings

HANDLERS: list[Any] = []


def relying_party(settings: Settings) -> object:
    """Return this server as a client of its OpenID provider."""
    return settings.provider
