"""Recognition of grafted sheets whose marks were deleted, as programs that clean up names do."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from workbook.package.edits.marks import (
    Marks,
    block,
    entered,
    marked_sheets,
    pointed_at,
    set_marks,
    visible_names,
)
from workbook.package.edits.written import WrittenSheet, digest, written
from workbook.package.opc.package import Package
from workbook.package.sheets.references import quoted_sheet
from workbook.package.sheets.workbook_part import Sheet, WorkbookPart, workbook_part

_ENOUGH_NAMES = 2
_SAME_WITH_TITLE, _SAME_WITHOUT = 0.5, 0.8  # shares of cells as they were written
_LARGEST = 4 << 20  # a report sheet is smaller, and reading the user's sheets takes time


@dataclass(frozen=True)
class KnownSheet:
    """What a grafted sheet is known by: its title, the names on it, and digests of cells by reference.

    If the cells were `written` so, not only would be now, a sheet that was renamed is known by them too.
    """

    title: str
    names: Collection[str]
    cells: Mapping[str, str]
    written: bool = False


def known_sheets(source: Package, sheets: Mapping[str, str], marks: Marks) -> dict[str, KnownSheet]:
    """Return what sheets of a package, given by key and name, are known by."""
    book = workbook_part(source)
    return {
        key: KnownSheet(
            name,
            visible_names(book, name, marks),
            {at: digest(entry) for at, entry in entered(source, name, sheets, marks).items()},
        )
        for key, name in sheets.items()
    }


def written_as(title: str, names: Collection[str], cells: Mapping[str, str]) -> KnownSheet:
    """Return what a sheet is known by that some version wrote: formulas, with equals signs, and texts."""
    texts = {at: text.removeprefix("=") if text.startswith("=") else f"'{text}" for at, text in cells.items()}
    return KnownSheet(title, names, {at: digest(text) for at, text in texts.items()}, True)


def recover_marks(
    target: Package, marks: Marks, expected: Callable[[], Mapping[str, KnownSheet]]
) -> dict[str, str]:
    """Mark sheets of earlier grafts again whose marks were deleted; return their names by their keys.

    They are known by the visible names on them, or by their cells: those in the record or, for a
    workbook without a record, those that `expected` returns. A sheet is never known by its own
    name alone, which a user's sheet can have too. Deleted names that the record has are defined again.
    """
    book, record = workbook_part(target), written(target, marks.namespace)
    marked = marked_sheets(target, marks)
    known = {key: _recorded(sheet) for key, sheet in record.items()} or expected()
    lost = {key: sheet for key, sheet in known.items() if key not in marked}
    if not lost:
        return {}
    found = _by_names(book, lost, marked)
    found |= _by_cells(book, {key: lost[key] for key in lost if key not in found}, {**marked, **found}, marks)
    for key, name in found.items():
        kept = record.get(key)
        set_marks(book, key, name, kept.fingerprint if kept else "", block(kept.cells if kept else ()), marks)
        for defined, reference in (kept.names if kept else {}).items():
            if book.defined(defined) is None:
                book.set_name(defined, f"{quoted_sheet(name)}!{reference}")
    return found


def _recorded(known: WrittenSheet) -> KnownSheet:
    return KnownSheet(known.title, known.names, {at: cell.digest for at, cell in known.cells.items()}, True)


def _by_names(
    book: WorkbookPart, lost: Mapping[str, KnownSheet], marked: Mapping[str, str]
) -> dict[str, str]:
    """Return the sheets to which all of a lost sheet's names refer, if there are enough names to be sure."""
    found: dict[str, str] = {}
    for key, sheet in lost.items():
        defined = [name for text in sheet.names if (name := book.defined(text))]
        pointed = {there.name for name in defined if (there := pointed_at(book, name))}
        free = pointed - set(marked.values()) - set(found.values())
        if len(defined) >= _ENOUGH_NAMES and len(pointed) == len(free) == 1:
            found[key] = free.pop()
    return found


def _by_cells(
    book: WorkbookPart, lost: Mapping[str, KnownSheet], known: Mapping[str, str], marks: Marks
) -> dict[str, str]:
    """Return the sheets with the cells of lost sheets: most of them, or half and the same title."""
    titles = {key: sheet.title for key, sheet in lost.items()}
    taken = {name.casefold() for name in known.values()}
    found: dict[str, str] = {}
    for titled in (True, False):
        for sheet in _candidates(book, taken, marks):
            left = {
                key: expected
                for key, expected in lost.items()
                if key not in found
                and (expected.title.casefold() == sheet.name.casefold() if titled else expected.written)
            }
            if not left:
                continue
            cells = entered(book.package, sheet.name, {**titles, **known}, marks)
            same, key = max((_same(cells, expected.cells), key) for key, expected in left.items())
            if same >= (_SAME_WITH_TITLE if titled else _SAME_WITHOUT):
                found[key] = sheet.name
                taken.add(sheet.name.casefold())
    return found


def _candidates(book: WorkbookPart, taken: Collection[str], marks: Marks) -> Iterator[Sheet]:
    """Yield the sheets that could be lost ones: those with calls or names of grafted sheets."""
    signs = [text.encode() for text in (marks.visible, *marks.functions)]
    for sheet in book.sheets:
        if sheet.kind != "worksheet" or sheet.part is None or sheet.name.casefold() in taken:
            continue
        if book.package.size(sheet.part) <= _LARGEST:
            data = book.package[sheet.part]
            if any(sign in data for sign in signs):
                yield sheet


def _same(cells: Mapping[str, str], expected: Mapping[str, str]) -> float:
    """Return the share of the expected cells whose entries are there."""
    same = sum(1 for place, wanted in expected.items() if place in cells and digest(cells[place]) == wanted)
    return same / len(expected) if expected else 0.0
