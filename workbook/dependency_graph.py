"""Formula cells on the user's sheets that call Marketbook functions, or may depend on cells that do.

A formula whose references are computed (INDIRECT, OFFSET, `A1:INDEX(...)`) may depend on any cell, so it
is among them. A cell that an array formula fills depends on the cell with that formula, and a cell of a
what-if data table on the table's edges and input cells.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from udfs.registry import FUNCTIONS
from workbook.package import (
    Area,
    Cell,
    CellValue,
    Functions,
    Markup,
    Package,
    Sheet,
    WorkbookPart,
    areas_of,
    array_formulas,
    cell_at,
    column_name,
    data_tables,
    dependents,
    finder,
    formula_texts,
    has_formulas,
    part_contents,
    relationships,
    without_texts,
    workbook_part,
)

ADDIN_FILE = "marketbook.xlam"
NAMESPACE = "MARKETBOOK"
"""What Excel puts in front of the names of the Office.js add-in's functions."""
OURS = Functions(tuple(FUNCTIONS), (ADDIN_FILE,), NAMESPACE, ("XLWINGS",))
PLAIN_MARK = "_mb_plain_"
"""Prefix of the hidden names that mark sheets without formulas."""

Known = Mapping[str, Mapping[str, str]]
"""Marketbook's formula cells on the user's sheets: formula by cell by sheet."""

_LARGE, _LARGEST_ARRAY = 1_000_000, 100_000
_CALLS = re.compile("|".join(rf"{name}\(" for name in OURS.names), re.IGNORECASE)
_ACROSS_SHEETS = re.compile(r"[\w.]:[\w.]+!|'[^']*:[^']*'!")
_COMPUTED = re.compile(r"\b(?:INDIRECT|OFFSET)\(|:[A-Z][A-Z.]*\(|\):", re.IGNORECASE)


@dataclass(frozen=True)
class DependencyGraph:
    """The user's formulas. `cells` are those that may depend on Marketbook's; the rest was read to find them.

    `calling` call Marketbook functions themselves. `computed` are only among `cells` because a reference
    is computed. `cached` has the cached value of each cell, `formulas` its formula with plain function
    names.
    """

    cells: set[Cell]
    calling: set[Cell]
    computed: set[Cell]
    formulas: Mapping[Cell, str]
    cached: Mapping[Cell, CellValue | None]
    named: Mapping[str, Collection[Area]]

    def reached_from(self, cells: Collection[Cell]) -> set[Cell]:
        """Return those of `cells` that depend on the given ones, including the given ones."""
        return self.cells & dependents(self.formulas, cells, (), self.named)


_NOTHING = DependencyGraph(set(), set(), set(), {}, {}, {})


def dependency_graph(package: Package, report_sheets: Collection[str], known: Known) -> DependencyGraph:
    """Return the user's formula cells that call Marketbook functions or may depend on cells that do.

    A formula that refers to one of the `report_sheets` (names) or one of the `known` cells depends on
    them. The report sheets and the known cells themselves are not included.
    """
    book = workbook_part(package)
    made = {name.casefold() for name in report_sheets}
    named = _named_areas(package, book)
    sheets = [sheet for sheet in book.sheets if sheet.name.casefold() not in made and sheet.part]
    sheets = _with_formulas(package, book, sheets)
    if not _may_depend(package, sheets, _words(book, [*report_sheets, *known], named), known):
        return _NOTHING
    calls = finder(package, OURS)
    calling_names, computed_names = _any_of(_names_with(book, _CALLS)), _any_of(_names_with(book, _COMPUTED))
    formulas: dict[Cell, str] = {}
    cached: dict[Cell, CellValue | None] = {}
    calling, surely, perhaps = set(), set(), set()
    for sheet in sheets:
        filled = dict(_filled_cells(package[sheet.part or ""], sheet.name))
        formulas.update(filled)
        for place, content in part_contents(package, sheet.part or "").items():
            text, cell = content.formula, cell_at(sheet.name, place)
            cached[cell] = content.value
            if text is None or (cell in formulas and not text):
                continue
            if known.get(sheet.name, {}).get(place) == text:
                surely.add(cell)
                continue
            ours = bool(_CALLS.search(text)) and calls.found(text)
            formulas[cell] = calls.plain(text) if ours else text
            bare = without_texts(text)
            if ours or (calling_names and calling_names.search(bare)):
                calling.add(cell)
            elif _ACROSS_SHEETS.search(bare):
                surely.add(cell)
            elif _COMPUTED.search(bare) or (computed_names and computed_names.search(bare)):
                perhaps.add(cell)
        calling |= {cell for cell, master in filled.items() if _only(master, sheet.name) in calling}
    sure = dependents(formulas, calling | surely, made, named)
    cells = sure | dependents(formulas, perhaps, (), named)
    return DependencyGraph(cells, calling & cells, cells - sure, formulas, cached, named)


