"""`make comparison`: what openpyxl's load and save loses of real workbooks, and what a refresh loses.

Writes docs/comparison.md, a line a file of ../shared/workbooks.
"""

import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from tests.conftest import SEED, SHARED
from workbook.package import Package, PackageError
from workbook.refresh import refresh_file

OUT = Path(__file__).parents[1] / "docs" / "comparison.md"
_HEAD = """# What is lost

**A refresh lost {lost_too_in_words} of any of {files} real workbooks.** It wrote {written_too} of them, and
refused {refused_too} with a reason. openpyxl {version} loaded and saved {written}, and lost at least one part
of {lossy}.

| of {parts} parts | lost | changed |
|---|---:|---:|
| openpyxl | {lost} | {changed} |
| refresh | {lost_too} | {changed_too} |

A refresh changed at most {most} parts of a file: content types, the workbook part, its relationships and
styles. Those have to change when sheets are added.

Each workbook was given report sheets once by `marketbook refresh --add --market`, and was once loaded and
saved by openpyxl (rich text, links and macros kept). *Lost* are parts that are gone; *changed* are parts
whose bytes are others. A sentence stands where nothing was written. It was made by `make comparison`.

| workbook | parts | openpyxl: lost | changed | refresh: lost | changed |
|---|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True)
class Fate:
    """What became of a file's parts; or, in `refused`, why nothing was written."""

    lost: int = 0
    changed: int = 0
    refused: str = ""


def main() -> None:
    """Compare every file, and write the table."""
    if not (SHARED / "workbooks").is_dir():
        sys.exit("The workbooks to compare are not in ../shared/workbooks.")
    books = sorted(path for path in (SHARED / "workbooks").iterdir() if path.suffix != ".md")
    rows = [(path.name, *_compared(path)) for path in books]
    counted = [row for row in rows if row[1]]
    totals = {
        "files": len(rows),
        "version": openpyxl.__version__,
        "written": sum(not row[2].refused for row in rows),
        "written_too": sum(not row[3].refused for row in rows),
        "refused_too": sum(bool(row[3].refused) for row in rows),
        "lossy": sum(row[2].lost > 0 for row in rows),
        "most": max(row[3].changed for row in rows),
        "parts": sum(row[1] for row in counted),
        "lost": sum(row[2].lost for row in counted),
        "changed": sum(row[2].changed for row in counted),
        "lost_too": sum(row[3].lost for row in counted),
        "changed_too": sum(row[3].changed for row in counted),
    }
    totals["lost_too_in_words"] = f"{totals['lost_too'] or 'no'} part{'s' * (totals['lost_too'] > 1)}"
    lines = [
        f"| {name} | {parts or ''} | {_cells(one)} | {_cells(other)} |" for name, parts, one, other in rows
    ]
    OUT.write_text(_HEAD.format(**totals) + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"Wrote {OUT}")


def _compared(path: Path) -> tuple[int, Fate, Fate]:
    try:
        before = _parts(path)
    except PackageError as error:
        before = {}
        refused = str(error)
    with tempfile.TemporaryDirectory() as folder:
        one = _fate(path, before, Path(folder) / f"one{path.suffix}", _by_openpyxl)
        other = _fate(path, before, Path(folder) / f"other{path.suffix}", _by_refresh)
    return len(before), one, other if before else Fate(refused=refused)


def _fate(path: Path, before: dict[str, bytes], copy: Path, change: Callable[[Path], None]) -> Fate:
    copy.write_bytes(path.read_bytes())
    try:
        change(copy)
        after = _parts(copy)
    except Exception as error:  # openpyxl's failures are of many kinds
        return Fate(refused=(str(error) or type(error).__name__).splitlines()[0])
    return Fate(
        lost=sum(part not in after for part in before),
        changed=sum(part in after and after[part] != content for part, content in before.items()),
    )


def _by_openpyxl(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        macros = path.suffix.lower() in (".xlsm", ".xlam")
        book = openpyxl.load_workbook(path, rich_text=True, keep_links=True, keep_vba=macros)
        book.save(path)


def _by_refresh(path: Path) -> None:
    refresh_file(path, SEED)


def _parts(path: Path) -> dict[str, bytes]:
    with Package.open(path) as package:
        return {name.casefold(): package[name] for name in package}


def _cells(fate: Fate) -> str:
    if fate.refused:
        return f"{fate.refused.replace('|', ' ')[:120]} | "
    return f"{fate.lost} | {fate.changed}"


if __name__ == "__main__":
    main()
