"""The report sheets of an open workbook, rebuilt in a separate file from a copy of the workbook."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.choices import Cells, state
from workbook.figures import Change
from workbook.package import Package, edited_sheets
from workbook.record import LAYOUT
from workbook.refresh import rebuild_report
from workbook.refusals import ConflictingChoice
from workbook.template import MARKS, marked_package
from workbook.wanted import restrict, wanted_sheets


@dataclass(frozen=True)
class Rebuilt:
    """The file with all report sheets, the changed figures, and the keys of edited sheets."""

    file: Path
    changes: Sequence[Change]
    edited: Collection[str]


def build_report(copy: Path, out: Path) -> Rebuilt:
    """Build the sheets for the market, unit and year selected in a copy of the workbook, in `out`.

    Raises MarketbookError if the market is not in the catalog, the workbook was converted to values or has
    an earlier layout; PackageError if the copy cannot be read, such as Excel's binary format or a file
    with a password.
    """
    with Package.open(copy) as package:
        report = rebuild_report(package)
        if state(Cells(package)).layout != LAYOUT:  # only a refresh of the file lets references follow
            raise ConflictingChoice(
                "The workbook was built by an earlier version of Marketbook. Close it, and run "
                "'marketbook refresh' once to bring its sheets up to date."
            )
        edited = edited_sheets(package, MARKS)
        with marked_package(report) as made:
            restrict(made, wanted_sheets(package, made).titles)
            made.save(out)
    return Rebuilt(out, report.changes or (), edited)
