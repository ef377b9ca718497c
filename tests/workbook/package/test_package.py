import io
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.package.corpus import FILES, FOLDER, needs_corpus
from tests.workbook.package.synthetic import zipped
from workbook.package import Missing, Package, PackageError, Refused, Unreadable
from workbook.package.opc import archive as archive_module


def members(data: bytes) -> dict[str, tuple]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            info.filename: (
                archive.read(info),
                info.date_time,
                info.external_attr,
                info.compress_type,
                info.extra,
            )
            for info in archive.infolist()
        }


@needs_corpus
@pytest.mark.parametrize("name", [name for name in FILES if (FOLDER / name).stat().st_size > 22])
def test_an_unchanged_package_is_written_as_it_was(name):
    data = (FOLDER / name).read_bytes()
    if not data.startswith(b"PK"):
        pytest.skip("not a zip archive")
    package = Package.from_bytes(data)
    assert package.to_bytes() == data
    assert not package.changed


def test_members_lie_as_they_lay_around_a_change():
    before = zipped({"a.xml": b"a" * 5000, "b.xml": b"b" * 5000, "c.xml": random.Random(1).randbytes(900)})
    package = Package.from_bytes(before)
    package.replace("b.xml", b"other")
    package.add("d.xml", b"new")
    after = package.to_bytes()
    assert list(members(after)) == ["a.xml", "b.xml", "c.xml", "d.xml"]
    assert members(after)["a.xml"] == members(before)["a.xml"]
    assert members(after)["c.xml"] == members(before)["c.xml"]
    first = before[: before.index(b"PK\3\4", 4)]
    assert after.startswith(first)
    assert Package.from_bytes(after)["b.xml"] == b"other"
    again = Package.from_bytes(before)
    again.replace("b.xml", b"other")
    again.add("d.xml", b"new")
    assert again.to_bytes() == after


def test_a_change_taken_back_is_none():
    before = zipped({"a.xml": b"a", "b.xml": b"b"})
    package = Package.from_bytes(before)
    package.replace("a.xml", b"other")
    package.replace("a.xml", b"a")
    package.remove("b.xml")
    assert list(package) == ["a.xml"]
    package.add("b.xml", b"b")
    assert not package.changed
    assert package.to_bytes() == before


def test_names_match_whatever_their_case_and_slashes():
    package = Package.from_bytes(zipped({"XL\\Workbook.xml": b"w", "/xl/styles.xml": b"s", "xl/": b""}))
    assert package["xl/workbook.XML"] == b"w"
    assert package.name("xl/WORKBOOK.xml") == "XL/Workbook.xml"
    assert list(package) == ["XL/Workbook.xml", "xl/styles.xml"]
    assert "xl/styles.xml" in package
    assert len(package) == 2
    package.replace("xl/workbook.xml", b"x")
    assert "XL\\Workbook.xml" in members(package.to_bytes())
    with pytest.raises(Missing, match="no part named xl/none"):
        package["xl/none.xml"]
    with pytest.raises(PackageError, match="already has a part"):
        package.add("xl/Styles.xml", b"")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [["a.xml", "a.xml"], ["a.xml", "A.xml"], ["x/a.xml", "x\\a.xml"]])
