"""A refresh: the report sheets of a workbook are rebuilt, and every other byte stays unchanged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markets.errors import BadArgument, MarketbookError
from udfs.catalog import catalog
from workbook.carried import cell_value
from workbook.choices import Cells, Choices, chosen, state
from workbook.depending import Known
from workbook.draft import Draft
from workbook.figures import Change
from workbook.freezing import FROZEN_MARK
from workbook.layouts import FIRST_LAYOUT
from workbook.package import (
    Edit,
    Package,
    Refused,
    copy_sheet,
    edits_of,
    graft,
    marked_sheets,
    moved_sheets,
    names_follow,
    not_copied,
    recover_marks,
    referring,
    refuse_if_open,
    refuse_unless_editable,
    set_values,
    sheet_contents,
    table_names,
)
from workbook.package.sheets.workbook_part import workbook_part
from workbook.template import MARKS, ORDER, USERS, draw_up, packaged, sheet_key
from workbook.usersheets import Calculate, Carried, bring_up_to_date

_PROTECTED = re.compile(rb"<(?:[^\s<>/:]+:)?sheetProtection\s[^>]*\bsheet\s*=\s*[\"'](?:1|true)")


_SHEETS = {sheet_key(title): title for title in ORDER}
_LISTED = 3


class LeftAlone(MarketbookError):
    """A workbook that is skipped, unless it was named explicitly."""


class NoMarket(LeftAlone):
    """A workbook that does not name a market."""


class ConvertedToValues(LeftAlone):
    """A copy that was converted to values."""


class ChosenOtherwise(MarketbookError):
    """The choices in the workbook do not fit the request or the source."""


@dataclass(frozen=True)
class KeptAside:
    """A report sheet that the user had changed, and the name of the copy of its old state.

    `edits` are the cells that the user had edited; they are highlighted in the copy. `foreign` says what
    else the user had added, such as "charts". `referring` are the user's formulas, charts and names that
    refer to cells which the user had filled and which are blank now.
    """

    sheet: str
    copy: str
    edits: tuple[Edit, ...]
    foreign: tuple[str, ...]
    referring: tuple[str, ...]


@dataclass(frozen=True)
class Refreshed:
    """The result of a refresh: the market, the sheets, and the changed figures.

    `added` and `rebuilt` are names of sheets. `kept_aside` are the sheets that the user had changed.
    `users` are the user's formula cells that depend on Marketbook functions.
    """

    market: str
    unit: str
    added: tuple[str, ...]
    rebuilt: tuple[str, ...]
    kept_aside: tuple[KeptAside, ...]
    changes: tuple[Change, ...]
    users: Carried


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
    built = packaged(draft)
    recover_marks(package, MARKS, built, _SHEETS)
    there = marked_sheets(package, MARKS)
    _refuse_protected(package, there)
    wanted = [title for title in ORDER if title not in USERS or sheet_key(title) not in there]
    rebuilt = {key: name for key, name in there.items() if _SHEETS[key] in wanted}
    _refuse_moved(package, rebuilt)
    aside = _keep_aside(package, rebuilt, built)
    grafted = graft(package, built, {sheet_key(title): title for title in wanted}, MARKS)
    known = _carry_to_start(package, draft)
    made = [grafted.names[sheet_key(title)] for title in wanted]
    users = bring_up_to_date(package, made, calculate, known) if user_sheets else Carried()
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
    recover_marks(package, MARKS)
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


def _refuse_moved(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuse sheets whose cells moved, if anything refers to them: it would show other figures."""
    for key in sorted(moved_sheets(package, MARKS, FIRST_LAYOUT) & sheets.keys()):
        name = sheets[key]
        if found := referring(package, [name], list(sheets.values()), MARKS):
            more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
            raise Refused(
                f"Rows or columns were inserted or deleted on the sheet {name}, and other cells refer to it "
                f"({', '.join(found[:_LISTED])}{more}). A refresh would make them show other figures. "
                "Undo the change on the sheet, and try again."
            )


def _keep_aside(package: Package, sheets: Mapping[str, str], built: Package) -> tuple[KeptAside, ...]:
    """Copy each report sheet, given by key and name, that was changed since it was built."""
    kept, edited = [], {key: edits_of(package, key, MARKS, built, _SHEETS) for key in sheets}
    for key, name in sheets.items():
        part = workbook_part(package).sheet(name).part or ""
        if lost := not_copied(package, part):
            raise Refused(
                f"The sheet {name} has {' and '.join(lost)}, which a refresh cannot keep there. Move it to "
                "another sheet, and try again."
            )
        if not edited[key]:
            continue
        edits = edited[key].cells
        copy = copy_sheet(
            package,
            name,
            f"{name} (edited)",
            typed=[edit.cell for edit in edits if isinstance(edit.new, str) and edit.new.startswith("=")],
            highlighted=[edit.cell for edit in edits],
            successor=table_names(built),
        )
        there = sheet_contents(built, _SHEETS[key])
        gone = [edit.cell for edit in edits if edit.new is not None and edit.cell not in there]
        names_follow(package, name, copy, gone, MARKS)
        blank = referring(package, [name], [*sheets.values(), copy], MARKS, gone) if gone else ()
        kept.append(KeptAside(name, copy, edits, edited[key].foreign, tuple(blank)))
    return tuple(kept)


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
