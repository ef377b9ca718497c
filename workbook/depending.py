"""Formula cells on the user's sheets that call Marketbook functions, or depend on cells that do."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from udfs.registry import FUNCTIONS
from workbook.package import Functions, Package
from workbook.package.opc.markup import Markup
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.calls import finder
from workbook.package.sheets.cells import array_formulas, column_name
from workbook.package.sheets.contents import part_contents
from workbook.package.sheets.dependents import Area, Cell, areas_of, cell_at, dependents
from workbook.package.sheets.formulas import without_texts
from workbook.package.sheets.scanning import formula_texts, has_formulas
from workbook.package.sheets.workbook_part import Sheet, WorkbookPart, workbook_part

ADDIN_FILE = "marketbook.xlam"
OURS = Functions(tuple(FUNCTIONS), (ADDIN_FILE,))
PLAIN_MARK = "_mb_plain_"
"""Prefix of the hidden names that mark sheets without formulas."""

Known = Mapping[str, Mapping[str, str]]
"""Marketbook's formula cells on the user's sheets: formula by cell by sheet."""

_LARGE, _LARGEST_ARRAY = 1_000_000, 100_000
_CALLS = re.compile("|".join(rf"{name}\(" for name in OURS.names), re.IGNORECASE)
_ACROSS_SHEETS = re.compile(r"[\w.]:[\w.]+!|'[^']*:[^']*'!")


@dataclass(frozen=True)
class Depending:
    """The user's formulas. `cells` are those that depend on Marketbook's; the rest was read to find them.

    `carried` has the saved value of each cell, `formulas` its formula with plain function names.
    """

    cells: set[Cell]
    formulas: Mapping[Cell, str]
    carried: Mapping[Cell, object]
    named: Mapping[str, Collection[Area]]

    def reached_from(self, doubtful: Collection[Cell]) -> set[Cell]:
        """Return those of `cells` that depend on doubtful ones, including the doubtful ones."""
        return self.cells & dependents(self.formulas, doubtful, (), self.named)


_NOTHING = Depending(set(), {}, {}, {})


def depending(package: Package, report_sheets: Collection[str], known: Known) -> Depending:
    """Return the user's formula cells that call Marketbook functions or depend on cells that do.

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
    calls, names = finder(package, OURS), _any_of(_calling_names(book))
    formulas: dict[Cell, str] = {}
    carried: dict[Cell, object] = {}
    start = []
    for sheet in sheets:
        formulas.update(_filled_by_arrays(package[sheet.part or ""], sheet.name))
        for place, content in part_contents(package, sheet.part or "").items():
            text, cell = content.formula, cell_at(sheet.name, place)
            carried[cell] = content.value
            if text is None:
                continue
            if known.get(sheet.name, {}).get(place) == text:
                start.append(cell)
                continue
            calling = bool(_CALLS.search(text)) and calls.found(text)
            formulas[cell] = calls.plain(text) if calling else text
            if calling or _ACROSS_SHEETS.search(text) or (names and names.search(without_texts(text))):
                start.append(cell)
    return Depending(dependents(formulas, start, made, named), formulas, carried, named)


def _filled_by_arrays(data: bytes, sheet: str) -> Iterator[tuple[Cell, str]]:
    """Yield the other cells of array formulas, as if each referred to the cell with the formula."""
    for master, reference in array_formulas(data).items():
        first = cell_at(sheet, master)
        for area in areas_of(reference, sheet, {}):
            if area.size <= _LARGEST_ARRAY:
                yield from ((cell, master) for cell in area.cells() if cell != first)


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
    spelled = [_CALLS.pattern, _ACROSS_SHEETS.pattern, *map(re.escape, words + _calling_names(book))]
    return re.compile("|".join(spelled), re.IGNORECASE)


def _calling_names(book: WorkbookPart) -> list[str]:
    """Return the defined names that contain a call of a Marketbook function, or another such name."""
    found: dict[str, None] = {}
    calling: re.Pattern[str] | None = _CALLS
    while calling is not None:
        fresh = [n.name for n in book.names() if n.name not in found and calling.search(n.text)]
        found |= dict.fromkeys(fresh)
        calling = _any_of(fresh)
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
