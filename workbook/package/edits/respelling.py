"""Calls of functions in another spelling, wherever a workbook has formulas, for another program."""

from collections.abc import Callable, Iterator

from workbook.package.opc.errors import Refused
from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.belongings import formulas_in, with_formulas
from workbook.package.sheets.calls import Calls, Functions, calling_cells, finder, sheets_naming
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.workbook_part import workbook_part

Spell = Callable[[str], str]
"""Returns a formula with its calls in another spelling."""

LONGEST = 8_192
"""The most characters of a formula, as Excel shows it."""


def plain_calls(package: Package, functions: Functions) -> None:
    """Change the calls in a package to plain names; see `Calls.plain`.

    Formulas are those of cells, defined names, data validations, conditional formats, sparklines and
    table columns. Their values and everything else stay the same.
    """
    _respell(package, functions, finder(package, functions).plain)


def namespaced_calls(package: Package, functions: Functions) -> None:
    """Change the calls in a package to those of an Office.js add-in; see `Calls.namespaced`.

    Otherwise it is like `plain_calls`.
    """
    _respell(package, functions, finder(package, functions).namespaced)


def spelled_otherwise(package: Package, functions: Functions, spell: Spell) -> int:
    """Return the number of formulas that `spell` changes. Each cell of a shared formula counts.

    Raises Refused if a formula would be longer than Excel accepts.
    """
    calls = finder(package, functions)
    changed = 0
    for place, formulas in _calling_formulas(package, functions, calls):
        others = [other for formula in formulas if (other := spell(formula)) != formula]
        if any(len(calls.shown(other)) > LONGEST for other in others):
            raise Refused(
                f"The formula of {place} would be longer than the {LONGEST:,} characters that Excel accepts. "
                "Shorten it and try again."
            )
        changed += bool(others)
    return changed


def _calling_formulas(
    package: Package, functions: Functions, calls: Calls
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the formulas of a package, rule by rule, with their places; not all call the functions."""
    for sheet in sheets_naming(package, functions):
        data = package[sheet.part or ""]
        cells = calling_cells(data, calls)
        yield from (
            (f"{sheet.name}!{cell.reference}", (formula,)) for cell, formula, calling in cells if calling
        )
        rules = (rule for rule in Rules(data).all if rule.kind != "hyperlink")
        yield from ((f"{sheet.name}!{rule.area}", rule.formulas) for rule in rules)
    for table in _tables(package):
        yield from (("a table's column", (formula,)) for formula in formulas_in(package[table]))
    yield from ((f"the name {name.name}", (name.text,)) for name in workbook_part(package).names())


def _respell(package: Package, functions: Functions, spell: Spell) -> None:
    sheets = [sheet.part or "" for sheet in sheets_naming(package, functions)]
    for part in [*sheets, *_tables(package)]:
        package.replace(part, with_formulas(package[part], spell))
    book = workbook_part(package)
    for name in book.names():
        book.set_name(name.name, spell(name.text), name.scope)


def _tables(package: Package) -> Iterator[str]:
    for sheet in workbook_part(package).sheets:
        for link in relationships(package, sheet.part) if sheet.part else []:
            if link.kind == "table" and link.part in package:
                yield link.part or ""
