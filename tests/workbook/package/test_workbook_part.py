"""The workbook part is one object of its package: a change is seen by all, and nothing is written twice."""

import functools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workbook.package.soundness import Snapshot, parts_of
from tests.workbook.package.synthetic import MAIN, package_bytes, sheet_xml, zipped
from workbook.package import Package, Refused, set_cached_values
from workbook.package.opc.markup import Markup
from workbook.package.opc.relationships import relate
from workbook.package.sheets.workbook_part import WorkbookPart, workbook_part

PART = "xl/workbook.xml"
NAMES = '<definedName name="one">S!$A$1</definedName><definedName name="two" hidden="1">S!$A$2</definedName>'


@functools.cache
def data(names: str = NAMES) -> bytes:
    return package_bytes({"S": sheet_xml(), "T": sheet_xml()}, names=names)


def package(names: str = NAMES) -> Package:
    return Package.from_bytes(data(names))


def defined(package: Package) -> list[tuple[str, str | None, str]]:
    root = etree.fromstring(package[PART])
    found = root.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName")
    return [(name.get("name"), name.get("localSheetId"), name.text or "") for name in found]


def test_there_is_one_of_a_package():
    one = package()
    assert workbook_part(one) is workbook_part(one)
    assert workbook_part(one) is not workbook_part(package())


def test_a_change_is_in_the_parts_bytes_at_once():
    one = package()
    workbook_part(one).set_name("three", "T!$A$1", hidden=True)
    assert b'<definedName name="three" hidden="1">T!$A$1</definedName>' in one[PART]
    assert one.changed
    assert b"three" in parts_of(one.to_bytes())[PART]


def test_written_twice_a_name_is_defined_once():
    one = package()
    workbook_part(one).set_name("three", "T!$A$1")
    one.to_bytes()
    workbook_part(one).set_name("three", "T!$A$2")
    one.to_bytes()
    assert defined(one)[2:] == [("three", None, "T!$A$2")]


def test_a_name_that_is_dropped_and_set_again():
    one = package()
    book = workbook_part(one)
    book.drop_name(book.defined("TWO"))
    assert book.defined("two") is None
    book.set_name("two", "T!$B$1")
    assert defined(one) == [("one", None, "S!$A$1"), ("two", None, "T!$B$1")]
    assert not workbook_part(one).defined("two").hidden


def test_with_the_last_name_goes_the_list():
    one = package()
    for name in workbook_part(one).names():
        workbook_part(one).drop_name(name)
        workbook_part(one).drop_name(name)
    assert b"definedName" not in one[PART]
    workbook_part(one).set_name("new", "1")
    assert defined(one) == [("new", None, "1")]


def test_what_is_undone_leaves_the_part_as_it_was():
    one = package()
    book = workbook_part(one)
    book.set_name("one", "S!$Z$9")
    book.set_name("three", "1")
    assert one.changed
    book.set_name("one", "S!$A$1")
    book.drop_name(book.defined("three"))
    assert not one.changed
    assert one.to_bytes() == data(NAMES)


def test_bytes_that_someone_else_replaces_are_followed():
    one = package()
    book = workbook_part(one)
    book.set_name("three", "3")
    markup = Markup(one[PART])
    markup.append(markup.root.child("definedNames"), b'<definedName name="four">4</definedName>')
    one.replace(PART, markup.result())
    assert [name.name for name in book.names()] == ["one", "two", "three", "four"]
    book.set_name("five", "5")
    one.replace(PART, one[PART].replace(b'name="T"', b'name="Tea"'))
    assert book.sheet("tea").position == 1
    assert [name for name, _, _ in defined(one)] == ["one", "two", "three", "four", "five"]


def test_an_added_sheet_and_a_new_relationship_are_seen():
    one = package()
    book = workbook_part(one)
    one.add("xl/worksheets/more.xml", sheet_xml('<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>').encode())
    added = book.add_sheet("More", "xl/worksheets/more.xml", "hidden")
    assert book.sheet("MORE") == book.sheets[2] == added
    assert book.free_sheet_name("more") == "more (2)"
    set_cached_values(one, "More", {"A1": 2.0})
    assert book.related("theme") is None
    one.add("xl/theme.xml", b"<theme/>")
    relate(one, PART, "theme", "xl/theme.xml")
    assert book.related("theme") == "xl/theme.xml"
    assert [(name, part) for name, part in Snapshot(one.to_bytes()).sheets()][2] == ("More", added.part)
    again = workbook_part(Package.from_bytes(one.to_bytes()))
    assert again.sheet("More") == added


def test_after_a_save_it_goes_on(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(data())
    with Package.open(path) as one:
        book = workbook_part(one)
        book.set_name("three", "3")
        one.save(path)
        book.set_name("four", "4")
        one.save(path)
        assert [name for name, _, _ in defined(one)] == ["one", "two", "three", "four"]
    assert parts_of(path.read_bytes())[PART].count(b"three") == 1


def test_a_package_without_one_can_get_one_later():
    parts = parts_of(data())
    one = Package.from_bytes(zipped({**parts, PART: parts[PART].replace(b"</workbook>", b"")}))
    with pytest.raises(Refused, match="not well-formed"):
        workbook_part(one)
    one.replace(PART, parts[PART])
    assert len(workbook_part(one).sheets) == 2


def test_a_large_list_of_names_is_parsed_once(monkeypatch):
    names = "".join(f'<definedName name="n{n}">S!$A${n}</definedName>' for n in range(1, 500))
    one = package(names)
    parsed = []
    monkeypatch.setattr(
        WorkbookPart, "_read", lambda self, read=WorkbookPart._read: parsed.append(read(self))
    )
    for n in range(1, 500):
        workbook_part(one).set_name(f"n{n}", f"S!$B${n}")
        set_cached_values(one, "S", {})
    assert len(defined(one)) == len(parsed) + 498
    assert all(text.startswith("S!$B$") for _, _, text in defined(one))


KEYS = st.sampled_from(["one", "ONE", "two", "three", "é & <x>"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set", "drop", "write", "replace"]), KEYS, st.sampled_from([None, 0, 1]), KEYS
    ),
    max_size=12,
)


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_any_steps_give_what_a_plain_dict_gives(steps):
    one = package()
    book = workbook_part(one)
    wanted = {("one", None): "S!$A$1", ("two", None): "S!$A$2"}
    for step, name, scope, text in steps:
        if step == "set":
            book.set_name(name, text, scope)
            wanted[name.casefold(), scope] = text
        elif step == "drop" and (known := book.defined(name, scope)):
            book.drop_name(known)
            del wanted[name.casefold(), scope]
        elif step == "write":
            assert re.search(rb"<sheets>.*</sheets>", one[PART])
        elif step == "replace":
            one.replace(PART, one[PART] + b"\n")
    assert {(found.name.casefold(), found.scope): found.text for found in book.names()} == wanted
    written = {(name.casefold(), scope and int(scope)): text for name, scope, text in defined(one)}
    assert written == wanted
