"""`make bench`: print each ratio with its limit; exit code 1 where one is over."""

import math
import sys

import pytest
from rich import box
from rich.console import Console
from rich.table import Table

from addin.libreoffice import find_office
from tests.bench import (
    catalog,
    desktop,
    functions,
    importing,
    libreoffice,
    ranges,
    refresh,
    team,
    web,
    xlwings_server,
)


def main() -> int:
    """Measure, print, and tell whether every ratio is within its limit."""
    rows = functions.measure() + ranges.measure() + catalog.measure() + importing.measure()
    if find_office() is None:
        print("LibreOffice is missing: its cells are not measured.", file=sys.stderr)
    else:
        rows += libreoffice.measure()
    if not (measured := desktop.measure()):
        print("Wine is missing: calls through xlwings' server are not measured.", file=sys.stderr)
    rows += measured
    rows += refresh.measure()
    for what, measure in (
        ("the team's catalog", team.measure),
        ("cells of the add-in for Office.js", web.measure),
        ("cells through xlwings Server", xlwings_server.measure),
    ):
        try:
            rows += measure()
        except pytest.skip.Exception as missing:
            print(f"{missing} Not measured: {what}.", file=sys.stderr)
    table = Table("what", "ratio", "limit", "measured", box=box.SIMPLE_HEAD)
    for label, ratio, limit, detail in rows:
        table.add_row(label, f"{ratio:.2f}", "" if math.isinf(limit) else f"{limit:g}", detail)
    Console(width=160).print(table)
    return int(any(ratio > limit for _, ratio, limit, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
