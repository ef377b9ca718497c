"""The record that a workbook carries: its layout, and what it showed. So nothing is read by coordinates."""

import msgspec

from markets.errors import MarketbookError
from workbook.areas import TableArea
from workbook.figures import Shown
from workbook.package import Package, keep_record, record
from workbook.report import Report

LAYOUT = 2
"""The layout of the sheets. A refresh brings a workbook of an earlier layout to this one."""
LAYOUT_NAME = "mb_layout"
"""The name of the cell with the layout, for workbooks whose record was dropped by another program."""

_NAMESPACE = "urn:marketbook:report"


class NewerWorkbook(MarketbookError):
    """A workbook that was built by a later version of Marketbook."""


class Record(msgspec.Struct, frozen=True):
    """The layout of a workbook's sheets, what they showed when built, and where their tables stand."""

    layout: int
    shown: Shown | None = None
    tables: dict[str, tuple[TableArea, ...]] = {}


class _Layout(msgspec.Struct):
    layout: int


def recorded(package: Package) -> Record | None:
    """Return the record of a workbook; None if it has none. Raises NewerWorkbook."""
    text = record(package, _NAMESPACE)
    if text is None:
        return None
    try:
        refuse_if_newer(msgspec.json.decode(text, type=_Layout).layout)
        return msgspec.json.decode(text, type=Record)
    except msgspec.DecodeError:  # changed by hand
        return None


def keep(package: Package, report: Report) -> None:
    """Write the record of a report that a package now shows."""
    tables = {sheet.title: tuple(sheet.tables) for sheet in report.sheets if sheet.tables}
    keep_record(package, _NAMESPACE, msgspec.json.encode(Record(LAYOUT, report.shown, tables)).decode())


def refuse_if_newer(layout: int) -> None:
    """Raise NewerWorkbook if a layout is later than this version's."""
    if layout > LAYOUT:
        raise NewerWorkbook(
            "The workbook was built by a later version of Marketbook. Update Marketbook and try again."
        )
