"""Sheets of one package put into another: in place where they are already, else last.

Each grafted sheet is marked by a hidden defined name that points at it, such as
`_mb_sheet_overview`. A spreadsheet program keeps it up to date when the sheet is renamed or moved,
so the next graft finds the sheet again. A second name keeps a fingerprint of what the graft wrote.
"""

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbook.package.book import DefinedName, Sheet, Workbook, is_true, refuse_unless_editable
from workbook.package.calcchain import drop_from_chain
from workbook.package.calls import Calls, Functions
from workbook.package.cells import with_shifted_numbers
from workbook.package.contents import fingerprint
from workbook.package.errors import Missing, Refused
from workbook.package.markup import ATTRIBUTES
from workbook.package.orphans import remove_with_orphans
from workbook.package.package import Package
from workbook.package.references import quoted_sheet, renamed, sheet_referred_to
from workbook.package.relationships import ContentTypes, relate
from workbook.package.styles import EMPTY_STYLES, StyleMap, Styles
from workbook.package.transplant import Transplant, without

_DAYS_TO_1904 = 1462
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_HEAD = re.compile(rb"<(?:[^\s/>:]+:)?(sheetPr|sheetView)(?=[\s/>])(" + ATTRIBUTES + rb")>")
_CODE_NAME = re.compile(rb"\scodeName\s*=\s*[\"']([^\"']*)")
_SELECTED = re.compile(rb"\stabSelected\s*=\s*[\"'](?:1|true)[\"']")


@dataclass(frozen=True)
class Marks:
    """How grafted sheets are marked: the prefix of the defined names, and what fingerprints leave out.

    `functions` are names of worksheet functions whose calls a program may spell in other ways;
    `inputs` are cells by key that a user is meant to fill in, so that they count as no edit.
    """

    prefix: str
    functions: Collection[str] = ()
    inputs: Mapping[str, Collection[str]] | None = None

    def sheet(self, key: str) -> str:
        """Return the name that points at a sheet."""
        return f"{self.prefix}sheet_{key}"

    def content(self, key: str) -> str:
        """Return the name that keeps a sheet's fingerprint."""
        return f"{self.prefix}content_{key}"


@dataclass(frozen=True)
class _Head:
    code_name: bytes
    selected: bool


@dataclass(frozen=True)
class Grafted:
    """What a graft did: the name of each sheet in the target by its key, and which were new there."""

    names: dict[str, str]
    added: tuple[str, ...]
    replaced: tuple[str, ...]


def marked_sheets(target: Package, marks: Marks) -> dict[str, str]:
    """Return the names of the sheets that earlier grafts put into a package, by their keys."""
    book = Workbook(target)
    prefix = marks.sheet("").casefold()
    found = {}
    for name in book.names():
        if name.scope is None and name.name.casefold().startswith(prefix):
            sheet = _pointed_at(book, name)
            if sheet is not None:
                found[name.name[len(prefix) :]] = sheet.name
    return found


def edited_sheets(target: Package, marks: Marks) -> list[str]:
    """Return the keys of grafted sheets whose cells have been typed into since.

    A sheet that carries no fingerprint counts as unedited. What formulas show does not matter,
    only what was entered.
    """
    book = Workbook(target)
    names = marked_sheets(target, marks)
    edited = []
    for key in names:
        kept = book.defined(marks.content(key))
        sheet = book.sheet(names[key])
        if kept is not None and kept.text != _fingerprint(target, book, sheet, key, names, marks):
            edited.append(key)
    return edited


def graft(target: Package, source: Package, sheets: Mapping[str, str], marks: Marks) -> Grafted:
    """Put sheets of `source`, given by key and name, into `target`; every other byte stays.

    A sheet that is in the target already keeps its part, id, position, name and code name. Formulas,
    charts and names follow where a sheet's name in the target is another. Dates in the cells are
    converted between the two date systems.

    Raises a PackageError, one sentence, for a target that must not be edited. The target's file is
    not touched before `Package.save`.
    """
    refuse_unless_editable(target)
    return _Graft(target, source, sheets, marks).run()


