"""Heads of reports, cached between runs, so that thousands of files need not be opened for their names."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import msgspec
import platformdirs

from markets.facts import Source, Subject

WORTH_REMEMBERING = 100
"""The number of newly read files from which writing the cache is worth the time."""

_FORMAT = 1

Row: TypeAlias = tuple[str, int, int]
"""A file's state: its path, its modification time in nanoseconds, and its size."""


class Head(msgspec.Struct, frozen=True):
    """The part of a report that a catalog holds: its source and its market."""

    source: Source
    market: Subject


class _Remembered(msgspec.Struct):
    heads: list[tuple[Row, Head]]


def remembered() -> dict[Row, Head]:
    """Return the cached heads by the state of their files; none if there is no readable cache."""
    try:
        kept = msgspec.msgpack.decode(_place().read_bytes(), type=_Remembered)
    except (OSError, ValueError):
        return {}
    return dict(kept.heads)


def remember(heads: Mapping[Row, Head]) -> None:
    """Write the cache, completely or not at all. If it cannot be written, the next run is only slower."""
    place = _place()
    content = msgspec.msgpack.encode(_Remembered(list(heads.items())))
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".heads-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).replace(place)
        except OSError:
            Path(beside).unlink(missing_ok=True)


def _place() -> Path:
    return platformdirs.user_cache_path("marketbook", appauthor=False) / f"heads-{_FORMAT}.msgpack"
