"""A folder of report files, loaded into a workspace one by one, however many they are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from markets.catalogs.files import ReportFile, report_files
from markets.catalogs.ledgers import Ledger
from markets.catalogs.wire import Accepted
from markets.errors import CatalogError


@dataclass
class Loaded:
    """What became of the files of a folder, and why some were not loaded."""

    results: Counter[str] = field(default_factory=Counter)
    problems: list[CatalogError] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{self.results[what]} {what}" for what in ("entered", "revised", "unchanged"))

    @property
    def count(self) -> int:
        """The number of all files."""
        return self.results.total() + len(self.problems)


def load_folder(kept: Ledger, workspace: str, folder: Path, why: str) -> Loaded:
    """Enter or revise every report of a folder, with a progress bar.

    Raises CatalogError if there is no such folder.
    """
    if not folder.is_dir():
        raise CatalogError(f'There is no folder "{folder}".')
    loaded = Loaded()

    def readable() -> Iterator[ReportFile]:
        for one in report_files(folder):
            if isinstance(one, CatalogError):
                loaded.problems.append(one)
            else:
                yield one

    total = len(list(folder.glob("*.toml")))
    with Progress(console=Console(stderr=True)) as bar:
        shown = bar.add_task("Loading", total=total)
        for done in kept.enter_all(workspace, readable(), why):
            if isinstance(done, CatalogError):
                loaded.problems.append(done)
            else:
                loaded.results[_result(done)] += 1
            bar.update(shown, completed=loaded.count)
        bar.update(shown, completed=loaded.count)
    return loaded


def _result(done: Accepted) -> str:
    if done.is_first:
        return "entered"
    return "revised" if done.changes_something else "unchanged"
