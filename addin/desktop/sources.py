"""From a formula to the question of where its figure comes from."""

import re
from typing import Final

from udfs.registry import FUNCTIONS

_CALL: Final = re.compile(rf'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\b({"|".join(FUNCTIONS)})\(', re.IGNORECASE)
_TOKEN: Final = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|[][(){},])""")
_ASKED: Final = ("market", "year", "segment", "unit", "method", "assumptions", "source")


def source_arguments(formula: str) -> list[str] | None:
    """Return MARKET_SOURCE's arguments, as texts, for the first call of ours in a formula.

    None where there is no such call, or it asks about no market. An omitted argument is blank.

    >>> source_arguments('=ROUND(SEGMENT_SHARE(A1,"CT",2023),2)')
    ['A1', '2023', '"CT"', '', '', '', '']
    >>> source_arguments("=CAGR_PROJECT(MARKET_SIZE(A1,T[[#This Row],[Year]]),1,2)+'MARKET_SIZE('!A1")
    ['A1', 'T[[#This Row],[Year]]', '', '', '', '', '']
    """
    for found in _CALL.finditer(formula):
        if found[1]:
            function = FUNCTIONS[found[1].upper()]
            names = [parameter.name for parameter in function.parameters]
            given = dict(zip(names, _arguments(formula[found.end() :]), strict=False))
            if "market" in names:
                return [given.get(name, "") for name in _ASKED]
    return None


def _arguments(rest: str) -> list[str]:
    """Split what follows an opening bracket at its own commas, up to the closing one."""
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
