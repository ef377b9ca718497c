"""Names of Marketbook's functions in a workbook's file, as the Excel in which it will be opened knows them.

In desktop Excel with the add-in for it, the functions have plain names. Where the Office.js add-in is, such
as in Excel on the web and on a Mac, they have its namespace. Excel does not translate one into the other.
"""

from pathlib import Path
from typing import Literal, TypeAlias

from workbook.dependency_graph import OURS
from workbook.package import (
    Package,
    finder,
    namespaced_calls,
    plain_calls,
    refuse_if_open,
    refuse_unless_editable,
    spelled_otherwise,
)

Host: TypeAlias = Literal["desktop", "web"]


def relink(path: Path, to: Host = "desktop") -> int:
    r"""Change the calls of Marketbook's functions in a workbook for a host; return the number of formulas.

    For the desktop, this also removes the add-in's path, which Excel adds if the workbook is opened while the
    add-in is in another folder or not installed: `'C:\...\marketbook.xlam'!MARKET_SIZE(...)`.

    Values are kept, and nothing else changes. If no formula changes, the file is not written. Raises
    PackageError if the file is open or must not be edited, or if a formula would be too long.
    """
    refuse_if_open(path)
    with Package.open(path) as package:
        refuse_unless_editable(package)
        calls = finder(package, OURS)
        changed = spelled_otherwise(package, OURS, calls.namespaced if to == "web" else calls.plain)
        if changed:
            (namespaced_calls if to == "web" else plain_calls)(package, OURS)
            package.save(path)
    return changed
