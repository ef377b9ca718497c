"""A file is replaced whole or not at all, whatever happens while it is written."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.workbook.package.synthetic import zipped
from workbook.package import Package, Unreadable, Unwritable, refuse_if_open

KILLS = 100
CHECKOUT = Path(__file__).parents[3]


def book(folder: Path, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(zipped({"state.xml": b"old", "rest.bin": random.Random(3).randbytes(300_000)}))
    return path


def replaced(path: Path, data: bytes = b"new") -> None:
    with Package.open(path) as package:
        package.replace("state.xml", data)
        package.save(path)


def kill_many(path: Path) -> None:
    """Start a process that saves the file again and again, and kill it at a random moment; and again."""
    whole = Package.from_bytes(path.read_bytes())["rest.bin"]
    choose = random.Random(7)
    states = set()
    for _ in range(KILLS):
        child = os.fork()
        if not child:
            while True:
                replaced(path, str(choose.random()).encode() * 2000)
        time.sleep(choose.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        states.add(_whole_state(path, whole))
    print(len(states))


def test_killed_at_any_moment_the_old_file_or_the_new_one_is_there(tmp_path):
    path = book(tmp_path)
    code = "import sys; from tests.workbook.package.test_saving import *; kill_many(Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > KILLS / 10  # or it was killed before it ever wrote


def _whole_state(path: Path, whole: bytes) -> bytes:
    package = Package.from_bytes(path.read_bytes())
    package.verify()
    assert package["rest.bin"] == whole
    state = package["state.xml"]
    assert state == b"old" or state == state[: len(state) // 2000] * 2000
    return state


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = book(tmp_path)
    before = path.read_bytes()
    code = (
        "import resource, signal, sys; from tests.workbook.package.test_saving import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "try: replaced(Path(sys.argv[1]))\n"
        "except Unwritable as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "book.xlsx cannot be written: there is no room for a file of that size.\n"
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes an administrator")
def test_a_disk_that_is_really_full(tmp_path):
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(tmp_path)], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        path = book(tmp_path)
        before = path.read_bytes()
        with pytest.raises(Unwritable, match="no room on the disk"):
            replaced(path)
        assert path.read_bytes() == before
        assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_permissions_are_kept(tmp_path):
    path = book(tmp_path)
    path.chmod(0o640)
    replaced(path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert Package.from_bytes(path.read_bytes())["state.xml"] == b"new"


def test_a_new_file_has_the_permissions_that_any_has(tmp_path):
    mask = os.umask(0o027)
    try:
        Package.from_bytes(book(tmp_path).read_bytes()).save(tmp_path / "new.xlsx")
    finally:
        os.umask(mask)
    assert (tmp_path / "new.xlsx").stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays_one(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    path = book(tmp_path / "elsewhere")
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    replaced(link)
    assert link.is_symlink()
    assert Package.from_bytes(path.read_bytes())["state.xml"] == b"new"


@pytest.mark.parametrize(
    ("sign", "program"), [("~$book.xlsx", "Excel"), (".~lock.book.xlsx#", "LibreOffice")]
)
def test_a_file_that_is_open_elsewhere_is_left_alone(tmp_path, sign, program):
    path = book(tmp_path)
    before = path.read_bytes()
    (tmp_path / sign).write_bytes(b"")
    with pytest.raises(Unwritable, match=f"open in {program}"):
        replaced(path)
    with pytest.raises(Unwritable, match=f"open in {program}"):
        refuse_if_open(path)
    assert path.read_bytes() == before


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path):
    path = book(tmp_path)
    with Package.open(path) as package:
        package.replace("state.xml", b"new")
        other = zipped({"state.xml": b"someone else's"})
        path.write_bytes(other)
        with pytest.raises(Unwritable, match="changed by another program"):
            package.save(path)
    assert path.read_bytes() == other
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_file_or_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable, match=r"none\.xlsx cannot be opened: no such file"):
        Package.open(tmp_path / "none.xlsx")
    with pytest.raises(Unwritable, match="its folder does not exist"):
        Package.from_bytes(book(tmp_path).read_bytes()).save(tmp_path / "none" / "book.xlsx")


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_without_permission_nothing_is_written(tmp_path):
    path = book(tmp_path)
    path.chmod(0o400)
    with pytest.raises(Unwritable, match="no permission"):
        replaced(path)
    path.chmod(0o600)


def test_the_package_goes_on_from_the_saved_file(tmp_path):
    path = book(tmp_path)
    with Package.open(path) as package:
        package.replace("state.xml", b"new")
        package.save(path)
        assert not package.changed
        assert package["state.xml"] == b"new"
        package.save(tmp_path / "other.xlsx")
        assert package.path == tmp_path / "other.xlsx"


def usable(package: Package, folder: Path) -> None:
    """A package after a failed save reads, and saves elsewhere."""
    assert package["state.xml"] == b"new"
    assert len(package["rest.bin"]) == 300_000
    other = folder / "elsewhere.xlsx"
    package.save(other)
    assert package["state.xml"] == b"new"
    assert len(Package.from_bytes(other.read_bytes())["rest.bin"]) == 300_000


FAILURES = {
    "no permission": (os, "access", lambda *_: False),
    "no room": (os, "fsync", _fails := lambda *_: (_ for _ in ()).throw(OSError(28, "full"))),
    "no folder": (Path, "replace", _fails),
    "chmod": (shutil, "copymode", _fails),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_after_a_failed_save_the_package_goes_on(tmp_path, monkeypatch, failure):
    path = book(tmp_path)
    with Package.open(path) as package:
        package.replace("state.xml", b"new")
        with monkeypatch.context() as failing:
            failing.setattr(*FAILURES[failure])
            with pytest.raises(Unwritable):
                package.save(path)
        assert Package.from_bytes(path.read_bytes())["state.xml"] == b"old"
        usable(package, tmp_path)


def test_a_package_goes_on_if_its_file_is_open_elsewhere_or_has_changed(tmp_path):
    path = book(tmp_path)
    with Package.open(path) as package:
        package.replace("state.xml", b"new")
        lock = tmp_path / "~$book.xlsx"
        lock.write_bytes(b"")
        with pytest.raises(Unwritable, match="open in Excel"):
            package.save(path)
        lock.unlink()
        os.utime(path, ns=(1, 1))
        with pytest.raises(Unwritable, match="changed by another program"):
            package.save(path)
        with pytest.raises(Unwritable, match="its folder does not exist"):
            package.save(tmp_path / "none" / "book.xlsx")
        usable(package, tmp_path)
