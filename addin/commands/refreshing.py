"""The commands that change existing workbooks: `refresh` and `freeze`."""

import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from addin.backups import drop_old_backups, save_backup
from addin.commands.failures import Failed, Misused, refuse_output
from addin.commands.removing import consequences
from addin.libreoffice import Office
from addin.log import log_path, open_log
from addin.telling import LISTED, told_of_change, told_of_edits
from markets.errors import MarketbookError
from udfs.values import CellError
from workbook.freezing import Converted, freeze_file
from workbook.package import Package, PackageError
from workbook.refresh import Refreshed, has_report_sheets, is_converted, refresh_file
from workbook.refusals import Skipped

WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Wanted:
    """The request for each workbook. `named` are the workbooks named on the command line, resolved."""

    market: str
    sheets: tuple[str, ...] | None
    add: bool
    user_sheets: bool
    dry_run: bool
    named: frozenset[Path]


@dataclass(frozen=True)
class Outcome:
    """The result for one workbook: lines to print, or the message of the failure."""

    path: Path
    lines: tuple[str, ...] = ()
    failure: str = ""
    skipped: bool = False


def refresh(
    books: Annotated[list[Path], typer.Argument(help="Workbooks (.xlsx, .xlsm), or folders of them.")],
    market: Annotated[str, typer.Option(help="Market to use if a workbook does not name one.")] = "",
    sheets: Annotated[
        str,
        typer.Option(
            help='The only report sheets that you want, e.g. "Overview,Forecast", or "all". '
            "The workbook remembers them."
        ),
    ] = "",
    add: Annotated[
        bool, typer.Option("--add", help="Add the report sheets to workbooks that have none.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="With --add: do not ask for confirmation.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes without writing them.")
    ] = False,
    user_sheets: Annotated[
        bool, typer.Option(help="Also update formulas on your own sheets.", show_default=True)
    ] = True,
) -> None:
    """Rebuild a workbook's report sheets, and leave every other byte unchanged.

    Workbooks without report sheets are skipped, unless you add the sheets with --add and --market.
    """
    if add and not market:
        raise Misused("--add needs a market. Choose one with --market")
    found = list({path.resolve(): path for path in _workbooks(books)}.values())
    if not found:
        raise Failed(f"No workbooks found in {', '.join(map(str, books))}.")
    if add and not dry_run:
        _confirm_adding(found, yes)
    titles = tuple(title.strip() for title in sheets.split(",")) if sheets else None
    if (add or titles) and not dry_run:
        drop_old_backups()
    asked = Wanted(market, titles, add, user_sheets, dry_run, frozenset(path.resolve() for path in books))
    outcomes = list(_outcomes(found, asked))
    if skipped := [outcome for outcome in outcomes if outcome.skipped]:
        listed = _some([str(outcome.path) for outcome in skipped])
        typer.echo(f"Skipped (no Marketbook sheets, or converted to values): {listed}.")
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed and len(found) > 1:
        raise Failed(f"{len(failed)} of {len(found)} workbooks could not be refreshed.")
    if failed:
        raise Failed(failed[0].failure)


def freeze(
    book: Annotated[Path, typer.Argument(help="Workbook to copy.")],
    out: Annotated[Path, typer.Argument(help="Copy to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a copy in which Marketbook formulas are values, for people without Marketbook."""
    if out.suffix.lower() != book.suffix.lower():
        raise Misused(f"{out} must have the same extension as {book}.")
    if out.exists() and out.samefile(book):
        raise Misused("The copy needs a different name than the workbook.")
    refuse_output(out, force=force)
    with _Calculator() as calculate:
        frozen = freeze_file(book, out, calculate)
    cells = sum(map(len, frozen.cells.values()))
    counted = f"{_count(cells, 'formula')} on {_count(len(frozen.cells), 'sheet')}"
    typer.echo(f"Wrote {out.resolve()}. {counted} replaced with values.")
    for line in _told(frozen):
        typer.echo(line)
    for line in _cells("Your own cells that are blank until they are calculated", frozen.valueless):
        typer.echo(line)
    if frozen.names_left:
        typer.echo(f"Defined names that still call Marketbook: {', '.join(frozen.names_left)}.")
    if frozen.rules_left:
        typer.echo(f"Still calling Marketbook: {_some(frozen.rules_left)}.")
    if frozen.links_left:
        typer.echo("The file still links to the add-in. In Excel, use Data, Edit Links to break the link.")


def _told(frozen: Converted) -> Iterator[str]:
    """Yield what a reader of the copy may ask about."""
    for cells, what in (
        (frozen.errors, "show an error"),
        (frozen.blank, "are blank because the source does not state the figure"),
    ):
        places = [f"{sheet}!{place}" for sheet, found in cells.items() for place in found]
        if len(places) == 1:
            what = what.replace("are ", "is ").replace("show ", "shows ")
        if places:
            yield f"{_count(len(places), 'cell')} {what}: {_some(places)}."
    if frozen.outdated:
        yield f"The workbook was not up to date: {frozen.outdated}"


def _confirm_adding(paths: list[Path], yes: bool) -> None:
    """Ask before report sheets are added to more than one workbook."""
    bare = [path for path in paths if _is_bare(path)]
    if yes or len(bare) < 2:
        return
    if not sys.stdin.isatty():
        raise Misused(f"Report sheets would be added to {len(bare)} workbooks. Use --yes to confirm")
    for path in bare[:LISTED]:
        typer.echo(f"  {path}")
    if len(bare) > LISTED:
        typer.echo(f"  ... and {len(bare) - LISTED} more.")
    typer.confirm(f"Add report sheets to these {len(bare)} workbooks?", abort=True)


def _is_bare(path: Path) -> bool:
    """Return whether a workbook would get report sheets. If it cannot be read, the refresh will say why."""
    try:
        with Package.open(path) as package:
            return not has_report_sheets(package) and not is_converted(package)
    except PackageError:
        return False


def _workbooks(places: Iterable[Path]) -> Iterator[Path]:
    """Yield the workbooks, including those in folders, but not the temporary files of open ones."""
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for path in sorted(place.rglob("*")):
            known = path.suffix.lower() in WORKBOOKS and not path.name.startswith(("~$", "."))
            if known and path.is_file():
                yield path


def _outcomes(paths: list[Path], wanted: Wanted) -> Iterator[Outcome]:
    """Yield the result for each workbook, and print it; several in parallel, one process per core."""
    if len(paths) == 1:
        outcome = _refreshed(paths[0], wanted)
        _print(outcome)
        yield outcome
        return
    columns = (TextColumn("Refreshing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(*columns, console=console, transient=True) as bar, _pool(len(paths)) as pool:
        task = bar.add_task("", total=len(paths))
        waiting: list[Future[Outcome]] = [pool.submit(_refreshed, path, wanted) for path in paths]
        for future in as_completed(waiting):
            outcome = future.result()
            _print(outcome)
            if outcome.failure:
                typer.echo(outcome.failure, err=True)
            bar.advance(task)
            yield outcome


def _pool(books: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=min(books, os.cpu_count() or 1))


def _print(outcome: Outcome) -> None:
    for line in outcome.lines:
        typer.echo(line)


def _refreshed(path: Path, wanted: Wanted) -> Outcome:
    backups: list[Path] = []
    try:
        with _Calculator() as calculate:
            done = refresh_file(
                path,
                wanted.market,
                sheets=wanted.sheets,
                add=wanted.add,
                user_sheets=wanted.user_sheets,
                calculate=calculate,
                dry_run=wanted.dry_run,
                back_up=lambda book: backups.append(save_backup(book)),
            )
    except Skipped as error:
        skipped = path.resolve() not in wanted.named
        return Outcome(path, failure="" if skipped else f"{path}: {error}", skipped=skipped)
    except (MarketbookError, PackageError) as error:
        return Outcome(path, failure=f"{path}: {error}")
    except OSError as error:
        return Outcome(path, failure=f"{path}: {error.strerror or error}.")
    except Exception as error:  # one workbook must not stop the others
        open_log().exception("Refreshing %s", path)
        return Outcome(path, failure=f"{path}: Unexpected error; see the log ({log_path()}): {error}")
    kept = [f"  A backup was saved as {backup}." for backup in backups]
    return Outcome(path, (*_summary(path, done, wanted.dry_run), *kept))


class _Calculator:
    """LibreOffice, which is started only if something is to be calculated, and then used for all of it."""

    def __init__(self) -> None:
        self._running = ExitStack()
        self._office: Office | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def __call__(self, path: Path) -> dict[tuple[str, str], float | str | bool | CellError]:
        """Return the values of a workbook's formula cells. Raises OfficeError."""
        if self._office is None:
            self._office = self._running.enter_context(Office())
        return self._office.recalculate(path)


def _summary(path: Path, done: Refreshed, dry_run: bool) -> Iterator[str]:
    be = "to be " if dry_run else ""
    counts = ((len(done.rebuilt), f"{be}rebuilt"), (len(done.added), f"{be}added"))
    sheets = [f"{_count(count, 'sheet')} {what}" for count, what in counts if count]
    yield f"{path}: {done.market}, {done.unit}: {', '.join(sheets)}."
    if done.refused:
        yield f"  The figures are errors, because your assumptions are refused: {done.refused}"
    if done.removed.sheets:
        yield f"  Report sheets {be}removed: {', '.join(done.removed.sheets)}."
    yield from consequences(done.removed)
    if done.wanted.needed:
        yield f"  Other report sheets refer to these: {', '.join(done.wanted.needed)}."
    if done.wanted.deleted:
        deleted = ", ".join(done.wanted.deleted)
        yield f"  You deleted these sheets: {deleted}. To add them again, use --sheets all."
    for kept in done.kept_aside:
        yield from (f"  {line}" for line in told_of_edits(kept))
    for change in done.changes[:LISTED]:
        yield f"  {told_of_change(change)}"
    if len(done.changes) > LISTED:
        yield f"  ... and {len(done.changes) - LISTED} more. The Checks sheet lists all of them."
    yield from _cells(
        f"Your own formulas that {'would be' if dry_run else 'were'} updated", done.users.updated
    )
    if done.users.problem:
        yield f"  Your own formulas were not updated: {done.users.problem}"
    yield from _cells("Your own cells that may show an old value", done.users.stale)
    if done.lost:
        listed = ", ".join(done.lost[:LISTED]) + (
            f" and {len(done.lost) - LISTED} more" if len(done.lost) > LISTED else ""
        )
        yield f"  These refer to cells that have moved or gone, and could not follow: {listed}."


def _cells(title: str, cells: dict[str, list[str]]) -> Iterator[str]:
    for sheet, places in cells.items():
        yield f"  {title}: {sheet}!{_some(places)}."


def _some(items: list[str]) -> str:
    """Return the first few items of a list as text, and how many more there are."""
    more = f" and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return f"{', '.join(items[:LISTED])}{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
