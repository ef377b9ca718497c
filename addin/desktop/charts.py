"""Charts of report sheets in an open workbook, copied from another one that is open as well.

Excel draws them from the file: hatched pieces, labels of single points and arrows cannot be tried here over
its object model, but are the same in every file that Marketbook makes.
"""

from typing import Any

from addin.desktop.excel_api import in_front


def replace_charts(source: Any, target: Any) -> None:
    """Replace the charts of a worksheet with those of another workbook's, with references to its own."""
    for at in range(target.ChartObjects().Count, 0, -1):
        target.ChartObjects(at).Delete()
    for at in range(1, source.ChartObjects().Count + 1):
        _paste(source.ChartObjects(at), target)
        _refer_here(source.ChartObjects(at).Chart, target.ChartObjects(at).Chart)


def _paste(chart: Any, target: Any) -> None:
    """Excel pastes only into the active sheet. A chart stands at its cell even if columns are wider here."""
    with in_front(target):
        chart.Copy()
        target.Paste()
    pasted = target.ChartObjects(target.ChartObjects().Count)
    corner = target.Range(chart.TopLeftCell.Address)
    pasted.Left, pasted.Top, pasted.Width, pasted.Height = corner.Left, corner.Top, chart.Width, chart.Height


def _refer_here(theirs: Any, ours: Any) -> None:
    """A pasted series refers to the other workbook; there, its formula names only the sheet."""
    for number in range(1, theirs.SeriesCollection().Count + 1):
        ours.SeriesCollection(number).Formula = theirs.SeriesCollection(number).Formula
