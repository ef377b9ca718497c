"""Updates of the cached values of the user's formulas that depend on Marketbook's.

An engine calculates them, because only such a program knows the other functions in the user's formulas.
It calculates twice: the workbook as it was before the refresh, to see which cached values it reproduces,
and the workbook as it is now. In both, Marketbook's sheets are constants. See `calibration`.
"""

import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook

from markets.errors import MarketbookError
from udfs.values import CellError
from workbook.calibration import calibrated, functions_in, reproduced, untrusted
from workbook.dependency_graph import OURS, DependencyGraph, Known, by_sheet, dependency_graph
from workbook.package import (
    Cell,
    CellValue,
    Package,
    Relocation,
    cell_at,
    column_name,
    graft,
    plain_calls,
    set_cached_values,
    sheet_contents,
    sheet_of_constants,
    with_constants,
    workbook_part,
)
from workbook.template import MARKS
from workbook.xlsx import cell_value

Value: TypeAlias = float | str | bool | CellError
Calculate: TypeAlias = Callable[[Path], Mapping[tuple[str, str], Value]]
"""Recalculates a workbook's file, and returns the value of every formula cell by sheet and cell."""

Values: TypeAlias = Mapping[str, Mapping[str, CellValue]]

_PROBE = "Functions"


@dataclass
class Recalculated:
    """The user's cells by sheet: those that were updated, and those that may show an old value.

    `problem` is the reason if nothing could be calculated.
    """

    updated: dict[str, list[str]] = field(default_factory=dict)
    stale: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Snapshot:
    """Marketbook's sheets before a refresh: their values by sheet and cell; and all defined names."""

    values: Values
    names: Mapping[tuple[str, int | None], str]


def snapshot(package: Package, sheets: Iterable[str]) -> Snapshot:
    """Return the state of Marketbook's sheets, to be taken before they are rebuilt."""
    names = {(name.name, name.scope): name.text for name in workbook_part(package).names()}
    return Snapshot({name.casefold(): _values(package, name) for name in sheets}, names)


def moved(before: Snapshot, moves: Mapping[str, Relocation]) -> Snapshot:
    """Return a snapshot with each value where its cell stands now, for formulas that followed it."""
    if not moves:
        return before
    values = {name.casefold(): move for name, move in moves.items()}
    return Snapshot(
        {
            sheet: {_now(values[sheet], place): value for place, value in cells.items()}
            if sheet in values
            else cells
            for sheet, cells in before.values.items()
        },
        {},
    )


def _now(move: Relocation, place: str) -> str:
    cell = cell_at("", place)
    column, row = move.place((cell.column, cell.row)) or (cell.column, cell.row)
    return f"{column_name(column)}{row}"


def bring_up_to_date(
    package: Package,
    report_sheets: Collection[str],
    before: Snapshot,
    calculate: Calculate | None,
    known: Known,
) -> Recalculated:
    """Update the cached values of the user's formulas that depend on Marketbook's; nothing else changes.

    Without an engine, they are listed as stale. Cells with which the engine is not trusted, and those
    that depend on them, are also listed as stale. `known` are Marketbook's formulas on the user's
    sheets, which are already up to date.
    """
    graph = dependency_graph(package, report_sheets, known)
    if calculate is None or not graph.cells:
        return Recalculated(stale=by_sheet(package, graph.cells))
    book = _Book(package, report_sheets, before, known, graph)
    try:
        now, unknown = book.now(calculate)
        was = book.before(calculate) if graph.cells - graph.calling else {}
    except MarketbookError as error:
        return Recalculated(stale=by_sheet(package, graph.cells), problem=str(error))
    stale = _stale(graph, was, now, unknown)
    changed = {
        cell: cell_value(now[cell])
        for cell in graph.cells - stale
        if cell in now and not reproduced(graph.cached.get(cell), now[cell])
    }
    updated = by_sheet(package, changed)
    for sheet, places in updated.items():
        set_cached_values(package, sheet, {place: changed[cell_at(sheet, place)] for place in places})
    return Recalculated(updated, by_sheet(package, stale))


