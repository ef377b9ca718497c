"""Side-loading: how one person's Excel learns of the add-in, without a store or an administrator."""

import contextlib
import re
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import platformdirs
from lxml import etree

from markets.errors import MarketbookError

_CONTAINER: Final = "Library/Containers/com.microsoft.Excel"
_DEVELOPER: Final = r"Software\Microsoft\Office\16.0\WEF\Developer"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ROOT: Final = "{http://schemas.microsoft.com/office/appforoffice/1.1}OfficeApp"


class NotSideloaded(MarketbookError):
    """Excel cannot be told of the add-in. The message says why; nothing was changed."""


def own_folder() -> Path:
    """Return the folder with what the one-person server keeps."""
    return platformdirs.user_data_path("marketbook", appauthor=False) / "excel"


def web_file(address: str) -> Path:
    """Return the path of the manifest for Excel on the web: a browser looks for files to upload there."""
    host = urlsplit(address).netloc.replace(":", "-")
    return platformdirs.user_downloads_path() / f"marketbook-{host}.xml"


def keep(manifest: bytes, path: Path) -> None:
    """Write a manifest, which may have a key, so that only the user can read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(manifest)


def sideload(manifest: bytes) -> bool:
    """Tell desktop Excel of this user about the add-in, and return whether there is a desktop Excel here.

    Raises NotSideloaded if Excel for Mac was never started, or macOS refuses.
    """
    identifier = identifier_in(manifest)
    if sys.platform == "darwin":
        _put_in_container(manifest, _in_container(identifier))
        return True
    if sys.platform == "win32":
        keep(manifest, _kept(identifier))
        _register(identifier, _kept(identifier))
        return True
    return False


def remove(identifier: str, address: str) -> bool:
    """Undo `sideload`, remove the file for Excel on the web, and return whether there was anything."""
    was_registered = _unregister(identifier)
    paths = [_in_container(identifier), _kept(identifier), web_file(address)]
    found = [path for path in paths if path.exists()]
    for path in found:
        path.unlink()
    return was_registered or bool(found)


def identifier_in(manifest: bytes) -> str:
    """Return the id in a manifest, or nothing if it is not one."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(manifest, parser)
    except etree.XMLSyntaxError:
        return ""
    found = root.findtext("{*}Id", "").lower() if root.tag == _ROOT else ""
    return found if _ID.fullmatch(found) else ""


def _kept(identifier: str) -> Path:
    return own_folder() / f"{identifier}.manifest.xml"


def _in_container(identifier: str) -> Path:
    """Where Excel for Mac looks for manifests."""
    return Path.home() / _CONTAINER / "Data/Documents/wef" / f"{identifier}.manifest.xml"


def _put_in_container(manifest: bytes, path: Path) -> None:
    if not (Path.home() / _CONTAINER).is_dir():
        raise NotSideloaded(
            "Excel for Mac was never started here. Start it once, and try again. If you use Excel on the web "
            "only, run 'marketbook excel manifest marketbook.xml', and upload that file there."
        )
    try:
        keep(manifest, path)
    except PermissionError as error:
        raise NotSideloaded(
            f"macOS does not let this program write into {path.parent}. Allow it when macOS asks, or in "
            "System Settings under Privacy & Security, or copy the file of 'marketbook excel manifest' there."
        ) from error


def _register(identifier: str, path: Path) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _DEVELOPER) as key:
            winreg.SetValueEx(key, identifier, 0, winreg.REG_SZ, str(path))


def _unregister(identifier: str) -> bool:
    if sys.platform == "win32":
        import winreg

        with (
            contextlib.suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, _DEVELOPER, 0, winreg.KEY_SET_VALUE) as key,
        ):
            winreg.DeleteValue(key, identifier)
            return True
    return False
