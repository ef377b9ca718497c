"""Selections: which editions of a market are used."""

import datetime
from dataclasses import dataclass

from markets.names import name_key


@dataclass(frozen=True)
class Selection:
    """Editions of one publisher or of all, not published after `as_of`. The newest is used.

    >>> Selection(source="market.us media").takes("Market.us Media", datetime.date(2025, 11, 13))
    True
    """

    source: str = ""
    as_of: datetime.date | None = None

    def takes(self, publisher: str, date: datetime.date) -> bool:
        """Return whether an edition of that publisher and date is in the selection."""
        own = not self.source or name_key(publisher) == name_key(self.source)
        return own and (self.as_of is None or date <= self.as_of)


LATEST = Selection()
"""All editions; the newest is used."""
