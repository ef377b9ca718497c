"""The cells of a table as text, as its file shows them, from CSV or from a worksheet."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from markets.errors import Unreadable
from markets.importing.reading import limits
from markets.importing.reading.encodings import decoded

ENDINGS: Final = (".csv", ".tsv", ".xlsx", ".xlsm")
_MOST_ROWS: Final = 100_000
_MOST_COLUMNS: Final = 300
_SNIFFED: Final = 20_000
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True)
class Grid:
    """The rows of a table. Row 1 of the file is `rows[0]`; each has as many cells as it needs."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    has_decimal_comma: bool = False


def read_grid(path: Path, sheet: str = "") -> Grid:
    """Read a CSV file, or a sheet of a workbook (default: the first one that is not empty).

    Raises Unreadable, with a sentence for the user.
    """
    try:
        if path.stat().st_size > limits.BYTES:
            raise Unreadable(f"{path.name} is larger than {limits.BYTES // limits.MB} MB.")
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return _workbook(path, sheet)
        return _csv(path.read_bytes(), path.name)
    except FileNotFoundError:
        raise Unreadable(f'No file is called "{path}".') from None
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from error


def _csv(content: bytes, name: str) -> Grid:
    text = decoded(content).characters
    delimiter = max(_DELIMITERS, key=text[:_SNIFFED].count)
    try:
        rows = _bounded(name, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(f"{name} is not a table: {error}.") from error
    return Grid(name, rows, has_decimal_comma=delimiter == ";")


def _workbook(path: Path, sheet: str) -> Grid:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unreadable(f"{path.name} is not a workbook that can be read.") from error
    try:
        if sheet and sheet not in book.sheetnames:
            raise Unreadable(f'{path.name} has no sheet "{sheet}". It has {", ".join(book.sheetnames)}.')
        for name in [sheet] if sheet else book.sheetnames:
            worksheet = book[name]
            if hasattr(worksheet, "iter_rows"):
                rows = _bounded(name, ([_shown(cell) for cell in row] for row in worksheet.iter_rows()))
                if any(map(any, rows)):
                    return Grid(f"{path.name}, {name}", rows)
    finally:
        book.close()
    raise Unreadable(f"{path.name} has no cells with values.")


def _bounded(name: str, rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    kept: list[tuple[str, ...]] = []
    for row in rows:
        if len(kept) == _MOST_ROWS:
            raise Unreadable(f"{name} has more than {_MOST_ROWS:,} rows.")
        kept.append(tuple(cell.strip() for cell in row[:_MOST_COLUMNS]))
    return tuple(kept)


def _shown(cell: Any) -> str:
    """Return a cell's value as text, a number with the decimals that its format shows, if it fixes them."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if not isinstance(value, int | float):
        return str(value)
    number_format = str(cell.number_format or "").split(";")[0]
    percent = "%" in number_format
    number = value * 100 if percent else value
    decimals = _decimals(number_format)
    text = f"{number:.12g}" if decimals is None else f"{number:.{decimals}f}"
    return f"{text}%" if percent else text


def _decimals(number_format: str) -> int | None:
    """The decimals that a number format fixes, None for General and for formats of another kind."""
    whole, _, fraction = number_format.partition(".")
    if not set(whole) & {"0", "#"}:
        return None
    if "#" in fraction or "E" in number_format:
        return None
    return sum(character == "0" for character in fraction)
