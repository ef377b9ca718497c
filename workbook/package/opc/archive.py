"""A zip archive: read from its directory, and written with unchanged members copied as raw bytes.

Python's `zipfile` decompresses and compresses each member that it copies. Here a member's local record
(header, compressed bytes, data descriptor) and its directory record are copied as bytes: only the
offset in the directory record changes.
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from workbook.package.opc.errors import Unreadable

LARGEST_PART = 1 << 30
LARGEST_PACKAGE = 4 << 30
"""The largest size of a part and of a package when decompressed. Anything larger is treated as a zip bomb."""

_CHUNK = 1 << 18
_DIRECTORY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENCRYPTED, _HAS_DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_NEW_YEAR_1980 = (1 << 5) | 1
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Member:
    """One member, as described in the archive's directory; `record` are the bytes of its directory record."""

    name: str
    record: bytes
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    offset: int


@dataclass(frozen=True)
class Fresh:
    """A member to be written from its content; `like` is the member that it replaces."""

    name: str
    data: bytes
    like: Member | None = None


class Archive:
    """The members of a zip archive, in the order of its directory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.length = file.seek(0, os.SEEK_END)
        self.members, self.comment = self._directory()
        self._check()

    def close(self) -> None:
        """Close the file behind the archive."""
        self._file.close()

    @property
    def closed(self) -> bool:
        """Whether the file is closed."""
        return self._file.closed

    def read_from(self, file: BinaryIO) -> None:
        """Read members from another open file with the same bytes."""
        self._file = file

    def chunks(self, member: Member) -> Iterator[bytes]:
        """Yield a member's content in pieces. Raises Unreadable if it is damaged or larger than declared."""
        start, end = self._data(member)
        crc = size = 0
        for piece in _inflated(self._pieces(start, end), member):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != member.size or crc != member.crc:
            raise Unreadable(f"The file is damaged: the checksum of {member.name} is wrong.")

    def raw(self, member: Member) -> Iterator[bytes]:
        """Yield the raw bytes of a member's local record, including its data descriptor."""
        _, end = self._data(member)
        return self._pieces(member.offset, end + self._descriptor(member, end))

    def _pieces(self, start: int, end: int) -> Iterator[bytes]:
        while start < end:
            piece = self._at(start, min(_CHUNK, end - start))
            start += len(piece)
            yield piece

    def _at(self, offset: int, length: int) -> bytes:
        if offset < 0 or offset + length > self.length:
            raise Unreadable("The file is damaged: it ends too early.")
        self._file.seek(offset)
        return self._file.read(length)

    def _data(self, member: Member) -> tuple[int, int]:
        header = _LOCAL.unpack(self._at(member.offset, _LOCAL.size))
        if header[0] != b"PK\3\4":
            raise Unreadable(f"The file is damaged: {member.name} is not where its directory says.")
        start = member.offset + _LOCAL.size + header[9] + header[10]
        return start, start + member.compressed

    def _descriptor(self, member: Member, at: int) -> int:
        """Return the length of the data descriptor at an offset. Its signature and itself are optional."""
        if not member.flags & _HAS_DESCRIPTOR:
            return 0
        found = self._at(at, min(24, self.length - at))
        for signature in (b"PK\7\10", b""):
            for sizes in ("<LLL", "<LQQ"):
                if struct.calcsize(sizes) < 20 and max(member.compressed, member.size) > _FULL32:
                    continue
                expected = signature + struct.pack(sizes, member.crc, member.compressed, member.size)
                if found.startswith(expected):
                    return len(expected)
        return 0

    def _directory(self) -> tuple[list[Member], bytes]:
        end, tail = self._end()
        size, offset = _END.unpack(tail[: _END.size])[5:7]
        comment = tail[_END.size :]
        before = end
        if end >= _LOCATOR64.size and self._at(end - _LOCATOR64.size, 4) == b"PK\6\7":
            locator = _LOCATOR64.unpack(self._at(end - _LOCATOR64.size, _LOCATOR64.size))
            before = min(locator[2], end - _LOCATOR64.size - _END64.size)
            record = _END64.unpack(self._at(before, _END64.size))
            size, offset = record[8:]
        # Bytes in front of an archive shift all of its offsets.
        shift = before - size - offset
        if shift < 0:
            raise Unreadable("The file is damaged: its directory is truncated.")
        return _members(self._at(offset + shift, size), shift), comment

    def _end(self) -> tuple[int, bytes]:
        if self.length >= 8 and self._at(0, 8) == _COMPOUND_FILE:
            raise Unreadable("The file is password-protected, or it is an old .xls workbook.")
        reach = min(self.length, _END.size + _FULL16)
        tail = self._at(self.length - reach, reach)
        at = tail.rfind(b"PK\5\6", 0, len(tail) - _END.size + 4)
        if at < 0:
            raise Unreadable("The file is not an Excel workbook: it is not a zip archive.")
        length = _END.unpack(tail[at : at + _END.size])[7]
        return self.length - reach + at, tail[at : at + _END.size + length]

    def _check(self) -> None:
        """Refuse encrypted, overlapping or extremely large members, which are not in normal workbooks."""
        if any(member.flags & _ENCRYPTED for member in self.members):
            raise Unreadable("The file is password-protected.")
        sizes = [member.size for member in self.members]
        if max(sizes, default=0) > LARGEST_PART or sum(sizes) > LARGEST_PACKAGE:
            raise Unreadable(
                f"The file is too large: it would unpack to more than {LARGEST_PART >> 30} GiB in one part"
                f" or {LARGEST_PACKAGE >> 30} GiB in all."
            )
        reached = 0
        for member in sorted(self.members, key=lambda member: member.offset):
            if member.offset < reached:
                raise Unreadable("The file is damaged: its members overlap.")
            reached = member.offset + _LOCAL.size + member.compressed


