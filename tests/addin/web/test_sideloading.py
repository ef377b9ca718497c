"""Telling Excel of the add-in, and taking it away again: in homes of our own, and a registry under Wine."""

import json
import sys
from pathlib import Path

import pytest

from addin.web import sideloading
from addin.web.manifest import identifier, manifest
from addin.web.sideloading import NotSideloaded
from tests.addin.desktop.wine import needs_wine, run_python

ADDRESS = "https://localhost:3443"
ID = identifier(ADDRESS)
MANIFEST = manifest(ADDRESS, "the-key")
WEF = "Library/Containers/com.microsoft.Excel/Data/Documents/wef"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_DOWNLOAD_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def mac(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user of a Mac, with Excel."""
    (home / "Library/Containers/com.microsoft.Excel").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "darwin")
    return home


def test_excel_for_mac_finds_the_manifest(mac: Path) -> None:
    assert sideloading.sideload(MANIFEST)
    assert [path.name for path in (mac / WEF).iterdir()] == [f"{ID}.manifest.xml"]
    assert (mac / WEF / f"{ID}.manifest.xml").read_bytes() == MANIFEST


def test_a_second_time_replaces_it(mac: Path) -> None:
    sideloading.sideload(manifest(ADDRESS, "an-old-key"))
    sideloading.sideload(MANIFEST)
    assert [path.read_bytes() for path in (mac / WEF).iterdir()] == [MANIFEST]


def test_other_addins_stay_when_it_is_removed(mac: Path) -> None:
    sideloading.sideload(MANIFEST)
    sideloading.sideload(manifest("https://other.example.com"))
    (mac / WEF / "somebody.xml").write_text("theirs", encoding="utf-8")
    assert sideloading.remove(ID, ADDRESS)
    other = identifier("https://other.example.com")
    assert sorted(path.name for path in (mac / WEF).iterdir()) == sorted(
        [f"{other}.manifest.xml", "somebody.xml"]
    )
    assert not sideloading.remove(ID, ADDRESS)


def test_a_mac_may_have_no_desktop_excel(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not sideloading.sideload(MANIFEST)
    assert not (home / "Library").exists()


def test_what_is_side_loaded_is_found_by_its_server(mac: Path) -> None:
    team = "https://markets.example.com/tea"
    sideloading.sideload(MANIFEST)
    sideloading.keep(manifest(team), sideloading.web_file(team))
    theirs = MANIFEST.replace(b'DisplayName DefaultValue="Marketbook"', b'DisplayName DefaultValue="Another"')
    assert theirs != MANIFEST
    for name, content in {"a": b"not a manifest", "b": theirs.replace(b"3443", b"3444"), "c": b""}.items():
        (mac / WEF / f"{name}.manifest.xml").write_bytes(content)
    assert sideloading.sideloaded() == {ADDRESS: ID, team: identifier(team)}


@pytest.mark.parametrize("access", ["is_dir", "touch"])
def test_what_macos_refuses_is_said(mac: Path, monkeypatch: pytest.MonkeyPatch, access: str) -> None:
    """Since macOS 14 a program may be kept out of another's container."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, access, refused)
    with pytest.raises(NotSideloaded, match="macOS does not let this program write"):
        sideloading.sideload(MANIFEST)


def test_linux_has_no_desktop_excel(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not sideloading.sideload(MANIFEST)
    assert list(home.rglob("*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_can_read_a_manifest(home: Path) -> None:
    path = sideloading.web_file(ADDRESS)
    sideloading.keep(MANIFEST, path)
    assert path == home / "Downloads/marketbook-localhost-3443.xml"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"{}",
        MANIFEST[:-20],
        MANIFEST.replace(ID.encode(), b"../../../../etc/cron.d/x"),
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        b'<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"><Id>&e;</Id></OfficeApp>',
    ],
)
def test_what_is_not_a_manifest_has_no_id(content: bytes) -> None:
    assert sideloading.identifier_in(content) == ""


def test_a_manifest_has_its_id() -> None:
    assert sideloading.identifier_in(MANIFEST) == ID


_IN_WINDOWS = """
import json, winreg
from pathlib import Path
from addin.web import sideloading
DEVELOPER = r"Software\\Microsoft\\Office\\16.0\\WEF\\Developer"
content = Path({path!r}).read_bytes()
def values():
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, DEVELOPER) as key:
            return [winreg.EnumValue(key, at)[:2] for at in range(winreg.QueryInfoKey(key)[1])]
    except FileNotFoundError:
        return []
with winreg.CreateKey(winreg.HKEY_CURRENT_USER, DEVELOPER) as key:
    winreg.SetValueEx(key, "somebody", 0, winreg.REG_SZ, "theirs")
loaded = sideloading.sideload(content)
after = values()
same = Path(dict(after)[{id!r}]).read_bytes() == content
removed = [sideloading.remove({id!r}, {address!r}) for _ in range(2)]
print(json.dumps([loaded, after, same, removed, values(), Path(dict(after)[{id!r}]).exists()]))
winreg.DeleteKey(winreg.HKEY_CURRENT_USER, DEVELOPER)
"""


@needs_wine
def test_excel_for_windows_finds_the_manifest_in_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "manifest.xml"
    path.write_bytes(MANIFEST)
    code = _IN_WINDOWS.format(path=f"Z:{path}", id=ID, address=ADDRESS)
    loaded, after, same, removed, left, is_left = json.loads(run_python(code).splitlines()[-1])
    assert loaded and same
    assert sorted(name for name, _ in after) == sorted([ID, "somebody"])
    assert dict(after)[ID].endswith(rf"\marketbook\excel\{ID}.manifest.xml")
    assert removed == [True, False]
    assert left == [["somebody", "theirs"]] and not is_left
