r"""Formulas that Excel tied to an add-in file: 'C:\...\marketbook.xlam'!MARKET_SIZE(...).

They arise when a workbook is opened where the add-in lies elsewhere, or not at all.
"""

import re
from collections.abc import Collection
from typing import Final

from addin.desktop.build import ADDIN_NAME
from udfs.registry import FUNCTIONS

_NAMES: Final = "|".join(FUNCTIONS)
_FILE: Final = re.escape(ADDIN_NAME)
_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
_CALL: Final = re.compile(rf"(?<![\w.])({_NAMES})\(", re.IGNORECASE)
_PIECES: Final = re.compile(
    rf"""
      (?P<text>"(?:[^"]|"")*")                                  # a text, left as it is
    | '(?:[^']*[\\/\[])?{_FILE}\]?'!(?P<quoted>(?:{_NAMES})\b)  # 'C:\folder\marketbook.xlam'!MARKET_SIZE
    | (?<![\w.\]]){_FILE}!(?P<bare>(?:{_NAMES})\b)              # marketbook.xlam!MARKET_SIZE
    | '(?:[^']|'')*'                                            # another quoted name
    | \[(?P<link>\d+)\]!(?P<linked>(?:{_NAMES})\b)              # [1]!MARKET_SIZE, as a file holds it
    """,
    re.VERBOSE | re.IGNORECASE,
)


def calls_ours(formula: str) -> bool:
    """Tell whether a formula calls one of our functions, in whatever way Excel writes it.

    >>> calls_ours("=@MARKET_SIZE(A1)"), calls_ours('="MARKET_SIZE(A1)"')
    (True, False)
    """
    return bool(_CALL.search(_TEXT.sub("", formula)))


def relinked(formula: str, links: Collection[int] = ()) -> str:
    r"""Return a formula whose calls of our functions name no file.

    `links` are the numbers of the workbook's external links that point at the add-in: in a file,
    Excel writes such a call as `[1]!MARKET_SIZE`. Texts, and other files' names, stay as they are.

    >>> relinked(r"1+'C:\Users\Ada\XLSTART\marketbook.xlam'!MARKET_SIZE(A1)")
    '1+MARKET_SIZE(A1)'
    >>> relinked("[1]!MARKET_SIZE(A1)+[2]!MARKET_SIZE(A1)", links=[1])
    'MARKET_SIZE(A1)+[2]!MARKET_SIZE(A1)'
    """

    def plain(found: re.Match[str]) -> str:
        if found["link"] and int(found["link"]) not in links:
            return found[0]
        return found["quoted"] or found["bare"] or found["linked"] or found[0]

    return _PIECES.sub(plain, formula)
