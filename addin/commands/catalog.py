"""Commands for the catalog itself: which one is in use, its database, its history, and corrections.

What needs a database is imported by the command that needs it, because SQLAlchemy loads slowly.
"""

import os
import re
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from addin.catalog_in_use import chosen
from addin.commands.corrections import Changes, the_edition
from addin.commands.failures import Failed, Misused
from addin.commands.histories import print_facts, print_history
from addin.commands.ledgers import ledger, who, workspace_of
from addin.commands.loading import load_folder
from addin.commands.signing import sign_in, sign_out
from markets.catalogs import places
from markets.catalogs.chosen import VARIABLE
from markets.catalogs.files import write_files
from markets.catalogs.ledgers import Ledger
from markets.catalogs.records import Record
from markets.errors import NotFound
from markets.facts import Subject
from markets.selection import Selection
from udfs.catalog import catalog

commands = typer.Typer(no_args_is_help=True, help="Choose, fill and correct the catalog of reports.")

_NAME = re.compile(r"(?P<name>.+?)(?: \((?P<place>[^()]+)\))?")

_Database = Annotated[
    str,
    typer.Argument(help="File, or postgresql://USER:PASSWORD@HOST/DATABASE. Default: the database in use."),
]
_NewDatabase = Annotated[
    str,
    typer.Argument(
        help="File, or postgresql://USER:PASSWORD@HOST/DATABASE. Default: a file in your data folder."
    ),
]
_Workspace = Annotated[str, typer.Option(help="Workspace. Default: the only one that you may change.")]
_MarketName = Annotated[str, typer.Argument(help="Name of the market; see 'marketbook markets'.")]
_Published = Annotated[
    str, typer.Option("--published", metavar="DATE", help="Date of the edition. Default: the latest.")
]
_Publisher = Annotated[str, typer.Option(help="Publisher. Default: all.")]
_In = Annotated[str, typer.Option("--workspace", help="Workspace of the edition. Default: all.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@commands.command("use")
def use(
    place: Annotated[
        str, typer.Argument(help='A folder, a database, the address of a server, or "default".')
    ],
) -> None:
    """Choose the catalog that functions and commands use from now on."""
    text = "" if place == "default" else place
    wanted = places.parsed(text)
    if isinstance(wanted, places.DatabasePlace):
        wanted.open()  # refuses one that cannot be used, before the present choice is gone
    for line in chosen(places.use(text)):
        typer.echo(line)
    if VARIABLE in os.environ:
        typer.echo(f"The variable {VARIABLE} is set, and beats this choice.", err=True)


@commands.command("status")
def status() -> None:
    """Show which catalog is in use, and as of when it answers."""
    for line in chosen(places.place()):
        typer.echo(line)


@commands.command("init")
def init(
    database: _NewDatabase = "",
    workspace: Annotated[str, typer.Option(help="Name of the workspace for your own reports.")] = "team",
) -> None:
    """Make a database with the bundled reports, and use it as the catalog."""
    place = _database(database or str(_default_database()))
    opened = place.database()
    from markets.catalogs.database import writing
    from markets.catalogs.database.bundled import load_bundled
    from markets.catalogs.database.schema import upgrade

    before, _ = upgrade(opened)
    load_bundled(opened, who())
    with opened.writing() as connection:
        writing.workspace(connection, workspace, make=True)
    typer.echo(f"{'The database was there before' if before else 'Made the database'}: {opened.name}.")
    for line in chosen(places.use(place.address)):
        typer.echo(line)
    typer.echo(f"To load a folder of reports, run: marketbook catalog load FOLDER --workspace {workspace}")


@commands.command("upgrade")
def upgrade_database(database: _Database = "") -> None:
    """Bring a database to the present schema, and the bundled reports to this version. No row is lost."""
    place = _database(database)
    opened = place.database()
    from markets.catalogs.database.bundled import load_bundled
    from markets.catalogs.database.schema import upgrade

    before, after = upgrade(opened)
    if not before:
        typer.echo(f"Made the database: {opened.name}.")
    else:
        typer.echo(f"{opened.name}: schema {before}{f' -> {after}' if after != before else ', as before'}.")
    changed = load_bundled(opened, who())
    typer.echo(f"Bundled reports that changed: {changed}.")


@commands.command("load")
def load(
    folder: Annotated[Path, typer.Argument(help="Folder of report files (.toml).")],
    workspace: _Workspace = "",
    why: Annotated[str, typer.Option(help="The reason, for the history. Default: the folder's name.")] = "",
) -> None:
    """Load the reports of a folder.

    Editions that are in the catalog are revised until they say what their files say.
    """
    kept = ledger()
    own = workspace_of(kept, workspace)
    loaded = load_folder(kept, own, folder, why or f"loaded from {folder.resolve().name}")
    typer.echo(f"{own}: {loaded}.")
    for problem in loaded.problems:
        typer.echo(f"Not loaded: {problem}", err=True)
    if loaded.problems:
        raise Failed(f"{len(loaded.problems)} of {loaded.count} files were not loaded.")


@commands.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write the report files to.")],
    workspace: _Workspace = "",
    force: Annotated[bool, typer.Option("--force", help="Replace files that say something else.")] = False,
) -> None:
    """Write the reports of a workspace as files that any Marketbook reads, without a database."""
    kept = ledger()
    count = write_files(folder, kept.every_edition(workspace_of(kept, workspace)), force=force)
    typer.echo(f"Wrote {count} report file{'' if count == 1 else 's'} to {folder.resolve()}")


@commands.command("history")
def show_history(
    market: _MarketName,
    facts: Annotated[
        bool, typer.Option("--facts", help="List the facts in force, with their numbers.")
    ] = False,
    published: _Published = "",
    publisher: _Publisher = "",
    workspace: _In = "",
    as_json: _Json = False,
) -> None:
    """Show who entered and corrected the figures of a market, when and why."""
    found = _editions(ledger(), market, publisher)
    if facts:
        print_facts(the_edition(found, published, workspace), as_json)
        return
    wanted = [the_edition(found, published, workspace)] if published else found
    own = [one for one in wanted if workspace in ("", one.workspace)]
    if not own:
        raise NotFound(f"There is no edition of this market in the workspace {workspace}.")
    print_history(own, as_json)


@commands.command("correct")
def correct(
    market: _MarketName,
    fact: Annotated[
        int, typer.Argument(help="Number of the fact; see 'marketbook catalog history --facts'.")
    ],
    why: Annotated[str, typer.Option(help="The reason. It is kept in the history.")],
    value: Annotated[str | None, typer.Option(help="Figure as printed, such as 8.6.")] = None,
    about: Annotated[str | None, typer.Option(help='Qualifier, such as "over".')] = None,
    year: Annotated[int | None, typer.Option(help="Year.")] = None,
    segment: Annotated[str | None, typer.Option(help="Segment, as the report names it.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of a player or an indicator.")] = None,
    at: Annotated[str | None, typer.Option(help="Place in the report.")] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="The report does not state this fact.")
    ] = False,
    seen: Annotated[
        int | None, typer.Option(help="Revision that you have seen. Default: the present one.")
    ] = None,
    published: _Published = "",
    publisher: _Publisher = "",
    workspace: _In = "",
) -> None:
    """Correct a fact that was entered wrongly. What it said before stays in the history."""
    fields = {"value": value, "about": about, "year": year, "segment": segment, "name": name, "at": at}
    changes = Changes(fields, withdraw)
    _refuse_blank(why)
    kept = ledger()
    edition = the_edition(_editions(kept, market, publisher), published, workspace)
    now, corrected = changes.of(edition, fact)
    number = kept.correct(edition.id, fact, now.number if seen is None else seen, corrected, why)
    typer.echo(changes.told(now, corrected, number))


