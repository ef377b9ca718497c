"""The manifest of a team's server, as it is there."""

import ssl
from typing import Final

import certifi
import httpx

from addin.web.sideloading import address_in
from markets.errors import Unavailable

_SECONDS: Final = 30
_MOST_BYTES: Final = 1_000_000


def fetched(server: str) -> bytes:
    """Return the manifest of the server at an address. Raises Unavailable if it has none."""
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    try:
        with httpx.stream("GET", f"{server}/excel/manifest.xml", timeout=_SECONDS, verify=trusted) as answer:
            content = _read(answer)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unavailable(f"This computer does not trust the certificate of {server}.") from error
        raise Unavailable(
            f"{server} does not answer. Check the address and the network, and that the server runs."
        ) from error
    if not answer.is_success or not address_in(content):
        raise Unavailable(f"{server} has no add-in for Excel. Check the address, and the server's version.")
    return content


def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > _MOST_BYTES:
            break
    return bytes(content)
