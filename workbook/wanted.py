"""Which report sheets a workbook gets: all, those asked for, or all but those that its user deleted.

The choice is remembered in the workbook's record.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from markets.errors import MarketbookError
from workbook.package import (
    DefinedName,
    Functions,
    Mentions,
    Package,
    Removed,
    Rule,
    Rules,
    WorkbookPart,
    areas_of,
    edited_sheets,
    formulas_of,
    marked_sheets,
    remove_sheets,
    sheet_contents,
    sheet_referred_to,
    unmark,
    were_marked,
    workbook_part,
)
from workbook.record import EVERY_SHEET, LAYOUT_NAME, Selection, recorded
from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.sheets.lists import LISTS
from workbook.sheets.start import START
from workbook.template import KEYS, MARKS, TITLES

_ORDER = tuple(KEYS)
ALL = "all"
_NO_FUNCTIONS = Functions(())


class UnknownSheet(MarketbookError):
    """A report sheet that does not exist."""


@dataclass(frozen=True)
class Wanted:
    """Titles of report sheets, in their order: those that the workbook gets, and why not others.

    `needed` were not asked for, but others refer to them. `deleted` were deleted by the user since the
    last refresh, and stay so. `selection` is the choice for the next refresh.
    """

    titles: tuple[str, ...]
    needed: tuple[str, ...]
    deleted: tuple[str, ...]
    selection: Selection


def wanted_sheets(package: Package, made: Package, asked: Collection[str] | None = None) -> Wanted:
    """Return which sheets of a new report (`made`) a workbook gets.

    `asked` are titles in upper or lower case, or ["all"]. Without them, the workbook gets what it got
    before, without the sheets that its user deleted since. Sheets to which the formulas and charts of
    wanted sheets refer are wanted too; Assumptions is not, unless it is there. Raises UnknownSheet.
    """
    there = {title for title in _ORDER if KEYS[title] in marked_sheets(package, MARKS)}
    only, but = _selected(package, there)
    deleted = set[str]()
    if asked is not None:
        only, but = (None if [name.casefold() for name in asked] == [ALL] else _titles(asked)), set()
    else:
        were = were_marked(package, MARKS)
        before = set(_ORDER) - but if only is None else only
        deleted = {title for title in before - there if KEYS[title] in were}
        but = (but | deleted) - there
        only = None if only is None else (only - deleted) or {LISTS.title}
    chosen = set(_ORDER) - but if only is None else only
    chosen = chosen if asked is not None else chosen | there
    if chosen == set(_ORDER):
        return Wanted(_ORDER, (), (), EVERY_SHEET)
    closed = _with_needed(made, chosen, needs_assumptions=ASSUMPTIONS.title in there)
    return Wanted(
        _ordered(closed),
        _ordered(closed - chosen),
        _ordered(deleted - closed),
        Selection(but=_keys(but)) if only is None else Selection(only=_keys(only)),
    )


def restrict(made: Package, titles: Collection[str]) -> None:
    """Remove all other sheets from a new report, with their names and the links to them."""
    gone = [title for title in _ORDER if title not in titles]
    if gone:
        remove_sheets(made, gone, names_of(made, gone), _NO_FUNCTIONS)


def drop_absent(package: Package, wanted: Wanted) -> None:
    """Drop Marketbook's names and marks of sheets that are not wanted, and the links to them."""
    gone = [title for title in _ORDER if title not in wanted.titles]
    unmark(package, _keys(gone), MARKS)
    for name in names_of(package, gone):
        workbook_part(package).drop_name(name)
    _drop_links(package, gone)


def _drop_links(package: Package, titles: Iterable[str]) -> None:
    """Remove the links on Start to sheets that do not exist."""
    there = {sheet.name.casefold() for sheet in workbook_part(package).sheets}
    missing = Mentions({title.casefold() for title in titles} - there, ())
    _drop_links_if(package, lambda link: any(map(missing.found, link.formulas)))


def _drop_own_links(package: Package, titles: Collection[str]) -> None:
    """Remove the links of the guide on Start to sheets: in column A, in cells with the sheet's title."""
    start = marked_sheets(package, MARKS).get(START.key)
    shown = sheet_contents(package, start) if start else {}

    def is_own(link: Rule) -> bool:
        linked = {sheet_referred_to(target) for target in link.formulas}
        entry = shown.get(link.area) if link.area.rstrip("0123456789") == "A" else None
        return entry is not None and entry.value in titles and linked == {entry.value}

    _drop_links_if(package, is_own)