def write(out: BinaryIO, archive: Archive | None, members: Iterable[Member | Fresh]) -> None:
    """Write an archive with members of another archive, copied as raw bytes, and new members.

    Copied members stay in their original order; the directory has the given order.
    """
    members = list(members)
    offsets: dict[int, tuple[int, bytes]] = {}
    at = 0
    for place in sorted(range(len(members)), key=lambda place: _lay(members[place])):
        member = members[place]
        if isinstance(member, Fresh):
            record, local = _fresh(member)
            pieces = iter(local)
        else:
            assert archive is not None  # noqa: S101 - a Member comes from an archive
            record, pieces = member.record, archive.raw(member)
        offsets[place] = at, record
        for piece in pieces:
            out.write(piece)
            at += len(piece)
    directory = b"".join(
        _moved(record, offset) for offset, record in map(offsets.__getitem__, range(len(members)))
    )
    out.write(directory)
    out.write(_ending(len(members), len(directory), at, archive.comment if archive else b""))


def _lay(member: Member | Fresh) -> float:
    if isinstance(member, Fresh):
        return member.like.offset if member.like else float("inf")
    return member.offset


def _members(directory: bytes, shift: int) -> list[Member]:
    members = []
    at = 0
    while at + _DIRECTORY.size <= len(directory):
        fields = _DIRECTORY.unpack_from(directory, at)
        if fields[0] != b"PK\1\2":
            break
        end = at + _DIRECTORY.size + fields[10] + fields[11] + fields[12]
        members.append(_member(directory[at:end], fields, shift))
        at = end
    if at != len(directory):
        raise Unreadable("The file is damaged: its directory is incomplete.")
    return members


def _member(record: bytes, fields: tuple[int, ...], shift: int) -> Member:
    encoded = record[_DIRECTORY.size : _DIRECTORY.size + fields[10]]
    try:
        name = encoded.decode("utf-8" if fields[3] & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is damaged: a member name is not text.") from error
    sizes = {"size": fields[9], "compressed": fields[8], "offset": fields[16]}
    at = _extra64(record)
    for key in sizes:
        if sizes[key] == _FULL32 and at:
            sizes[key] = int.from_bytes(record[at : at + 8], "little")
            at += 8
    return Member(
        name.replace("\\", "/").lstrip("/"),
        record,
        flags=fields[3],
        method=fields[4],
        crc=fields[7],
        size=sizes["size"],
        compressed=sizes["compressed"],
        offset=sizes["offset"] + shift,
    )


def _extra64(record: bytes) -> int:
    """Return the position of the zip64 extra fields in a directory record, 0 if it has none."""
    at = _DIRECTORY.size + int.from_bytes(record[28:30], "little")
    end = at + int.from_bytes(record[30:32], "little")
    while at + 4 <= min(end, len(record)):
        kind, length = struct.unpack_from("<HH", record, at)
        if kind == 1 and length >= 8 and at + 4 + length <= len(record):
            return at + 4
        at += 4 + length
    return 0


def _moved(record: bytes, offset: int) -> bytes:
    """Return a directory record that points to another offset."""
    fields = _DIRECTORY.unpack_from(record)
    at = _extra64(record)
    if fields[16] == _FULL32 and at:
        at += 8 * (fields[9] == _FULL32) + 8 * (fields[8] == _FULL32)
        return record[:at] + struct.pack("<Q", offset) + record[at + 8 :]
    if offset >= _FULL32:
        raise Unreadable("The file is too large: more than 4 GiB.")
    return record[:42] + struct.pack("<L", offset) + record[46:]


def _inflated(pieces: Iterable[bytes], member: Member) -> Iterator[bytes]:
    if member.method == _STORED:
        yield from pieces
        return
    if member.method != _DEFLATED:
        raise Unreadable(f"{member.name} uses a compression method that Excel cannot read.")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        for piece in pieces:
            while piece and not inflater.eof:
                out = inflater.decompress(piece, _CHUNK)
                size += len(out)
                if size > member.size:
                    raise Unreadable(f"The file is damaged: {member.name} is larger than declared.")
                yield out
                piece = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise Unreadable(f"The file is damaged: {member.name} cannot be unpacked.") from error


def _fresh(member: Fresh) -> tuple[bytes, list[bytes]]:
    """Return the directory record and the pieces of the local record. Times are fixed."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(member.data) + deflater.flush()
    made_by, flags, attributes, name = 20, 0, 0, member.name.encode()
    if member.like is not None:
        old = _DIRECTORY.unpack_from(member.like.record)
        made_by, flags, attributes = old[1], old[3] & _UTF8, old[15]
        name = member.like.record[_DIRECTORY.size : _DIRECTORY.size + old[10]]
    elif not member.name.isascii():
        flags = _UTF8
    shared = (20, flags, _DEFLATED, 0, _NEW_YEAR_1980, zlib.crc32(member.data), len(packed), len(member.data))
    local = _LOCAL.pack(b"PK\3\4", *shared, len(name), 0)
    record = _DIRECTORY.pack(b"PK\1\2", made_by, *shared, len(name), 0, 0, 0, 0, attributes, 0)
    return record + name, [local + name, packed]


def _ending(count: int, size: int, offset: int, comment: bytes) -> bytes:
    ending = b""
    if count >= _FULL16 or offset >= _FULL32:
        ending = _END64.pack(b"PK\6\6", _END64.size - 12, 45, 45, 0, 0, count, count, size, offset)
        ending += _LOCATOR64.pack(b"PK\6\7", 0, offset + size, 1)
    few = min(count, _FULL16)
    ending += _END.pack(b"PK\5\6", 0, 0, few, few, size, min(offset, _FULL32), len(comment))
    return ending + comment
