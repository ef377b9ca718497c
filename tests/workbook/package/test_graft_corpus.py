"""Every shared workbook gains the report, keeps all of its own, or is refused for its named reason."""

import functools
import io
import warnings

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import Side

from tests.workbook.package.corpus import EDITABLE, FILES, FOLDER, REFUSED, assert_plain, needs_corpus
from tests.workbook.package.reports import MARKS, SHEETS, report
from tests.workbook.package.soundness import CONTENT_TYPES, Snapshot
from workbook.package import Package, PackageError, edited_sheets, graft

pytestmark = needs_corpus


@functools.cache
def grafted(name: str) -> tuple[Snapshot, Snapshot, dict[str, str]]:
    """Return a file's package before and after, and what the report's sheets are called in it."""
    before = (FOLDER / name).read_bytes()
    package = Package.from_bytes(before)
    done = graft(package, report(), SHEETS, MARKS)
    return Snapshot(before), Snapshot(package.to_bytes()), done.names


def test_the_corpus_is_complete():
    assert len(FILES) == 70
    assert len(REFUSED) == 8


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_with_one_sentence(name):
    with pytest.raises(PackageError, match=REFUSED[name]) as refusal, Package.open(FOLDER / name) as package:
        graft(package, report(), SHEETS, MARKS)
    assert_plain(str(refusal.value))


@pytest.mark.parametrize("name", EDITABLE)
def test_every_other_part_is_the_same(name):
    before, after, _ = grafted(name)
    styles = before.related(before.workbook, "/styles")
    rels = before.workbook.rpartition("/")
    touched = {CONTENT_TYPES, before.workbook, f"{rels[0]}{rels[1]}_rels/{rels[2]}.rels", *styles}
    touched = {part.casefold() for part in touched}
    for part, content in before.parts.items():
        if part.casefold() not in touched:
            assert after.parts[part] == content, part


@pytest.mark.parametrize("name", EDITABLE)
def test_nothing_is_wrong_that_was_not_wrong_before(name):
    before, after, _ = grafted(name)
    assert after.complaints() - before.complaints() == set()


@pytest.mark.parametrize("name", EDITABLE)
def test_edited_parts_hold_what_they_held(name):
    before, after, names = grafted(name)
    assert etree.tostring(_less_ours(after, set(names.values())), method="c14n") == etree.tostring(
        _less_ours(before, set()), method="c14n"
    )
    for part in before.related(before.workbook, "/styles"):
        old, new = before.tree(part), after.tree(part)
        for holder in old:
            if isinstance(holder.tag, str) and len(holder):
                grown = new.find(holder.tag)
                kept = [etree.tostring(child, method="c14n") for child in list(grown)[: len(holder)]]
                assert kept == [etree.tostring(child, method="c14n") for child in holder]


@pytest.mark.parametrize("name", EDITABLE)
def test_openpyxl_opens_it_if_it_opened_the_original(name):
    before = (FOLDER / name).read_bytes()
    package = Package.from_bytes(before)
    names = graft(package, report(), SHEETS, MARKS).names
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            openpyxl.load_workbook(io.BytesIO(before))
        except Exception as error:
            pytest.skip(f"openpyxl does not open the original: {error}")
        book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
        shown = openpyxl.load_workbook(io.BytesIO(package.to_bytes()), data_only=True)
        made = openpyxl.load_workbook(io.BytesIO(report().to_bytes()))
    for key, title in names.items():
        _assert_same_look(made[SHEETS[key]], book[title])
    assert shown[names["overview"]]["B4"].value == 8.6
    assert shown[names["figures"]]["B11"].value == 19.6
    assert len(book[names["overview"]]._charts) == 1
    assert len(book[names["overview"]]._images) == 1


@pytest.mark.parametrize("name", EDITABLE)
def test_named_styles_and_names_of_sheets_are_those_of_the_report(name):
    _, after, names = grafted(name)
    assert after.style_of(names["overview"], "A1") == "Report Title"
    assert after.style_of(names["figures"], "B11") == "Report Size"
    position = [title for title, _ in after.sheets()].index(names["overview"])
    titles = after.root.xpath(f"//*[@name='_xlnm.Print_Titles' and @localSheetId='{position}']/text()")
    assert titles == [f"'{names['overview']}'!$1:$2"]


@pytest.mark.parametrize("name", EDITABLE)
def test_a_second_graft_changes_nothing(name):
    package = Package.from_bytes((FOLDER / name).read_bytes())
    graft(package, report(), SHEETS, MARKS)
    once = package.to_bytes()
    again = Package.from_bytes(once)
    assert edited_sheets(again, MARKS) == []
    done = graft(again, report(), SHEETS, MARKS)
    assert (set(done.replaced), done.added) == (set(SHEETS), ())
    assert not again.changed
    assert again.to_bytes() == once


def _less_ours(snapshot: Snapshot, ours: set[str]) -> etree._Element:
    root = snapshot.tree(snapshot.workbook)
    for sheet in root.findall("{*}sheets/{*}sheet"):
        if sheet.get("name") in ours:
            sheet.getparent().remove(sheet)
    left = len(root.findall("{*}sheets/{*}sheet"))
    for name in root.findall("{*}definedNames/{*}definedName"):
        scope = name.get("localSheetId")
        if ours and (name.get("name").startswith(("_mb_", "mb_")) or (scope and int(scope) >= left)):
            name.getparent().remove(name)
    for holder in root.findall("{*}definedNames"):
        if not len(holder):
            holder.getparent().remove(holder)
    return etree.fromstring(etree.tostring(root), etree.XMLParser(remove_blank_text=True))


def _assert_same_look(made, found):
    for row in made.iter_rows():
        for cell in row:
            twin = found[cell.coordinate]
            if cell.value is None and not cell.has_style:
                continue  # not in the sheet at all
            assert twin.value == cell.value or cell.data_type == "f", cell.coordinate
            assert _look(twin) == _look(cell), cell.coordinate
    assert [str(area) for area in found.merged_cells.ranges] == [
        str(area) for area in made.merged_cells.ranges
    ]
    assert len(found.data_validations.dataValidation) == len(made.data_validations.dataValidation)
    rules = [[rule.type for rule in area.rules] for area in found.conditional_formatting]
    assert rules == [[rule.type for rule in area.rules] for area in made.conditional_formatting]


def _look(cell):
    font, border = cell.font, cell.border
    sides = [side or Side() for side in (border.left, border.right, border.top, border.bottom)]
    return (
        (font.name, font.sz, font.b, _color(font.color)),
        (cell.fill.patternType, _color(cell.fill.fgColor)),
        [(side.style, _color(side.color)) for side in sides if side.style],
        (cell.alignment.wrap_text, cell.alignment.vertical),
        cell.protection.locked,
        cell.number_format or "General",
    )


def _color(color):
    return None if color is None else (color.type, color.value)
