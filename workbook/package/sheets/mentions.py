"""Formulas that mention given sheets, defined names or tables."""

import re
from collections.abc import Collection

from workbook.package.sheets.formulas import sheets_in, tokens

_INDIRECT = re.compile(r"\bINDIRECT\(", re.IGNORECASE)


class Mentions:
    """Finds formulas that mention one of the sheets or words (names and tables), both case-folded.

    A sheet between two others counts in a reference across sheets: `order` are all sheets in their order.
    In a formula with INDIRECT, texts count as references.

    >>> mentions = Mentions({"overview"}, {"mb_unit"}, ["model", "overview", "forecast"])
    >>> [mentions.found(text) for text in ("Overview!B7", "1+MB_UNIT", "SUM(Model:Forecast!A1)")]
    [True, True, True]
    >>> [mentions.found(text) for text in ('"Overview!B7"', "overview", "mb_unit_2", "Model!A1")]
    [False, False, False, False]
    """

    def __init__(self, sheets: Collection[str], words: Collection[str], order: Collection[str] = ()) -> None:
        self._sheets = set(sheets)
        self._words = set(words)
        self._order = list(order)

    def found(self, formula: str) -> bool:
        """Return whether a formula mentions one of the sheets or words."""
        indirect = bool(_INDIRECT.search(formula))
        for found in tokens(formula):
            if found["name"] and found["name"].casefold() in self._words:
                return True
            if found["sheet"] and self._is_one(*sheets_in(found[0])):
                return True
            if found["text"] and indirect and self.found(found["text"][1:-1]):
                return True
        return False

    def _is_one(self, first: str = "", last: str = "") -> bool:
        first, last = first.casefold(), last.casefold()
        if first in self._sheets or last in self._sheets:
            return True
        if first in self._order and last in self._order:
            ends = sorted((self._order.index(first), self._order.index(last)))
            return not self._sheets.isdisjoint(self._order[ends[0] : ends[1]])
        return False
