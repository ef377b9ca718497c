"""The command that reads reports and tables into the catalog: `import`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Failed
from addin.commands.keepers import Keeper, keeper
from addin.commands.read_files import UNKNOWN, Read, read_table, read_text
from addin.commands.reports import date_option
from addin.commands.review_table import print_review
from markets.errors import MarketbookError
from markets.facts import Report, Source
from markets.importing.tables.cells import ENDINGS
from markets.importing.tables.rows import Told
from markets.market import label


def import_report(
    files: Annotated[
        list[str],
        typer.Argument(help='Reports: text, HTML or PDF. Or tables: .csv, .xlsx. "-" is standard input.'),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Keep what is sure without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what was found. Keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    market: Annotated[str, typer.Option(help="Name of the market. Default: as in the file.")] = "",
    geography: Annotated[str, typer.Option(help="Place that it covers. Default: as in the file.")] = "",
    publisher: Annotated[str, typer.Option(help="Publisher. Default: as in the file.")] = "",
    title: Annotated[str, typer.Option(help="Title of the report. Default: as in the file.")] = "",
    date: Annotated[str, typer.Option(help="Date, such as 2026-03-01. Default: as in the file.")] = "",
    url: Annotated[str, typer.Option(help="Web address. Default: as in the file.")] = "",
    undated: Annotated[
        int | None, typer.Option(help="Year of shares that a text states without one. Default: not kept.")
    ] = None,
    unit: Annotated[str, typer.Option(help="Unit of sizes in a table without one, e.g. USD million.")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook. Default: the first with cells.")] = "",
    workspace: Annotated[
        str,
        typer.Option(help="Workspace of a database or server. Default: the only one that you may change."),
    ] = "",
) -> None:
    """Read reports into your catalog, after showing what was found.

    What a file does not state clearly is listed with the reason, and is not kept.
    """
    told = Told(market, geography, publisher, title, date_option(date) if date else None, url, unit)
    importing = _Import(told, sheet, undated, yes, dry_run, as_json, workspace)
    if len(files) == 1:
        importing.one(files[0])
    else:
        importing.each(files)


@dataclass(frozen=True)
class _Import:
    """What the user says about the files, and what to do with what is found in them."""

    told: Told
    sheet: str
    undated: int | None
    yes: bool
    dry_run: bool
    as_json: bool
    workspace: str

    def one(self, file: str) -> None:
        """Read a file, print what was found, and keep it if that is wanted."""
        read = self._read(file)
        if self.as_json:
            _print_json(read.as_json)
        self._finish(read, file)

    def each(self, files: Sequence[str]) -> None:
        """Import files one by one. One that cannot be imported does not keep the others from it."""
        objects, failed = [], 0
        for file in files:
            typer.echo(f"\n{file}", err=self.as_json)
            try:
                read = self._read(file)
                objects.append({"file": file, **read.as_json})
                self._finish(read, file)
            except MarketbookError as error:
                typer.echo(str(error), err=True)
                failed += 1
        if self.as_json:
            _print_json(objects)
        if failed:
            raise Failed(f"{failed} of {len(files)} files could not be imported.")

    def _read(self, file: str) -> Read:
        if Path(file).suffix.lower() in ENDINGS:
            return read_table(Path(file), self.sheet, self.told)
        return read_text(file, self.told, self.undated)

    def _finish(self, read: Read, file: str) -> None:
        if not self.as_json:
            _print(read)
        if not read.drafts and not (self.as_json and self.dry_run):
            raise Failed(" ".join(read.remarks))
        for remark in read.remarks if self.as_json else ():
            typer.echo(remark, err=True)
        if not self.dry_run:
            _keep_if_wanted(keeper(self.workspace), read, file, self.yes, quiet=self.as_json)


def _print_json(shown: object) -> None:
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def _print(read: Read) -> None:
    for remark in read.remarks if read.drafts else ():
        typer.echo(remark)
    for one, found in zip(read.drafts, read.findings, strict=True):
        print_review(one, found, _missing(one.report.source))


def _missing(source: Source) -> list[str]:
    """What neither the file nor the user says about the edition."""
    return [name for name in ("publisher", "date") if getattr(source, name) == getattr(UNKNOWN, name)]


def _keep_if_wanted(keeping: Keeper, read: Read, file: str, yes: bool, quiet: bool) -> None:
    if known := keeping.earlier(read.mark):
        typer.echo(f"This was imported before, into {known}. Nothing was changed.", err=quiet)
        return
    kept = [one.report for one in read.drafts if one.report.facts]
    if not kept:
        raise Failed("Nothing was kept, because no fact is sure.")
    if missing := _missing(kept[0].source):
        options = " and ".join(f"--{name}" for name in missing)
        raise Failed(f"Nothing was kept. The text does not state its {' and '.join(missing)}. Use {options}.")
    if not yes and not _agreed(kept):
        typer.echo("Nothing was kept.", err=quiet)
        return
    for report in kept:
        keeping.refuse(report)  # an edition that is there, before any is written
    for report in kept:
        place = keeping.keep(report, file, read.mark)
        typer.echo(f"{_facts(report)} kept in {place}", err=quiet)
    typer.echo(f'To use it, type in a cell: =MARKET_SIZE("{label(kept[0].market)}")', err=quiet)


def _agreed(reports: list[Report]) -> bool:
    """Ask. Without a terminal to ask at, nothing is kept."""
    if not sys.stdin.isatty():
        raise Failed("Nothing was kept. Use --yes to keep what is sure.")
    names = ", ".join(f"{_facts(report)} of {label(report.market)}" for report in reports)
    return typer.confirm(f"Keep {names}?")


def _facts(report: Report) -> str:
    count = len(report.facts)
    return f"{count} fact{'' if count == 1 else 's'}"
