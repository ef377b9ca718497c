"""Insertion of sheets of one package in another: in place if they already exist, else at the end."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from workbook.package.edits.calculation_chain import drop_from_chain
from workbook.package.edits.marks import Marks, mark, marked_sheets
from workbook.package.edits.transplant import Transplant, unselected
from workbook.package.edits.views import View, view_of, with_view
from workbook.package.edits.written import written
from workbook.package.opc.errors import Missing, Refused
from workbook.package.opc.orphans import remove_with_orphans
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relate
from workbook.package.sheets.areas import corners
from workbook.package.sheets.cells import with_shifted_numbers
from workbook.package.sheets.contents import Content, part_contents
from workbook.package.sheets.references import sheet_referred_to
from workbook.package.sheets.styles import EMPTY_STYLES, StyleMap, Styles
from workbook.package.sheets.workbook_part import (
    DefinedName,
    Sheet,
    refuse_unless_editable,
    workbook_part,
)

_DAYS_TO_1904 = 1462
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True)
class _Old:
    """A sheet before it is replaced: how its user looks at it, and the first entry of each row."""

    view: View
    rows: Mapping[int, str]


@dataclass(frozen=True)
class Grafted:
    """The result of a graft: the name of each sheet in the target by its key, and which sheets are new."""

    names: dict[str, str]
    added: tuple[str, ...]
    replaced: tuple[str, ...]


def graft(target: Package, source: Package, sheets: Mapping[str, str], marks: Marks) -> Grafted:
    """Insert sheets of `source`, given by key and name, in `target`; every other byte stays unchanged.

    A sheet that already exists in the target keeps its part, id, position, name and code name. If a
    sheet has another name in the target, formulas, charts and names are changed to that name, even if
    the sheet is marked but not grafted this time. Dates in the cells are converted between the two
    date systems.

    Raises PackageError if the target must not be edited. The target's file does not change before
    `Package.save`.
    """
    refuse_unless_editable(target)
    return _Graft(target, source, sheets, marks).run()


class _Graft:
    """One graft: its data, and its steps in order."""

    def __init__(self, target: Package, source: Package, sheets: Mapping[str, str], marks: Marks) -> None:
        self.target, self.source, self.marks = target, source, marks
        self.book, self.made = workbook_part(target), workbook_part(source)
        self.sheets = {key: self.made.sheet(name) for key, name in sheets.items()}
        marked = marked_sheets(target, marks)
        self.there = {key: self.book.sheet(marked[key]) for key in sheets if key in marked}
        self.record = written(target, marks.namespace)
        self.views: dict[str, View] = {}
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
        old = {key: self._old(sheet) for key, sheet in self.there.items()}
        self._clear()
        moved = {
            **self._left_out(),
            **{self.sheets[key].name.casefold(): name for key, name in names.items()},
        }
        parts = [sheet.part for sheet in self.sheets.values() if sheet.part]
        taken = [name.name.casefold() for name in self.book.names()]
        transplant = Transplant(self.target, self.types, self.source, parts, moved, taken, self.map)
        positions = {key: self._put(transplant, key, names[key], old.get(key)) for key in self.sheets}
        self._define(transplant, positions)
        self.target.replace(self.styles_part, self.styles.result())
        self.types.write()
        mark(self.target, names, self.marks, self.views)
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

    def _left_out(self) -> dict[str, str]:
        """Return the target's names of sheets that are also in the source but not grafted this time."""
        there = marked_sheets(self.target, self.marks)
        made = marked_sheets(self.source, self.marks)
        return {name.casefold(): there[key] for key, name in made.items() if key in there}

    def _styles_part(self) -> str:
        part = self.book.related("styles")
        if part is None:
            folder = posixpath.dirname(self.book.part)
            names = (posixpath.join(folder, f"styles{number}.xml") for number in ("", *range(1, 10_000)))
            part = next(name for name in names if name not in self.target)
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
        """Remove the sheets' old state: parts, cells in the calculation chain, built-in names."""
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

    def _old(self, sheet: Sheet) -> _Old:
        part = sheet.part or ""
        return _Old(view_of(self.target[part]), _first_entries(part_contents(self.target, part)))

    def _put(self, transplant: Transplant, key: str, name: str, old: _Old | None) -> int:
        """Copy one sheet's part; return the sheet's position in the target."""
        there = self.there.get(key)
        sheet = self.sheets[key]
        if sheet.part is None:
            raise Missing(f"The sheet {sheet.name} has no part.")
        part = transplant.sheet(sheet.part, there.part if there else None, unselected)
        self.views[key] = view_of(self.target[part])
        if there is None or old is None:
            return self.book.add_sheet(name, part, sheet.state).position
        fresh = _first_entries(part_contents(self.target, part))
        rows = {row for row, entry in old.rows.items() if fresh.get(row) == entry}
        known = self.record.get(key)
        self.target.replace(part, with_view(self.target[part], old.view, known.view if known else None, rows))
        return there.position

    def _define(self, transplant: Transplant, positions: Mapping[str, int]) -> None:
        scopes = {self.sheets[key].position: at for key, at in positions.items()}
        for name in self.made.names():
            hidden = name.hidden
            if name.scope in scopes:
                self.book.set_name(name.name, transplant.formula(name.text), scopes[name.scope], hidden)
            elif name in self._shared_names():
                self.book.set_name(name.name, transplant.formula(name.text), None, hidden)

    def _shared_names(self) -> list[DefinedName]:
        """Return the source's workbook-wide names to copy: all except marks and names of other sheets."""
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
        """Refuse a target that already uses one of the names for something else."""
        marked = bool(marked_sheets(self.target, self.marks))
        ours = {sheet.name.casefold() for sheet in self.there.values()}
        for name in self._shared_names():
            known = self.book.defined(name.name)
            if known is None or known.text == name.text or "#REF!" in known.text:
                continue
            refers = sheet_referred_to(known.text)
            if refers.casefold() not in ours if refers else not marked:
                raise Refused(f"The workbook already uses the name {name.name} for something else.")


def _first_entries(contents: Mapping[str, Content]) -> dict[int, str]:
    """Return the first entry of each row, by which a row is known again."""
    cells = sorted((*corners(place)[1::-1], place) for place in contents)
    return {row: str(contents[place].formula or contents[place].value) for row, _, place in reversed(cells)}
