"""A refresh: the report sheets of a workbook are rebuilt, and every other byte stays unchanged."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from markets.errors import BadArgument, MarketbookError
from udfs.catalog import catalog
from workbook.choices import Cells, Choices, State, chosen, state
from workbook.depending import Known
from workbook.figures import Change
from workbook.freezing import FROZEN_MARK
from workbook.migration import relocations, stand_alike
from workbook.package import (
    Package,
    Relocation,
    copy_aside,
    edited_sheets,
    graft,
    marked_sheets,
    refuse_if_open,
    refuse_unless_editable,
    relocate,
    set_cached_values,
    sheet_contents,
    workbook_part,
)
from workbook.record import LAYOUT, keep
from workbook.report import Report
from workbook.sheets.start import START
from workbook.template import KEYS, MARKS, USERS, build_report
from workbook.usersheets import Calculate, Carried, bring_up_to_date
from workbook.xlsx import cell_value, packaged

_PROTECTED = re.compile(rb"<(?:[^\s<>/:]+:)?sheetProtection\s[^>]*\bsheet\s*=\s*[\"'](?:1|true)")


class Skipped(MarketbookError):
    """A workbook that is skipped, unless it was named explicitly."""


class NoMarket(Skipped):
    """A workbook that does not name a market."""


class NoReportSheets(Skipped):
    """A workbook without Marketbook sheets, if none are to be added."""


class ConvertedToValues(Skipped):
    """A copy that was converted to values."""


class ConflictingChoice(MarketbookError):
    """The choices in the workbook do not fit the request or the source."""


@dataclass(frozen=True)
class Refreshed:
    """The result of a refresh: the market, the sheets, and the changed figures.

    `added` and `rebuilt` are names of sheets. `kept_aside` has, for each edited sheet, the name of the
    copy of its old state. `users` are the user's formula cells that depend on Marketbook functions.
    """

    market: str
    unit: str
    added: tuple[str, ...]
    rebuilt: tuple[str, ...]
    kept_aside: Mapping[str, str]
    changes: tuple[Change, ...]
    users: Carried
    lost: tuple[str, ...] = ()


def refresh(
    package: Package,
    market: str = "",
    *,
    add: bool = True,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
) -> Refreshed:
    """Update the report sheets of a package. Nothing is written before `Package.save`.

    A workbook without report sheets gets all of them, unless `add` is false: then NoReportSheets is
    raised. `market` is the market for a workbook that does not name one, and must not contradict a
    workbook that does. If `user_sheets` is true, the user's formulas that depend on Marketbook functions
    are updated too, with values from `calculate`. Raises MarketbookError or PackageError.
    """
    refuse_unless_editable(package)
    if not add and not is_converted(package) and not has_report_sheets(package):
        raise NoReportSheets("The workbook has no Marketbook sheets. To add them, use --add and --market.")
    was = state(Cells(package))
    report = rebuild_report(package, market)
    there = marked_sheets(package, MARKS)
    _refuse_protected(package, there)
    kept = USERS & there.keys() if was.layout == LAYOUT else frozenset()
    wanted = {key: title for title, key in KEYS.items() if key not in kept}
    moves = _moves(package, report, was, wanted) if was.layout else {}
    aside = _keep_aside(package, wanted)
    grafted = graft(package, packaged(report), wanted, MARKS)
    keep(package, report)
    lost = _relocate(package, moves, grafted.names.values(), report.names) if moves else []
    known = _update_start(package, report)
    made = [grafted.names[key] for key in wanted]
    users = bring_up_to_date(package, made, calculate, known) if user_sheets else Carried()
    return Refreshed(
        market=report.shown.market,
        unit=report.shown.unit,
        added=tuple(grafted.names[key] for key in grafted.added),
        rebuilt=tuple(grafted.names[key] for key in grafted.replaced),
        kept_aside=aside,
        changes=report.changes or (),
        users=users,
        lost=tuple(lost),
    )


def rebuild_report(package: Package, market: str = "") -> Report:
    """Return the new report for a workbook's choices, and what has changed.

    `market` is the market for a workbook that does not name one. Raises
    ConvertedToValues, NoMarket, NewerWorkbook and ConflictingChoice.
    """
    if is_converted(package):
        raise ConvertedToValues(
            "The workbook was converted to values. Refresh the original workbook instead."
        )
    cells = Cells(package)
    choices = _decided(chosen(cells), market)
    try:
        return build_report(choices.market, choices.unit, choices.year, state(cells).shown)
    except BadArgument as error:
        raise ConflictingChoice(f"{error} Choose another unit on the Start sheet.") from error


def has_report_sheets(package: Package) -> bool:
    """Return whether a workbook has Marketbook sheets or at least the names of their cells."""
    return bool(marked_sheets(package, MARKS)) or workbook_part(package).defined("mb_market") is not None


def is_converted(package: Package) -> bool:
    """Return whether a workbook is a copy that was converted to values."""
    return workbook_part(package).defined(FROZEN_MARK) is not None


def refresh_file(
    path: Path,
    market: str = "",
    *,
    add: bool = True,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
    dry_run: bool = False,
    back_up: Callable[[Path], object] | None = None,
) -> Refreshed:
    """Refresh a file, completely or not at all. A dry run only returns the result. See `refresh`.

    Before a file gets its first report sheets, `back_up` is called with its path.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        is_first = not has_report_sheets(package)
        done = refresh(package, market, add=add, user_sheets=user_sheets, calculate=calculate)
        if not dry_run:
            if is_first and back_up:
                back_up(path)
            package.save(path)
        return done


