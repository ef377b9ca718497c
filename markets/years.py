"""Years as finance writes them: 2028, 2028E, FY2028."""

import re

_YEAR = re.compile(r"(?:(?:FY|CY)\s?)?(\d{4})\s?[AEFP]?", re.IGNORECASE | re.ASCII)


def parse_year(text: str) -> int | None:
    """Return the year that a text names; None where the text is something else.

    A letter behind the year says actual, estimate, forecast or projection; FY and CY before it say
    fiscal and calendar year. The year itself has four digits: "FY28" and "28E" are not read, because
    two digits may mean another century, a day or a page. Whether a year lies in the range that
    Marketbook answers for is the caller's question.

    >>> parse_year("2028E"), parse_year(" fy 2028"), parse_year("CY2028"), parse_year("2028")
    (2028, 2028, 2028, 2028)
    >>> parse_year("FY28"), parse_year("twenty"), parse_year("2028.5")
    (None, None, None)
    """
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None
