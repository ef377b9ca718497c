"""`make engines`: how many formulas of real workbooks LibreOffice and formualizer reproduce.

Each formula of ../shared/workbooks with a cached value is calculated by both, in a copy whose formulas
have another value, so that no engine can give back what it read. As in a refresh, formulas that no engine
can know (volatile ones, other workbooks, functions of add-ins) are constants there, and are only counted.
Writes docs/engines.md.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeAlias

import formualizer
from openpyxl.utils import FORMULAE
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import to_excel

from addin.libreoffice import Office, OfficeError
from tests.workbook.package.corpus import FILES, FOLDER
from udfs.values import CellError
from workbook.calibration import functions_in, reproduced
from workbook.package import (
    Content,
    Package,
    PackageError,
    set_cached_values,
    sheet_contents,
    with_constants,
    workbook_part,
)

OUT = Path(__file__).parents[2] / "docs" / "engines.md"
Key: TypeAlias = tuple[str, str]
Values: TypeAlias = Mapping[Key, Any]

_OTHER = -98765.25
"""The value that formulas get before they are calculated."""
_VOLATILE = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO"})
_OTHER_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!|'[^']*\[[^']*'!")
_ERRORS = {
    f"{name[0].upper()}{name[1:]}": CellError(value)
    for name, value in {
        "div": "#DIV/0!",
        "na": "#N/A",
        "name": "#NAME?",
        "null": "#NULL!",
        "num": "#NUM!",
        "ref": "#REF!",
        "value": "#VALUE!",
    }.items()
}
_KINDS = ("others", "with tables", "with newer functions (_xlfn)")
_CUBES = frozenset({"CUBEMEMBER", "CUBEVALUE", "CUBESET", "CUBERANKEDMEMBER", "CUBESETCOUNT"})
_HEAD = """# Engines

Which program should calculate a user's formulas for a refresh? `make engines` asks two: LibreOffice 25.2 and
formualizer {formualizer} (a library in Rust, MIT or Apache). They calculate the formulas of {files} real
workbooks that have a cached value: {total} formulas in {books} workbooks. A formula is reproduced if the
result is the cached value: the same type, and numbers up to rounding. First, every formula gets another
value, so that no engine can give back what it read.

| formulas | in all | LibreOffice | formualizer | both | neither |
|---|---:|---:|---:|---:|---:|
{rows}

As in a refresh, formulas that no engine can know are constants with their cached values: {excluded}.

LibreOffice took {seconds_libreoffice:.0f} s (without its start, once for all), formualizer
{seconds_formualizer:.1f} s, cell by cell, as it refuses a workbook with one bad name as a whole.