def _refuse_protected(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuse protected report sheets. Start and Assumptions may be protected, as they are not rebuilt."""
    book = workbook_part(package)
    for key, name in sheets.items():
        part = book.sheet(name).part
        if key not in USERS and part and _PROTECTED.search(package[part]):
            raise ConflictingChoice(f"The sheet {name} is protected. Unprotect it and try again.")


def _decided(choices: Choices, market: str) -> Choices:
    if not choices.market:
        if not market:
            raise NoMarket("The workbook does not name a market. Choose one with --market.")
        return Choices(market)
    if market and catalog().market(market).name != catalog().market(choices.market).name:
        raise ConflictingChoice(
            f"The workbook is about {choices.market}. To change that, choose another market on its "
            "Start sheet. Otherwise omit --market."
        )
    return choices


def _moves(package: Package, report: Report, was: State, wanted: Mapping[str, str]) -> dict[str, Relocation]:
    """Return where the cells of the rebuilt sheets stand, for sheets that are built differently now."""
    there = marked_sheets(package, MARKS)
    names = {title: there[key] for key, title in wanted.items() if key in there}
    tables = {sheet.title: tuple(sheet.tables) for sheet in report.sheets if sheet.tables}
    if was.layout == LAYOUT and (not was.tables or stand_alike(was.tables, tables)):
        return {}
    return relocations(package, report, was.tables, names)


def _relocate(
    package: Package, moves: Mapping[str, Relocation], sheets: Collection[str], names: Collection[str]
) -> list[str]:
    """Let the references in the user's formulas and names follow the cells of the rebuilt sheets."""
    return relocate(package, moves, sheets, lambda name: name in names or name.startswith(MARKS.prefix))


def _keep_aside(package: Package, wanted: Mapping[str, str]) -> dict[str, str]:
    """Copy each report sheet that was edited after the last refresh."""
    edited = set(edited_sheets(package, MARKS)) & wanted.keys()
    names = marked_sheets(package, MARKS)
    return {names[key]: copy_aside(package, names[key], f"{names[key]} (edited)") for key in sorted(edited)}


def _update_start(package: Package, report: Report) -> Known:
    """Update the values of Marketbook's own formulas on the Start sheet, and return those formulas.

    The rest of the sheet belongs to the user.
    """
    name, sheet = marked_sheets(package, MARKS).get(START.key), report.sheet(START.title)
    if name is None:
        return {}
    contents = sheet_contents(package, name)
    values = {
        place: cell_value(value)
        for place, value in sheet.values()
        if place in contents and contents[place].formula == sheet.cells[place].formula
    }
    set_cached_values(package, name, values)
    return {name: {place: contents[place].formula or "" for place in values}}
