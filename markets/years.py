"""Years in the forms that finance uses: 2028, 2028E, FY2028."""

import re

_YEAR = re.compile(r"(?:(?:FY|CY)\s?)?(\d{4})\s?[AEFP]?", re.IGNORECASE | re.ASCII)


def parse_year(text: str) -> int | None:
    """Return the year that a text names, or None if the text is something else.

    The letter A, E, F or P after the year means actual, estimate, forecast or projection; FY or CY
    before it means fiscal or calendar year. The year must have four digits: "FY28" and "28E" are not
    accepted, because two digits can mean another century, a day or a page. The caller checks whether
    the year is in the range that Marketbook supports.

    >>> parse_year("2028E"), parse_year(" fy 2028"), parse_year("CY2028"), parse_year("2028")
    (2028, 2028, 2028, 2028)
    >>> parse_year("FY28"), parse_year("twenty"), parse_year("2028.5")
    (None, None, None)
    """
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None
