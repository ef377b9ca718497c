"""One workbook refreshed twice: its file, and what the scripts are told of it. Both must be the same."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from addin.telling import told_of_change, told_of_edits
from addin.web.refreshing import wire
from addin.web.refreshing.refresh import refreshed
from tests.addin.web.refreshing.client import RECORDS, described
from tests.addin.web.refreshing.written import differing, in_file, instructed
from workbook.dependency_graph import NAMESPACE
from workbook.package import Package, record
from workbook.refresh import Refreshed, refresh_file


@dataclass(frozen=True)
class Both:
    """What the scripts are told, and what the refresh of the file has done, with the file."""

    told: wire.Instructions
    done: Refreshed
    path: Path

    @property
    def book(self) -> Workbook:
        return openpyxl.load_workbook(self.path)


def both(path: Path, market: str = "", request: wire.RefreshRequest | None = None) -> Both:
    """Refresh a workbook both ways, and see that the results are the same."""
    told = refreshed(request or described(path, market))
    copy = path.with_name(f"refreshed-{path.name}")
    shutil.copy(path, copy)
    found = Both(told, refresh_file(copy, market, user_sheets=False), copy)
    assert_same(found)
    return found


def assert_same(found: Both) -> None:
    told, done, book = found.told, found.done, found.book
    assert {sheet.name for sheet in told.sheets} == {*done.rebuilt, *done.added}
    assert told.new == list(done.added)
    with Package.open(found.path) as package:
        for sheet in told.sheets:
            ours, theirs = instructed(sheet), in_file(book[sheet.name], package)
            for what, seen in theirs.items():
                assert ours[what] == seen, f"{what} on {sheet.name}: {differing(ours[what], seen)}"
        assert told.records == {space: record(package, space) for space in RECORDS}
    assert told.names == {
        name: wire.Name(f"={defined.attr_text}", not defined.hidden)
        for name, defined in book.defined_names.items()
        if name.startswith(("mb_", "_mb_"))
    }
    assert [(kept.sheet, kept.copy, kept.edited, kept.typed) for kept in told.kept_aside] == [
        (kept.sheet, kept.copy, [edit.cell for edit in kept.edits], kept.typed) for kept in done.kept_aside
    ]
    plainly = [[line.replace(f"{NAMESPACE}.", "") for line in kept.told] for kept in told.kept_aside]
    assert plainly == [list(told_of_edits(kept)) for kept in done.kept_aside]
    assert (told.market, told.unit, told.refused) == (done.market, done.unit, done.refused)
    assert told.changes == list(map(told_of_change, done.changes))
