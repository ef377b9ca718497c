"""Selections: which editions of a market answer, and what is made of the answers of several sources."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from markets.errors import BadArgument, shortened
from markets.names import name_key

_DATED = re.compile(r"(?P<source>.*)\bas\s+of\b(?P<date>.*)", re.IGNORECASE | re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIAL_0 = datetime.date(1899, 12, 30)


class Pick(StrEnum):
    """What is made of several sources: the newest one's answer, or the median, lowest or highest of all."""

    LATEST = "latest"
    MEDIAN = "median"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True)
class Selection:
    """Editions of one publisher or of all, not published after `as_of`, and what is made of them.

    >>> Selection(source="market.us media").takes("Market.us Media", datetime.date(2025, 11, 13))
    True
    """

    source: str = ""
    as_of: datetime.date | None = None
    pick: Pick = Pick.LATEST

    @classmethod
    def parse(cls, text: str) -> "Selection":
        """Return the selection of a text: a publisher or a `Pick`, then "as of" and a date, both optional.

        The date is in ISO form, or the number of days that a spreadsheet makes of a date cell which is
        joined to text. "as of" without a date is no limit, because that cell may be blank. Raises
        BadArgument for any other date.

        >>> Selection.parse("Market.us Media")
        Selection(source='Market.us Media', as_of=None, pick=<Pick.LATEST: 'latest'>)
        >>> Selection.parse("median as of 2025-09-30") == Selection.parse("Median as of 45930")
        True
        >>> Selection.parse("latest as of ") == Selection.parse("") == LATEST
        True
        """
        dated = _DATED.fullmatch(text)
        source, day = (dated["source"], dated["date"]) if dated else (text, "")
        source, as_of = source.strip(), _date(day.strip())
        if source.casefold() in list(Pick):
            return cls("", as_of, Pick(source.casefold()))
        return cls(source, as_of)

    def takes(self, publisher: str, date: datetime.date) -> bool:
        """Return whether an edition of that publisher and date is in the selection."""
        own = not self.source or name_key(publisher) == name_key(self.source)
        return own and (self.as_of is None or date <= self.as_of)


LATEST = Selection()
"""All editions; the newest is used."""


def parse_date(text: str) -> datetime.date:
    """Return the date of a text in ISO form; raise BadArgument for any other text.

    >>> parse_date(" 2025-09-30 ")
    datetime.date(2025, 9, 30)
    >>> parse_date("30/09/2025")
    Traceback (most recent call last):
    markets.errors.BadArgument: "30/09/2025" is not a date. Enter it as year-month-day, such as 2025-09-30.
    """
    try:
        if _ISO.fullmatch(text.strip()):
            return datetime.date.fromisoformat(text.strip())
    except ValueError:
        pass  # 2025-02-30
    raise BadArgument(
        f'"{shortened(text)}" is not a date. Enter it as year-month-day, such as 2025-09-30.'
    ) from None


def _date(text: str) -> datetime.date | None:
    if _SERIAL.fullmatch(text):
        return _SERIAL_0 + datetime.timedelta(days=int(text))
    return parse_date(text) if text else None