class _Graft:
    """One graft: what is where, and the steps in their order."""

    def __init__(self, target: Package, source: Package, sheets: Mapping[str, str], marks: Marks) -> None:
        self.target, self.source, self.marks = target, source, marks
        self.book, self.made = Workbook(target), Workbook(source)
        self.sheets = {key: self.made.sheet(name) for key, name in sheets.items()}
        self.there = _recognised(self.book, self.made, self.sheets, marks)
        self.types = ContentTypes(target)
        self.styles_part = self._styles_part()
        self.styles = Styles(target[self.styles_part], self.styles_part)
        looks = Styles(source[self.made.related("styles") or ""])
        self.map = StyleMap(looks, self.styles)
        if self.book.dates_from_1904 != self.made.dates_from_1904:
            self.source = self._in_the_targets_dates(looks)

    def run(self) -> Grafted:
        names = self._names()
        self._refuse_taken_names()
        heads = {key: _kept_head(self.target, sheet) for key, sheet in self.there.items()}
        self._clear()
        moved = {self.sheets[key].name.casefold(): name for key, name in names.items()}
        parts = [sheet.part for sheet in self.sheets.values() if sheet.part]
        taken = [name.name.casefold() for name in self.book.names()]
        transplant = Transplant(self.target, self.types, self.source, parts, moved, taken, self.map)
        positions = {key: self._put(transplant, key, names[key], heads.get(key)) for key in self.sheets}
        self._define(transplant, positions)
        self.target.replace(self.styles_part, self.styles.result())
        self.types.write()
        self.book.write()
        mark(self.target, names, self.marks)
        added = tuple(key for key in self.sheets if key not in self.there)
        return Grafted(names, added, tuple(self.there))

    def _names(self) -> dict[str, str]:
        names = {key: sheet.name for key, sheet in self.there.items()}
        chosen = {sheet.name.casefold() for sheet in self.book.sheets}
        for key, sheet in self.sheets.items():
            if key not in names:
                names[key] = self.book.free_sheet_name(sheet.name, chosen)
                chosen.add(names[key].casefold())
        return {key: names[key] for key in self.sheets}

    def _styles_part(self) -> str:
        part = self.book.related("styles")
        if part is None:
            part = posixpath.join(posixpath.dirname(self.book.part), "styles.xml")
            self.target.add(part, EMPTY_STYLES)
            self.types.declare(part, STYLES_TYPE)
            relate(self.target, self.book.part, "styles", part)
        return part

    def _in_the_targets_dates(self, looks: Styles) -> Package:
        """Return the source with its dates counted from the target's first day."""
        days = -_DAYS_TO_1904 if self.book.dates_from_1904 else _DAYS_TO_1904
        source = Package.from_bytes(self.source.to_bytes())
        for sheet in self.sheets.values():
            if sheet.part:
                source.replace(sheet.part, with_shifted_numbers(source[sheet.part], looks.shows_date, days))
        return source

    def _clear(self) -> None:
        """Take out what belonged to the sheets' old state: parts, chained cells, built-in names."""
        remove_with_orphans(
            self.target, self.types, [sheet.part for sheet in self.there.values() if sheet.part]
        )
        replaced = {sheet.id for sheet in self.there.values()}
        drop_from_chain(self.book, self.types, lambda sheet_id, _: sheet_id in replaced)
        comes = {
            (name.name.casefold(), self.there[key].position)
            for key in self.there
            for name in self.made.names()
            if name.scope == self.sheets[key].position
        }
        positions = {sheet.position for sheet in self.there.values()}
        for name in self.book.names():
            ours = name.scope in positions and name.name.casefold().startswith("_xlnm.")
            if ours and (name.name.casefold(), name.scope) not in comes:
                self.book.drop_name(name)

    def _put(self, transplant: Transplant, key: str, name: str, head: _Head | None) -> int:
        """Copy one sheet's part; return the sheet's position in the target."""
        there = self.there.get(key)
        sheet = self.sheets[key]
        if sheet.part is None:
            raise Missing(f"The sheet {sheet.name} has no part.")
        part = transplant.sheet(
            sheet.part, there.part if there else None, lambda tag, at: _with_head(tag, at, head)
        )
        return there.position if there else self.book.add_sheet(name, part).position

    def _define(self, transplant: Transplant, positions: Mapping[str, int]) -> None:
        scopes = {self.sheets[key].position: at for key, at in positions.items()}
        for name in self.made.names():
            hidden = is_true(name.element.get("hidden"))
            if name.scope in scopes:
                self.book.set_name(name.name, transplant.formula(name.text), scopes[name.scope], hidden)
            elif name in self._shared_names():
                self.book.set_name(name.name, transplant.formula(name.text), None, hidden)

    def _shared_names(self) -> list[DefinedName]:
        """Return the source's workbook-wide names that come along: all but marks and other sheets' names."""
        grafted = {sheet.name.casefold() for sheet in self.sheets.values()}
        marks = (self.marks.sheet("").casefold(), self.marks.content("").casefold())
        return [
            name
            for name in self.made.names()
            if name.scope is None
            and not name.name.casefold().startswith(marks)
            and (sheet_referred_to(name.text) or next(iter(grafted))).casefold() in grafted
        ]

    def _refuse_taken_names(self) -> None:
        """Refuse a target that defines one of the names for something of its own."""
        marked = bool(marked_sheets(self.target, self.marks))
        ours = {sheet.name.casefold() for sheet in self.there.values()}
        for name in self._shared_names():
            known = self.book.defined(name.name)
            if known is None or known.text == name.text or "#REF!" in known.text:
                continue
            refers = sheet_referred_to(known.text)
            if refers.casefold() not in ours if refers else not marked:
                raise Refused(f"The workbook defines the name {name.name} for something of its own.")


