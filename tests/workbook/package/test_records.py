"""Records in custom XML parts: the user's own parts stay, and LibreOffice keeps both."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.libreoffice import Office
from tests.workbook.package.soundness import Snapshot
from tests.workbook.package.synthetic import LINKS, OFFICE, package_bytes, sheet_xml
from workbook.package import Package, keep_record, record

NAMESPACE = "urn:example:record"
TEXT = '{"name": "Größe & <b>", "lines": "a\\nb"}'
THEIRS = '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")


def test_a_record_is_kept_and_replaced() -> None:
    before = package_bytes({"User": sheet_xml()})
    package = Package.from_bytes(before)
    assert record(package, NAMESPACE) is None
    keep_record(package, NAMESPACE, "first")
    keep_record(package, "urn:example:other", "other")
    keep_record(package, NAMESPACE, TEXT)
    package = Package.from_bytes(package.to_bytes())
    assert record(package, NAMESPACE) == TEXT
    assert record(package, "urn:example:other") == "other"
    after = Snapshot(package.to_bytes())
    assert after.complaints() - Snapshot(before).complaints() == set()
    assert len([part for part in after.parts if part.startswith("customXml/item")]) == 4


def test_the_user_s_own_custom_xml_stays() -> None:
    link = f'<Relationship Id="c" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>'
    before = package_bytes(
        {"User": sheet_xml()},
        links=link,
        parts={
            "customXml/item1.xml": '<r:record xmlns:r="urn:theirs" xmlns="urn:example:record">1</r:record>',
            "customXml/_rels/item1.xml.rels": f'<Relationships xmlns="{LINKS}"/>',
        },
    )
    package = Package.from_bytes(before)
    theirs = package["customXml/item1.xml"]
    assert record(package, NAMESPACE) is None
    keep_record(package, NAMESPACE, TEXT)
    assert package["customXml/item1.xml"] == theirs
    assert record(package, NAMESPACE) == TEXT
    assert "customXml/item2.xml" in package


def test_a_part_that_cannot_be_read_is_not_ours() -> None:
    link = f'<Relationship Id="c" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>'
    package = Package.from_bytes(package_bytes({"User": sheet_xml()}, links=link))
    package.add("customXml/item1.xml", THEIRS)
    keep_record(package, NAMESPACE, TEXT)
    assert (record(package, NAMESPACE), package["customXml/item1.xml"]) == (TEXT, THEIRS)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_text_comes_back(text: str) -> None:
    package = Package.from_bytes(package_bytes({"User": sheet_xml()}))
    keep_record(package, NAMESPACE, text)
    assert record(package, NAMESPACE) == text


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(path)
    with Package.open(path) as package:
        keep_record(package, NAMESPACE, TEXT)
        package.save(path)
    return path


def test_libreoffice_keeps_it_and_it_can_be_replaced_there(
    recorded: Path, tmp_path: Path, office: Office
) -> None:
    saved = office.convert(recorded, "xlsx", tmp_path / "saved.xlsx")
    with Package.open(saved) as package:
        assert record(package, NAMESPACE) == TEXT
        keep_record(package, NAMESPACE, "second")
        package.save(saved)
    again = office.convert(saved, "xlsx", tmp_path / "again.xlsx")
    with Package.open(again) as package:
        assert record(package, NAMESPACE) == "second"
        assert len([part for part in package if part.startswith("customXml/item")]) == 2


def test_openpyxl_drops_it(recorded: Path) -> None:
    openpyxl.load_workbook(recorded).save(recorded)
    with Package.open(recorded) as package:
        assert record(package, NAMESPACE) is None
