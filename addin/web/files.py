"""The add-in's files: its page and scripts, and what is made from the function registry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from addin.web.functions import metadata, names_script
from addin.web.help import help_page
from addin.web.manifest import manifest
from udfs.registry import FUNCTIONS

PATH: Final = "/excel"
"""Where the files are."""

OFFICE: Final = "https://appsforoffice.microsoft.com"
"""Where Microsoft wants office.js to come from."""

FRAMES: Final = (
    "https://*.officeapps.live.com https://*.officeapps-df.live.com https://*.office.com "
    "https://*.cloud.microsoft https://*.microsoft365.com https://*.office365.com https://*.sharepoint.com"
)
"""The pages in which Excel on the web shows an add-in."""

POLICY: Final = (
    f"default-src 'none'; script-src 'self' {OFFICE}; style-src 'self'; img-src 'self' data:; "
    f"font-src 'self'; connect-src 'self' {OFFICE}; form-action 'none'; base-uri 'none'; frame-ancestors"
)
"""What the add-in's pages may load, up to who may show them in a frame."""

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
_EXCEL: Final = (".officeapps.live.com", ".officeapps-df.live.com", ".office.com", ".cloud.microsoft")


@dataclass(frozen=True)
class Site:
    """Where people reach the server, and the other sites at which they sign in."""

    address: str
    domains: tuple[str, ...] = ()


@get("/{path:path}")
async def addin_file(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
    """Return a file of the add-in. They are the same for everybody."""
    name = path.lstrip("/")
    body = _made(name, request.app.state["site"]) or _read(name)
    kind = _TYPES.get(PurePosixPath(name).suffix)
    if body is None or kind is None:
        raise NotFoundException
    return Response(body, media_type=kind, headers=_headers(request, kind))


def _headers(request: Request[Any, Any, Any], kind: str) -> dict[str, str]:
    """Excel on the web shows the page in a frame; its own pages read the files that describe the add-in."""
    headers = {
        "Content-Security-Policy": f"{POLICY} 'self' {FRAMES}",
        "Cross-Origin-Opener-Policy": "unsafe-none",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "no-cache",
        "Vary": "Origin",
    }
    origin = request.headers.get("origin", "")
    if kind in (_TYPES[".json"], _TYPES[".js"]) and is_of_excel(origin):
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def is_of_excel(origin: str) -> bool:
    """Return whether an origin is a page of Excel on the web.

    >>> is_of_excel("https://excel.officeapps.live.com"), is_of_excel("https://officeapps.live.com.example.com")
    (True, False)
    """
    return origin.startswith("https://") and origin.endswith(_EXCEL)


def _made(name: str, site: Site) -> bytes | None:
    """Return a file that is made from the registry; None if it is not one."""
    made = _MADE.get(name)
    return None if made is None else made(site)


_MADE: Final[dict[str, Callable[[Site], bytes]]] = {
    "functions.json": lambda site: msgspec.json.encode(metadata(FUNCTIONS.values(), site.address)),
    "names.js": lambda _: names_script(FUNCTIONS).encode(),
    "help.html": lambda _: help_page(FUNCTIONS.values()).encode(),
    "manifest.xml": lambda site: manifest(site.address, domains=site.domains),
}


@cache
def _read(name: str) -> bytes | None:
    """Return a file of the folder `static`; None if there is none."""
    folder = resources.files("addin.web") / "static"
    parts = PurePosixPath(name).parts
    if not parts or any(part.startswith(".") or "\\" in part or ":" in part for part in parts):
        return None
    found = folder.joinpath(*parts)
    return found.read_bytes() if found.is_file() else None


def router() -> Router:
    """Return the routes of the add-in's files, which need no sign-in: they have no data.

    The application's state has its `Site` as "site".
    """
    return Router(PATH, route_handlers=[addin_file], include_in_schema=False)
