"""What was read from a part is kept until the part changes, so that a refresh parses each part once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import SEED
from tests.workbook.package.synthetic import OFFICE, SPREADSHEET, cell, package_bytes, sheet_xml
from workbook.package import Content, Package, keep_record, part_contents, record, relate, relationships
from workbook.package.edits import records
from workbook.package.sheets import contents
from workbook.refresh import refresh
from workbook.template import new_workbook

NAMESPACE = "urn:example:record"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "<sst><si><t>{}</t></si></sst>"


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Counter[str]:
    """Count the parts, by name, that a function with the arguments data and name reads."""
    read: Callable[..., Any] = getattr(module, name)
    parts: Counter[str] = Counter()

    def reading(data: bytes, part: str) -> Any:
        parts[part] += 1
        return read(data, part)

    monkeypatch.setattr(module, name, reading)
    return parts


def with_strings(text: str) -> bytes:
    return package_bytes(
        {"S": sheet_xml(f'<row r="1">{cell("A1", "", "0", "s")}{cell("B1", "A2*2", "4")}</row>')},
        links=f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>',
        types=f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SPREADSHEET}.sharedStrings+xml"/>',
        parts={"xl/sharedStrings.xml": strings(text)},
    )


def strings(text: str) -> bytes:
    return STRINGS.replace("<sst>", f'<sst xmlns="{contents.MAIN}">').format(text).encode()


def test_a_custom_xml_part_is_parsed_once_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package.from_bytes(package_bytes({"S": sheet_xml()}))
    keep_record(package, NAMESPACE, "first")
    parsed = counted(monkeypatch, records, "well_formed")
    assert [record(package, NAMESPACE) for _ in range(3)] == ["first"] * 3
    assert parsed == {"customXml/item1.xml": 1}
    keep_record(package, NAMESPACE, "second")
    assert record(package, NAMESPACE) == "second"
    package.remove("customXml/item1.xml")
    assert record(package, NAMESPACE) is None


def test_a_sheet_is_parsed_once_until_it_or_its_texts_change(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package.from_bytes(with_strings("old"))
    parsed = counted(monkeypatch, contents, "well_formed")
    first = part_contents(package, SHEET)
    assert first == {"A1": Content(None, "old"), "B1": Content("A2*2", 4.0)}
    first.clear()
    assert part_contents(package, SHEET)["B1"] == Content("A2*2", 4.0)
    assert parsed == {SHEET: 1}
    package.replace("xl/sharedStrings.xml", strings("new"))
    assert part_contents(package, SHEET)["A1"].value == "new"
    package.replace_later(SHEET, lambda: sheet_xml(f'<row r="1">{cell("A1", "", "7")}</row>').encode())
    assert part_contents(package, SHEET) == {"A1": Content(None, 7.0)}


def test_a_sheet_that_takes_much_memory_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package.from_bytes(with_strings("old"))
    monkeypatch.setattr(contents, "_KEPT", 10)
    parsed = counted(monkeypatch, contents, "well_formed")
    assert part_contents(package, SHEET) == part_contents(package, SHEET)
    assert parsed == {SHEET: 2}


def test_relationships_follow_their_part_and_the_parts_that_there_are() -> None:
    package = Package.from_bytes(package_bytes({"S": sheet_xml()}))
    assert relationships(package, SHEET) == []
    added = relate(package, SHEET, "drawing", "xl/drawings/drawing1.xml")
    assert [link.part for link in relationships(package, SHEET)] == ["xl/drawings/drawing1.xml"]
    relationships(package, SHEET).clear()
    package.add("xl/Drawings/Drawing1.xml", b"<x/>")
    assert [(link.id, link.part) for link in relationships(package, SHEET)] == [
        (added, "xl/Drawings/Drawing1.xml")
    ]


def test_a_refresh_parses_no_record_again(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package.from_bytes(new_workbook(SEED).to_bytes())
    parsed = counted(monkeypatch, records, "well_formed")
    refresh(package, user_sheets=False)
    assert parsed
    assert max(parsed.values()) <= 3, "once as it was, and once each time that it was written"


def test_after_saving_over_itself_a_package_reads_on(tmp_path: Any) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_strings("old"))
    with Package.open(path) as package:
        before = part_contents(package, SHEET)
        package.replace("xl/sharedStrings.xml", strings("longer than before"))
        package.save(path)
        assert part_contents(package, SHEET) == {**before, "A1": Content(None, "longer than before")}
