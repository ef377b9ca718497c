"""The review of an import as a table on the terminal: each figure beside the words that it comes from."""

from collections import Counter
from collections.abc import Sequence

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from markets.checks import checks
from markets.importing.drafts import Draft
from markets.importing.review import Finding, State
from markets.market import Market, label
from markets.verdicts import Level
from workbook.spelling import expected

_WIDTH = 160


def print_review(draft: Draft, findings: Sequence[Finding], missing: Sequence[str]) -> None:
    """Print what was found in a report, what it does not say of its edition, and what does not fit."""
    report = draft.report
    stated = [str(getattr(report.source, name)) for name in ("publisher", "date") if name not in missing]
    typer.echo(f"\n{label(report.market)}, {report.market.unit}")
    typer.echo(", ".join([report.source.title, *stated, *(f"{name} not stated" for name in missing)]))
    table = Table("", "kind", "about", "years", "stated", "words", box=box.SIMPLE_HEAD, pad_edge=False)
    for finding in findings:
        row = finding.row
        words = f"{finding.remark} {row.words or row.at}" if finding.remark else row.words or row.at
        table.add_row(str(finding.state), row.kind, row.about, row.years, row.stated, words)
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=_WIDTH)
    console.print(table)
    counts = Counter(finding.state for finding in findings)
    typer.echo(", ".join(f"{counts[state]} {state}" for state in State if counts[state]) + ".")
    market = Market(report)
    for check in checks(market):
        if check.level in (Level.WARNING, Level.ERROR):
            other = expected(check, market.unit)
            typer.echo(f"{check.level}: {check.what}: {check.printed}, compared with {other}.")
