"""Convert to values: a copy of a workbook in which nothing needs Marketbook any more."""

import datetime
from pathlib import Path

from workbook.depending import OURS
from workbook.package import Frozen, Package, freeze, refuse_if_open
from workbook.package.book import Workbook

FROZEN_MARK = "_mb_frozen"


def freeze_file(path: Path, out: Path) -> Frozen:
    """Write a copy of a workbook whose Marketbook formulas are the values that they carry.

    Everything else comes out byte for byte. A hidden name marks the copy, so that no refresh brings
    it to life again. Raises a PackageError.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        frozen = freeze(package, OURS)
        book = Workbook(package)
        book.set_name(FROZEN_MARK, f'"{datetime.date.today()}"', hidden=True)
        book.write()
        package.save(out)
        return frozen
