"""For LibreOffice's Python: open a workbook, do what a user does in it, and save it as .xlsx.

Usage: calc_edits.py WORKBOOK PROFILE SAVED STEPS, with steps as JSON: [["rows", "Overview", 4, 2], ...].
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


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
    pipe = f"marketbook{Path(profile).name}{time.monotonic_ns()}"
    place = f"-env:UserInstallation={Path(profile).as_uri()}"
    accepting = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(
        ["soffice", place, "--headless", "--norestore", accepting],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desktop = connected(pipe)
    document = desktop.loadComponentFromURL(
        Path(workbook).as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),)
    )
    for step, *arguments in json.loads(steps):
        STEPS[step](document, *arguments)
    kind = PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
    document.storeToURL(Path(saved).as_uri(), (kind,))
    document.close(True)
    desktop.terminate()
    office.wait(30)


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("LibreOffice did not start")


if __name__ == "__main__":
    main(*sys.argv[1:])
