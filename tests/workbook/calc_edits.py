"""For LibreOffice's Python: open a workbook, do what a user does in it, and save it as .xlsx.

Usage: calc_edits.py WORKBOOK PROFILE SAVED STEPS, with steps as JSON: [["rows", "Overview", 4, 2], ...].
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
from calc_session import opened, save


def rows(document, sheet, at, count):
    """Insert rows before row `at`, or delete them from there if the count is negative."""
    change(document.Sheets.getByName(sheet).Rows, at, count)


def columns(document, sheet, at, count):
    change(document.Sheets.getByName(sheet).Columns, at, count)


def change(strips, at, count):
    if count > 0:
        strips.insertByIndex(at - 1, count)
    else:
        strips.removeByIndex(at - 1, -count)


def add(document, sheet):
    document.Sheets.insertNewByName(sheet, document.Sheets.Count)


def enter(document, sheet, cell, content):
    document.Sheets.getByName(sheet).getCellRangeByName(cell).setFormula(content)


def rename(document, sheet, name):
    document.Sheets.getByName(sheet).Name = name


def fill(document, sheet, cell, color):
    document.Sheets.getByName(sheet).getCellRangeByName(cell).CellBackColor = int(color, 16)


def forget(document, prefix):
    """Delete the defined names with a prefix, as a program that cleans up names does."""
    for name in document.NamedRanges.ElementNames:
        if name.startswith(prefix):
            document.NamedRanges.removeByName(name)


STEPS = {step.__name__: step for step in (rows, columns, add, enter, rename, fill, forget)}


def main(workbook, profile, saved, steps):
    with opened(workbook, profile) as document:
        for step, *arguments in json.loads(steps):
            STEPS[step](document, *arguments)
        save(document, saved, "Calc MS Excel 2007 XML")


if __name__ == "__main__":
    main(*sys.argv[1:])
