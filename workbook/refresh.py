"""A refresh: the report sheets of a workbook are rebuilt, and every other byte stays unchanged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markets.errors import BadArgument, MarketbookError
from udfs.catalog import catalog
from workbook.carried import cell_value
from workbook.choices import Cells, Choices, chosen, state
from workbook.dependency_graph import Known
from workbook.draft import Draft
from workbook.figures import Change
from workbook.freezing import FROZEN_MARK
from workbook.package import (
    Package,
    copy_aside,
    edited_sheets,
    graft,
    marked_sheets,
    refuse_if_open,
    refuse_unless_editable,
    set_values,
    sheet_contents,
)
from workbook.package.sheets.workbook_part import workbook_part
from workbook.template import MARKS, ORDER, USERS, draw_up, packaged, sheet_key
from workbook.user_formulas import Calculate, Recalculated, bring_up_to_date, snapshot

_PROTECTED = re.compile(rb"<(?:[^\s<>/:]+:)?sheetProtection\s[^>]*\bsheet\s*=\s*[\"'](?:1|true)")


class LeftAlone(MarketbookError):
    """A workbook that is skipped, unless it was named explicitly."""


class NoMarket(LeftAlone):
    """A workbook that does not name a market."""


class ConvertedToValues(LeftAlone):
    """A copy that was converted to values."""


class ChosenOtherwise(MarketbookError):
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
    users: Recalculated


def refresh(
    package: Package,
    market: str = "",
    *,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
) -> Refreshed:
    """Update the report sheets of a package. Nothing is written before `Package.save`.

    A workbook without report sheets gets all of them. `market` is the market for a workbook that does
    not name one, and must not contradict a workbook that does. If `user_sheets` is true, the user's
    formulas that depend on Marketbook functions are updated too, with values from `calculate`.
    Raises MarketbookError or PackageError.
    """
    refuse_unless_editable(package)
    draft, changes = drawn_anew(package, market)
    there = marked_sheets(package, MARKS)
    _refuse_protected(package, there)
    wanted = [title for title in ORDER if title not in USERS or sheet_key(title) not in there]
    before = snapshot(package, there.values())
    aside = _keep_aside(package, wanted)
    grafted = graft(package, packaged(draft), {sheet_key(title): title for title in wanted}, MARKS)
    known = _carry_to_start(package, draft)
    made = [grafted.names[sheet_key(title)] for title in wanted]
    users = bring_up_to_date(package, made, before, calculate, known) if user_sheets else Recalculated()
    return Refreshed(
        market=draft.market.name,
        unit=draft.unit,
        added=tuple(grafted.names[key] for key in grafted.added),
        rebuilt=tuple(grafted.names[key] for key in grafted.replaced),
        kept_aside=aside,
        changes=tuple(changes),
        users=users,
    )


def drawn_anew(package: Package, market: str = "") -> tuple[Draft, list[Change]]:
    """Return the new sheets for a workbook's choices, and what has changed.

    `market` is the market for a workbook that does not name one. Raises
    ConvertedToValues, NoMarket and ChosenOtherwise.
    """
    if workbook_part(package).defined(FROZEN_MARK):
        raise ConvertedToValues(
            "The workbook was converted to values. Refresh the original workbook instead."
        )
    cells = Cells(package)
    choices = _decided(chosen(cells), market)
    try:
        return draw_up(choices.market, choices.unit, choices.year, state(cells))
    except BadArgument as error:
        raise ChosenOtherwise(f"{error} Choose another unit on the Start sheet.") from error


def refresh_file(
    path: Path,
    market: str = "",
    *,
    user_sheets: bool = True,
    calculate: Calculate | None = None,
    dry_run: bool = False,
) -> Refreshed:
    """Refresh a file, completely or not at all. A dry run only returns the result. See `refresh`."""
    refuse_if_open(path)
    with Package.open(path) as package:
        done = refresh(package, market, user_sheets=user_sheets, calculate=calculate)
        if not dry_run:
            package.save(path)
        return done


def _refuse_protected(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuse protected report sheets. Start and Assumptions may be protected, as they are not rebuilt."""
    users, book = {sheet_key(title) for title in USERS}, workbook_part(package)
    for key, name in sheets.items():
        part = book.sheet(name).part
        if key not in users and part and _PROTECTED.search(package[part]):
            raise ChosenOtherwise(f"The sheet {name} is protected. Unprotect it and try again.")


def _decided(choices: Choices, market: str) -> Choices:
    if not choices.market:
        if not market:
            raise NoMarket("The workbook has no market yet. Choose one with --market.")
        return Choices(market)
    if market and catalog().market(market).name != catalog().market(choices.market).name:
        raise ChosenOtherwise(
            f"The workbook is about {choices.market}. To change that, choose another market on its "
            "Start sheet. Otherwise omit --market."
        )
    return choices


def _keep_aside(package: Package, wanted: list[str]) -> dict[str, str]:
    """Copy each report sheet that was edited after the last refresh."""
    edited = set(edited_sheets(package, MARKS)) & {sheet_key(title) for title in wanted}
    names = marked_sheets(package, MARKS)
    return {names[key]: copy_aside(package, names[key], f"{names[key]} (edited)") for key in sorted(edited)}


def _carry_to_start(package: Package, draft: Draft) -> Known:
    """Update the values of Marketbook's own formulas on the Start sheet, and return those formulas.

    The rest of the sheet belongs to the user.
    """
    name, page = marked_sheets(package, MARKS).get(sheet_key("Start")), draft.pages["Start"]
    if name is None:
        return {}
    contents = sheet_contents(package, name)
    values = {
        place: cell_value(value)
        for place, value in page.values.items()
        if place in contents and f"={contents[place].formula}" == page.sheet[place].value
    }
    set_values(package, name, values)
    return {name: {place: contents[place].formula or "" for place in values}}
