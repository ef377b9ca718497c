"""What stands on a worksheet beside its cells and has formulas: validations, formats, sparklines, links."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workbook.package.opc.markup import Element, Markup

_KINDS = {
    "dataValidation": "data validation",
    "cfRule": "conditional format",
    "sparkline": "sparkline",
    "hyperlink": "hyperlink",
}
_FORMULAS = ("f", "formula", "formula1", "formula2")
_DATA = re.compile(rb"<((?:[^\s<>/:]+:)?)sheetData(?=[\s/>])[^>]*(?<!/)>")


@dataclass(frozen=True)
class Rule:
    """A validation, format, sparkline or link: its kind, its cells ("A1:B9 D4"), and its formulas.

    The formula of a link within the workbook is its target.
    """

    kind: str
    area: str
    formulas: tuple[str, ...]
    element: Element


class Rules:
    """The rules of a worksheet, given by its bytes. `without` returns the worksheet with some removed.

    >>> sheet = b'<worksheet><sheetData></sheetData><dataValidations count="1"><dataValidation sqref="B2">'
    >>> sheet += b'<formula1>units</formula1></dataValidation></dataValidations></worksheet>'
    >>> rules = Rules(sheet)
    >>> [(rule.kind, rule.area, rule.formulas) for rule in rules.all]
    [('data validation', 'B2', ('units',))]
    >>> rules.without(rules.all)
    b'<worksheet><sheetData></sheetData></worksheet>'
    """

    def __init__(self, sheet: bytes) -> None:
        opening = _DATA.search(sheet)
        start = opening.end() if opening else 0
        end = sheet.rfind(b"</" + opening[1] + b"sheetData") if opening else 0
        self._start, self._cells = start, sheet[start:end]
        self._markup = Markup(sheet[:start] + sheet[end:], "A worksheet")
        self.all = [_rule(self._markup, element) for element in _within(self._markup.root)]

    def without(self, rules: Collection[Rule]) -> bytes:
        """Return the worksheet without some of its rules. Everything else stays the same."""
        edited = self._markup.copy()
        gone = {id(rule.element) for rule in rules}
        holders = {id(rule.element.parent): rule.element.parent for rule in rules}
        for rule in rules:
            if not _is_emptied(rule.element.parent, gone):
                edited.remove(rule.element)
        for holder in holders.values():
            self._shrink(edited, holder, gone)
        rest = edited.result()
        return rest[: self._start] + self._cells + rest[self._start :]

    def _shrink(self, edited: Markup, holder: Element | None, gone: set[int]) -> None:
        """Remove a list that has become empty, with the lists that become empty then; else set its length."""
        if holder is None or id(holder) in gone:
            return
        if not _is_emptied(holder, gone):
            if holder.get("count") is not None:
                left = sum(id(child) not in gone for child in holder.children)
                edited.set_attribute(holder, "count", str(left))
            return
        gone.add(id(holder))
        if _is_emptied(holder.parent, gone):
            self._shrink(edited, holder.parent, gone)
        else:
            edited.remove(holder)
            self._shrink(edited, holder.parent, gone)


def _is_emptied(holder: Element | None, gone: set[int]) -> bool:
    """Return whether only what describes a list is left in it, such as its cells or its colours."""
    if holder is None or holder.parent is None:
        return False
    listed = [child for child in holder.children if child.name != "sqref"]
    if holder.name == "sparklineGroup":
        listed = holder.all("sparklines")
    return all(id(child) in gone for child in listed)


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name in _KINDS:
            yield child
        else:
            yield from _within(child)


def _rule(markup: Markup, element: Element) -> Rule:
    cells = element if element.name != "cfRule" or element.parent is None else element.parent
    listed = cells.child("sqref")
    area = cells.get("sqref") or cells.get("ref") or (markup.text(listed) if listed else "")
    formulas = [markup.text(found) for found in _formulas(element)]
    if element.name == "hyperlink":
        formulas = [element.get("location") or ""]
    return Rule(_KINDS[element.name], area, tuple(formulas), element)


def _formulas(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name in _FORMULAS and not child.children:
            yield child
        else:
            yield from _formulas(child)
