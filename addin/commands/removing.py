"""The command that takes Marketbook out of a workbook: `remove`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from addin.backups import drop_old_backups, save_backup
from addin.telling import told_of_formula
from workbook.package import Removed
from workbook.removal import TakenOut, remove_file


def remove(
    book: Annotated[Path, typer.Argument(help="Workbook (.xlsx, .xlsm).")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be removed without writing it.")
    ] = False,
) -> None:
    """Remove Marketbook's sheets from a workbook. Your formulas that use them become values.

    A formula that follows the date or other cells as well stays, with values in place of the cells of
    Marketbook's sheets. A sheet of Marketbook that you edited stays, as values. A backup of the workbook
    is saved first.
    """
    backups: list[Path] = []
    if not dry_run:
        drop_old_backups()
    done = remove_file(book, dry_run=dry_run, back_up=lambda path: backups.append(save_backup(path)))
    for line in _summary(book, done, dry_run):
        typer.echo(line)
    for backup in backups:
        typer.echo(f"  A backup was saved as {backup}.")


def _summary(book: Path, done: TakenOut, dry_run: bool) -> Iterator[str]:
    names, be = done.removed.sheets, "to be " if dry_run else ""
    yield f"{book}: {len(names)} sheet{'' if len(names) == 1 else 's'} {be}removed: {', '.join(names)}."
    choices = (done.choices.market, done.choices.unit, done.choices.year)
    told = [f"{choice:g}" if isinstance(choice, float) else choice for choice in choices if choice]
    if told:
        yield f"  It was about {', '.join(told)}."
    yield from consequences(done.removed)


def consequences(removed: Removed) -> Iterator[str]:
    """Yield what a removal means for the user's own cells, names and charts, line by line."""
    for sheet in removed.kept:
        yield f"  {sheet} was edited. It stays, with values instead of formulas."
    for sheet, cells in removed.converted.items():
        for cell, formula in cells.items():
            fixed = cell in removed.fixed.get(sheet, ())
            now = "Now a value, which no longer follows other cells or the date" if fixed else "Now a value"
            yield f"  {now}: {sheet}!{cell}, which was {told_of_formula(formula)}"
    for sheet, valued in removed.valued.items():
        for cell, change in valued.items():
            new, old = told_of_formula(change.new), told_of_formula(change.old)
            yield f"  Now with values: {sheet}!{cell} is {new}, and was {old}"
    for name, text in removed.names.items():
        yield f"  Defined name removed: {name}, which was {told_of_formula(text)}"
    for rule in removed.rules:
        yield f"  Removed: {rule}"
    if removed.drawings:
        yield f"  Charts and text boxes that no longer change: on {', '.join(removed.drawings)}."
    for line in removed.left:
        yield f"  Still refers to a removed sheet: {line}"
