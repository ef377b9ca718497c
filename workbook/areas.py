"""Where tables stand on report sheets, so that references to their cells can follow to another layout."""

from msgspec import Struct


class TableArea(Struct, frozen=True):
    """A table on a sheet: its first row below the header, its rows, and its columns' letters by key."""

    name: str
    first: int
    rows: int
    columns: dict[str, str]
