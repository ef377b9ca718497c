"""A refresh of a workbook that is open: what a refresh of its file would change is done in the program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.choices import Cells, recover, state
from workbook.figures import Change
from workbook.keeping import KeptAside
from workbook.package import Package, marked_sheets, record, workbook_part
from workbook.record import LAYOUT, NAMESPACE
from workbook.refresh import refresh
from workbook.refusals import ConflictingChoice
from workbook.report import Report
from workbook.template import MARKS, TITLES


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

    `names` are those of the workbook's report sheets by their titles, and `written` the titles of those
    that are to be written, `added` of those that are new. `kept_aside` are the edited ones. `refused` says
    why the user's assumptions are refused; it is blank if they are not.
    """

    report: Report
    names: Mapping[str, str]
    written: Sequence[str]
    added: Sequence[str]
    kept_aside: Sequence[KeptAside]
    changes: Sequence[Change]
    refused: str
    before: Belongings
    after: Belongings


def rebuilt(package: Package, market: str = "") -> Rebuilt:
    """Refresh the package of a workbook that is open, and return what is to be done there.

    `market` is the market for a workbook that does not name one. Raises MarketbookError and PackageError
    if a refresh of the file would be refused, and if the workbook has an earlier layout.
    """
    before = belongings(package)
    recover(package)
    was = state(Cells(package))
    if was.layout and was.layout != LAYOUT:  # only a refresh of the file lets references follow
        raise ConflictingChoice(
            "The workbook was built by an earlier version of Marketbook. Close it, and run "
            "'marketbook refresh' once to bring its sheets up to date."
        )
    done = refresh(package, market, user_sheets=False)
    titles = {name: TITLES[key] for key, name in marked_sheets(package, MARKS).items() if key in TITLES}
    return Rebuilt(
        report=done.report,
        names={title: name for name, title in titles.items()},
        written=[titles[name] for name in (*done.rebuilt, *done.added)],
        added=[titles[name] for name in done.added],
        kept_aside=done.kept_aside,
        changes=done.changes,
        refused=done.refused,
        before=before,
        after=belongings(package),
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
