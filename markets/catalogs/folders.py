"""The catalog of folders of TOML files: the bundled reports, and the user's own."""

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import platformdirs

from markets.catalogs.chosen import choice, last_day, last_day_text
from markets.catalogs.heads import read_head
from markets.catalogs.indexed import Edition, IndexedCatalog
from markets.catalogs.remembered import WORTH_REMEMBERING, Head, Row, remember, remembered
from markets.errors import CatalogError
from markets.facts import Report
from markets.reports import read_report

BUNDLED = Path(__file__).parents[1] / "data"


def user_folder() -> Path:
    """Return the folder of the user's own reports: the chosen one, else the platform's data folder."""
    chosen = choice()
    return default_folder() if chosen is None else Path(chosen.text)


def default_folder() -> Path:
    """Return the folder of the user's own reports if no other was chosen: in the platform's data folder."""
    return platformdirs.user_data_path("marketbook", appauthor=False) / "catalog"


def folder_catalog(
    folders: Iterable[Path] | None = None, as_of: datetime.date | None = None
) -> IndexedCatalog:
    """Return the catalog of the TOML files in folders (default: the bundled reports, then the user's).

    At first, only the head of each file is read: its source and its market. A file that cannot be
    read is listed as a problem, and the others are still read. Editions published after `as_of` (default:
    the date in MARKETBOOK_AS_OF) are hidden. Raises CatalogError if that variable holds anything else.

    >>> folder_catalog([BUNDLED]).market("medical imaging outsourcing").base_year
    2023
    """
    day = last_day(as_of)
    rows = _rows(folders)
    heads, problems = _heads(rows)
    editions = [Edition(head.source, head.market, partial(_read, row)) for row, head in heads.items()]
    missing = _missing_folder() if folders is None else []
    return IndexedCatalog(editions, _version(rows, as_of), missing + problems, day, place="Folder")


def _read(row: Row, _: datetime.date | None) -> Report:
    return read_report(Path(row[0]))


def _heads(rows: list[Row]) -> tuple[dict[Row, Head], list[CatalogError]]:
    """Return the head of each file that can be read, and why the others cannot."""
    kept = remembered() if len(rows) >= WORTH_REMEMBERING else {}
    heads: dict[Row, Head] = {}
    problems = []
    for row in rows:
        try:
            heads[row] = kept.get(row) or read_head(Path(row[0]))
        except CatalogError as error:
            problems.append(error)
    if len(heads.keys() - kept.keys()) >= WORTH_REMEMBERING:
        remember(heads)
    return heads, problems


def folder_version(folders: Iterable[Path] | None = None, as_of: datetime.date | None = None) -> str:
    """Return the version that such a `folder_catalog` has now. It changes with files and with the date."""
    return _version(_rows(folders), as_of)


def _version(rows: list[Row], as_of: datetime.date | None) -> str:
    return hashlib.sha256(repr((rows, last_day_text(as_of))).encode()).hexdigest()


def _rows(folders: Iterable[Path] | None) -> list[Row]:
    """Every report file with its modification time and size, in reading order."""
    places = (BUNDLED, user_folder()) if folders is None else folders
    return [row for folder in places for row in sorted(_files(folder))]


def _files(folder: Path) -> Iterator[Row]:
    """Skips a file that disappears while the folder is listed, but not a broken link."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".toml"):
            with suppress(OSError):
                stat = entry.stat(follow_symlinks=False)
                yield entry.path, stat.st_mtime_ns, stat.st_size


def _missing_folder() -> list[CatalogError]:
    """A folder that the user has chosen must exist; the platform's data folder need not."""
    chosen = choice()
    if chosen is None or Path(chosen.text).is_dir():
        return []
    return [CatalogError(f'The folder "{chosen.text}" does not exist. {chosen.made}')]
