"""The head of a report's file: its source and its market, without the facts that follow."""

import re
from pathlib import Path

from markets.catalogs.remembered import Head
from markets.errors import CatalogError
from markets.facts import Report
from markets.reports import parse_report, read_report

_HEAD_BYTES = 16_384
_FIRST_FACT = re.compile(rb"^[ \t]*\[\[", re.MULTILINE)


def read_head(path: Path) -> Head:
    """Return the source and the market of a report; raise CatalogError if the file is not a report.

    A file that does not begin with its source and its market is read in full.
    """
    report = _without_facts(path) or read_report(path)
    return Head(report.source, report.market)


def _without_facts(path: Path) -> Report | None:
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD_BYTES)
        fact = _FIRST_FACT.search(start)
        return parse_report(start[: fact.start()], path.name) if fact else None
    except (OSError, CatalogError):
        return None
