"""Convert to values: a copy of a workbook in which nothing needs Marketbook any more."""

from pathlib import Path

from workbook.depending import OURS
from workbook.package import Frozen, Package, freeze, refuse_if_open


def freeze_file(path: Path, out: Path) -> Frozen:
    """Write a copy of a workbook whose Marketbook formulas are the values that they carry.

    Everything else comes out byte for byte. Raises a PackageError.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        frozen = freeze(package, OURS)
        package.save(out)
        return frozen