{verdict}
"""
_VERDICT = """LibreOffice stays the engine, because it reproduces more: it knows tables, which formualizer's
loader drops. formualizer would spare an installation of LibreOffice and most of the time, so this is worth
asking again with its later versions. With either, a refresh updates only cells that the engine reproduced."""


def main() -> None:
    """Calculate every workbook with both engines, and write the table."""
    if not FILES:
        sys.exit("The workbooks are not in ../shared/workbooks.")
    counts: Counter[tuple[str, str]] = Counter()
    excluded, seconds, books = Counter[str](), Counter[str](), 0
    with Office() as office:
        engines: dict[str, Callable[[Path, list[Key]], Values]] = {
            "LibreOffice": lambda path, _: office.recalculate(path),
            "formualizer": _by_formualizer,
        }
        for name in FILES:
            cached = dict(_cached(FOLDER / name))
            plain = {key: cell for key, cell in cached.items() if not _unknowable(cell.formula or "")}
            excluded.update(filter(None, (_unknowable(cell.formula or "") for cell in cached.values())))
            if not plain:
                continue
            books += 1
            results = {}
            for engine, calculate in engines.items():
                started = perf_counter()
                results[engine] = _calculated(FOLDER / name, cached, plain, calculate)
                seconds[engine] += perf_counter() - started
            _count(counts, plain, results)
            print(f"{name}: {len(plain)} formulas")
    OUT.write_text(
        _HEAD.format(
            formualizer=version("formualizer"),
            files=len(FILES),
            total=counts["in all", "formulas"],
            books=books,
            rows="\n".join(_row(kind, counts) for kind in (*_KINDS, "in all")),
            excluded=", ".join(f"{count} {kind}" for kind, count in excluded.most_common()),
            seconds_libreoffice=seconds["LibreOffice"],
            seconds_formualizer=seconds["formualizer"],
            verdict=_VERDICT,
        ),
        encoding="utf-8",
    )
    print(f"Wrote {OUT}")


def _cached(path: Path) -> Iterator[tuple[Key, Content]]:
    """Yield the formula cells of a workbook that have a cached value."""
    try:
        with Package.open(path) as package:
            for sheet in workbook_part(package).sheets:
                if sheet.kind == "worksheet" and sheet.part:
                    for place, content in sheet_contents(package, sheet.name).items():
                        if content.formula is not None and content.value is not None:
                            yield (sheet.name, place), content
    except PackageError:
        return


def _calculated(
    path: Path,
    cached: Mapping[Key, Content],
    plain: Mapping[Key, Content],
    calculate: Callable[[Path, list[Key]], Values],
) -> Values:
    """Return what an engine calculates for the plain formulas; nothing if it fails on the workbook."""
    with TemporaryDirectory() as folder, Package.open(path) as package:
        for sheet in {sheet for sheet, _ in cached}:
            part = workbook_part(package).sheet(sheet).part or ""
            constant = {place for there, place in cached.keys() - plain.keys() if there == sheet}
            package.replace(part, with_constants(package[part], constant))
            asked = {place: _OTHER for there, place in plain if there == sheet}
            set_cached_values(package, sheet, asked)
        copy = Path(folder) / path.name
        copy.write_bytes(package.to_bytes())
        try:
            return calculate(copy, list(plain))
        except OfficeError as error:
            print(f"{path.name}: {error}")
        except Exception as error:  # formualizer's failures are of many kinds
            print(f"{path.name}: {str(error).splitlines()[0][:100]}")
    return {}


def _by_formualizer(path: Path, cells: list[Key]) -> Values:
    """Return the values of cells, asked for one by one: a workbook with one bad name fails as a whole."""
    book = formualizer.Workbook.from_bytes(path.read_bytes())
    found = {}
    for sheet, place in cells:
        try:
            found[sheet, place] = _value(book.evaluate_cell(sheet, *coordinate_to_tuple(place)))
        except Exception:
            continue
    return found


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _ERRORS.get(value.get("kind", ""))
    if isinstance(value, list):
        return _value(value[0][0])
    if isinstance(value, date | time | timedelta):
        return float(to_excel(value))
    if value is None:
        return 0.0
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _count(
    counts: Counter[tuple[str, str]], cached: Mapping[Key, Content], results: Mapping[str, Values]
) -> None:
    for key, content in cached.items():
        right = {engine for engine, values in results.items() if reproduced(content.value, values.get(key))}
        for kind in (_kind(content.formula or ""), "in all"):
            counts[kind, "formulas"] += 1
            counts[kind, "both" if len(right) == 2 else "neither" if not right else "one"] += 1
            for engine in right:
                counts[kind, engine] += 1


def _kind(formula: str) -> str:
    if "[" in formula:
        return "with tables"
    return "with newer functions (_xlfn)" if "_xlfn" in formula else "others"


def _unknowable(formula: str) -> str:
    """Return why no engine can reproduce a formula; blank if one can."""
    names = functions_in([formula])
    bare = {name.upper().removeprefix("_XLFN.").removeprefix("_XLWS.") for name in names}
    if _OTHER_BOOK.search(formula):
        return "with other workbooks"
    if bare & _VOLATILE:
        return "volatile"
    if bare & _CUBES or any(name.upper() not in FORMULAE and "_xlfn" not in name.lower() for name in names):
        return "with functions of add-ins or cubes"
    return ""


def _row(kind: str, counts: Counter[tuple[str, str]]) -> str:
    columns = ("formulas", "LibreOffice", "formualizer", "both", "neither")
    return f"| {kind} | {' | '.join(str(counts[kind, column]) for column in columns)} |"


if __name__ == "__main__":
    main()
