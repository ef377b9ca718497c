"""Dates as pages and PDFs print them."""

import datetime
import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"^(?:D:)?(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s(?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)",
    )
)


def date_in(text: str) -> datetime.date | None:
    """Return the first full date in a text, else None. Days and months in figures alone are no date.

    >>> str(date_in("Published: 5 March 2024")), str(date_in("D:20240305120000Z")), date_in("03/05/2024")
    ('2024-03-05', '2024-03-05', None)
    """
    for pattern in _DATES:
        if match := pattern.search(text[:200]):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
            try:
                return datetime.date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                continue
    return None
