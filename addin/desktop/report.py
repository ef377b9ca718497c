"""The report of an open workbook, built from a copy of it, and what a refresh of that copy would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.choices import Cells, recover, state
from workbook.figures import Change
from workbook.keeping import KeptAside
from workbook.package import Package, marked_sheets, record, workbook_part
from workbook.record import LAYOUT, NAMESPACE
from workbook.refresh import refresh
from workbook.refusals import ConflictingChoice
from workbook.report import Report
from workbook.template import MARKS, TITLES
from workbook.wanted import restrict
from workbook.xlsx import packaged


@dataclass(frozen=True)
class DefinedName:
    """What a name refers to, without the equals sign."""

    refers_to: str
    visible: bool


@dataclass(frozen=True)
class Belongings:
    """Marketbook's names and records in a workbook; records by the namespaces of their custom XML."""

    names: Mapping[str, DefinedName]
    records: Mapping[str, str]


@dataclass(frozen=True)
class Rebuilt:
    """The new report for a workbook, and what is to be done there.

    `file` has the same report, for its charts. `names` are those of the workbook's report sheets by their
    titles, and `written` the titles of those that are to be written, `added` of those that are new.
    `kept_aside` are the edited ones.
    """

    report: Report
    file: Path
    names: Mapping[str, str]
    written: Sequence[str]
    added: Sequence[str]
    kept_aside: Sequence[KeptAside]
    changes: Sequence[Change]
    before: Belongings
    after: Belongings


def rebuild(copy: Path, out: Path) -> Rebuilt:
    """Refresh a copy of a workbook in memory, and return what that needs; the report is also saved in `out`.

    Raises MarketbookError if the market is not in the catalog, the workbook was converted to values or has
    an earlier layout, or a refresh of the file would be refused; PackageError if the copy cannot be read,
    such as Excel's binary format or a file with a password.
    """
    with Package.open(copy) as package:
        before = belongings(package)
        recover(package)
        if state(Cells(package)).layout != LAYOUT:  # only a refresh of the file lets references follow
            raise ConflictingChoice(
                "The workbook was built by an earlier version of Marketbook. Close it, and run "
                "'marketbook refresh' once to bring its sheets up to date."
            )
        done = refresh(package, user_sheets=False)
        titles = {name: TITLES[key] for key, name in marked_sheets(package, MARKS).items() if key in TITLES}
        after = belongings(package)
    with packaged(done.report) as made:
        restrict(made, done.wanted.titles)
        made.save(out)
    return Rebuilt(
        report=done.report,
        file=out,
        names={title: name for name, title in titles.items()},
        written=[titles[name] for name in (*done.rebuilt, *done.added)],
        added=[titles[name] for name in done.added],
        kept_aside=done.kept_aside,
        changes=done.changes,
        before=before,
        after=after,
    )


def belongings(package: Package) -> Belongings:
    """Return Marketbook's names and records in a package."""
    names = {
        name.name: DefinedName(name.text, not name.hidden)
        for name in workbook_part(package).names()
        if name.scope is None and name.name.startswith((MARKS.prefix, MARKS.visible))
    }
    records = {space: record(package, space) for space in (NAMESPACE, MARKS.namespace)}
    return Belongings(names, {space: text for space, text in records.items() if text is not None})
