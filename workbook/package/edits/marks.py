"""Marks of grafted sheets: hidden defined names, and a record of what was written.

A name such as `_mb_sheet_overview` refers to the block of cells that a sheet had. Spreadsheet programs
update it if the sheet is renamed or moved, and if rows or columns are inserted or deleted. A second name
has the fingerprint of the cells' entries, and the block as it was. The record has each cell as written.

Each of the three can be lost: name cleaners delete hidden names, openpyxl drops the record.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbook.package.edits.features import features
from workbook.package.edits.views import View, view_of
from workbook.package.edits.written import WrittenSheet, keep_written, written, written_cells
from workbook.package.opc.package import Package
from workbook.package.sheets.areas import corners
from workbook.package.sheets.calls import Calls, Functions
from workbook.package.sheets.cells import column_name
from workbook.package.sheets.contents import entries, fingerprint, part_contents
from workbook.package.sheets.references import quoted_sheet, renamed, sheet_referred_to
from workbook.package.sheets.workbook_part import DefinedName, Sheet, WorkbookPart, workbook_part

_CONTENT = re.compile(r'"([0-9a-f]{32})(?: (\S+))?"')


@dataclass(frozen=True)
class Marks:
    """The marks of grafted sheets: the prefix of their hidden defined names, such as "_mb_".

    `namespace` is the XML namespace of the record of what was written on them. Visible names of the
    grafted sheets begin with the prefix without its first underscore. `functions` are names of worksheet
    functions. If a program only rewrites their calls in another form, that does not count as an edit.
    """

    prefix: str
    namespace: str
    functions: Collection[str] = ()

    @property
    def visible(self) -> str:
        """The prefix of visible names."""
        return self.prefix.removeprefix("_")

    def sheet(self, key: str) -> str:
        """Return the name that refers to a sheet."""
        return f"{self.prefix}sheet_{key}"

    def content(self, key: str) -> str:
        """Return the name with a sheet's fingerprint."""
        return f"{self.prefix}content_{key}"


def marked_sheets(target: Package, marks: Marks) -> dict[str, str]:
    """Return the names of the sheets from earlier grafts in a package, by their keys."""
    book = workbook_part(target)
    prefix = marks.sheet("").casefold()
    found = {}
    for name in book.names():
        if name.scope is None and name.name.casefold().startswith(prefix):
            sheet = pointed_at(book, name)
            if sheet is not None:
                found[name.name[len(prefix) :]] = sheet.name
    return found


def were_marked(target: Package, marks: Marks) -> set[str]:
    """Return the keys of the sheets from earlier grafts, also of those that the user has deleted since."""
    prefix = marks.content("").casefold()
    names = (name.name.casefold() for name in workbook_part(target).names())
    found = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    return found | written(target, marks.namespace).keys()


def edited_sheets(target: Package, marks: Marks) -> list[str]:
    """Return the keys of grafted sheets whose cells were edited since.

    A sheet without a fingerprint counts as unedited. Only entries matter, not the values of formulas.
    """
    names = marked_sheets(target, marks)
    edited = []
    for key in names:
        kept, _ = marked_content(target, key, marks)
        if kept and kept != fingerprint(entered(target, names[key], names, marks)):
            edited.append(key)
    return edited


def marked_content(target: Package, key: str, marks: Marks) -> tuple[str, str]:
    """Return a sheet's fingerprint, and its block of cells, as its mark has them; else blank texts."""
    known = workbook_part(target).defined(marks.content(key))
    found = _CONTENT.fullmatch(known.text) if known else None
    return (found[1], found[2] or "") if found else ("", "")