def mark(package: Package, sheets: Mapping[str, str], marks: Marks) -> None:
    """Mark sheets, given by key and name, so that a later graft finds them and notices edits."""
    book = Workbook(package)
    for key, name in sheets.items():
        sheet = book.sheet(name)
        known = book.defined(marks.sheet(key))
        if known is None or _pointed_at(book, known) is not sheet:
            book.set_name(marks.sheet(key), f"{quoted_sheet(name)}!$A$1", hidden=True)
        book.set_name(marks.content(key), _fingerprint(package, book, sheet, key, sheets, marks), hidden=True)
    book.write()


def _fingerprint(
    package: Package, book: Workbook, sheet: Sheet, key: str, names: Mapping[str, str], marks: Marks
) -> str:
    """Return a sheet's fingerprint as a name holds it; sheets are called by their keys in it."""
    keys = {name.casefold(): f"sheet {key}" for key, name in names.items()}
    ignored = (marks.inputs or {}).get(key, ())
    plain = Calls(Functions(marks.functions)).plain
    digest = fingerprint(package, sheet.part or "", ignored, lambda formula: renamed(plain(formula), keys))
    return f'"{digest}"'


def _recognised(
    book: Workbook, made: Workbook, sheets: Mapping[str, Sheet], marks: Marks
) -> dict[str, Sheet]:
    """Return the sheets that are in the target already, by key.

    By the mark; else by the workbook-wide names that point at the sheet in the source and at one
    sheet in the target; else, in a workbook that has marks, by the sheet's name.
    """
    marked = marked_sheets(book.package, marks)
    found: dict[str, Sheet] = {key: book.sheet(marked[key]) for key in sheets if key in marked}
    for key, sheet in sheets.items():
        if key in found:
            continue
        candidate = _by_names(book, made, sheet)
        if candidate is None and marked and book.defined(marks.sheet(key)) is None:
            candidate = next((at for at in book.sheets if at.name.casefold() == sheet.name.casefold()), None)
        if candidate is not None and candidate.kind == "worksheet" and candidate not in found.values():
            found[key] = candidate
    return found


def _by_names(book: Workbook, made: Workbook, sheet: Sheet) -> Sheet | None:
    """Return the one sheet at which all of a sheet's names point, if they are too many for chance."""
    pointed = []
    for name in made.names():
        if name.scope is None and (sheet_referred_to(name.text) or "").casefold() == sheet.name.casefold():
            known = book.defined(name.name)
            pointed.append(_pointed_at(book, known) if known else None)
    alike = len(pointed) > 1 and all(found is pointed[0] for found in pointed)
    return pointed[0] if alike else None


def _pointed_at(book: Workbook, name: DefinedName) -> Sheet | None:
    """Return the worksheet that a name refers to."""
    refers = sheet_referred_to(name.text)
    for sheet in book.sheets:
        if refers and sheet.name.casefold() == refers.casefold() and sheet.kind == "worksheet" and sheet.part:
            return sheet
    return None


def _kept_head(package: Package, sheet: Sheet) -> _Head:
    """Return what a sheet keeps when it is replaced: the name macros know it by, whether it is selected."""
    code_name, selected = b"", False
    start = next(iter(package.chunks(sheet.part or "")), b"")
    for found in _HEAD.finditer(start):
        if name := _CODE_NAME.search(found[2]):
            code_name = name[1]
        selected = selected or bool(_SELECTED.search(found[2]))
    return _Head(code_name, selected)


def _with_head(tag: bytes, attributes: bytes, head: _Head | None) -> bytes:
    if tag not in (b"sheetPr", b"sheetView"):
        return attributes
    closing = b"/" if attributes.endswith(b"/") else b""
    attributes = without(without(attributes, b"codeName"), b"tabSelected").removesuffix(b"/")
    if tag == b"sheetPr" and head and head.code_name:
        attributes += b' codeName="' + head.code_name + b'"'
    if tag == b"sheetView" and head and head.selected:
        attributes += b' tabSelected="1"'
    return attributes + closing
