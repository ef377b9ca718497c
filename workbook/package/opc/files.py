"""Safe writing of files: after a crash, either the old or the new file exists."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from workbook.package.opc.errors import Unwritable

Identity = tuple[int, int, int]
_REASONS = {
    errno.ENOSPC: "there is no room on the disk",
    errno.EDQUOT: "there is no room on the disk",
    errno.EFBIG: "there is no room for a file of that size",
    errno.EACCES: "there is no permission",
    errno.EPERM: "there is no permission",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "its folder does not exist",
}


def identity(path: Path) -> Identity:
    """Return a value that changes if the file is changed."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def refuse_if_open(path: Path) -> None:
    """Raise Unwritable if there is a lock file of Excel or LibreOffice for the file."""
    path = path.resolve()
    for program, sign in (("Excel", f"~${path.name}"), ("LibreOffice", f".~lock.{path.name}#")):
        if path.with_name(sign).exists():
            raise Unwritable(f"{path.name} is open in {program}. Close it there, and try again.")


@contextmanager
def replacing(
    path: Path, seen: Identity | None = None, release: Callable[[], None] | None = None
) -> Iterator[BinaryIO]:
    """Yield a file to write to. It replaces `path` at the end if nothing failed.

    `seen` is the identity of the file to be replaced. Raises Unwritable if the file has changed.
    `release` is called last, just before the replacement, to close `path`.
    """
    temporary: Path | None = None
    try:
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "not writable")
        _refuse_if_changed(path, seen)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as out:
            temporary = Path(out.name)
            yield out  # type: ignore[misc]  # a wrapper around the file, with all of its methods
            out.flush()
            os.fsync(out.fileno())
        _refuse_if_changed(path, seen)
        _keep_attributes(path, temporary)
        if release is not None:
            release()
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise Unwritable(f"{path.name} cannot be written: {_reason(error)}.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _refuse_if_changed(path: Path, seen: Identity | None) -> None:
    if seen is not None and identity(path) != seen:
        raise Unwritable(f"{path.name} was changed by another program. Try again.")


def _keep_attributes(old: Path, new: Path) -> None:
    if not old.exists():
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        return
    shutil.copymode(old, new)
    if hasattr(os, "chown"):
        with suppress(OSError):  # only a privileged user may change the owner
            os.chown(new, old.stat().st_uid, old.stat().st_gid)


def _flush_folder(folder: Path) -> None:
    """Make the replacement durable. On systems that cannot, a crash may bring back the old file."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())
