"""What the user has chosen: the catalog in use, and the last day that counts."""

import datetime
import os
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from markets.errors import BadArgument, CatalogError
from markets.selection import parse_date

VARIABLE = "MARKETBOOK_CATALOG"
_AS_OF = "MARKETBOOK_AS_OF"
NEEDS_TEAM = (
    "Databases and servers need packages that are not installed. In the folder of Marketbook, run "
    "'pipx install --force \".[team]\"'."
)
"""What to do where the extra `team` is missing."""


@dataclass(frozen=True)
class Choice:
    """A catalog as the user names it, and a sentence that says where that choice was made."""

    text: str
    made: str


def choice() -> Choice | None:
    """Return the catalog of the variable MARKETBOOK_CATALOG, else of the setting; None if there is neither.

    Raises CatalogError if the setting cannot be read.
    """
    if chosen := os.environ.get(VARIABLE, ""):
        return Choice(chosen, f"It is set in the variable {VARIABLE}.")
    try:
        kept = tomllib.loads(setting().read_text(encoding="utf-8"))["catalog"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError):
        kept = None
    if not isinstance(kept, str) or not kept:
        raise CatalogError(
            f"{setting()} does not say which catalog is in use. Choose one with 'marketbook catalog use'."
        )
    return Choice(kept, "Choose another with 'marketbook catalog use'.")


def choose(text: str) -> None:
    """Keep a catalog as the user's choice, completely or not at all; blank: none. Raises CatalogError."""
    import tomlkit

    place = setting()
    try:
        if not text:
            place.unlink(missing_ok=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".catalog-")  # may hold a password: 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(tomlkit.dumps({"catalog": text}))
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place)
        except OSError:
            with suppress(OSError):
                Path(beside).unlink()
            raise
    except OSError as error:
        raise CatalogError(f"{place} cannot be written: {error.strerror}.") from error


def setting() -> Path:
    """Return the file in which 'marketbook catalog use' keeps its choice."""
    return platformdirs.user_config_path("marketbook", appauthor=False) / "catalog.toml"


def last_day(as_of: datetime.date | None = None) -> datetime.date | None:
    """Return a day, else that of the variable MARKETBOOK_AS_OF. Raises CatalogError if it holds no date."""
    chosen = os.environ.get(_AS_OF, "").strip()
    if as_of or not chosen:
        return as_of
    try:
        return parse_date(chosen)
    except BadArgument as error:
        raise CatalogError(f"The variable {_AS_OF} is set, but {error}") from None


def last_day_text(as_of: datetime.date | None) -> str:
    """Return a day, else what MARKETBOOK_AS_OF holds, whatever that is."""
    return str(as_of or os.environ.get(_AS_OF, ""))
