"""Tokens, kept in the system's keyring: never in a file of ours, in the log or in a message."""

import os

from markets.errors import NotAllowed, Unavailable

VARIABLE = "MARKETBOOK_TOKEN"
_SERVICE = "marketbook"
_NO_KEYRING = (
    "This computer has no keyring that can be used, in which tokens are kept. "
    f"Set the variable {VARIABLE} to the token instead."
)


def token(server: str) -> str:
    """Return the token for a server: that of MARKETBOOK_TOKEN, else of the keyring.

    Raises NotAllowed if there is none, or no keyring to keep one.
    """
    try:
        found = given() or _Keyring().get(server)
    except Unavailable as error:
        raise NotAllowed(f"You are not signed in to {server}. {error}") from None
    if not found:
        raise NotAllowed(f"You are not signed in to {server}. Run 'marketbook catalog sign-in'.")
    return found


def given() -> str:
    """Return the token of the variable MARKETBOOK_TOKEN; blank if it is not set."""
    return os.environ.get(VARIABLE, "").strip()


def keep(server: str, found: str) -> None:
    """Keep a server's token in the keyring, in place of a former one. Raises Unavailable without one."""
    _Keyring().set(server, found)


def forget(server: str) -> bool:
    """Delete a server's token; return whether there was one. Raises Unavailable without a keyring."""
    ring = _Keyring()
    if not ring.get(server):
        return False
    ring.delete(server)
    return True


class _Keyring:
    """The system's keyring. Its failures are sentences without what it was asked."""

    def __init__(self) -> None:
        try:
            import keyring
            from keyring.errors import KeyringError
        except ImportError:
            raise Unavailable(_NO_KEYRING) from None
        self._ring = keyring
        self._failure = (KeyringError, RuntimeError, OSError)

    def get(self, server: str) -> str | None:
        try:
            return self._ring.get_password(_SERVICE, server)
        except self._failure:
            raise Unavailable(_NO_KEYRING) from None

    def set(self, server: str, found: str) -> None:
        try:
            self._ring.set_password(_SERVICE, server, found)
        except self._failure:
            raise Unavailable(_NO_KEYRING) from None

    def delete(self, server: str) -> None:
        try:
            self._ring.delete_password(_SERVICE, server)
        except self._failure:
            raise Unavailable(_NO_KEYRING) from None
