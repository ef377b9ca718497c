"""The report of an open workbook, built from a copy of it, and what a refresh of that copy would change."""

from dataclasses import dataclass
from pathlib import Path

from addin.rebuilding import Rebuilt, rebuilt
from workbook.package import Package
from workbook.wanted import restrict
from workbook.xlsx import packaged


@dataclass(frozen=True)
class RebuiltInFile(Rebuilt):
    """The new report for a workbook, and a file that has the same report, for its charts."""

    file: Path


def rebuild(copy: Path, out: Path) -> RebuiltInFile:
    """Refresh a copy of a workbook in memory, and return what that needs; the report is also saved in `out`.

    Raises MarketbookError if the market is not in the catalog, the workbook was converted to values or has
    an earlier layout, or a refresh of the file would be refused; PackageError if the copy cannot be read,
    such as Excel's binary format or a file with a password.
    """
    with Package.open(copy) as package:
        done = rebuilt(package)
    with packaged(done.report) as made:
        restrict(made, done.names.keys())
        made.save(out)
    return RebuiltInFile(**vars(done), file=out)
