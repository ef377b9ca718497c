"""A sheet of MARKET_SIZE cells in LibreOffice, against the same sheet of a function that does nothing."""

import copy
import statistics
import tempfile
from pathlib import Path

from addin.libreoffice import Office
from addin.libreoffice.extension import Extension
from addin.libreoffice.scratch import Block, write
from udfs.registry import FUNCTIONS

CELLS = 10_000
ROUNDS = 5
LIMIT = 4.0

_NO_OP = """
import unohelper
from com.sun.star.lang import XServiceInfo

class AddIn(unohelper.Base, XFunctions, XServiceInfo):
    def __init__(self, context):
        pass
    def NO_OP(self, *arguments):
        return ((8.6,),)
    def getImplementationName(self):
        return SERVICE
    def supportsService(self, name):
        return name in self.getSupportedServiceNames()
    def getSupportedServiceNames(self):
        return (SERVICE, "com.sun.star.sheet.AddIn")

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(AddIn, SERVICE, (SERVICE, "com.sun.star.sheet.AddIn"))
"""


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio of the medians, limit, and both medians in words."""
    with tempfile.TemporaryDirectory() as name, Office() as office:
        folder = Path(name)
        no_op = copy.copy(FUNCTIONS["MARKET_SIZE"])
        no_op.name = "NO_OP"
        office.install(Extension("NoOp", (no_op,), _NO_OP).write(folder / "no-op.oxt"))
        ours, theirs = (
            _sheet(folder / f"{function}.xlsx", function) for function in ("MARKET_SIZE", "NO_OP")
        )
        rounds = [(_seconds(office, ours), _seconds(office, theirs)) for _ in range(1 + ROUNDS)]
    ours_median, theirs_median = map(statistics.median, zip(*rounds[1:], strict=True))
    detail = f"{ours_median * 1000:.0f} ms against {theirs_median * 1000:.0f} ms for {CELLS:,} cells"
    return [("LibreOffice: a sheet of MARKET_SIZE / of a no-op", ours_median / theirs_median, LIMIT, detail)]


def _sheet(path: Path, function: str) -> Path:
    years = (2023 + at % 11 for at in range(CELLS))
    write(path, [Block(f'{function}("Medical Imaging Outsourcing",{year})') for year in years], ())
    return path


def _seconds(office: Office, sheet: Path) -> float:
    values = office.recalculate(sheet)
    if len(values) != CELLS or not all(isinstance(value, float) for value in values.values()):
        raise AssertionError(f"Not every cell of {sheet.name} has a number.")
    return office.calculation_seconds
