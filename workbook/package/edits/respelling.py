"""Calls of functions in another spelling, wherever a workbook has formulas, for another program."""

from collections.abc import Callable, Iterator

from workbook.package.opc.package import Package
from workbook.package.opc.relationships import relationships
from workbook.package.sheets.belongings import formulas_in, with_formulas
from workbook.package.sheets.calls import Functions, calling_cells, finder, sheets_naming
from workbook.package.sheets.rules import Rules
from workbook.package.sheets.workbook_part import workbook_part

Spell = Callable[[str], str]
"""Returns a formula with its calls in another spelling."""


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
    """Return the number of formulas that `spell` changes. Each cell of a shared formula counts."""
    return sum(
        any(spell(formula) != formula for formula in formulas)
        for formulas in _calling_formulas(package, functions)
    )


def _calling_formulas(package: Package, functions: Functions) -> Iterator[tuple[str, ...]]:
    """Yield the formulas of a package, rule by rule; not all of them call the functions."""
    calls = finder(package, functions)
    for sheet in sheets_naming(package, functions):
        data = package[sheet.part or ""]
        yield from ((formula,) for _, formula, calling in calling_cells(data, calls) if calling)
        yield from (rule.formulas for rule in Rules(data).all if rule.kind != "hyperlink")
    for table in _tables(package):
        yield from ((formula,) for formula in formulas_in(package[table]))
    yield from ((name.text,) for name in workbook_part(package).names())


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
