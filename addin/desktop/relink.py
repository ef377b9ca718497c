r"""Mend formulas that Excel tied to one place of the add-in: 'C:\...\marketbook.xlam'!MARKET_SIZE(...).

They arise when a workbook is opened where the add-in lies elsewhere, or not at all.
"""

from pathlib import Path

from workbook.depending import OURS
from workbook.package import Package, formulas_calling, plain_calls, refuse_if_open, refuse_unless_editable


def relink(path: Path) -> int:
    """Let a workbook's formulas call our functions by their names alone; return how many did not.

    Only those formulas change, and what they carry stays; with none to mend the file is not written.
    Raises a PackageError for a file that is open, or must not be edited.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        refuse_unless_editable(package)
        tied = [
            call
            for call in formulas_calling(package, OURS)
            if call.formula.count("!") > call.plain.count("!")
        ]
        if tied:
            plain_calls(package, OURS)
            package.save(path)
    return len(tied)
