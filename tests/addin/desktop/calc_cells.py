"""For LibreOffice's Python: open a workbook with its macros, calculate, print column A as JSON.

Usage: calc_cells.py WORKBOOK PROFILE [SAVED_COPY]. Each line is the text of one cell.
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))
from calc_session import opened, save, setting

ALWAYS_EXECUTE_NO_WARN = 4


def main(workbook, profile, *saved):
    macros = setting("MacroExecutionMode", ALWAYS_EXECUTE_NO_WARN)
    with opened(workbook, profile, macros) as document:
        document.calculateAll()
        print(json.dumps(column(document.Sheets.getByIndex(0))))
        for path in saved:
            save(document, path, "Calc MS Excel 2007 VBA XML")


def column(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return [sheet.getCellByPosition(0, row).String for row in range(cursor.RangeAddress.EndRow + 1)]


main(*sys.argv[1:])
