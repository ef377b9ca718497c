"""The add-in's files: its page and scripts, and what is made from the function registry."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

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
    "https://*.cloud.microsoft https://*.microsoft365.com https://*.office365.com https://*.sharepoint.com "
    "https://onedrive.live.com https://teams.microsoft.com"
)
"""The pages in which Excel on the web shows an add-in, and those in which Excel itself is shown."""

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
_ICON: Final = _TYPES[".png"]
_STATIC: Final = Path(__file__).parent / "static"
_EXCEL: Final = (".officeapps.live.com", ".officeapps-df.live.com", ".office.com", ".cloud.microsoft")


@dataclass(frozen=True)
class Site:
    """Where people reach the server, and the other sites at which they sign in."""

    address: str
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    body: bytes
    kind: str
    tag: str


@get("/")
async def first_page() -> Redirect:
    """Show help to who enters an address without a page."""
    return Redirect(f"{PATH}/help.html")


@get("/{path:path}")
async def addin_file(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
    """Return a file of the add-in, if the browser has not got it yet. They are the same for everybody."""
    found = _files(request.app.state["site"]).get(path.removeprefix("/"))
    if found is None:
        raise NotFoundException
    headers = _headers(request, found)
    if found.tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(found.body, media_type=found.kind, headers=headers)


def _headers(request: Request[Any, Any, Any], file: _File) -> dict[str, str]:
    """Excel on the web shows the page in a frame; its own pages read the files that describe the add-in.

    Browsers ask each time whether a file has changed: a page and scripts of two versions do not fit. Icons
    say nothing of it: for one that must not be kept, Excel for Windows shows an icon of its own.
    """
    headers = {
        "ETag": file.tag,
        "Content-Security-Policy": f"{POLICY} 'self' {FRAMES}",
        "Cross-Origin-Opener-Policy": "unsafe-none",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if file.kind != _ICON:
        headers |= {"Cache-Control": "no-cache", "Vary": "Origin"}
    origin = request.headers.get("origin", "")
    if file.kind in (_TYPES[".json"], _TYPES[".js"]) and is_of_excel(origin):
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def is_of_excel(origin: str) -> bool:
    """Return whether an origin is a page of Excel on the web.

    >>> is_of_excel("https://excel.officeapps.live.com"), is_of_excel("https://officeapps.live.com.example.com")
    (True, False)
    """
    return origin.startswith("https://") and origin.endswith(_EXCEL)


@lru_cache(1)
def _files(site: Site) -> Mapping[str, _File]:
    """Return the add-in's files by their names. Nothing else can be asked for, however it is spelled."""
    bodies = [*_made(site), *_kept()]
    return {name: _File(body, _TYPES[Path(name).suffix], _tag(body)) for name, body in bodies}


def _made(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files that are made from the registry."""
    yield "functions.json", msgspec.json.encode(metadata(FUNCTIONS.values(), site.address))
    yield "names.js", names_script(FUNCTIONS).encode()
    yield "help.html", help_page(FUNCTIONS.values()).encode()
    yield "manifest.xml", manifest(site.address, domains=site.domains)


def _kept() -> Iterator[tuple[str, bytes]]:
    for path in _STATIC.rglob("*"):
        if path.suffix in _TYPES and path.is_file():
            yield path.relative_to(_STATIC).as_posix(), path.read_bytes()


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()}"'


def router() -> Router:
    """Return the routes of the add-in's files, which need no sign-in: they have no data.

    The application's state has its `Site` as "site".
    """
    return Router(PATH, route_handlers=[first_page, addin_file], include_in_schema=False)
