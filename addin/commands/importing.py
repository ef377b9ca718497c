"""The command that reads a report or a table into the catalog: `import`."""

import datetime
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import Failed
from addin.commands.reports import parse_date
from addin.commands.review_table import print_review
from markets.catalogs.folders import user_folder
from markets.errors import NotFound
from markets.facts import Report, Source
from markets.importing.claims import Claims, SubjectClaim
from markets.importing.documents import Document, Place
from markets.importing.drafts import Draft, draft
from markets.importing.editions import edition
from markets.importing.extraction import extract
from markets.importing.keeping import fingerprint, keep, kept_before
from markets.importing.plain_json import plain, plain_findings
from markets.importing.reading import read_document, read_stream
from markets.importing.review import Finding, findings
from markets.importing.subjects import other_markets
from markets.importing.tables.cells import ENDINGS, read_grid
from markets.importing.tables.columns import find_table
from markets.importing.tables.rows import Told, drafts
from markets.market import Market, label
from markets.selection import Selection
from udfs.catalog import catalog

_STANDARD_INPUT = "-"
_MOST_BYTES = 50_000_001
_UNKNOWN = Source("?", "", datetime.date.min)


@dataclass(frozen=True)
class _Read:
    """What a file holds: its drafts, remarks about reading it, its mark, and it all as plain objects."""

    drafts: list[Draft]
    remarks: tuple[str, ...]
    mark: str
    as_json: object


def import_report(
    file: Annotated[
        str,
        typer.Argument(help='Report: text, HTML or PDF. Or a table: .csv, .xlsx. "-" reads standard input.'),
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
) -> None:
    """Read a report into your catalog, after showing what was found.

    What the file does not state clearly is listed with the reason, and is not kept.
    """
    told = Told(market, geography, publisher, title, parse_date(date) if date else None, url, unit)
    is_table = Path(file).suffix.lower() in ENDINGS
    read = _read_table(Path(file), sheet, told) if is_table else _read_text(file, told, undated)
    _print(read, as_json)
    if not read.drafts and not (as_json and dry_run):
        raise Failed(" ".join(read.remarks))
    if not dry_run:
        _keep_if_wanted(read, file, yes, quiet=as_json)


def _print(read: _Read, as_json: bool) -> None:
    """Print the review, or the object; then the remarks go to standard error."""
    if as_json:
        typer.echo(json.dumps(read.as_json, ensure_ascii=False, indent=1))
    for remark in read.remarks if as_json or read.drafts else ():
        typer.echo(remark, err=as_json)
    for one in read.drafts if not as_json else ():
        print_review(one, _findings(one), _missing(one.report.source))


def _read_text(file: str, told: Told, undated: int | None) -> _Read:
    document = _document(file)
    found = extract(document)
    subject = _subject(found, told)
    if subject is None:
        return _Read([], (_no_market(found),), fingerprint(document), plain(found, ()))
    claims = replace(found, subject=subject)
    one = draft(claims, subject, _source(document, subject, told), undated)
    remarks = (*document.remarks, *_left_out(other_markets(document, subject)))
    return _Read([one], remarks, fingerprint(document), plain(claims, _findings(one)))


def _left_out(names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"The text also has figures of other markets, which are left out: {', '.join(names)}."


def _document(file: str) -> Document:
    if file == _STANDARD_INPUT:
        return read_stream(sys.stdin.buffer.read(_MOST_BYTES), "standard input")
    return read_document(Path(file))


def _subject(claims: Claims, told: Told) -> SubjectClaim | None:
    """Return the market that the user or the text names, None if neither does."""
    found = claims.subject
    if told.market:
        found = SubjectClaim(place=Place(0, 0, 0), words="", name=told.market)
    return replace(found, geography=told.geography) if found and told.geography else found


def _no_market(claims: Claims) -> str:
    counted = ", ".join(_counted(claims)) or "no figure of a market"
    return f"The text names no market. It has {counted}. To name the market, use --market."


def _counted(claims: Claims) -> Iterator[str]:
    kinds = {"size": claims.sizes, "CAGR": claims.cagrs, "share": claims.shares, "player": claims.players}
    for kind, found in kinds.items():
        if found:
            yield f"{len(found)} {kind}{'' if len(found) == 1 else 's'}"


def _source(document: Document, subject: SubjectClaim, told: Told) -> Source:
    """The edition, as the user or the text states it; blank where neither does."""
    stated = edition(document)
    return Source(
        told.publisher or stated.publisher or _UNKNOWN.publisher,
        told.title or stated.title or f"{subject.name} Market",
        told.date or stated.date or _UNKNOWN.date,
        document.author,
        told.url or document.url,
    )


def _read_table(path: Path, sheet: str, told: Told) -> _Read:
    table = find_table(read_grid(path, sheet))
    made = drafts(table, told)
    remarks = (f"{table.grid.name}, row {table.header}:", *(f"  {column}." for column in table.columns))
    objects = {
        "columns": list(map(str, table.columns)),
        "reports": [plain_findings(d, _findings(d)) for d in made],
    }
    return _Read(made, remarks, fingerprint(table.grid.rows), objects)


def _findings(one: Draft) -> list[Finding]:
    return findings(one, _earlier(one.report))


def _earlier(report: Report) -> Market | None:
    """Return the market as the same publisher's newest edition in the catalog has it."""
    try:
        return catalog().market(label(report.market), Selection(source=report.source.publisher))
    except NotFound:
        return None


def _missing(source: Source) -> list[str]:
    """What neither the file nor the user says about the edition."""
    return [name for name in ("publisher", "date") if getattr(source, name) == getattr(_UNKNOWN, name)]


def _keep_if_wanted(read: _Read, file: str, yes: bool, quiet: bool) -> None:
    if known := kept_before(user_folder(), read.mark):
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
        path = keep(user_folder(), report, file, read.mark)
        typer.echo(f"{_facts(report)} kept in {path.resolve()}", err=quiet)
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
