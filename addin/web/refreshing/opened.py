"""The package of an open workbook: as if its file had been saved, with Marketbook's own sheets only.

The rules of a refresh read it as they read any file, so that they are the same for both.
"""

from collections.abc import Iterable, Iterator

from addin.web.refreshing.checking import Impossible, refuse_impossible
from addin.web.refreshing.formulas import without_intersections
from addin.web.refreshing.wire import Beside, OpenedSheet, RefreshRequest, Value
from workbook.choices import recover
from workbook.package import (
    ErrorValue,
    Extras,
    Features,
    NewCell,
    NewSheet,
    Package,
    add_rules,
    corners,
    keep_record,
    new_package,
    outside,
    places,
    workbook_part,
    written_features,
)
from workbook.template import MARKS


def opened(request: RefreshRequest) -> Package:
    """Return the package of what is said of an open workbook. Raises Impossible and PackageError."""
    refuse_impossible(request)
    known = {sheet.name.casefold() for sheet in request.sheets}
    others = {name.casefold(): name for name in request.taken if name.casefold() not in known}
    package = new_package(
        [*map(_sheet, request.sheets), *map(NewSheet, others.values())],
        dates_from_1904=request.are_dates_from_1904,
        is_protected=request.is_structure_protected,
    )
    book = workbook_part(package)
    for name, defined in request.names.items():
        book.set_name(name, defined.refers_to.removeprefix("="), hidden=not defined.is_visible)
    for namespace, text in request.records.items():
        keep_record(package, namespace, text)
    recover(package)
    before = written_features(package, MARKS)
    for sheet in request.sheets:
        if sheet.beside:
            _add_rules(package, sheet.name, sheet.beside, before.get(sheet.name, {}))
    return package


def _sheet(sheet: OpenedSheet) -> NewSheet:
    return NewSheet(
        sheet.name,
        _cells(sheet),
        is_hidden=sheet.visibility != "Visible",
        is_protected=sheet.is_protected,
        extras=_extras(sheet.beside) if sheet.beside else Extras(),
    )


def _cells(sheet: OpenedSheet) -> dict[str, NewCell]:
    """Return the cells of a sheet that are not blank.

    In a file, an array formula is in its first cell only, and the others have values.
    """
    filled = {place for area in sheet.arrays for place in list(places(area))[1:]}
    found: dict[str, NewCell] = {}
    for block in sheet.blocks:
        at = places(block.area)
        for rows in zip(block.formulas, block.values, block.types, strict=True):
            for formula, value, kind in zip(*rows, strict=True):
                place = next(at)
                if place in found:
                    raise Impossible(f"{sheet.name}!{place} twice")
                cell = _cell(value if place in filled else formula, value, kind)
                if cell is not None:
                    found[place] = cell
    return found


def _cell(formula: Value, value: Value, kind: str) -> NewCell | None:
    """Return a cell; None if it is blank. Excel gives a constant as its own formula, even the text "=A1"."""
    constant = ErrorValue(value) if kind == "Error" and isinstance(value, str) else value
    if isinstance(formula, str) and formula.startswith("=") and not (kind == "String" and formula == value):
        return NewCell(constant, formula=without_intersections(formula.removeprefix("=")))
    return None if constant in ("", None) else NewCell(constant)


def _extras(beside: Beside) -> Extras:
    return Extras(
        charts=beside.charts,
        pictures=beside.pictures,
        shapes=beside.shapes,
        pivots=beside.pivots,
        slicers=beside.slicers,
        comments=beside.comments,
        tables=beside.tables,
        merged=beside.merged,
        filter=beside.filter,
        fills={
            color.removeprefix("#").upper(): [place for area in areas for place in places(area)]
            for color, areas in beside.fills.items()
        },
    )


def _add_rules(package: Package, sheet: str, beside: Beside, before: Features) -> None:
    """Add the rules and links that are elsewhere than when the sheet was written.

    Excel says of them where they are, in other areas than they were written for. So those that are where
    some were count as the same.
    """
    merged = list(_areas(before, "merge", 0))
    add_rules(
        package,
        sheet,
        formats=outside(beside.ruled, list(_areas(before, "rule", 2))),
        validations=outside(beside.validated, list(_areas(before, "validation", 2))),
        links=outside(beside.links, [_whole(area, merged) for area in _areas(before, "link", 0)]),
    )


def _areas(features: Features, kind: str, first: int) -> Iterator[str]:
    """Yield the areas in the features of a kind, which stand from some word on."""
    for text in features.get(kind, ()):
        yield from text.split()[first:]


def _whole(area: str, merged: Iterable[str]) -> str:
    """Return the merged area that a cell is the first of, else the area itself."""
    return next((whole for whole in merged if corners(whole)[:2] == corners(area)[:2]), area)
