"""Removal of sheets from a package, so that nothing in the rest of it refers to them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TypeVar

from workbook.package.edits.calculation_chain import drop_from_chain
from workbook.package.edits.freezing import (
    EveryFormula,
    FormulaCells,
    convert,
    forget_column_formulas,
    wanted_cells,
)
from workbook.package.edits.literals import with_literals, without_text_links
from workbook.package.edits.valued import Valued, Values, follows_others, write_formulas
from workbook.package.opc.errors import Refused
from workbook.package.opc.markup import Element, Markup, whole_number
from workbook.package.opc.orphans import remove_with_orphans
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import ContentTypes, relationships, unrelate
from workbook.package.sheets.belongings import chart_formulas, parts_of
from workbook.package.sheets.calls import Calls, Finds, Functions, finder
from workbook.package.sheets.mentions import Mentions
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.workbook_part import (
    DefinedName,
    Sheet,
    WorkbookPart,
    refuse_unless_editable,
    workbook_part,
)

T = TypeVar("T")
_CONTROL = re.compile(rb"\sfmla\w+\s*=\s*\"([^\"]*)\"")


@dataclass(frozen=True)
class Removed:
    """The result of a removal: what referred to the removed sheets, names or functions.

    `converted` has the old formula of each cell that is a value now, by sheet and cell; `fixed` those of
    these cells that followed other cells or the date as well. `valued` has the formulas that still do,
    with values in place of what is gone. `names` has the old text of each defined name that is gone
    besides those to drop. `rules` are gone, such as "Model!B2 (data validation): =mb_units". `drawings`
    are the sheets with charts or text boxes that keep what they showed. `left` still refers to what is
    gone, such as "Model (hyperlink): Overview!A1". `kept` are the sheets of which only the formulas are
    gone.
    """

    sheets: tuple[str, ...] = ()
    converted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, Collection[str]] = field(default_factory=dict)
    valued: Mapping[str, Mapping[str, Valued]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def remove_sheets(
    package: Package,
    sheets: Collection[str],
    names: Iterable[DefinedName],
    functions: Functions,
    whole: Collection[str] = (),
) -> Removed:
    """Remove sheets and defined names. Nothing is written before `Package.save`.

    Formulas on other sheets that refer to them, or that call one of the functions, are replaced with
    their saved values; on the sheets `whole`, all formulas are. A formula that follows other cells or the
    date as well stays, with values in place of the references, if these are to single cells. Charts keep
    what they last showed. Raises Refused if no visible sheet would be left, and NoCachedValue if a formula
    has no saved value; then nothing has changed.
    """
    refuse_unless_editable(package)
    book = workbook_part(package)
    gone = [book.sheet(name) for name in sheets]
    rest = [sheet for sheet in book.sheets if sheet not in gone]
    if not any(map(_is_visible, rest)):
        raise Refused("A workbook needs at least one visible sheet, and only Marketbook sheets are visible.")
    dropped = list(names)
    wanted = _Wanted(package, gone, dropped, finder(package, functions))
    readable = [sheet for sheet in rest if sheet.kind == "worksheet" and sheet.part]
    all_of = {book.sheet(name) for name in whole}
    found = {
        sheet: wanted_cells(package, sheet, EveryFormula() if sheet in all_of else wanted)
        for sheet in readable
    }
    values = Values(package, gone, [name for name in book.names() if name.name in wanted.names])
    stay = {sheet: values.kept(cells, wanted) for sheet, cells in found.items() if sheet not in all_of}
    turned = {sheet: _without(cells, stay.get(sheet, ())) for sheet, cells in found.items()}
    convert(package, turned)
    for sheet, formulas in stay.items():
        write_formulas(package, sheet.part or "", formulas)
    rules = [line for sheet in readable for line in _drop_rules(package, sheet, wanted)]
    forget_column_formulas(package, wanted)
    drawings = [sheet.name for sheet in rest if _keep_drawings(package, sheet, wanted)]
    users = wanted.names - {name.name for name in dropped}
    texts = {name.name: name.text for name in book.names() if name.name in users}
    for name in [*dropped, *(name for name in book.names() if name.name in users)]:
        book.drop_name(name)
    _drop_sheets(package, book, gone)
    left = tuple(line for sheet in rest for line in _left(package, sheet, wanted))
    return Removed(
        sheets=tuple(sheet.name for sheet in gone),
        converted=_told({sheet: _formulas(turned[sheet]) for sheet in stay}),
        fixed=_told({sheet: _following_others(turned[sheet], wanted) for sheet in stay}),
        valued=_told(stay),
        names=texts,
        rules=tuple(rules),
        drawings=tuple(drawings),
        left=left,
        kept=tuple(sheet.name for sheet in rest if sheet in all_of),
    )


def _without(cells: FormulaCells, some: Collection[str]) -> FormulaCells:
    return {place: cell for place, cell in cells.items() if place not in some}


def _formulas(cells: FormulaCells) -> dict[str, str]:
    return {place: formula for place, (_, formula) in cells.items()}


def _following_others(cells: FormulaCells, wanted: Finds) -> list[str]:
    return [place for place, (_, formula) in cells.items() if follows_others(formula, wanted)]


def _told(found: Mapping[Sheet, T]) -> dict[str, T]:
    return {sheet.name: cells for sheet, cells in found.items() if cells}


class _Wanted:
    """Finds formulas that refer to what is removed, or call a function, also through other names."""

    def __init__(
        self, package: Package, gone: Collection[Sheet], dropped: Collection[DefinedName], calls: Calls
    ) -> None:
        self._calls = calls
        self._sheets = {sheet.name.casefold() for sheet in gone}
        book = workbook_part(package)
        self._order = [sheet.name.casefold() for sheet in book.sheets]
        self.names = {name.name for name in dropped}
        tables = set(_tables(package, gone))
        positions = {sheet.position for sheet in gone}
        before = -1
        while before < len(self.names):  # names that refer to other names
            before = len(self.names)
            words = {name.casefold() for name in self.names} | tables
            self._mentions = Mentions(self._sheets, words, self._order)
            elsewhere = (name for name in book.names() if name.scope not in positions)
            self.names |= {name.name for name in elsewhere if self.found(name.text)}

    def found(self, formula: str) -> bool:
        return self._mentions.found(formula) or self._calls.found(formula)


def _tables(package: Package, sheets: Collection[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part and link.part in package:
                name = Markup(package[link.part], link.part).root.get("displayName")
                yield (name or "").casefold()


def _drop_rules(package: Package, sheet: Sheet, wanted: Finds) -> Iterator[str]:
    rules = Rules(package[sheet.part or ""])
    gone = [rule for rule in rules.all if any(map(wanted.found, rule.formulas))]
    if gone:
        package.replace(sheet.part or "", rules.without(gone))
    for rule in gone:
        yield f"{sheet.name}!{rule.area} ({rule.kind}): {'; '.join(rule.formulas)}"


def _keep_drawings(package: Package, sheet: Sheet, wanted: Finds) -> bool:
    """Let charts and text boxes keep what they show; return whether there are any to keep."""
    changed = False
    for kind, part in parts_of(package, sheet):
        old = package[part]
        if kind == "chart":
            new = with_literals(old, wanted)
        elif kind == "drawing":
            new = without_text_links(old, wanted)
        else:
            continue
        changed = changed or new != old
        package.replace(part, new)
    return changed


def _left(package: Package, sheet: Sheet, wanted: Finds) -> Iterator[str]:
    """Yield what still refers to what is gone: in drawings, controls and pivot tables."""
    for kind, part in parts_of(package, sheet):
        found: list[str] = []
        if kind in ("chart", "chartEx"):
            found = chart_formulas(package[part])
        elif kind == "ctrlProp":
            found = [unescape(link[1].decode(errors="replace")) for link in _CONTROL.finditer(package[part])]
        elif kind == "pivotCacheDefinition":
            found = list(_sources(Markup(package[part], part).root))
        links = [link.target[1:] for link in relationships(package, part) if link.target.startswith("#")]
        for formula in [*found, *links]:
            if wanted.found(formula):
                yield f"{sheet.name} ({'hyperlink' if formula in links else _CALLED[kind]}): {formula}"


_CALLED = {
    "chart": "chart",
    "chartEx": "chart",
    "ctrlProp": "control",
    "pivotCacheDefinition": "pivot table",
}


def _sources(element: Element) -> Iterator[str]:
    """Yield the source of a pivot table as a formula."""
    if element.name == "worksheetSource":
        sheet = (element.get("sheet") or "").replace("'", "''")
        yield f"'{sheet}'!{element.get('ref') or ''}" if sheet else element.get("name") or ""
    for child in element.children:
        yield from _sources(child)


def _drop_sheets(package: Package, book: WorkbookPart, gone: Collection[Sheet]) -> None:
    positions = sorted(sheet.position for sheet in gone)
    for name in book.names():
        if name.scope in positions:
            book.drop_name(name)
    types = ContentTypes(package)
    ids = {sheet.id for sheet in gone}
    drop_from_chain(book, types, lambda sheet_id, _: sheet_id in ids)
    parts = [sheet.part for sheet in gone if sheet.part]
    remove_with_orphans(package, types, parts)
    package.replace(book.part, _without_sheets(package, book, positions))
    for part in parts:
        package.remove(part)
        types.forget(part)
        unrelate(package, book.part, part)
    types.write()


def _without_sheets(package: Package, book: WorkbookPart, gone: list[int]) -> bytes:
    """Return the workbook part without sheets, given by their positions; later positions move up."""
    moved = {old: old - sum(at < old for at in gone) for old in range(len(book.sheets)) if old not in gone}
    visible = (sheet.position for sheet in book.sheets if sheet.position in moved and _is_visible(sheet))
    first = moved[next(visible, min(moved))]
    markup = Markup(package[book.part], book.part)
    for element in markup.root.children:
        if element.name == "sheets":
            for at, sheet in enumerate(element.all("sheet")):
                if at in gone:
                    markup.remove(sheet)
        elif element.name == "definedNames":
            _move(markup, element.children, "localSheetId", moved, first)
        elif element.name == "bookViews":
            _move(markup, element.children, "activeTab", moved, first)
            _move(markup, element.children, "firstSheet", moved, 0)
    return markup.result()


def _move(
    markup: Markup, elements: Iterable[Element], attribute: str, moved: Mapping[int, int], instead: int
) -> None:
    for element in elements:
        given = element.get(attribute)
        if given is not None and (at := moved.get(whole_number(given), instead)) != whole_number(given):
            markup.set_attribute(element, attribute, str(at))


def _is_visible(sheet: Sheet) -> bool:
    return sheet.state in (None, "visible")
