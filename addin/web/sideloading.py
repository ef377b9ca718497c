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
_NAME: Final = "Marketbook"
_PANE: Final = "/excel/pane.html"
_IN_EXCEL: Final = ".manifest.xml"


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

    Excel for Mac is here once it was started. Raises NotSideloaded if macOS refuses.
    """
    identifier = identifier_in(manifest)
    if sys.platform == "darwin":
        return _put_in_container(manifest, _in_container(identifier))
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


def sideloaded() -> dict[str, str]:
    """Return the ids of the add-ins that were side-loaded here, also for the web alone, by server."""
    paths = [
        *_of_developers().glob(f"*{_IN_EXCEL}"),
        *own_folder().glob(f"*{_IN_EXCEL}"),
        *platformdirs.user_downloads_path().glob("marketbook-*.xml"),
    ]
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            manifest = path.read_bytes()
            if address := address_in(manifest):
                found[address] = identifier_in(manifest)
    return found


def identifier_in(manifest: bytes) -> str:
    """Return the id in a manifest, or nothing if it is not one."""
    root = _root(manifest)
    found = "" if root is None else root.findtext("{*}Id", "").lower()
    return found if _ID.fullmatch(found) else ""


def address_in(manifest: bytes) -> str:
    """Return the address of the server in a manifest, or nothing if it is not one of Marketbook's."""
    root = _root(manifest)
    if root is None or not identifier_in(manifest):
        return ""
    name, pane = root.find("{*}DisplayName"), root.find("{*}DefaultSettings/{*}SourceLocation")
    if name is None or pane is None or name.get("DefaultValue") != _NAME:
        return ""
    address, found, _ = pane.get("DefaultValue", "").partition(_PANE)
    return address if found else ""


def _root(manifest: bytes) -> etree._Element | None:
    """The root of a manifest; None if this is none."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(manifest, parser)
    except etree.XMLSyntaxError:
        return None
    return root if root.tag == _ROOT else None


def _kept(identifier: str) -> Path:
    return own_folder() / f"{identifier}{_IN_EXCEL}"


def _of_developers() -> Path:
    """Where Excel for Mac looks for manifests."""
    return Path.home() / _CONTAINER / "Data/Documents/wef"


def _in_container(identifier: str) -> Path:
    return _of_developers() / f"{identifier}{_IN_EXCEL}"


def _put_in_container(manifest: bytes, path: Path) -> bool:
    try:
        if not (Path.home() / _CONTAINER).is_dir():
            return False
        keep(manifest, path)
        return True
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