@commands.command("withdraw")
def withdraw(
    market: _MarketName,
    why: Annotated[str, typer.Option(help="The reason. It is kept in the history.")],
    published: _Published = "",
    publisher: _Publisher = "",
    workspace: _In = "",
) -> None:
    """Withdraw an edition that should not have been entered. What it said stays in the history."""
    _refuse_blank(why)
    kept = ledger()
    edition = the_edition(_editions(kept, market, publisher), published, workspace)
    kept.withdraw(edition.id, why)
    told = f"{edition.heading.source}, workspace {edition.workspace}"
    typer.echo(f"Withdrawn: {told}. It can be entered again.")


commands.command("sign-in")(sign_in)
commands.command("sign-out")(sign_out)


def _editions(kept: Ledger, market: str, publisher: str) -> list[Record]:
    """The editions of a market with their histories, of one publisher or of all. Raises NotFound.

    Those of a market that is withdrawn are found by its name as it was.
    """
    try:
        found = kept.editions(catalog().market(market).subject)
    except NotFound:
        called = _NAME.fullmatch(market.strip())
        name, geography = (called["name"], called["place"]) if called else (market, None)
        found = kept.editions(Subject(name, "", "", geography or "Global"))
        if not found:
            raise
    wanted = Selection(publisher)
    own = [one for one in found if wanted.takes(one.heading.source.publisher, one.heading.source.date)]
    if found and not own:
        known = ", ".join(dict.fromkeys(one.heading.source.publisher for one in found))
        raise NotFound(f'No edition of this market is by "{publisher}". Publishers: {known}.')
    return own


def _refuse_blank(why: str) -> None:
    if not why.strip():
        raise Misused("Say why, for the history: --why REASON.")


def _database(address: str) -> places.DatabasePlace:
    """The database of an address, else the one in use. A file need not be there yet."""
    place = places.place() if not address else places.parsed(address)
    if isinstance(place, places.FolderPlace) and address and not place.folder.is_dir():
        place = places.parsed(f"sqlite:///{place.folder}")
    if not isinstance(place, places.DatabasePlace):
        raise Misused("This is not a database. Enter a file such as catalog.db, or postgresql://...")
    return place


def _default_database() -> Path:
    folder = platformdirs.user_data_path("marketbook", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "catalog.db"
