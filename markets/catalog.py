"""The catalog: every market that there is a report of, bundled or the user's own."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import platformdirs

from markets.errors import CatalogError, UnknownName
from markets.facts import Report
from markets.market import Market
from markets.names import Names, name_key
from markets.reports import read_report

BUNDLED = Path(__file__).parent / "data"
_VARIABLE = "MARKETBOOK_CATALOG"


def user_folder() -> Path:
    """Return the folder of the user's own reports: MARKETBOOK_CATALOG, else the platform's place."""
    chosen = os.environ.get(_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("marketbook", appauthor=False) / "catalog"


class Catalog:
    """Markets by name. Of several editions of one market, the latest dated answers.

    >>> Catalog.load([BUNDLED]).market("medical imaging outsourcing").base_year
    2023
    """

    def __init__(self, reports: Iterable[Report], problems: Sequence[CatalogError] = ()) -> None:
        editions: dict[str, list[Report]] = {}
        for report in reports:
            editions.setdefault(name_key(report.market.name), []).append(report)
        self.markets = [Market(_latest(group)) for group in editions.values()]
        self.markets.sort(key=lambda market: name_key(market.name))
        self.problems = tuple(problems)
        names = [(name, market) for market in self.markets for name in _names_of(market)]
        self._names = Names("market", names)

    @classmethod
    def load(cls, folders: Iterable[Path] | None = None) -> "Catalog":
        """Read every TOML file of the folders (default: the bundled reports, then the user's).

        A file that cannot be read stands in `problems`, and keeps no other from being read.
        """
        reports, problems = [], _missing_folder() if folders is None else []
        for path in report_files(folders):
            try:
                reports.append(read_report(path))
            except CatalogError as error:
                problems.append(error)
        return cls(reports, problems)

    def market(self, name: str) -> Market:
        """Return the market of that name, else of that alias; raise UnknownName, with suggestions.

        An alias of several markets is unknown too: the suggestions are their names.
        """
        found = self._names.find(name)
        if len(found) == 1:
            return found[0]
        own = [market for market in found if name_key(market.name) == name_key(name)]
        if not own:
            raise UnknownName("one market", name, [market.name for market in found])
        return own[0]

    def search(self, text: str = "") -> list[Market]:
        """Return the markets whose names hold `text`, or come near it; all for blank text."""
        key = name_key(text)
        inside = [market for market in self.markets if any(key in name_key(n) for n in _names_of(market))]
        if inside or not key:
            return inside
        near = [market for name in self._names.near(text, limit=10) for market in self._names.get(name)]
        return list(dict.fromkeys(near))


def report_files(folders: Iterable[Path] | None = None) -> list[Path]:
    """Return the report files of the folders, in the order in which they are read."""
    places = (BUNDLED, user_folder()) if folders is None else folders
    return [path for folder in places for path in sorted(folder.glob("*.toml"))]


def _missing_folder() -> list[CatalogError]:
    """A folder that is named and not there is a mistake; the platform's own need not be there."""
    chosen = os.environ.get(_VARIABLE)
    if not chosen or Path(chosen).is_dir():
        return []
    return [CatalogError(f"{chosen}, which {_VARIABLE} names, is not a folder.")]


def _latest(editions: Sequence[Report]) -> Report:
    """Of editions of one date the one read last wins: the user's folder comes after the bundled."""
    return max(enumerate(editions), key=lambda item: (item[1].source.date, item[0]))[1]


def _names_of(market: Market) -> tuple[str, ...]:
    return (market.name, *market.report.market.aliases)
