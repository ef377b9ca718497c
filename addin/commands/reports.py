"""Commands for the user's own reports: start one, and check one."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from addin.commands.failures import AlreadyThere, Failed, Misused
from markets.catalogs import places
from markets.catalogs.folders import default_folder
from markets.errors import BadArgument, CatalogError
from markets.facts import Report
from markets.file_names import file_name
from markets.market import label
from markets.reports import parse_report, read_report
from markets.selection import parse_date
from markets.skeletons import skeleton


def add(
    name: Annotated[str, typer.Argument(help="Name of the market.")],
    publisher: Annotated[str, typer.Option(help="Publisher of the report.")] = "Publisher",
    title: Annotated[str, typer.Option(help="Title of the report.")] = "Title of the report",
    date: Annotated[str, typer.Option(help="Date of the edition, such as 2026-03-01. Default: today.")] = "",
    geography: Annotated[str, typer.Option(help="Place that the market covers.")] = "Global",
    currency: Annotated[str, typer.Option(help="Currency code of the sizes.")] = "USD",
    scale: Annotated[str, typer.Option(help="Scale of the sizes.")] = "million",
) -> None:
    """Write a template for your own report to your catalog folder."""
    day = date_option(date) if date else datetime.date.today()
    text = skeleton(name, publisher, title, day, geography, currency.upper(), scale.lower())
    report = parse_report(text.encode(), "The new report")  # refuses an unknown currency
    place = places.place()
    folder = place.folder if isinstance(place, places.FolderPlace) else default_folder()
    path = folder / file_name(f"{label(report.market)} {day}", ".toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise AlreadyThere(f"{path} already exists. Edit it, or move it first.") from error
    typer.echo(f"Wrote {path.resolve()}")
    if not isinstance(place, places.FolderPlace):
        typer.echo(f'When it is filled in, enter it in {place.described}: marketbook catalog load "{folder}"')


def validate(
    paths: Annotated[list[Path], typer.Argument(help="Report files (.toml), or folders of them.")],
) -> None:
    """Check report files, and print every problem."""
    invalid = 0
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    if not files:
        raise Failed(f"There is no report file (.toml) in {paths[0]}.")
    for path in files:
        try:
            facts = _count(read_report(path))
        except CatalogError as error:
            invalid += 1
            for problem in error.problems or (str(error),):
                typer.echo(f"{path}: {problem}")
        else:
            typer.echo(f"{path}: valid. {facts} {'fact' if facts == 1 else 'facts'}.")
    if invalid:
        raise Failed(f"{invalid} of {len(files)} {'file is' if len(files) == 1 else 'files are'} not valid.")


def date_option(text: str) -> datetime.date:
    """Return the date that an option gives; raise Misused for any other text."""
    try:
        return parse_date(text)
    except BadArgument as error:
        raise Misused(f'"{text}" is not a date such as 2026-03-01.') from error


def _count(report: Report) -> int:
    return len(report.facts)
