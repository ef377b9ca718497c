"""What was written on the grafted sheets, kept in a record, so that a later graft knows what was edited."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from workbook.package.edits.records import keep_record, record
from workbook.package.edits.views import View
from workbook.package.opc.package import Package
from workbook.package.sheets.cells import ErrorValue
from workbook.package.sheets.contents import Content


class WrittenCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell as it was written: a digest of its entry, and its value."""

    digest: str
    value: float | str | bool | None


class WrittenSheet(msgspec.Struct, frozen=True):
    """A sheet as it was written.

    `fingerprint` is that of its entries, and `cells` has its cells by reference. `names` are the
    defined names of its cells, with their references. `features` and `view` are what else it had.
    """

    title: str
    fingerprint: str
    cells: dict[str, WrittenCell]
    names: dict[str, str]
    features: dict[str, list[str]]
    view: View


def written(package: Package, namespace: str) -> dict[str, WrittenSheet]:
    """Return the sheets as they were written, by key; none if a program dropped the record."""
    return dict(_decoded(record(package, namespace) or "{}"))


@lru_cache(maxsize=4)
def _decoded(text: str) -> dict[str, WrittenSheet]:
    try:
        return msgspec.json.decode(text, type=dict[str, WrittenSheet])
    except msgspec.MsgspecError:  # another version's
        return {}


def keep_written(package: Package, namespace: str, sheets: Mapping[str, WrittenSheet]) -> None:
    """Replace the record of what was written."""
    keep_record(package, namespace, msgspec.json.encode(sheets).decode())


def written_cells(contents: Mapping[str, Content], entered: Mapping[str, str]) -> dict[str, WrittenCell]:
    """Return cells as written, from their contents and entries."""
    return {
        place: WrittenCell(
            digest(entered[place]), str(value) if isinstance(value := content.value, ErrorValue) else value
        )
        for place, content in contents.items()
    }


def digest(entry: str) -> str:
    """Return a short digest of a cell's entry."""
    return hashlib.sha256(entry.encode()).hexdigest()[:8]
