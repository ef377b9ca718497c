"""The commands that change workbooks which are there already: `refresh` and `freeze`."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from addin.commands.failures import AlreadyThere, Failed, Misused
from addin.libreoffice import Office
from addin.log import log_path, open_log
from markets.errors import MarketbookError
from udfs.values import CellError
from workbook.figures import Change
from workbook.freezing import freeze_file
from workbook.package import PackageError
from workbook.refresh import LeftAlone, Refreshed, refresh_file

WORKBOOKS = (".xlsx", ".xlsm")
_LISTED = 12


@dataclass(frozen=True)
class Wanted:
    """What is asked for each workbook; `named` are those that were named themselves, links followed."""

    market: str
    user_sheets: bool
    dry_run: bool
    named: frozenset[Path]


@dataclass(frozen=True)
class Outcome:
    """What became of one workbook: lines to print, or the sentence that says why not."""

    path: Path
    lines: tuple[str, ...] = ()
    failure: str = ""
    passed_over: bool = False


def refresh(
    books: Annotated[list[Path], typer.Argument(help="Workbooks (.xlsx, .xlsm), or folders of them.")],
    market: Annotated[str, typer.Option(help="The market, where a workbook does not say it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be; write nothing.")] = False,
    user_sheets: Annotated[
        bool, typer.Option(help="Bring formulas of your own sheets up to date too.", show_default=True)
    ] = True,
) -> None:
    """Make a workbook's report sheets anew, and leave every other byte as it is."""
    found = list({path.resolve(): path for path in _workbooks(books)}.values())
    if not found:
        raise Failed(f"There is no workbook in {', '.join(map(str, books))}.")
    asked = Wanted(market, user_sheets, dry_run, frozenset(path.resolve() for path in books))
    outcomes = list(_outcomes(found, asked))
    if passed_over := [outcome for outcome in outcomes if outcome.passed_over]:
        listed = ", ".join(str(outcome.path) for outcome in passed_over[:_LISTED])
        more = f" and {len(passed_over) - _LISTED} more" if len(passed_over) > _LISTED else ""
        typer.echo(f"Left alone, as without a market or converted to values: {listed}{more}.")
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed and len(found) > 1:
        raise Failed(f"Not refreshed: {len(failed)} of {len(found)}.")
    if failed:
        raise Failed(failed[0].failure)


def freeze(
    book: Annotated[Path, typer.Argument(help="The workbook.")],
    out: Annotated[Path, typer.Argument(help="The copy to write.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a copy in which Marketbook formulas are values, for people without Marketbook."""
    if out.suffix.lower() != book.suffix.lower():
        raise Misused(f"{out} must end in {book.suffix or 'nothing'}, as {book} does.")
    if out.exists() and out.samefile(book):
        raise Misused("A copy is written, so that the workbook stays: name another file.")
    if out.exists() and not force:
        raise AlreadyThere(f"{out} is already there: write --force to replace it.")
    frozen = freeze_file(book, out, _calculated)
    cells = sum(map(len, frozen.cells.values()))
    typer.echo(f"Wrote {out.resolve()}: {cells} formulas on {len(frozen.cells)} sheets are now values.")
    for line in _cells(
        "Cells of your own that show nothing until a program calculates them", frozen.valueless
    ):
        typer.echo(line)
    if frozen.names_left:
        typer.echo(f"Defined names that still call Marketbook: {', '.join(frozen.names_left)}.")
    if frozen.links_left:
        typer.echo("The link to the add-in is still in the file: break it in Excel under Data, Edit Links.")


def _workbooks(places: Iterable[Path]) -> Iterator[Path]:
    """Give the workbooks, folders searched through; not what Excel keeps beside an open one."""
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for path in sorted(place.rglob("*")):
            known = path.suffix.lower() in WORKBOOKS and not path.name.startswith(("~$", "."))
            if known and path.is_file():
                yield path


def _outcomes(paths: list[Path], wanted: Wanted) -> Iterator[Outcome]:
    """Give what became of each workbook, printed as it comes; several at once, a process a core."""
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
    try:
        done = refresh_file(
            path,
            wanted.market,
            user_sheets=wanted.user_sheets,
            calculate=_calculated,
            dry_run=wanted.dry_run,
        )
    except LeftAlone as error:
        passed_over = path.resolve() not in wanted.named
        return Outcome(path, failure="" if passed_over else f"{path}: {error}", passed_over=passed_over)
    except (MarketbookError, PackageError) as error:
        return Outcome(path, failure=f"{path}: {error}")
    except OSError as error:
        return Outcome(path, failure=f"{path}: {error.strerror or error}.")
    except Exception as error:  # one workbook must not keep the others from being refreshed
        open_log().exception("Refreshing %s", path)
        sentence = f"failed for a reason that nobody foresaw ({error}); see {log_path()}"
        return Outcome(path, failure=f"{path}: {sentence}")
    return Outcome(path, tuple(_summary(path, done, wanted.dry_run)))


def _calculated(path: Path) -> dict[tuple[str, str], float | str | bool | CellError]:
    """Return what LibreOffice calculates; it is looked for only where there is something to calculate."""
    with Office() as office:
        return office.recalculate(path)


def _summary(path: Path, done: Refreshed, dry_run: bool) -> Iterator[str]:
    verb = "would be" if dry_run else "are"
    counts = ((len(done.rebuilt), "rebuilt"), (len(done.added), "added"))
    sheets = [f"{count} sheets {verb} {what}" for count, what in counts if count]
    yield f"{path}: {done.market}, {done.unit}: {', '.join(sheets)}."
    for sheet, copy in done.kept_aside.items():
        yield f"  {sheet} had been typed into: its old state is on the sheet {copy}."
    for change in done.changes[:_LISTED]:
        yield f"  {_spelled(change)}"
    if len(done.changes) > _LISTED:
        yield f"  ... and {len(done.changes) - _LISTED} more, all on the Checks sheet."
    yield from _cells("Your own formulas brought up to date", done.users.updated)
    if done.users.problem:
        yield f"  Your own formulas were not calculated: {done.users.problem}"
    yield from _cells("Cells of your own that may show an old value", done.users.stale)


def _cells(title: str, cells: dict[str, list[str]]) -> Iterator[str]:
    for sheet, places in cells.items():
        more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
        yield f"  {title}: {sheet}!{', '.join(places[:_LISTED])}{more}."


def _spelled(change: Change) -> str:
    old, new = (_value(value, change.look) for value in (change.old, change.new))
    return f"{change.what}: {old} -> {new}" + (f" ({change.source})" if change.source else "")


def _value(value: float | str | None, look: str) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return value
    return f"{value:.2%}" if look.startswith("Percent") else f"{value:,.6g}"
