"""Parsing of a formula, to look up the source of its figure."""

import re
from dataclasses import dataclass
from typing import Final

from udfs.registry import FUNCTIONS, Function

_CALL: Final = re.compile(rf'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\b({"|".join(FUNCTIONS)})\(', re.IGNORECASE)
_TOKEN: Final = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|[][(){},])""")


@dataclass(frozen=True)
class Call:
    """A call of a Marketbook function in a formula: the function and the text of each argument."""

    function: Function
    arguments: tuple[str, ...]


def first_call(formula: str) -> Call | None:
    """Return the first call of a Marketbook function in a formula, or None if there is none.

    >>> found = first_call('=ROUND(SEGMENT_SHARE(A1,"CT",,"compound"),2)')
    >>> found.function.name, found.arguments
    ('SEGMENT_SHARE', ('A1', '"CT"', '', '"compound"'))
    >>> first_call("='MARKET_SIZE('!A1+MARKET_CAGR(T[[#This Row],[Market]])").arguments
    ('T[[#This Row],[Market]]',)
    """
    for found in _CALL.finditer(formula):
        if found[1]:
            return Call(FUNCTIONS[found[1].upper()], tuple(_arguments(formula[found.end() :])))
    return None


def _arguments(rest: str) -> list[str]:
    """Split the text after an opening bracket at its commas, up to the closing bracket."""
    arguments, depth = [""], 0
    for piece in _TOKEN.split(rest):
        if piece in ("(", "{", "["):
            depth += 1
        elif piece in (")", "}", "]"):
            depth -= 1
            if depth < 0:
                break
        if piece == "," and not depth:
            arguments.append("")
        else:
            arguments[-1] += piece
    return [argument.strip() for argument in arguments]
