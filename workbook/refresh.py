"""A refresh: the report sheets of a workbook are rebuilt, and every other byte stays unchanged."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from markets.errors import BadArgument
from udfs.catalog import catalog
from workbook.alike import same_formula
from workbook.choices import Cells, Choices, State, chosen, recover, state
from workbook.dependency_graph import OURS, Known
from workbook.draft import Inputs
from workbook.figures import Change
from workbook.freezing import FROZEN_MARK
from workbook.keeping import KeptAside, keep_aside, refuse_moved, refuse_protected
from workbook.migration import relocations, stand_alike
from workbook.package import (
    Grafted,
    Package,
    Relocation,
    Removed,
    edited_sheets,
    graft,
    known_sheets,
    marked_sheets,
    namespaced_calls,
    recover_marks,
    refuse_if_open,
    refuse_unless_editable,
    relocate,
    set_cached_values,
    sheet_contents,
    unmark,
    workbook_part,
)
from workbook.record import LAYOUT, keep
from workbook.refusals import ConflictingChoice, ConvertedToValues, NoMarket, NoReportSheets
from workbook.report import Report
from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.template import KEYS, MARKS, TITLES, USERS, build_report
from workbook.user_formulas import Calculate, Recalculated, Snapshot, bring_up_to_date, moved, snapshot
from workbook.wanted import Wanted, drop_absent, restrict, take_away, wanted_sheets
from workbook.xlsx import cell_value, packaged

_WITH_ASSUMPTIONS = 4
"""The first layout with an Assumptions sheet that formulas read."""


@dataclass(frozen=True)
class Refreshed:
    """The result of a refresh: the report with its market and changed figures, and what became of sheets.

    `added` and `rebuilt` are names of sheets. `kept_aside` are the sheets that the user had changed.
    `users` are the user's formula cells that depend on Marketbook functions. `lost` says where formulas
    refer to cells of an earlier layout that are not there any more. `wanted` tells which sheets the
    workbook gets, and `removed` what else was removed.
    """

    report: Report
    added: tuple[str, ...]
    rebuilt: tuple[str, ...]
    kept_aside: tuple[KeptAside, ...]
    users: Recalculated
    lost: tuple[str, ...]
    wanted: Wanted
    removed: Removed

    @property
    def market(self) -> str:
        """The name of the market."""
        return self.report.shown.market

    @property
    def unit(self) -> str:
        """The unit of sizes, spelled out."""
        return self.report.shown.unit

    @property
    def refused(self) -> str:
        """Why the user's assumptions are refused, so that figures are errors; blank if they are not."""
        area = self.report.names["mb_refused"]
        return str(self.report.sheet(area[0]).cells[area[1]].value)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The figures that have changed since the last refresh."""
        return self.report.changes or ()


def refresh(
    package: Package,
    market: str = "",
    *,
    sheets: Collection[str] | None = None,
    add: bool = True,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
) -> Refreshed:
    """Update the report sheets of a package. Nothing is written before `Package.save`.

    A workbook without report sheets gets all of them, unless `add` is false: then NoReportSheets is
    raised. `sheets` are the titles of the only report sheets that are wanted, or ["all"]; the workbook
    remembers them, and others are removed. Without them, a sheet that the user deleted stays away.
    A workbook of an earlier layout is brought to the present one. `market` is the market for a
    workbook that does not name one, and must not contradict a workbook that does. If `user_sheets` is
    true, the user's formulas that depend on Marketbook functions are updated too, with values from
    `calculate`. Raises MarketbookError or PackageError.
    """
    refuse_unless_editable(package)
    if not add and not is_converted(package) and not has_report_sheets(package):
        raise NoReportSheets("The workbook has no Marketbook sheets. To add them, use --add and --market.")
    report = rebuild_report(package, market)
    built = packaged(report)
    if _is_for_the_web(package):
        namespaced_calls(built, OURS)
    recover_marks(package, MARKS, lambda: known_sheets(built, TITLES, MARKS))
    was = state(Cells(package))
    _leave_to_user(package, was)
    choice = wanted_sheets(package, built, sheets)
    restrict(built, choice.titles)
    removed = take_away(package, choice) if sheets is not None else Removed()
    done = _replace(package, report, built, was, choice)
    users = Recalculated()
    if user_sheets:
        known = _update_users(package, report, USERS - done.wanted.keys())
        users = bring_up_to_date(package, done.made, done.before, calculate, known)
    return Refreshed(
        report=report,
        added=tuple(done.grafted.names[key] for key in done.grafted.added),
        rebuilt=tuple(done.grafted.names[key] for key in done.grafted.replaced),
        kept_aside=done.kept_aside,
        users=users,
        lost=done.lost,
        wanted=choice,
        removed=removed,
    )


def _is_for_the_web(package: Package) -> bool:
    """Return whether the report sheets have the names that Excel on the web knows; they keep them then."""
    book, stored = workbook_part(package), OURS.stored.encode()
    parts = [book.sheet(name).part for name in marked_sheets(package, MARKS).values()]
    return any(part and stored in package[part] for part in parts)


def _leave_to_user(package: Package, was: State) -> None:
    """Let an edited sheet of layout 1 for assumptions, which no function read, be the user's own."""
    if was.layout < _WITH_ASSUMPTIONS and ASSUMPTIONS.key in edited_sheets(package, MARKS):
        unmark(package, [ASSUMPTIONS.key], MARKS)


