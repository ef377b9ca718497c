"""What no open workbook has is refused with a sentence, before anything is made of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from addin.web.refreshing.wire import Beside, Block, OpenedSheet, RefreshRequest
from markets.errors import BadArgument, shortened
from workbook.package import corners, sheet_referred_to
from workbook.record import RECORDS
from workbook.template import MARKS

_MOST_SHEETS: Final = 60
_MOST_TAKEN: Final = 500
_MOST_NAMES: Final = 2_000
_MOST_AREAS: Final = 20_000
_MOST_CELLS: Final = 400_000
_MOST_OBJECTS: Final = 10_000
_LONGEST_TEXT: Final = 32_767
_LONGEST_SHEET_NAME: Final = 31
_LONGEST_NAME: Final = 255

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\]+(?<!')")
_NAME = re.compile(rf"(?:{MARKS.prefix}|{MARKS.visible})[\w.\\?]*", re.IGNORECASE)
_CORNER = r"([A-Z]{1,3})([1-9][0-9]{0,6})"
_AREA = re.compile(rf"{_CORNER}(?::{_CORNER})?|[A-Z]{{1,3}}:[A-Z]{{1,3}}|[1-9][0-9]{{0,6}}:[1-9][0-9]{{0,6}}")
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


class Impossible(BadArgument):
    """A request that does not describe a workbook."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This is not what an open workbook has: {what}.")


def refuse_impossible(request: RefreshRequest) -> None:
    """Raise Impossible for a request that does not describe a workbook."""
    _limit("sheets", len(request.sheets), _MOST_SHEETS)
    _limit("names of sheets", len(request.taken), _MOST_TAKEN)
    _limit("names", len(request.names), _MOST_NAMES)
    _limit("cells", sum(_cells(request.sheets)), _MOST_CELLS)
    for name in chain((sheet.name for sheet in request.sheets), request.taken):
        if len(name) > _LONGEST_SHEET_NAME or not _SHEET_NAME.fullmatch(name) or _UNWRITABLE.search(name):
            raise Impossible(f"a sheet called {shortened(repr(name))}")
    _refuse_twice("sheets", (sheet.name for sheet in request.sheets))
    _check_names(request)
    for namespace, text in request.records.items():
        if not namespace.startswith(RECORDS) or _UNWRITABLE.search(namespace + text):
            raise Impossible(f"a record of {shortened(repr(namespace))}")
    for sheet in request.sheets:
        for block in sheet.blocks:
            _check_block(sheet.name, block)
        for area in sheet.arrays:
            _check_area(area)
        if sheet.beside:
            _check_beside(sheet.beside)


def _cells(sheets: Iterable[OpenedSheet]) -> Iterator[int]:
    """Yield how many cells are said to be in tables and areas, before any of them is looked at."""
    for sheet in sheets:
        yield sum(len(row) for block in sheet.blocks for row in block.formulas)
        filled = chain.from_iterable(sheet.beside.fills.values()) if sheet.beside else ()
        yield sum(_size(area) for area in chain(sheet.arrays, filled))


def _size(area: str) -> int:
    _check_area(area)
    left, top, right, bottom = corners(area)
    return (right - left + 1) * (bottom - top + 1)


def _check_names(request: RefreshRequest) -> None:
    sheets = {sheet.name.casefold() for sheet in request.sheets}
    _refuse_twice("names", request.names)
    for name, defined in request.names.items():
        if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
            raise Impossible(f"a name of Marketbook's that is {shortened(repr(name))}")
        refers = defined.refers_to
        if not refers.startswith("=") or len(refers) > _LONGEST_TEXT or _UNWRITABLE.search(refers):
            raise Impossible(f"the name {name} with the formula {shortened(repr(refers))}")
    marked = {
        name: sheet for name in request.names if (sheet := _marked(name, request.names[name].refers_to))
    }
    for name, sheet in marked.items():
        if sheet.casefold() not in sheets:
            raise Impossible(f"the name {name} refers to the sheet {sheet}, of which nothing is said")
    _refuse_twice("marks of a sheet", marked.values())


def _marked(name: str, refers: str) -> str | None:
    """Return the sheet to which a mark refers; None for other names, and for a sheet that was deleted."""
    is_mark = name.casefold().startswith(MARKS.sheet("").casefold())
    return sheet_referred_to(refers[1:].replace("!#REF!", "!$A$1")) if is_mark else None


def _check_block(sheet: str, block: Block) -> None:
    _check_area(block.area)
    left, top, right, bottom = corners(block.area)
    size = [right - left + 1] * (bottom - top + 1)
    if not [len(row) for row in block.formulas] == size == [len(row) for row in block.values]:
        raise Impossible(f"{sheet}!{block.area} with another number of cells")
    if [len(row) for row in block.types] != size:
        raise Impossible(f"{sheet}!{block.area} with another number of types")
    for text in chain.from_iterable(chain(block.formulas, block.values)):
        if isinstance(text, str) and (len(text) > _LONGEST_TEXT or _SURROGATE.search(text)):
            raise Impossible(f"a cell in {sheet}!{block.area} with {shortened(repr(text))}")


def _check_beside(beside: Beside) -> None:
    areas = chain(beside.comments, beside.links, beside.merged, beside.ruled, beside.validated)
    listed = [
        *areas,
        *([beside.filter] if beside.filter else ()),
        *chain.from_iterable(beside.fills.values()),
    ]
    _limit("areas", len(listed) + len(beside.tables), _MOST_AREAS)
    for area in listed:
        _check_area(area)
    for color in beside.fills:
        if not _COLOR.fullmatch(color):
            raise Impossible(f"a color called {shortened(repr(color))}")
    for table in beside.tables:
        if len(table) > _LONGEST_NAME or _UNWRITABLE.search(table):
            raise Impossible(f"a table called {shortened(repr(table))}")
    counts = (beside.charts, beside.pictures, beside.shapes, beside.pivots, beside.slicers)
    if min(counts) < 0:
        raise Impossible(f"{min(counts)} objects on a sheet")
    _limit("objects", max(counts), _MOST_OBJECTS)


def _check_area(area: str) -> None:
    if _AREA.fullmatch(area):
        left, top, right, bottom = corners(area)
        if left <= right <= _LAST_COLUMN and top <= bottom <= _LAST_ROW:
            return
    raise Impossible(f"an area called {shortened(repr(area))}")


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    twice = next((name for name, count in Counter(map(str.casefold, names)).items() if count > 1), None)
    if twice is not None:
        raise Impossible(f"two {what} called {shortened(twice)}")


def _limit(what: str, count: int, most: int) -> None:
    if count > most:
        raise Impossible(f"{count:,} {what}, where at most {most:,} can be refreshed")