def _drop_links_if(package: Package, wanted: Callable[[Rule], bool]) -> None:
    """Remove links on Start."""
    start = marked_sheets(package, MARKS).get(START.key)
    part = workbook_part(package).sheet(start).part if start else None
    if part:
        rules = Rules(package[part])
        links = [rule for rule in rules.all if rule.kind == "hyperlink" and wanted(rule)]
        package.replace(part, rules.without(links))


def take_away(package: Package, wanted: Wanted) -> Removed:
    """Remove the sheets that a workbook has and should not get. See `remove_sheets`.

    An edited sheet becomes the user's, with values instead of formulas. The links to the sheets in the
    guide on Start go without being listed, because they are not the user's.
    """
    marked = marked_sheets(package, MARKS)
    gone = [title for title in _ORDER if title not in wanted.titles and KEYS[title] in marked]
    edited = edited_sheets(package, MARKS)
    kept = [marked[KEYS[title]] for title in gone if KEYS[title] in edited]
    dropped = [marked[KEYS[title]] for title in gone if KEYS[title] not in edited]
    _drop_own_links(package, [title for title in gone if marked[KEYS[title]] in dropped])
    return remove_sheets(package, dropped, names_of(package, gone), _NO_FUNCTIONS, kept)


def names_of(package: Package, titles: Iterable[str]) -> list[DefinedName]:
    """Return Marketbook's names for sheets: their marks, and names of cells of sheets that are gone."""
    book = workbook_part(package)
    keys = [KEYS[title] for title in titles]
    marks = {name.casefold() for key in keys for name in (MARKS.sheet(key), MARKS.content(key))}
    marked = marked_sheets(package, MARKS)
    sheets = {marked[key].casefold() for key in keys if key in marked}
    prefix = MARKS.prefix.lstrip("_")
    return [
        name
        for name in book.names()
        if name.name.casefold() in marks
        or (name.name.casefold().startswith(prefix) and _is_on(book, name, sheets))
    ]


def _is_on(book: WorkbookPart, name: DefinedName, sheets: Collection[str]) -> bool:
    """Return whether a name refers to one of the sheets, or to a sheet or cells that do not exist."""
    if "#REF!" in name.text:
        return True
    sheet = (sheet_referred_to(name.text) or "").casefold()
    exists = any(sheet == there.name.casefold() for there in book.sheets)
    return bool(sheet) and (sheet in sheets or not exists)


def _titles(asked: Collection[str]) -> set[str]:
    known = {title.casefold(): title for title in _ORDER}
    unknown = [name for name in asked if name.casefold() not in known]
    if unknown or not asked:
        named = f"No report sheet is called {', '.join(unknown)}. " if unknown else ""
        raise UnknownSheet(f"{named}The report sheets are {', '.join(_ORDER)}.")
    return {known[name.casefold()] for name in asked}


def _selected(package: Package, there: Collection[str]) -> tuple[set[str] | None, set[str]]:
    """Return the only sheets that are wanted, or None for all, and those that are not wanted.

    If another program dropped the record, those are wanted that are there or were deleted since.
    """
    record = recorded(package)
    if record is None and workbook_part(package).defined(LAYOUT_NAME) is not None:
        return {*there, *(TITLES[key] for key in were_marked(package, MARKS) if key in TITLES)}, set()
    selection = record.sheets if record else EVERY_SHEET
    only, but = ({TITLES[key] for key in keys if key in TITLES} for keys in (selection.only, selection.but))
    return only or None, but


def _ordered(titles: Collection[str]) -> tuple[str, ...]:
    return tuple(title for title in _ORDER if title in titles)


def _keys(titles: Collection[str]) -> tuple[str, ...]:
    return tuple(KEYS[title] for title in _ordered(titles))


def _with_needed(made: Package, titles: Collection[str], *, needs_assumptions: bool) -> set[str]:
    """Return sheets with those to which their formulas and charts refer, directly or through others.

    Without the Assumptions sheet, the rows in use on Lists are blank.
    """
    refers = _references(made)
    if not needs_assumptions:
        refers[LISTS.title].discard(ASSUMPTIONS.title)
    found: set[str] = set()
    waiting = list(titles)
    while waiting:
        title = waiting.pop()
        if title not in found:
            found.add(title)
            waiting += refers[title]
    return found


def _references(made: Package) -> dict[str, set[str]]:
    book = workbook_part(made)
    named = {name.name.casefold(): list(areas_of(name.text, "", {})) for name in book.names()}
    titles = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
    return {
        sheet.name: {
            titles[area.sheet]
            for formula in set(formulas_of(made, sheet))
            for area in areas_of(formula, sheet.name, named)
            if area.sheet in titles
        }
        for sheet in book.sheets
    }