def _stale(
    graph: DependencyGraph, was: Mapping[Cell, Value], now: Mapping[Cell, Value], unknown: frozenset[str]
) -> set[Cell]:
    """Return the cells that may show an old value: not trusted, or dependent on such a cell.

    A cell with a computed reference counts only if the engine saw it move, or cannot see it move.
    """
    formulas, cached = graph.formulas, graph.cached
    bare = {cell for cell in graph.cells if cell in graph.calling or cached.get(cell) is None}
    doubts = untrusted(bare, formulas, now, unknown) | {
        cell
        for cell in graph.cells - bare
        if now.get(cell) in (None, CellError.NAME)
        or not calibrated(formulas[cell], cached[cell], was.get(cell), unknown)
    }
    still = {
        cell
        for cell in doubts & graph.computed
        if was.get(cell) == now.get(cell) is not None and unknown.isdisjoint(functions_in([formulas[cell]]))
    }
    return graph.reached_from(doubts - still)


def calculated(package: Package, calculate: Calculate) -> dict[Cell, Value]:
    """Calculate a package, and return the value of every formula cell."""
    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder:
        copy = Path(folder) / "copy.xlsx"
        copy.write_bytes(package.to_bytes())
        return {cell_at(*place): value for place, value in calculate(copy).items()}


def calculated_and_unknown(
    package: Package, formulas: Iterable[str], calculate: Calculate
) -> tuple[dict[Cell, Value], frozenset[str]]:
    """Calculate a copy of a package; return its values, and those functions that the engine lacks.

    The engine says so itself: each function stands on a sheet of its own, without arguments, and gives
    #NAME? if it is unknown.
    """
    names = functions_in(formulas)
    with Package.from_bytes(package.to_bytes()) as copy:
        plain_calls(copy, OURS)
        sheet = graft(copy, _probe(names), {_PROBE: _PROBE}, MARKS).names[_PROBE]
        values = calculated(copy, calculate)
    probed = {name: values.pop(cell_at(sheet, f"A{row}"), None) for row, name in enumerate(names, start=1)}
    return values, frozenset(name for name, value in probed.items() if value is CellError.NAME)


def _probe(names: list[str]) -> Package:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _PROBE
    for row, name in enumerate(names, start=1):
        sheet.cell(row, 1).value = f"={name}()"
    stream = BytesIO()
    book.save(stream)
    return Package.from_bytes(stream.getvalue())


@dataclass(frozen=True)
class _Book:
    """A workbook after a refresh, and what is needed to see it as it was before."""

    package: Package
    report_sheets: Collection[str]
    snapshot: Snapshot
    known: Known
    graph: DependencyGraph

    def now(self, calculate: Calculate) -> tuple[dict[Cell, Value], frozenset[str]]:
        """Return the values as they are now, and the functions that the engine does not know."""
        values = {name: _values(self.package, name) for name in self.report_sheets}
        with self._copy(values, ()) as copy:
            formulas = [self.graph.formulas[cell] for cell in self.graph.cells]
            names = [name.text for name in workbook_part(copy).names()]
            return calculated_and_unknown(copy, [*formulas, *names], calculate)

    def before(self, calculate: Calculate) -> dict[Cell, Value]:
        """Return the values from Marketbook's figures as they were."""
        values = {name: self.snapshot.values.get(name.casefold(), {}) for name in self.report_sheets}
        with self._copy(values, self.graph.calling) as copy:
            for sheet, cells in self.known.items():
                old = self.snapshot.values.get(sheet.casefold(), {})
                set_cached_values(copy, sheet, {place: old[place] for place in cells if place in old})
            self._make_constant(
                copy, {cell_at(s, place) for s, cells in self.known.items() for place in cells}
            )
            book = workbook_part(copy)
            for name in book.names():
                old_text = self.snapshot.names.get((name.name, name.scope), name.text)
                if old_text != name.text:
                    book.set_name(name.name, old_text, name.scope, name.hidden)
            return calculated(copy, calculate)

    def _copy(self, values: Values, constant: Collection[Cell]) -> Package:
        """Return a copy with values on the report sheets, and constants for what cannot depend on them."""
        copy = Package.from_bytes(self.package.to_bytes())
        for name, cells in values.items():
            part = workbook_part(copy).sheet(name).part
            if part:
                copy.replace(part, sheet_of_constants(cells))
        independent = self.graph.formulas.keys() - self.graph.cells
        self._make_constant(copy, independent | set(constant))
        return copy

    def _make_constant(self, copy: Package, cells: Collection[Cell]) -> None:
        for sheet, places in by_sheet(copy, cells).items():
            part = workbook_part(copy).sheet(sheet).part or ""
            copy.replace(part, with_constants(copy[part], set(places)))


def _values(package: Package, sheet: str) -> dict[str, CellValue]:
    contents = sheet_contents(package, sheet)
    return {place: content.value for place, content in contents.items() if content.value is not None}
