"""Marks of grafted sheets: hidden defined names, and a fingerprint of their contents.

A name such as `_mb_sheet_overview` refers to the sheet. Spreadsheet programs update it if the sheet is
renamed or moved. A second name has the fingerprint of the cells' entries.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbook.package.opc.package import Package
from workbook.package.sheets.calls import Calls, Functions
from workbook.package.sheets.contents import fingerprint
from workbook.package.sheets.references import quoted_sheet, renamed, sheet_referred_to
from workbook.package.sheets.workbook_part import DefinedName, Sheet, WorkbookPart, workbook_part


@dataclass(frozen=True)
class Marks:
    """The marks of grafted sheets: the prefix of their defined names.

    `functions` are names of worksheet functions. If a program only rewrites their calls in another
    form, that does not count as an edit.
    """

    prefix: str
    functions: Collection[str] = ()

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


def edited_sheets(target: Package, marks: Marks) -> list[str]:
    """Return the keys of grafted sheets whose cells were edited since.

    A sheet without a fingerprint counts as unedited. Only entries matter, not the values of formulas.
    """
    book = workbook_part(target)
    names = marked_sheets(target, marks)
    edited = []
    for key in names:
        kept = book.defined(marks.content(key))
        sheet = book.sheet(names[key])
        if kept is not None and kept.text != _fingerprint(target, sheet, names, marks):
            edited.append(key)
    return edited


def mark(package: Package, sheets: Mapping[str, str], marks: Marks) -> None:
    """Mark sheets, given by key and name, so that a later graft finds them and notices edits."""
    book = workbook_part(package)
    names = {**marked_sheets(package, marks), **sheets}
    for key, name in sheets.items():
        sheet = book.sheet(name)
        known = book.defined(marks.sheet(key))
        if known is None or pointed_at(book, known) is not sheet:
            book.set_name(marks.sheet(key), f"{quoted_sheet(name)}!$A$1", hidden=True)
        book.set_name(marks.content(key), _fingerprint(package, sheet, names, marks), hidden=True)


def _fingerprint(package: Package, sheet: Sheet, names: Mapping[str, str], marks: Marks) -> str:
    """Return a sheet's fingerprint for a name. In it, sheets are identified by their keys."""
    keys = {name.casefold(): f"sheet {key}" for key, name in names.items()}
    plain = Calls(Functions(marks.functions)).plain
    digest = fingerprint(package, sheet.part or "", lambda formula: renamed(plain(formula), keys))
    return f'"{digest}"'


def recognised(
    book: WorkbookPart, made: WorkbookPart, sheets: Mapping[str, Sheet], marks: Marks
) -> dict[str, Sheet]:
    """Return the sheets that already exist in the target, by key.

    They are found by their marks, else by the workbook-wide names that refer to the sheet in the source
    and to one sheet in the target. They are never found by their own names, which the user's sheets
    can have too.
    """
    marked = marked_sheets(book.package, marks)
    found: dict[str, Sheet] = {key: book.sheet(marked[key]) for key in sheets if key in marked}
    for key, sheet in sheets.items():
        if key in found:
            continue
        candidate = _by_names(book, made, sheet)
        if candidate is not None and candidate.kind == "worksheet" and candidate not in found.values():
            found[key] = candidate
    return found


def _by_names(book: WorkbookPart, made: WorkbookPart, sheet: Sheet) -> Sheet | None:
    """Return the one sheet to which all of a sheet's names refer, if there are enough names to be sure."""
    pointed = []
    for name in made.names():
        if name.scope is None and (sheet_referred_to(name.text) or "").casefold() == sheet.name.casefold():
            known = book.defined(name.name)
            pointed.append(pointed_at(book, known) if known else None)
    alike = len(pointed) > 1 and all(found is pointed[0] for found in pointed)
    return pointed[0] if alike else None


def pointed_at(book: WorkbookPart, name: DefinedName) -> Sheet | None:
    """Return the worksheet that a name refers to."""
    refers = sheet_referred_to(name.text)
    for sheet in book.sheets:
        if refers and sheet.name.casefold() == refers.casefold() and sheet.kind == "worksheet" and sheet.part:
            return sheet
    return None
