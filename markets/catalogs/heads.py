"""The head of a report's file: its source and its market, without reading all the facts behind."""

import re
from pathlib import Path

from markets.errors import CatalogError
from markets.facts import Report
from markets.reports import parse_report, read_report

_HEAD_BYTES = 16_384
_FIRST_FACT = re.compile(rb"^[ \t]*\[\[", re.MULTILINE)


def read_head(path: Path) -> Report:
    """Return a report without its facts; raise CatalogError where the file is none.

    A file that does not begin with its source and its market is read as a whole.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD_BYTES)
    except OSError:
        return read_report(path)
    fact = _FIRST_FACT.search(start)
    if fact is None:
        return read_report(path)
    try:
        return parse_report(start[: fact.start()], path.name)
    except CatalogError:
        return read_report(path)