def test_two_parts_of_one_name_are_refused(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            archive.writestr(info, b"x")
    with pytest.raises(Refused, match="two parts"):
        Package.from_bytes(out.getvalue())


class _Unseekable(io.RawIOBase):
    """A stream that zipfile writes data descriptors to."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, piece):
        self.data += piece
        return len(piece)


@pytest.mark.parametrize("signed", [True, False])
def test_data_descriptors_with_and_without_signature_are_copied(signed):
    stream = _Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"a" * 400)
        archive.writestr("b.xml", b"b")
    data = bytes(stream.data)
    if not signed:
        data = _without_signatures(data)
    package = Package.from_bytes(data)
    package.add("c.xml", b"c")
    assert package.to_bytes().startswith(data[: data.index(b"PK\1\2")])
    assert {name: found[0] for name, found in members(package.to_bytes()).items()} == {
        "a.xml": b"a" * 400,
        "b.xml": b"b",
        "c.xml": b"c",
    }


def _without_signatures(data: bytes) -> bytes:
    at = data.index(b"PK\1\2")
    body, directory = data[:at], bytearray(data[at:])
    first, second = body.split(b"PK\7\x08")[0:2], None
    pieces = body.split(b"PK\7\x08")
    body = b"".join(pieces)
    entry = directory.index(b"PK\1\2", 4)
    offset = struct.unpack_from("<L", directory, entry + 42)[0]
    struct.pack_into("<L", directory, entry + 42, offset - 4)
    end = directory.index(b"PK\5\6")
    struct.pack_into("<L", directory, end + 16, len(body))
    assert first
    assert second is None
    return body + bytes(directory)


def test_zip64_members_are_copied():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.xml", "w", force_zip64=True) as a,
    ):
        a.write(b"large" * 1000)
    package = Package.from_bytes(out.getvalue())
    package.add("b.xml", b"b")
    found = members(package.to_bytes())
    assert found["a.xml"][0] == b"large" * 1000
    assert package["a.xml"] == b"large" * 1000


def test_zip64_fields_of_the_directory_are_read_and_moved():
    """A directory record whose sizes and offset are all in the zip64 extra, as large archives have them."""
    packed = zlib.compress(b"x" * 50, wbits=-15)
    crc = zlib.crc32(b"x" * 50)
    local = (
        struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 8, 0, 33, crc, len(packed), 50, 5, 0) + b"a.xml" + packed
    )
    extra = struct.pack("<HHQQQ", 1, 24, 50, len(packed), 0)
    full = 0xFFFFFFFF
    record = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 8, 0, 33, crc, full, full, 5, len(extra), 0, 0, 0, 0, full
    )
    directory = record + b"a.xml" + extra
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(directory), len(local))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(local) + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, full, full, 0)
    package = Package.from_bytes(local + directory + end64 + locator + end)
    assert package["a.xml"] == b"x" * 50
    package.add("b.xml", b"b")
    assert {name: found[0] for name, found in members(package.to_bytes()).items()} == {
        "a.xml": b"x" * 50,
        "b.xml": b"b",
    }


def test_more_members_than_a_directory_of_old_counts():
    contents = {f"p{n}.xml": b"" for n in range(66_000)}
    package = Package.from_bytes(zipped(contents, zipfile.ZIP_STORED))
    package.add("new.xml", b"new")
    assert len(Package.from_bytes(package.to_bytes())) == 66_001


def test_bytes_ahead_of_the_archive_and_a_comment_behind_it():
    out = io.BytesIO(b"#!/bin/x\n")
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("a.xml", b"a")
        archive.comment = b"a comment"
    package = Package.from_bytes(out.getvalue())
    package.add("b.xml", b"b")
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as archive:
        assert archive.comment == b"a comment"
        assert archive.read("a.xml") == b"a"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a zip archive"),
        (b"PK\3\4 and nothing", "not a zip archive"),
        (b"a,b\n1,2\n" * 20, "not a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected"),
    ],
)
def test_what_is_no_package(data, said):
    with pytest.raises(Unreadable, match=said):
        Package.from_bytes(data)


def test_an_encrypted_member_is_refused():
    data = bytearray(zipped({"a.xml": b"a"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(Unreadable, match="password-protected"):
        Package.from_bytes(bytes(data))


def test_a_wrong_checksum_is_found():
    data = bytearray(zipped({"a.xml": b"abcdefgh"}, zipfile.ZIP_STORED))
    data[data.index(b"abcd")] = 0
    package = Package.from_bytes(bytes(data))
    with pytest.raises(Unreadable, match=r"checksum of a\.xml"):
        package.verify()
    assert package.to_bytes() == bytes(data)


def test_a_part_that_inflates_to_more_than_declared_stops_there():
    data = bytearray(zipped({"a.xml": bytes(10_000_000)}))
    for header, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", data, data.index(header) + at, 1000)
    with pytest.raises(Unreadable, match="larger than declared"):
        Package.from_bytes(bytes(data))["a.xml"]


def test_a_part_declared_beyond_the_limit(monkeypatch):
    monkeypatch.setattr(archive_module, "LARGEST_PART", 1 << 20)
    with pytest.raises(Unreadable, match="too large"):
        Package.from_bytes(zipped({"a.xml": bytes((1 << 20) + 1)}))


def test_a_package_declared_beyond_the_limit(monkeypatch):
    monkeypatch.setattr(archive_module, "LARGEST_PACKAGE", 3000)
    with pytest.raises(Unreadable, match="too large"):
        Package.from_bytes(zipped({"a.xml": bytes(2000), "b.xml": bytes(2000)}))


def test_overlapping_members_are_refused():
    data = bytearray(zipped({"a.xml": b"a" * 100, "b.xml": b"b" * 100}))
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(Unreadable, match="overlap"):
        Package.from_bytes(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused_but_never_anything_else(data):
    whole = bytearray(zipped({"a.xml": b"abc" * 30, "b/c.xml": b"x"}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    damaged = bytes(whole[: cut if data.draw(st.booleans()) else len(whole)])
    try:
        package = Package.from_bytes(damaged)
        package.verify()
        package.add("new.xml", b"new")
        Package.from_bytes(package.to_bytes())
    except PackageError as error:
        assert str(error).endswith(".")


NAMES = st.text("abcXYZé日 _-()[]#%&'", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=6),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.data(),
)
def test_any_changes_read_back(contents, compression, data):
    folded = {name.casefold() for name in contents}
    if len(folded) < len(contents):
        return
    package = Package.from_bytes(zipped(contents, compression))
    expected = dict(contents)
    for name in list(contents):
        action = data.draw(st.sampled_from(["keep", "replace", "remove"]))
        if action == "replace":
            expected[name] = data.draw(st.binary(max_size=300))
            package.replace(name, expected[name])
        elif action == "remove":
            del expected[name]
            package.remove(name)
    package.add("zz/new.xml", b"new")
    found = members(package.to_bytes())
    assert {name: content[0] for name, content in found.items()} == {**expected, "zz/new.xml": b"new"}
    assert dict(Package.from_bytes(package.to_bytes())) == {**expected, "zz/new.xml": b"new"}