def _filled_cells(data: bytes, sheet: str) -> Iterator[tuple[Cell, str]]:
    """Yield the cells that a formula elsewhere fills, each with the references that it depends on."""
    for master, reference in array_formulas(data).items():
        yield from _filled(reference, master, sheet, cell_at(sheet, master))
    for reference, inputs in data_tables(data).items():
        edges = [
            f"{column_name(max(area.first_column - 1, 1))}{max(area.first_row - 1, 1)}:"
            f"{column_name(area.last_column)}{area.last_row}"
            for area in areas_of(reference, sheet, {})
        ]
        yield from _filled(reference, "+".join([*edges, *inputs]), sheet, None)


def _filled(reference: str, depends_on: str, sheet: str, master: Cell | None) -> Iterator[tuple[Cell, str]]:
    for area in areas_of(reference, sheet, {}):
        if area.size <= _LARGEST_ARRAY:
            yield from ((cell, depends_on) for cell in area.cells() if cell != master)


def _only(reference: str, sheet: str) -> Cell | None:
    """Return the cell of a reference to a single one."""
    return cell_at(sheet, reference) if reference.isalnum() else None


def by_sheet(package: Package, cells: Collection[Cell]) -> dict[str, list[str]]:
    """Return cells as references, by the name of their sheet, in reading order."""
    names = {sheet.name.casefold(): sheet.name for sheet in workbook_part(package).sheets}
    grouped: dict[str, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.sheet, cell.row, cell.column)):
        grouped.setdefault(names[cell.sheet], []).append(f"{column_name(cell.column)}{cell.row}")
    return grouped


def _with_formulas(package: Package, book: WorkbookPart, sheets: list[Sheet]) -> list[Sheet]:
    """Return the worksheets that have formulas.

    A large sheet without formulas is marked in the workbook with its checksum, so that the next refresh
    need not read it again.
    """
    found = []
    for sheet in sheets:
        part = sheet.part or ""
        name, state = f"{PLAIN_MARK}{sheet.id}", f'"{package.checksum(part):08x}-{package.size(part)}"'
        known = book.defined(name)
        if sheet.kind != "worksheet" or (known is not None and known.text == state):
            continue
        if has_formulas(package.chunks(part)):
            found.append(sheet)
        elif package.size(part) > _LARGE:
            book.set_name(name, state, hidden=True)
    return found


def _words(book: WorkbookPart, sheets: list[str], named: Mapping[str, Collection[Area]]) -> re.Pattern[str]:
    """Return a pattern for words that occur in every formula that may depend on Marketbook's."""
    ours = {name.casefold() for name in sheets}
    words = [f"{name}!" for name in sheets]
    words += [name.replace("'", "''") + "'!" for name in sheets]
    words += [name for name, areas in named.items() if any(area.sheet in ours for area in areas)]
    words += _names_with(book, _CALLS) + _names_with(book, _COMPUTED)
    spelled = [_CALLS.pattern, _ACROSS_SHEETS.pattern, _COMPUTED.pattern, *map(re.escape, words)]
    return re.compile("|".join(spelled), re.IGNORECASE)


def _names_with(book: WorkbookPart, wanted: re.Pattern[str]) -> list[str]:
    """Return the defined names whose formulas match, or contain another such name."""
    found: dict[str, None] = {}
    searched: re.Pattern[str] | None = wanted
    while searched is not None:
        fresh = [n.name for n in book.names() if n.name not in found and searched.search(n.text)]
        found |= dict.fromkeys(fresh)
        searched = _any_of(fresh)
    return list(found)


def _any_of(names: Collection[str]) -> re.Pattern[str] | None:
    """Return a pattern for the names as words in a formula; None if there are no names."""
    words = "|".join(map(re.escape, names))
    return re.compile(rf"(?<![\w.])(?:{words})(?![\w.(])", re.IGNORECASE) if names else None


def _may_depend(package: Package, sheets: list[Sheet], words: re.Pattern[str], known: Known) -> bool:
    """Return whether any formula may depend on Marketbook's, before sheets are read cell by cell."""
    ours = {formula for cells in known.values() for formula in cells.values()}
    return any(
        words.search(text) and text not in ours
        for sheet in sheets
        for text in formula_texts(package[sheet.part or ""])
    )


def _named_areas(package: Package, book: WorkbookPart) -> dict[str, list[Area]]:
    """Return what defined names and tables refer to, by case-folded name."""
    named: dict[str, list[Area]] = {}
    for _ in range(4):  # names that refer to other names, up to this depth
        found: dict[str, list[Area]] = {}
        for name in book.names():
            sheet = book.sheets[name.scope].name if name.scope is not None else ""
            # a name can have a different meaning on each sheet; all of them count
            found.setdefault(name.name.casefold(), []).extend(areas_of(name.text, sheet, named))
        named = found
    named.update(_tables(package, book))
    return named


def _tables(package: Package, book: WorkbookPart) -> Iterator[tuple[str, list[Area]]]:
    for sheet in book.sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                table = Markup(package[link.part], link.part).root
                name, area = table.get("displayName"), table.get("ref")
                if name and area:
                    yield name.casefold(), list(areas_of(area, sheet.name, {}))
