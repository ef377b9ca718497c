"""A package: an ordered mapping from part name to bytes, over a zip archive.

>>> package = Package.empty()
>>> package.add("xl/workbook.xml", b"<workbook/>")
>>> Package.from_bytes(package.to_bytes())["xl/workbook.xml"]
b'<workbook/>'
"""

import io
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from workbook.package.opc.archive import Archive, Fresh, Member, write
from workbook.package.opc.encodings import foreign_encoding, in_utf8
from workbook.package.opc.errors import Missing, PackageError, Refused, Unreadable
from workbook.package.opc.files import identity, refuse_if_open, replacing

T = TypeVar("T")
_HEAD = 256
"""A declaration of XML ends within so many bytes."""


class Derived(Generic[T]):
    """What was made from parts, by their names, each with the stamp of what it was made from."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[object, T]] = {}


class _Later:
    """A member whose bytes are made when they are first needed."""

    def __init__(self, name: str, render: Callable[[], bytes]) -> None:
        self.name = name
        self.render = render
        self.made: Member | Fresh | None = None


class Package(Mapping[str, bytes]):
    """Parts by name, such as "xl/workbook.xml": without a leading slash, in upper or lower case.

    A part is decompressed on each request. XML in another encoding than UTF-8 is read as UTF-8, and
    written so if it is changed. Changes stay in memory until `save` or `to_bytes`, which copy unchanged
    members as raw bytes.
    """

    def __init__(self, archive: Archive | None = None, path: Path | None = None) -> None:
        self._kept: dict[type, Any] = {}
        self._names_changed = 0
        self._load(archive, path)

    def _load(self, archive: Archive | None, path: Path | None) -> None:
        self._archive = archive
        self._path = path
        self._verified = False
        self._identity = identity(path) if path else None
        self._original: dict[str, Member] = {}
        for member in archive.members if archive else ():
            if self._original.setdefault(_key(member.name), member) is not member:
                raise Refused(f"The file has two parts named {member.name}.")
        self._transcoded: dict[str, tuple[int, int]] = {}
        self._members: dict[str, Member | Fresh | _Later | None] = dict(self._original)

    @classmethod
    def empty(cls) -> Self:
        """Return a package without parts."""
        return cls()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Return the package in a file. Only its directory is read. Links are followed.

        Raises Unreadable if it is not a zip archive, is encrypted or damaged, or cannot be read.
        """
        place = Path(path).resolve()
        archive = _archive(place)
        try:
            return cls(archive, place)
        except BaseException:
            archive.close()
            raise

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the package in the bytes of a file."""
        return cls(Archive(io.BytesIO(data)))

    @property
    def path(self) -> Path | None:
        """The file from which the package was opened, with links followed."""
        return self._path

    @property
    def changed(self) -> bool:
        """Whether any part was added, removed or changed."""
        return any(self._made(key) is not self._original.get(key) for key in self._members)

    def __getitem__(self, name: str) -> bytes:
        part = self._part(name)
        if isinstance(part, Fresh):
            return part.data
        raw = b"".join(self._archive.chunks(part)) if self._archive else b""
        if not _is_xml(name) or not foreign_encoding(raw[:_HEAD], name):
            return raw
        utf8 = in_utf8(raw, name)
        self._transcoded[_key(name)] = len(utf8), zlib.crc32(utf8)
        return utf8

    def __iter__(self) -> Iterator[str]:
        names = [member.name for member in self._members.values() if member is not None]
        return iter([name for name in names if not name.endswith("/")])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._members.get(_key(name)) is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file behind the package."""
        if self._archive is not None:
            self._archive.close()

    def name(self, name: str) -> str:
        """Return the name as spelled in the package."""
        member = self._members.get(_key(name))
        if member is None:
            raise _missing(name)
        return member.name

    def size(self, name: str) -> int:
        """Return a part's length in the file, in bytes, without decompressing it."""
        part = self._part(name)
        return len(part.data) if isinstance(part, Fresh) else part.size

    def checksum(self, name: str) -> int:
        """Return the CRC-32 of a part's bytes in the file without decompressing it."""
        part = self._part(name)
        return zlib.crc32(part.data) if isinstance(part, Fresh) else part.crc

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes in pieces, so that a large part is never in memory as a whole."""
        part = self._part(name)
        if isinstance(part, Fresh) or self._archive is None:
            return iter([self[name]])
        pieces = self._archive.chunks(part)
        start = next(pieces, b"")
        if _is_xml(name) and foreign_encoding(start[:_HEAD], name):
            return iter([self[name]])
        return chain([start], pieces)

    def replace(self, name: str, data: bytes) -> None:
        """Replace a part's bytes. If they are those that were read, the part counts as unchanged."""
        self._put(self.name(name), data)

    def replace_later(self, name: str, render: Callable[[], bytes]) -> None:
        """Replace a part's bytes with those that `render` returns, which is called when they are needed."""
        self._members[_key(name)] = _Later(self.name(name), render)

    def add(self, name: str, data: bytes) -> None:
        """Add a part at the end. Raises PackageError if the name exists."""
        if name in self:
            raise PackageError(f"The package already has a part named {name}.")
        self._names_changed += 1
        self._put(name, data)

    def remove(self, name: str) -> None:
        """Remove a part."""
        self.name(name)
        self._names_changed += 1
        self._members[_key(name)] = None

    def stamp(self, *names: str) -> tuple[object, ...]:
        """Return a value that changes if one of these parts changes, or if any part is added or removed."""
        return self._names_changed, *(self._members.get(_key(name)) for name in names)

    def keep(self, kind: type[T], make: Callable[[], T]) -> T:
        """Return the package's one object of a kind, which is made on the first request."""
        if kind not in self._kept:
            self._kept[kind] = make()
        found: T = self._kept[kind]
        return found

    def derived(self, kind: type[Derived[T]], name: str, stamp: object, make: Callable[[], T]) -> T:
        """Return what was made from a part, which is made again if the stamp differs from the last one.

        A part has one such thing of a kind. The stamp must cover all parts that `make` reads.
        """
        made = self.keep(kind, kind).made
        key = _key(name)
        if key not in made or made[key][0] != stamp:
            made[key] = stamp, make()
        return made[key][1]

    def _put(self, name: str, data: bytes) -> None:
        self._members[_key(name)] = self._member(name, data)

    def _member(self, name: str, data: bytes) -> Member | Fresh:
        original = self._original.get(_key(name))
        if original:
            size, crc = self._transcoded.get(_key(name), (original.size, original.crc))
            if size == len(data) and crc == zlib.crc32(data):
                return original
        return Fresh(name, data, original)

    def _made(self, key: str) -> Member | Fresh | None:
        member = self._members.get(key)
        if not isinstance(member, _Later):
            return member
        if member.made is None:
            member.made = self._member(member.name, member.render())
        return member.made

    def _written(self) -> list[Member | Fresh]:
        return [member for key in self._members if (member := self._made(key)) is not None]

    def verify(self) -> None:
        """Decompress every part and verify its checksum. Raises Unreadable if one is damaged."""
        if self._verified:
            return
        for member in self._written():
            if self._archive and not isinstance(member, Fresh):
                for _ in self._archive.chunks(member):
                    pass
        self._verified = True

    def to_bytes(self) -> bytes:
        """Return the package as the bytes of a file."""
        out = io.BytesIO()
        write(out, self._archive, self._written())
        return out.getvalue()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the package to a file. A package that was opened from a file then reads from the new one.

        A temporary file is written and flushed, and then replaces the target, with its permissions.
        Whatever happens, the disk has either the old or the new file. Raises Unwritable if another
        program has it open or has changed it, if there is no permission, or if the disk is full; then
        the package is as before, and can be saved elsewhere.
        """
        place = Path(path).resolve()
        refuse_if_open(place)
        over = place == self._path
        release = self.close if over else None  # Windows cannot replace an open file
        try:
            with replacing(place, self._identity if over else None, release) as out:
                write(out, self._archive, self._written())
        except BaseException:
            self._reopen()
            raise
        if self._path is not None:
            archive = _archive(place)
            self.close()
            self._load(archive, place)

    def _reopen(self) -> None:
        """Read on from the old file after a failed save."""
        if self._archive is not None and self._path is not None and self._archive.closed:
            with suppress(OSError):
                self._archive.read_from(self._path.open("rb"))

    def _part(self, name: str) -> Member | Fresh:
        member = self._made(_key(name))
        if member is None:
            raise _missing(name)
        return member


def _missing(name: str) -> Missing:
    return Missing(f"The package has no part named {name}.")


def _archive(path: Path) -> Archive:
    """Open the archive in a file."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {_reason(error)}.") from error
    try:
        return Archive(file)
    except BaseException:
        file.close()
        raise


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels"))


def _key(name: str) -> str:
    return name.casefold()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
