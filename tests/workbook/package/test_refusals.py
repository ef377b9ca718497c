"""What must not be edited is refused: one sentence says why, and at most one says what to do."""

import functools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workbook.package.corpus import assert_plain
from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import parts_of
from tests.workbook.package.synthetic import LINKS, MAIN, OFFICE, package_bytes, sheet_xml, zipped
from workbook.package import (
    Functions,
    Package,
    PackageError,
    copy_aside,
    freeze,
    graft,
    refuse_unless_editable,
)
from workbook.package.opc.markup import Markup, quoted

PLAIN = {"S": sheet_xml()}
STRICT = "http://purl.oclc.org/ooxml"


def other(part: str, old: str, new: str, encoding: str = "utf-8") -> bytes:
    parts = parts_of(package_bytes(PLAIN))
    text = parts[part].decode()
    assert old in text
    return zipped({**parts, part: text.replace(old, new).encode(encoding)})


def less(part: str) -> bytes:
    parts = parts_of(package_bytes(PLAIN))
    del parts[part]
    return zipped(parts)


SIGNED = (
    "</Relationships>",
    f'<Relationship Id="s" Type="{LINKS}/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    "</Relationships>",
)

CASES = {
    "structure of the workbook is protected": package_bytes(
        PLAIN, settings='<workbookProtection lockStructure="true"/>'
    ),
    "digitally signed": other("_rels/.rels", *SIGNED),
    "Strict Open XML": other("_rels/.rels", OFFICE, f"{STRICT}/officeDocument/relationships"),
    "Strict Open XML format": other("xl/workbook.xml", MAIN, f"{STRICT}/spreadsheetml/main"),
    "Excel's binary format": other("[Content_Types].xml", "sheet.main+xml", "sheet.binary.macroEnabled.main"),
    "which cannot be edited": other(
        "xl/workbook.xml", "<workbook", '<?xml version="1.0" encoding="cp037"?><workbook'
    ),
    "is not text in its encoding": other(
        "xl/workbook.xml",
        "<workbook",
        '<?xml version="1.0" encoding="Shift_JIS"?><workbook q="\x81"',
        "latin-1",
    ),
    "contains a DOCTYPE": other(
        "xl/workbook.xml", "<workbook", '<!DOCTYPE workbook [<!ENTITY a "b">]><workbook'
    ),
    "not well-formed": other("xl/workbook.xml", "</workbook>", ""),
    "two sheets with the same name": package_bytes({"S": sheet_xml(), "s": sheet_xml()}),
    r"no \[Content_Types\]\.xml": less("[Content_Types].xml"),
    "not an Excel workbook": less("_rels/.rels"),
    "not an Excel": less("xl/workbook.xml"),
    "is not an Excel workbook": other("xl/workbook.xml", "workbook", "document"),
}


@pytest.mark.parametrize("reason", CASES)
def test_refused(reason):
    package = Package.from_bytes(CASES[reason])
    with pytest.raises(PackageError, match=reason) as refusal:
        refuse_unless_editable(package)
    assert_plain(str(refusal.value))


def test_a_plain_one_is_not():
    refuse_unless_editable(Package.from_bytes(package_bytes(PLAIN)))


def test_a_damaged_part_that_nobody_reads_is_found():
    data = zipped({**parts_of(package_bytes(PLAIN)), "xl/other.bin": b"x" * 9}, 0).replace(
        b"xxxxxxxxx", b"xxxxxxxxy"
    )
    with pytest.raises(PackageError, match=r"checksum of xl/other\.bin"):
        refuse_unless_editable(Package.from_bytes(data))


TEXTS = st.text("ab<>&'\"é\n ]", max_size=8)


@st.composite
def documents(draw, depth: int = 3) -> str:
    name = draw(st.sampled_from(["a", "b", "p:c", "d"]))
    quote = draw(st.sampled_from("'\""))
    values = draw(st.dictionaries(st.sampled_from(["k", "l", "p:m"]), TEXTS, max_size=3))
    attributes = "".join(
        f" {key} = {quote}{quoted(value).decode().replace(chr(39), '&apos;')}{quote}"
        for key, value in values.items()
    )
    pieces = st.one_of(
        TEXTS.map(lambda text: quoted(text).decode()),
        st.sampled_from(["<!-- <a> -->", "<![CDATA[<a>]]>", "<?a b>c?>"]),
        *([documents(depth=depth - 1)] if depth else []),
    )
    inside = "".join(draw(st.lists(pieces, max_size=3)))
    space = draw(st.sampled_from(["", " ", "\n"]))
    return f"<{name}{attributes}{space}/>" if not inside else f"<{name}{attributes}>{inside}</{name}{space}>"


@settings(max_examples=150, deadline=None)
@given(documents())
def test_markup_sees_what_an_xml_parser_sees(inside):
    data = f'\ufeff<?xml version="1.0"?>\n<r xmlns="urn:d" xmlns:p="urn:p">{inside}</r>\n'.encode()
    markup = Markup(data)
    tree = etree.fromstring(data)

    def compare(element, node):
        assert element.name == etree.QName(node).localname
        children = [child for child in node if isinstance(child.tag, str)]
        assert len(element.children) == len(children)
        for key, value in node.attrib.items():
            written = key.replace("{urn:p}", "p:")
            assert element.get(written).replace("\n", " ") == value.replace("\n", " ")
        if not len(node):
            assert markup.text(element).replace("\r", "") == (node.text or "")
        for one, twin in zip(element.children, children, strict=True):
            compare(one, twin)

    compare(markup.root, tree)
    assert markup.result() == data
    markup.append(markup.root, b"<new/>")
    for child in markup.root.children:
        markup.set_attribute(child, "k", "v<")
    again = etree.fromstring(markup.result())
    assert again[-1].tag == "{urn:d}new"
    assert all(
        child.get("k") == "v<" for child in again if isinstance(child.tag, str) and "new" not in child.tag
    )


@functools.cache
def grafted_parts() -> dict[str, bytes]:
    package = Package.from_bytes(package_bytes(PLAIN))
    graft(package, report(), SHEETS, MARKS)
    return parts_of(package.to_bytes())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_xml_is_refused_or_survived(data):
    parts = dict(grafted_parts())
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(name for name in parts if name.endswith((".xml", ".rels")))))
        spans = [
            found.span() for found in re.finditer(rb'(?<==")[^"]*|\s[\w:]+="[^"]*"|<[^<>]*>', parts[name])
        ]
        if spans:
            start, end = data.draw(st.sampled_from(spans))
            fresh = data.draw(
                st.sampled_from([b"", b"0", b"-1", b"99999", b"#REF!", b"\xff", b"<a>", b"&amp;"])
            )
            parts[name] = parts[name][:start] + fresh + parts[name][end:]
    try:
        package = Package.from_bytes(zipped(parts))
        graft(package, report(), SHEETS, MARKS)
        copy_aside(package, "Overview", "Copy")
        freeze(package, Functions(MARKS.functions))
        Package.from_bytes(package.to_bytes()).verify()
    except PackageError as error:
        assert str(error).endswith(".")
