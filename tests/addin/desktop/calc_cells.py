"""For LibreOffice's Python: open a workbook with its macros, calculate, print column A as JSON.

Usage: calc_cells.py WORKBOOK PROFILE [SAVED_COPY]. Each line is the text of one cell.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ALWAYS_EXECUTE_NO_WARN = 4


def main(workbook, profile, *saved):
    pipe = f"marketbook{Path(profile).name}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desktop = connected(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    macros = PropertyValue("MacroExecutionMode", 0, ALWAYS_EXECUTE_NO_WARN, 0)
    document = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (hidden, macros))
    document.calculateAll()
    print(json.dumps(column(document.Sheets.getByIndex(0))))
    for path in saved:
        kind = PropertyValue("FilterName", 0, "Calc MS Excel 2007 VBA XML", 0)
        document.storeToURL(Path(path).as_uri(), (kind,))
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


def column(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return [sheet.getCellByPosition(0, row).String for row in range(cursor.RangeAddress.EndRow + 1)]


main(*sys.argv[1:])
