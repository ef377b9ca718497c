"""References to sheets and tables in formulas (outside text literals), and their renaming.

>>> renamed("'My Data'!A1 & Data!B2", {"data": "Data (2)", "my data": "Mine"})
"Mine!A1 & 'Data (2)'!B2"
"""

import re
from collections.abc import Mapping

TEXT = r'"(?:[^"]|"")*"'
BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
QUOTED = r"'(?:[^']|'')*'!"
_WORD = r"[^\W\d][\w.]*|\d[\w.]*(?=[:!])"
_TOKENS = re.compile(
    rf"(?P<text>{TEXT})|(?P<quoted>{QUOTED})|(?P<table>[^\W\d][\w.]*)(?=\[)|(?P<brackets>{BRACKETS})"
    rf"|(?<![\w.\]])(?P<plain>(?:{_WORD})(?::(?:{_WORD}))?)!"
)
_SIMPLE = re.compile(r"[^\W\d][\w.]*")
_CELL_LIKE = re.compile(r"(?:[a-z]{1,3}\d+|r\d*c?\d*|c\d*|true|false)", re.IGNORECASE)


def renamed(formula: str, sheets: Mapping[str, str], tables: Mapping[str, str] | None = None) -> str:
    """Return a formula with sheets and tables renamed. The new names are given by case-folded old names."""
    if "!" not in formula and "[" not in formula:
        return formula
    tables = tables or {}

    def follow(found: re.Match[str]) -> str:
        if found["quoted"]:
            inside = found["quoted"][1:-2].replace("''", "'")
            return found[0] if "[" in inside else _followed(found[0], inside, sheets)
        if found["plain"]:
            return _followed(found[0], found["plain"], sheets)
        if found["table"]:
            return tables.get(found["table"].casefold(), found["table"])
        return found[0]

    return _TOKENS.sub(follow, formula)


def without_texts(formula: str) -> str:
    """Return a formula with its text literals emptied, to search for words in the rest.

    >>> without_texts('IF(A1="SUM(",1,"x")')
    'IF(A1="",1,"")'
    """
    return re.sub(TEXT, '""', formula)


def quoted_sheet(name: str) -> str:
    """Return a sheet's name for a formula, in quotes if needed.

    >>> quoted_sheet("Overview"), quoted_sheet("it's"), quoted_sheet("FY24")
    ('Overview', "'it''s'", "'FY24'")
    """
    if _SIMPLE.fullmatch(name) and not _CELL_LIKE.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def sheet_referred_to(formula: str) -> str | None:
    """Return the sheet of a plain reference, or None if the text is not a plain reference.

    >>> sheet_referred_to("'My Data'!$A$1"), sheet_referred_to("#REF!$A$1"), sheet_referred_to("1+1")
    ('My Data', None, None)
    """
    found = re.match(rf"(?:(?P<quoted>{QUOTED})|(?P<plain>{_WORD})!)(?!#REF)", formula)
    if found is None:
        return None
    return found["plain"] or found["quoted"][1:-2].replace("''", "'")


def _followed(written: str, inside: str, sheets: Mapping[str, str]) -> str:
    ends = inside.split(":")
    moved = [sheets.get(end.casefold(), end) for end in ends]
    if moved == ends:
        return written
    if len(moved) == 1:
        return f"{quoted_sheet(moved[0])}!"
    return "'" + ":".join(moved).replace("'", "''") + "'!"
