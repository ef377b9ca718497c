"""The stylesheet and the icon of the pages."""

from importlib import resources
from typing import Final

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

_TYPES: Final = {"marketbook.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_HOUR: Final = "public, max-age=3600"


def _read(name: str) -> bytes:
    return (resources.files("addin.server.pages") / "static" / name).read_bytes()


_CONTENTS: Final = {name: _read(name) for name in _TYPES}


@get("/static/{name:str}")
async def static_file(name: FromPath[str]) -> Response[bytes]:
    """Return a file that pages are made with. It says nothing of anybody, so that a browser may keep it."""
    if name not in _CONTENTS:
        raise NotFoundException
    return Response(_CONTENTS[name], media_type=_TYPES[name], headers={"Cache-Control": _HOUR})