@dataclass(frozen=True)
class _Replaced:
    """What became of the report sheets: `wanted` are titles by key; `before` is what they showed."""

    wanted: Mapping[str, str]
    grafted: Grafted
    before: Snapshot
    kept_aside: tuple[KeptAside, ...]
    lost: tuple[str, ...]

    @property
    def made(self) -> list[str]:
        """The names of the sheets that were added or rebuilt."""
        return [self.grafted.names[key] for key in self.wanted]


def _replace(package: Package, report: Report, built: Package, was: State, choice: Wanted) -> _Replaced:
    """Replace a workbook's report sheets with those built, and let references follow cells that moved."""
    there = marked_sheets(package, MARKS)
    refuse_protected(package, there)
    before = snapshot(package, there.values())
    as_they_are = USERS & there.keys() if was.layout == LAYOUT else frozenset()
    wanted = {KEYS[title]: title for title in choice.titles if KEYS[title] not in as_they_are}
    rebuilt = {key: there[key] for key in wanted if key in there}
    refuse_moved(package, rebuilt)
    moves = _moves(package, report, was, rebuilt)
    aside = keep_aside(package, rebuilt, built if was.layout == LAYOUT else None)
    grafted = graft(package, built, wanted, MARKS)
    drop_absent(package, choice)
    keep(package, report, choice.titles, choice.selection)
    lost = _relocate(package, moves, [grafted.names[key] for key in wanted], report.names)
    return _Replaced(wanted, grafted, moved(before, moves), aside, tuple(lost))


def rebuild_report(package: Package, market: str = "") -> Report:
    """Return the new report for a workbook's choices, and what has changed.

    `market` is the market for a workbook that does not name one. Raises ConvertedToValues, NoMarket,
    NewerWorkbook and ConflictingChoice.
    """
    if is_converted(package):
        raise ConvertedToValues(
            "The workbook was converted to values. Refresh the original workbook instead."
        )
    recover(package)
    cells = Cells(package)
    choices = _decided(chosen(cells), market)
    try:
        return build_report(
            *(choices.market, choices.unit, choices.year, state(cells).shown),
            source=choices.source,
            as_of=choices.as_of,
            assumptions=choices.assumptions,
        )
    except BadArgument as error:
        raise ConflictingChoice(f"{error} Change the {_wrong(choices)} on the Start sheet.") from error


def _wrong(choices: Choices) -> str:
    """Return which of the choices cannot be read."""
    try:
        Inputs(choices.market, choices.unit, None, choices.source, choices.as_of).selection  # noqa: B018
    except BadArgument:
        return "as-of date"
    return "unit"


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
    sheets: Collection[str] | None = None,
    add: bool = True,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
    dry_run: bool = False,
    back_up: Callable[[Path], object] | None = None,
) -> Refreshed:
    """Refresh a file, completely or not at all. A dry run only returns the result. See `refresh`.

    Before a file gets its first report sheets or loses some, `back_up` is called with its path.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        is_first = not has_report_sheets(package)
        done = refresh(package, market, sheets=sheets, add=add, user_sheets=user_sheets, calculate=calculate)
        if not dry_run:
            if back_up and (is_first or done.removed.sheets):
                back_up(path)
            package.save(path)
        return done


def _decided(choices: Choices, market: str) -> Choices:
    if not choices.market:
        if not market:
            raise NoMarket("The workbook does not name a market. Choose one with --market.")
        asked = catalog().market(market)
        return Choices(asked.name, str(asked.unit))
    if market and catalog().market(market).name != catalog().market(choices.market).name:
        raise ConflictingChoice(
            f"The workbook is about {choices.market}. To change that, choose another market on its Start "
            "sheet."
        )
    return choices


def _moves(package: Package, report: Report, was: State, rebuilt: Mapping[str, str]) -> dict[str, Relocation]:
    """Return where the cells of the rebuilt sheets stand, for sheets that are built differently now."""
    tables = {sheet.title: tuple(sheet.tables) for sheet in report.sheets if sheet.tables}
    if was.layout == LAYOUT and (not was.tables or stand_alike(was.tables, tables)):
        return {}
    return relocations(package, report, was.tables, {TITLES[key]: name for key, name in rebuilt.items()})


def _relocate(
    package: Package, moves: Mapping[str, Relocation], sheets: Collection[str], names: Collection[str]
) -> list[str]:
    """Let the references in the user's formulas and names follow the cells of the rebuilt sheets."""
    if not moves:
        return []
    return relocate(package, moves, sheets, lambda name: name in names or name.startswith(MARKS.prefix))


def _update_users(package: Package, report: Report, keys: Collection[str]) -> Known:
    """Update the values of Marketbook's own formulas on the user's sheets, and return those formulas.

    The rest of these sheets belongs to the user. `keys` are those of the sheets that were not rebuilt.
    """
    there = marked_sheets(package, MARKS)
    known = {}
    for key in sorted(keys & there.keys()):
        name, sheet = there[key], report.sheet(TITLES[key])
        contents = sheet_contents(package, name)
        values = {
            place: cell_value(value)
            for place, value in sheet.values()
            if place in contents and same_formula(contents[place].formula, sheet.cells[place].formula)
        }
        set_cached_values(package, name, values)
        known[name] = {place: contents[place].formula or "" for place in values}
    return known
