"""Formulas in which references to cells that are about to go are replaced with the cells' values.

So `=TODAY()+mb_size_base` still follows the date, and `=A1*Overview!B8` still follows A1.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbook.package.edits.freezing import FormulaCells
from workbook.package.opc.markup import quoted, spliced
from workbook.package.opc.package import Package
from workbook.package.sheets.calls import Finds
from workbook.package.sheets.cells import CellValue, ErrorValue, formula_cells
from workbook.package.sheets.contents import part_contents
from workbook.package.sheets.formulas import sheets_in, tokens, without_texts
from workbook.package.sheets.workbook_part import DefinedName, Sheet

_KIND = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_SINGLE = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+", re.IGNORECASE)
_CHANGING = re.compile(
    r"(?<![\w.])(?:_xlfn\.)?(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|CELL|INFO)\(", re.IGNORECASE
)
# Functions that take a cell, and not its value, or that count a cell in another way than a value.
_TAKES_CELLS = re.compile(
    r"(?:_xlfn\.)*(?:OFFSET|INDIRECT|ROWS?|COLUMNS?|AREAS|ADDRESS|CELL|IS\w+|SHEETS?|FORMULATEXT|PHONETIC|RANK.*|"
    r"SUBTOTAL|AGGREGATE|GETPIVOTDATA|COUNTBLANK|COUNTIFS?|SUMIFS?|AVERAGEIFS?|MAXIFS|MINIFS|"
    r"LAMBDA|LET|SINGLE|ANCHORARRAY|TRIMRANGE|D[A-Z]+)",
    re.IGNORECASE,
)
_BESIDE_A_VALUE = frozenset("+-*/^&=<>%(),;") | {"<=", ">=", "<>"}


@dataclass(frozen=True)
class Valued:
    """A formula that stays, by its cell: as it was, and as it is now."""

    old: str
    new: str


class Values:
    """Replaces references to single cells of sheets that are `gone`, also by defined names, with values."""

    def __init__(self, package: Package, gone: Collection[Sheet], names: Collection[DefinedName]) -> None:
        self._package = package
        self._sheets = {sheet.name.casefold(): sheet for sheet in gone}
        self._names = {name.name.casefold(): name.text for name in names if name.scope is None}

    def kept(self, cells: FormulaCells, wanted: Finds) -> dict[str, Valued]:
        """Return the formulas of cells, by reference, that follow others and can stay with values."""
        stay = {}
        for place, (cell, formula) in cells.items():
            kind = _KIND.search(cell.formula[0].partition(b">")[0])
            if (kind and kind[1] != b"shared") or not follows_others(formula, wanted):
                continue
            if not wanted.found(new := self.put_into(formula)):
                stay[place] = Valued(formula, new)
        return stay

    def put_into(self, formula: str) -> str:
        """Return a formula with values, as far as a value can stand in place of a reference."""
        pieces: list[str] = []
        inside: list[bool] = []
        found = list(tokens(formula))
        for at, token in enumerate(found):
            if token[0] == "(":
                calling = found[at - 1]["function"] if at else None
                inside.append(any(inside[-1:]) or bool(calling and _TAKES_CELLS.fullmatch(calling)))
            elif token[0] == ")" and inside:
                inside.pop()
            value = None if any(inside[-1:]) else self._value(found, at)
            if value is None:
                pieces.append(token[0])
            elif token["area"]:
                pieces[-1] = value
            else:
                pieces.append(value)
        return "".join(pieces)

    def _value(self, found: list[re.Match[str]], at: int) -> str | None:
        """Return the value of the reference that ends with a token; None if there is none to take."""
        token, before = found[at], found[at - 1] if at else None
        reference = self._names.get(token[0].casefold(), "") if token["name"] else ""
        first = at
        if token["area"] and before is not None and before["sheet"]:
            reference, first = before[0] + token[0], at - 1
        beside = [found[end][0] for end in (first - 1, at + 1) if 0 <= end < len(found)]
        if not reference or any(sign.strip() and sign not in _BESIDE_A_VALUE for sign in beside):
            return None
        value = self._of_cell(reference)
        alone = all(sign not in "(,;" and sign != ")" for sign in beside)
        return _literal(value, text=alone)

    def _of_cell(self, reference: str) -> CellValue | None:
        qualifier, _, cell = reference.rpartition("!")
        sheets = sheets_in(f"{qualifier}!") if qualifier else ()
        sheet = self._sheets.get(sheets[0].casefold()) if len(sheets) == 1 else None
        if sheet is None or sheet.part is None or not _SINGLE.fullmatch(cell):
            return None
        content = part_contents(self._package, sheet.part).get(cell.replace("$", "").upper())
        return content.value if content else None


def _literal(value: CellValue | None, *, text: bool) -> str | None:
    """Return a value as it is written in a formula; None if it is not a number or, if allowed, a text."""
    if isinstance(value, bool | ErrorValue) or value is None:
        return None
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"' if text and len(value) <= 255 else None
    number = f"{value:.15G}"
    return f"({number})" if value < 0 else number


def follows_others(formula: str, wanted: Finds) -> bool:
    """Return whether a formula follows the date, chance, or cells besides those that are wanted."""
    if _CHANGING.search(without_texts(formula)):
        return True
    found = list(tokens(formula))
    for at, token in enumerate(found):
        sheet = found[at - 1][0] if at and found[at - 1]["sheet"] else ""
        is_reference = token["area"] or (token["name"] and token[0].upper() not in ("TRUE", "FALSE"))
        if is_reference and not wanted.found(sheet + token[0]):
            return True
    return False


def write_formulas(package: Package, part: str, formulas: Mapping[str, Valued]) -> None:
    """Write formulas into cells that have others. Their saved values stay."""
    data = package[part]
    edits = []
    for cell in formula_cells(data):
        if cell.reference in formulas:
            p = cell.prefix
            xml = b"<%bf>%b</%bf>" % (p, quoted(formulas[cell.reference].new), p)
            edits.append((*cell.formula.span(), xml))
    package.replace(part, spliced(data, edits))
