"""The report sheets of an open workbook, built anew into a file of their own from a copy of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.figures import Change
from workbook.package import Package, edited_sheets
from workbook.refresh import drawn_anew
from workbook.template import MARKS, packaged


@dataclass(frozen=True)
class Report:
    """The file with all sheets, what is another than before, and keys of sheets that someone typed into."""

    file: Path
    changes: Sequence[Change]
    edited: Collection[str]


def build_report(copy: Path, out: Path) -> Report:
    """Build the sheets for the market, unit and year that a copy of the workbook chooses, into `out`.

    Raises MarketbookError for a market that is in no catalog, or a workbook converted to values;
    PackageError for a copy that cannot be read: Excel's binary format, or one that asks for a password.
    """
    with Package.open(copy) as package:
        draft, changes = drawn_anew(package)
        edited = edited_sheets(package, MARKS)
    with packaged(draft) as made:
        made.save(out)
    return Report(out, changes, edited)
