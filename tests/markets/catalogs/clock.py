"""A clock for changes, which tests turn."""

import datetime
from types import SimpleNamespace

import pytest

from markets.catalogs.database import changing


class Clock:
    """The time at which the next change is made."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        clock = self

        class Turned(datetime.datetime):
            @classmethod
            def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
                return clock.now.astimezone(tz)

        patch.setattr(changing, "datetime", SimpleNamespace(datetime=Turned, UTC=datetime.UTC))

    def turn(self, day: str) -> None:
        """Set it to a time of a day, such as "2026-02-01 23:59:59"; noon by default."""
        at = datetime.datetime.fromisoformat(day if ":" in day else f"{day} 12:00")
        self.now = at.replace(tzinfo=datetime.UTC)
