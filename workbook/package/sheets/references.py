"""References to sheets and tables in formulas, and their renaming.

>>> renamed("'My Data'!A1 & Data!B2", {"data": "Data (2)", "my data": "Mine"})
"Mine!A1 & 'Data (2)'!B2"
"""

import re
from collections.abc import Iterator, Mapping

from workbook.package.sheets.formulas import sheets_in, tokens

_SIMPLE = re.compile(r"[^\W\d][\w.]*")
_CELL_LIKE = re.compile(r"(?:[a-z]{1,3}\d+|r\d*c?\d*|c\d*|true|false)", re.IGNORECASE)


def renamed(formula: str, sheets: Mapping[str, str], tables: Mapping[str, str] | None = None) -> str:
    """Return a formula with sheets and tables renamed. The new names are given by case-folded old names."""
    if "!" not in formula and "[" not in formula:
        return formula
    return "".join(_renamed(formula, sheets, tables or {}))


def _renamed(formula: str, sheets: Mapping[str, str], tables: Mapping[str, str]) -> Iterator[str]:
    for found in tokens(formula):
        written = found[0]
        if found["sheet"]:
            yield _followed(written, sheets)
        elif found["name"] and formula.startswith("[", found.end()):
            yield tables.get(written.casefold(), written)
        else:
            yield written


def quoted_sheet(name: str) -> str:
    """Return a sheet's name for a formula, in quotes if needed.

    >>> quoted_sheet("Overview"), quoted_sheet("it's"), quoted_sheet("FY24")
    ('Overview', "'it''s'", "'FY24'")
    """
    if _SIMPLE.fullmatch(name) and not _CELL_LIKE.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def sheet_referred_to(formula: str) -> str | None:
    """Return the sheet to which a formula refers first, if it starts with a reference to one sheet.

    >>> sheet_referred_to("'My Data'!$A$1"), sheet_referred_to("#REF!$A$1"), sheet_referred_to("1+1")
    ('My Data', None, None)
    """
    first = next(tokens(formula), None)
    if first is None or not first["sheet"] or formula.startswith("#REF", first.end()):
        return None
    sheets = sheets_in(first[0])
    return sheets[0] if len(sheets) == 1 else None


def _followed(written: str, sheets: Mapping[str, str]) -> str:
    ends = sheets_in(written)
    moved = tuple(sheets.get(end.casefold(), end) for end in ends)
    if moved == ends:
        return written
    if len(moved) == 1:
        return f"{quoted_sheet(moved[0])}!"
    return "'" + ":".join(moved).replace("'", "''") + "'!"
