"""The record that a workbook carries: its layout, and what it showed. So nothing is read by coordinates."""

import msgspec

from markets.errors import MarketbookError
from workbook.areas import TableArea
from workbook.figures import Shown
from workbook.package import Package, keep_record, record
from workbook.report import Report

LAYOUT = 4
"""The layout of the sheets. A refresh brings a workbook of an earlier layout to this one."""
LAYOUT_NAME = "mb_layout"
"""The name of the cell with the layout, for workbooks whose record was dropped by another program."""

RECORDS = "urn:marketbook:"
"""The start of the namespaces of the custom XML parts in which Marketbook keeps its records."""

NAMESPACE = f"{RECORDS}report"
"""The namespace of the record of a report."""


class NewerWorkbook(MarketbookError):
    """A workbook that was built by a later version of Marketbook."""


class Selection(msgspec.Struct, frozen=True):
    """The report sheets that a workbook gets, by keys: `only` these, or all `but` these."""

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


EVERY_SHEET = Selection()


class Record(msgspec.Struct, frozen=True):
    """The layout of a workbook's sheets, what they showed when built, and where their tables stand.

    `sheets` are the sheets that the user wants.
    """

    layout: int
    shown: Shown | None = None
    tables: dict[str, tuple[TableArea, ...]] = {}
    sheets: Selection = EVERY_SHEET


class _Layout(msgspec.Struct):
    layout: int


def recorded(package: Package) -> Record | None:
    """Return the record of a workbook; None if it has none. Raises NewerWorkbook."""
    text = record(package, NAMESPACE)
    if text is None:
        return None
    try:
        refuse_if_newer(msgspec.json.decode(text, type=_Layout).layout)
        return msgspec.json.decode(text, type=Record)
    except msgspec.DecodeError:  # changed by hand
        return None


def keep(
    package: Package, report: Report, titles: tuple[str, ...] = (), selection: Selection = EVERY_SHEET
) -> None:
    """Write the record of a report of which a package now has the sheets with these titles, or all."""
    tables = {sheet.title: tuple(sheet.tables) for sheet in report.sheets if sheet.tables}
    shown = report.shown.on(titles if len(titles) < len(report.sheets) else ())
    text = msgspec.json.encode(Record(LAYOUT, shown, tables, selection)).decode()
    keep_record(package, NAMESPACE, text)


def refuse_if_newer(layout: int) -> None:
    """Raise NewerWorkbook if a layout is later than this version's."""
    if layout > LAYOUT:
        raise NewerWorkbook(
            "The workbook was built by a later version of Marketbook. Update Marketbook and try again."
        )
