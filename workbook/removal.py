"""Removal of Marketbook's sheets and names from a workbook, which stays as its user made it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from markets.errors import MarketbookError
from workbook.choices import Cells, Choices, chosen, input_cells, recover
from workbook.dependency_graph import OURS
from workbook.package import (
    DefinedName,
    Package,
    Removed,
    edited_sheets,
    marked_sheets,
    refuse_if_open,
    refuse_unless_editable,
    remove_custom_xml,
    remove_sheets,
    sheet_contents,
    sheet_referred_to,
    workbook_part,
)
from workbook.record import RECORDS
from workbook.refresh import is_converted, rebuild_report
from workbook.refusals import ConvertedToValues, NoReportSheets
from workbook.sheets.assumptions import ASSUMPTIONS
from workbook.template import MARKS, TITLES, USERS


@dataclass(frozen=True)
class TakenOut:
    """The result: what was removed, and the choices that were on Start."""

    removed: Removed
    choices: Choices


def remove(package: Package) -> TakenOut:
    """Remove Marketbook's sheets, names, marks and records. Nothing is written before `Package.save`.

    A sheet that was edited is kept as the user's, with values instead of formulas. Formulas on the
    user's sheets that depend on what is removed, or call Marketbook functions, become their saved
    values; those that follow the date or other cells as well stay if they can, with values in place of
    what is removed. Raises NoReportSheets, ConvertedToValues, Refused if no visible sheet would be left,
    NoCachedValue if a formula has no saved value, and other PackageErrors; then nothing has changed.
    """
    refuse_unless_editable(package)
    if is_converted(package):
        raise ConvertedToValues("The workbook was converted to values, and does not need Marketbook.")
    recover(package)
    ours = marked_sheets(package, MARKS)
    if not ours:
        raise NoReportSheets("The workbook has no Marketbook sheets.")
    choices = chosen(Cells(package))
    edited = [key for key in edited_sheets(package, MARKS) if _is_edited(package, key, ours)]
    kept = [ours[key] for key in edited]
    gone = [name for key, name in ours.items() if key not in edited]
    removed = remove_sheets(package, gone, _our_names(package, ours.values()), OURS, kept)
    remove_custom_xml(package, RECORDS)
    return TakenOut(removed, choices)


def remove_file(
    path: Path, *, dry_run: bool = False, back_up: Callable[[Path], object] | None = None
) -> TakenOut:
    """Remove Marketbook from a file, completely or not at all. A dry run only returns the result.

    Before the file is changed, `back_up` is called with its path.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        done = remove(package)
        if not dry_run:
            if back_up:
                back_up(path)
            package.save(path)
        return done


def _our_names(package: Package, sheets: Collection[str]) -> list[DefinedName]:
    """Return Marketbook's marks, and its names of cells on its sheets or on sheets that are gone."""
    book = workbook_part(package)
    ours = {name.casefold() for name in sheets}
    users = {sheet.name.casefold() for sheet in book.sheets} - ours
    prefix = MARKS.prefix.lstrip("_")
    return [
        name
        for name in book.names()
        if name.name.casefold().startswith(MARKS.prefix)
        or (
            name.name.casefold().startswith(prefix)
            and (sheet_referred_to(name.text) or "").casefold() not in users
        )
    ]


def _is_edited(package: Package, key: str, ours: Mapping[str, str]) -> bool:
    """Return whether an edited sheet has more of the user's than choices, such as assumptions."""
    if key not in USERS:
        return True
    try:
        built = rebuild_report(package).sheet(TITLES[key])
    except MarketbookError:
        return True
    cells = Cells(package)
    if key == ASSUMPTIONS.key and chosen(cells).assumptions.has_figures:
        return True
    inputs = input_cells(cells).get(ours[key], set())
    shown = {place: cell.value for place, cell in built.cells.items()}
    return any(
        content.formula is None and content.value != shown.get(place)
        for place, content in sheet_contents(package, ours[key]).items()
        if place not in inputs
    )
