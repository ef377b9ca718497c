"""Which report sheets a workbook gets: all, those asked for, or all but those that its user deleted.

The choice is remembered in the workbook, in a hidden name: "overview,forecast" for only these, "-players"
for all but this one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from markets.errors import MarketbookError
from workbook.package import (
    DefinedName,
    Functions,
    Mentions,
    Package,
    Removed,
    Rules,
    WorkbookPart,
    areas_of,
    edited_sheets,
    formulas_of,
    marked_sheets,
    remove_sheets,
    sheet_referred_to,
    workbook_part,
)
from workbook.sheets.lists import LISTS
from workbook.sheets.start import START
from workbook.template import KEYS, MARKS, TITLES

_ORDER = tuple(KEYS)
REMEMBERED = f"{MARKS.prefix}sheets"
ALL = "all"
_NO_FUNCTIONS = Functions(())


class UnknownSheet(MarketbookError):
    """A report sheet that does not exist."""


@dataclass(frozen=True)
class Wanted:
    """Titles of report sheets, in their order: those that the workbook gets, and why not others.

    `needed` were not asked for, but others refer to them. `deleted` were deleted by the user since the
    last refresh, and stay so. `remembered` is the choice for the next refresh, "" for all sheets.
    """

    titles: tuple[str, ...]
    needed: tuple[str, ...]
    deleted: tuple[str, ...]
    remembered: str


def wanted_sheets(package: Package, made: Package, asked: Collection[str] | None = None) -> Wanted:
    """Return which sheets of a new report (`made`) a workbook gets.

    `asked` are titles in upper or lower case, or ["all"]. Without them, the workbook gets what it got
    before, without the sheets that its user deleted since. Sheets to which the formulas and charts of
    wanted sheets refer are wanted too. Raises UnknownSheet.
    """
    there = {title for title in _ORDER if KEYS[title] in marked_sheets(package, MARKS)}
    deleted = tuple(title for title in _ORDER if title not in there and _was_there(package, title))
    if asked is not None:
        only = None if [name.casefold() for name in asked] == [ALL] else _titles(asked)
        without, deleted = set[str](), ()
    else:
        only, without = _remembered(package)
        without = (without | set(deleted)) - there
        only = None if only is None else (only - without) or {LISTS.title}
    chosen = set(_ORDER) - without if only is None else only
    chosen = chosen if asked is not None else chosen | there
    if chosen == set(_ORDER):
        return Wanted(_ORDER, (), (), "")
    closed = _with_needed(made, chosen)
    remembered = _written((title for title in _ORDER if title in without), "-")
    if only is not None:
        remembered = _written(title for title in _ORDER if title in only)
    return Wanted(
        tuple(title for title in _ORDER if title in closed),
        tuple(title for title in _ORDER if title in closed - chosen),
        tuple(title for title in deleted if title not in closed),
        remembered,
    )


def restrict(made: Package, titles: Collection[str]) -> None:
    """Remove all other sheets from a new report, with their names and the links to them."""
    gone = [title for title in _ORDER if title not in titles]
    if gone:
        remove_sheets(made, gone, names_of(made, gone), _NO_FUNCTIONS)


def remember(package: Package, wanted: Wanted) -> None:
    """Write the choice to the workbook, and drop Marketbook's names of and links to sheets that are gone."""
    book = workbook_part(package)
    if wanted.remembered:
        book.set_name(REMEMBERED, f'"{wanted.remembered}"', hidden=True)
    elif known := book.defined(REMEMBERED):
        book.drop_name(known)
    gone = [title for title in _ORDER if title not in wanted.titles]
    for name in names_of(package, gone):
        book.drop_name(name)
    _drop_links(package, gone)


def _drop_links(package: Package, titles: Iterable[str]) -> None:
    """Remove the links on Start to sheets that do not exist."""
    book, start = workbook_part(package), marked_sheets(package, MARKS).get(START.key)
    part = book.sheet(start).part if start else None
    there = {sheet.name.casefold() for sheet in book.sheets}
    missing = Mentions({title.casefold() for title in titles} - there, ())
    if part:
        rules = Rules(package[part])
        links = [rule for rule in rules.all if rule.kind == "hyperlink"]
        dead = [link for link in links if any(map(missing.found, link.formulas))]
        package.replace(part, rules.without(dead))


def take_away(package: Package, wanted: Wanted) -> tuple[Removed, tuple[str, ...]]:
    """Remove the sheets that a workbook has and should not get; return also which edited ones were kept.

    An edited sheet becomes the user's, with values instead of formulas. See `remove_sheets`.
    """
    marked = marked_sheets(package, MARKS)
    keys = [KEYS[title] for title in _ORDER if title not in wanted.titles]
    edited = [key for key in edited_sheets(package, MARKS) if key in keys]
    gone = [marked[key] for key in keys if key in marked and key not in edited]
    names = names_of(package, [title for title in _ORDER if KEYS[title] in keys])
    kept = tuple(marked[key] for key in edited)
    return remove_sheets(package, gone, names, _NO_FUNCTIONS, kept), kept


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


def _was_there(package: Package, title: str) -> bool:
    return workbook_part(package).defined(MARKS.content(KEYS[title])) is not None


def _titles(asked: Collection[str]) -> set[str]:
    known = {title.casefold(): title for title in _ORDER}
    unknown = [name for name in asked if name.casefold() not in known]
    if unknown or not asked:
        named = f"No report sheet is called {', '.join(unknown)}. " if unknown else ""
        raise UnknownSheet(f"{named}The report sheets are {', '.join(_ORDER)}.")
    return {known[name.casefold()] for name in asked}


def _remembered(package: Package) -> tuple[set[str] | None, set[str]]:
    """Return the only sheets that are wanted, or None for all, and those that are not wanted."""
    known = workbook_part(package).defined(REMEMBERED)
    keys = known.text.strip('"').split(",") if known else []
    titles = TITLES
    without = {titles[key[1:]] for key in keys if key.startswith("-") and key[1:] in titles}
    only = {titles[key] for key in keys if key in titles}
    return (only or None), without


def _written(titles: Iterable[str], sign: str = "") -> str:
    return ",".join(sign + KEYS[title] for title in titles)


def _with_needed(made: Package, titles: Collection[str]) -> set[str]:
    """Return sheets with those to which their formulas and charts refer, directly or through others."""
    refers = _references(made)
    found: set[str] = set()
    waiting = list(titles)
    while waiting:
        title = waiting.pop()
        if title not in found:
            found.add(title)
            waiting += refers[title]
    return found


def _references(made: Package) -> Mapping[str, set[str]]:
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