def mark(
    package: Package, sheets: Mapping[str, str], marks: Marks, views: Mapping[str, View] | None = None
) -> None:
    """Mark sheets, given by key and name, so that a later graft finds them and notices edits.

    `views` are the settings that sheets were built with, if the user's have replaced them since.
    """
    book = workbook_part(package)
    names = {**marked_sheets(package, marks), **sheets}
    record = written(package, marks.namespace)
    for key, name in sheets.items():
        sheet = book.sheet(name)
        part = sheet.part or ""
        contents = part_contents(package, part)
        texts = entries(contents, follow(names, marks))
        record[key] = WrittenSheet(
            sheet.name,
            fingerprint(texts),
            written_cells(contents, texts),
            visible_names(book, sheet.name, marks),
            features(package, part),
            (views or {}).get(key) or view_of(package[part]),
        )
        set_marks(book, key, sheet.name, record[key].fingerprint, block(contents), marks)
    keep_written(package, marks.namespace, record)


def set_marks(book: WorkbookPart, key: str, sheet: str, digest: str, cells: str, marks: Marks) -> None:
    """Define a sheet's hidden names, with the fingerprint of its entries and its block of cells."""
    book.set_name(marks.sheet(key), f"{quoted_sheet(sheet)}!{cells}", hidden=True)
    if digest:
        book.set_name(marks.content(key), f'"{digest} {cells}"', hidden=True)


def unmark(package: Package, keys: Collection[str], marks: Marks) -> None:
    """Remove the marks of sheets that are gone or are the user's now, and what the record has of them."""
    book, record = workbook_part(package), written(package, marks.namespace)
    for name in [name for key in keys for name in (marks.sheet(key), marks.content(key))]:
        if known := book.defined(name):
            book.drop_name(known)
    left = {key: sheet for key, sheet in record.items() if key not in keys}
    if left.keys() != record.keys():
        keep_written(package, marks.namespace, left)


def visible_names(book: WorkbookPart, sheet: str, marks: Marks) -> dict[str, str]:
    """Return the visible names of grafted sheets that refer to a sheet, with their references in it."""
    return {
        name.name: name.text.rpartition("!")[2]
        for name in book.names()
        if name.scope is None and name.name.startswith(marks.visible)
        if (sheet_referred_to(name.text) or "").casefold() == sheet.casefold()
    }


def block(cells: Collection[str]) -> str:
    """Return the block from A1 that holds cells, as an absolute reference.

    >>> block(["B7", "C2"]), block([])
    ('$A$1:$C$7', '$A$1:$A$1')
    """
    ends = [corners(cell)[2:] for cell in cells]
    column = max((column for column, _ in ends), default=1)
    row = max((row for _, row in ends), default=1)
    return f"$A$1:${column_name(column)}${row}"


def entered(package: Package, sheet: str, names: Mapping[str, str], marks: Marks) -> dict[str, str]:
    """Return the entries of a sheet's cells. In them, sheets are identified by the keys in `names`."""
    part = workbook_part(package).sheet(sheet).part or ""
    return entries(part_contents(package, part), follow(names, marks))


def follow(names: Mapping[str, str], marks: Marks) -> Callable[[str], str]:
    """Return a change of formulas by which sheets are identified by their keys, and calls are plain."""
    keys = {name.casefold(): f"sheet {key}" for key, name in names.items()}
    plain = _plain(tuple(marks.functions))
    return lambda formula: renamed(plain(formula), keys)


@lru_cache(maxsize=4)
def _plain(functions: tuple[str, ...]) -> Callable[[str], str]:
    """Return `Calls.plain` for functions.

    It remembers formulas, because most of those on a sheet are the same before and after a graft.
    """
    return lru_cache(maxsize=1 << 13)(Calls(Functions(functions)).plain)


def pointed_at(book: WorkbookPart, name: DefinedName) -> Sheet | None:
    """Return the worksheet that a name refers to, even if its cells were deleted."""
    refers = sheet_referred_to(name.text.replace("!#REF!", "!$A$1"))
    for sheet in book.sheets:
        if refers and sheet.name.casefold() == refers.casefold() and sheet.kind == "worksheet" and sheet.part:
            return sheet
    return None
