"""Formulas as tokens: the one grammar on which everything stands that reads or changes formulas.

openpyxl's tokenizer drops repeated blanks, and rejects a spilled range (`A1#`) and an escaped bracket
in a table column's name, so it is not used.

>>> [(found.lastgroup, found[0]) for found in tokens("SUM('My Data'!A1:B2)*2")]
... # doctest: +NORMALIZE_WHITESPACE
[('function', 'SUM'), ('sign', '('), ('sheet', "'My Data'!"), ('area', 'A1:B2'), ('sign', ')'),
 ('sign', '*'), ('number', '2')]
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from workbook.package.sheets.cells import column_name, column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_COLUMN = r"\$?(?:[A-Wa-w][A-Za-z]{0,2}|[Xx](?:[A-Ea-e][A-Za-z]|[Ff][A-Da-d])|[X-Zx-z][A-Za-z]?)"
_ROW = r"\$?(?:104857[0-6]|10485[0-6]\d|1048[0-4]\d\d|104[0-7]\d{3}|10[0-3]\d{4}|[1-9]\d{0,5})"
_NAME = r"(?:[^\W\d]|\\)[\w.?\\]*+"
_END = r"(?![\w.(!?\\])"
_TOKENS = re.compile(
    rf"""
    (?P<text> "(?:[^"]|"")*+" )
    | (?P<sheet>
        '(?:[^']|'')*+'!
        | \[[^\[\]]*+\](?:[\w.]++(?::[\w.]++)?+)?+!
        | [\w.]++!
        | (?=[\w.]++:[\w.]++!)(?!{_COLUMN}{_ROW}:)[\w.]++:[\w.]++!  # named like a cell, it stands in quotes
      )
    | (?P<area>
        (?P<c1>{_COLUMN})(?P<r1>{_ROW}) (?: :(?P<c2>{_COLUMN})(?P<r2>{_ROW}) {_END} )? {_END}
        | (?P<wc1>{_COLUMN}):(?P<wc2>{_COLUMN}) {_END}
        | (?P<wr1>{_ROW}):(?P<wr2>{_ROW}) {_END}
      )
    | (?P<function> {_NAME} )(?=\()
    | (?P<name> {_NAME} )
    | (?P<number> (?:\d++\.?\d*+|\.\d++)(?:[Ee][+-]?\d++)? )
    | (?P<brackets> \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\])*+\] )
    | (?P<error> \#[A-Z_]+(?:/[0A])?[!?]? )
    | (?P<space> \s+ )
    | (?P<sign> <=|>=|<>|. )
    """,
    re.DOTALL | re.VERBOSE,
)
_CORNERS = ("c1", "r1", "c2", "r2", "wc1", "wc2", "wr1", "wr2")


def tokens(formula: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a formula, without its equals sign. Joined, they are the formula.

    The `lastgroup` of a token is its kind:

    - `text`: a text literal, with its quotes
    - `sheet`: what stands before a reference or call in another place: `Data!`, `'My Data'!`, `Jan:Dec!`,
      `[1]Data!`, `[1]!`
    - `area`: a cell, block of cells, whole rows or columns, with the groups `c1`, `r1`, `c2`, `r2` for
      corners, `wc1`, `wc2` for columns, `wr1`, `wr2` for rows, each with its `$`
    - `function`: a name in front of a parenthesis
    - `name`: another name: of a table or a value, TRUE and FALSE
    - `brackets`: after a table's name, with all inner brackets
    - `number`, `error`, `space`
    - `sign`: an operator, a separator, a parenthesis or brace, and any character that fits nowhere
    """
    return _TOKENS.finditer(formula)


def sheets_in(qualifier: str) -> tuple[str, ...]:
    r"""Return the sheets of a `sheet` token: one, or the first and last of several; none in other workbooks.

    >>> sheets_in("'It''s'!"), sheets_in("Jan:Dec!"), sheets_in("[1]Data!"), sheets_in("'C:\\[b.xlsx]S'!")
    (("It's",), ('Jan', 'Dec'), (), ())
    """
    inside = qualifier[:-1]
    if inside.startswith("'"):
        inside = inside[1:-1].replace("''", "'")
    return () if "[" in inside else tuple(inside.split(":"))


def without_texts(formula: str) -> str:
    """Return a formula with its text literals emptied, to search for words in the rest.

    >>> without_texts('IF(A1="SUM(",1,"x")')
    'IF(A1="",1,"")'
    """
    if '"' not in formula:
        return formula
    return "".join('""' if found["text"] else found[0] for found in tokens(formula))


def moved(formula: str, origin: str, to: str) -> str:
    """Return the formula of one cell as it applies in another: references without `$` move along.

    >>> moved("A1*$B$1+Data!C:C", "D1", "E3")
    'B3*$B$1+Data!D:D'
    >>> moved("A1", "B2", "B1")
    '#REF!'
    """
    columns, rows = (there - here for here, there in zip(_place(origin), _place(to), strict=True))
    if not columns and not rows:
        return formula
    return "".join(
        piece if isinstance(piece, str) else _moved_area(piece, columns, rows) for piece in _pieces(formula)
    )


@lru_cache(maxsize=256)
def _pieces(formula: str) -> tuple[str | tuple[str, ...], ...]:
    """Return a formula in pieces: for an area its parts, such as ("A", "$1"), else text."""
    pieces: list[str | tuple[str, ...]] = []
    at = 0
    for found in tokens(formula):
        if found.lastgroup == "area":
            pieces += [formula[at : found.start()], tuple(filter(None, found.group(*_CORNERS)))]
            at = found.end()
    return (*pieces, formula[at:])


def _moved_area(parts: tuple[str, ...], columns: int, rows: int) -> str:
    moved = []
    for part in parts:
        if part.startswith("$"):
            moved.append(part)
        elif part.isdigit():
            row = int(part) + rows
            moved.append(str(row) if 1 <= row <= LAST_ROW else "")
        else:
            column = column_number(part) + columns
            moved.append(column_name(column) if 1 <= column <= LAST_COLUMN else "")
    if not all(moved):
        return "#REF!"
    if len(moved) == 2 and parts[0].strip("$").isalpha() != parts[1].strip("$").isalpha():
        return "".join(moved)
    half = len(moved) // 2
    return "".join(moved[:half]) + ":" + "".join(moved[half:])


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return column_number(letters), int(reference[len(letters) :])
