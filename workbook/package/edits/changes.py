"""What a user changed on a grafted sheet: cells, and whatever else was added to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.package.edits.features import WITHOUT_PLACE, Features, features, foreign
from workbook.package.edits.marks import (
    Marks,
    entered,
    follow,
    marked_content,
    marked_sheets,
)
from workbook.package.edits.moves import MOVED, moved_sheets
from workbook.package.edits.written import WrittenCell, digest, written, written_cells
from workbook.package.opc.package import Package
from workbook.package.sheets.areas import corners
from workbook.package.sheets.cells import CellValue
from workbook.package.sheets.contents import Content, entries, fingerprint, part_contents
from workbook.package.sheets.workbook_part import workbook_part

ENTRIES = "cells"
"""What is said of edited cells that are not known one by one."""


@dataclass(frozen=True)
class Edit:
    """A cell that a user changed. `old` is the value that it was written with, None if it was blank.

    `new` is what was entered: a value, a formula with its equals sign, or None if the cell is blank now.
    """

    cell: str
    old: CellValue | None
    new: CellValue | None


@dataclass(frozen=True)
class Edits:
    """A user's changes to a sheet: edited cells, and in words what else was added, such as "charts"."""

    cells: tuple[Edit, ...] = ()
    foreign: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.foreign)


def written_features(target: Package, marks: Marks) -> dict[str, Features]:
    """Return what the marked sheets had beside their entries when they were written, by their names now."""
    record = written(target, marks.namespace)
    return {name: record[key].features for key, name in marked_sheets(target, marks).items() if key in record}


def edits_of(
    target: Package, key: str, marks: Marks, source: Package | None, sheets: Mapping[str, str]
) -> Edits:
    """Return what a user changed on a marked sheet since it was written.

    Without a record, the cells are compared with those of the same sheet in `source`, the one that is
    about to replace it, so that cells which differ for another reason can be among them. Without that
    sheet, and if rows or columns were inserted or deleted, it is named instead of the cells.
    """
    names = marked_sheets(target, marks)
    part = workbook_part(target).sheet(names[key]).part or ""
    contents = part_contents(target, part)
    texts = entries(contents, follow(names, marks))
    kept, _ = marked_content(target, key, marks)
    known = written(target, marks.namespace).get(key)
    if known and kept and known.fingerprint != kept:  # refreshed since by a program that drops the record
        known = None
    added = foreign(known.features, features(target, part)) if known else ()
    if kept and kept == fingerprint(texts):
        return Edits((), added)
    if key in moved_sheets(target, marks):
        lasting = {kind: known.features.get(kind, []) for kind in WITHOUT_PLACE} if known else {}
        now = features(target, part)
        added = foreign(lasting, {kind: now.get(kind, []) for kind in lasting})
        return Edits((), (MOVED, *added))
    if known is not None:
        return Edits(tuple(_edited(known.cells, contents, texts)), added)
    if source is None:
        return Edits((), (ENTRIES, *added))
    before = _in_source(source, sheets[key], sheets, marks)
    return Edits(tuple(_edited(before, contents, texts)), added)


def _in_source(
    source: Package, sheet: str, sheets: Mapping[str, str], marks: Marks
) -> dict[str, WrittenCell]:
    contents = part_contents(source, workbook_part(source).sheet(sheet).part or "")
    return written_cells(contents, entered(source, sheet, sheets, marks))


def _edited(
    before: Mapping[str, WrittenCell], contents: Mapping[str, Content], texts: Mapping[str, str]
) -> list[Edit]:
    """Return the cells whose entries changed, row by row."""
    places = {
        place
        for place in before.keys() | texts.keys()
        if place not in before or place not in texts or before[place].digest != digest(texts[place])
    }
    found = []
    for place in sorted(places, key=lambda place: corners(place)[1::-1]):
        old, new = before.get(place), contents.get(place)
        found.append(Edit(place, old.value if old else None, _typed(new) if new else None))
    return found


def _typed(content: Content) -> CellValue | None:
    return content.value if content.formula is None else f"={content.formula}"
