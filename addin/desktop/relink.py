r"""Repair of formulas that contain the add-in's path: 'C:\...\marketbook.xlam'!MARKET_SIZE(...).

Excel adds the path if a workbook is opened while the add-in is in another folder or not installed.
"""

from pathlib import Path

from workbook.dependency_graph import OURS
from workbook.package import Package, formulas_calling, plain_calls, refuse_if_open, refuse_unless_editable


def relink(path: Path) -> int:
    """Remove the add-in's path from a workbook's formulas; return the number of repaired formulas.

    Their values are kept, and nothing else changes. If there are none, the file is not written.
    Raises PackageError if the file is open or must not be edited.
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
