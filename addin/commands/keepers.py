"""Where an import is kept: a file in the user's folder, or an edition in the ledger in use."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from addin.commands.ledgers import who, workspace_of
from markets.catalogs import places
from markets.catalogs.files import ReportFile
from markets.catalogs.folders import user_folder
from markets.catalogs.ledgers import AlreadyEntered, Ledger
from markets.facts import Report
from markets.importing.keeping import comment_on, keep, kept_before, path_for
from markets.names import name_key


class Keeper(Protocol):
    """Keeps the reports of imports, each text once."""

    def earlier(self, mark: str) -> str:
        """Return where an earlier import of the same text is; blank if there is none."""

    def refuse(self, report: Report) -> None:
        """Raise AlreadyKept or AlreadyEntered if the edition is there from another text."""

    def keep(self, report: Report, file: str, mark: str) -> str:
        """Keep a report, whole or not at all, and return where. Raises as `refuse` does."""


def keeper(workspace: str) -> Keeper:
    """Return where imports are kept now. Raises Unavailable, and NotAllowed without a token."""
    kept = places.place().ledger(who())
    return _Workspace(kept, workspace_of(kept, workspace)) if kept else _Folder(user_folder())


@dataclass(frozen=True)
class _Folder:
    folder: Path

    def earlier(self, mark: str) -> str:
        return str(kept_before(self.folder, mark) or "")

    def refuse(self, report: Report) -> None:
        path_for(self.folder, report)

    def keep(self, report: Report, file: str, mark: str) -> str:
        return str(keep(self.folder, report, file, mark).resolve())


@dataclass(frozen=True)
class _Workspace:
    ledger: Ledger
    name: str

    def earlier(self, mark: str) -> str:
        known = self.ledger.marked(self.name, mark)
        return f"the workspace {self.name} of {self.ledger.name}" if known else ""

    def refuse(self, report: Report) -> None:
        wanted = (self.name, name_key(report.source.publisher), report.source.date)
        for edition in self.ledger.editions(report.market):
            known = edition.heading.source
            is_it = (edition.workspace, name_key(known.publisher), known.date) == wanted
            if is_it and not edition.heading.is_withdrawn:
                raise AlreadyEntered.of(report, self.name)

    def keep(self, report: Report, file: str, mark: str) -> str:
        entered = ReportFile(report, "", comment_on(file, mark), mark)
        self.ledger.enter(self.name, entered, f"import of {Path(file).name}")
        return f"the workspace {self.name} of {self.ledger.name}"
