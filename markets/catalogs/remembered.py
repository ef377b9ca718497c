"""Heads of reports, remembered between runs: thousands of files need not be opened to learn their names."""

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
"""So many files read anew make it worth to write what was learnt."""

_FORMAT = 1

Row: TypeAlias = tuple[str, int, int]
"""A file as it was seen: its path, its time of change in nanoseconds, its size."""


class Head(msgspec.Struct, frozen=True):
    """What a catalog holds of a report: its source, and its market."""

    source: Source
    market: Subject


class _Remembered(msgspec.Struct):
    heads: list[tuple[Row, Head]]


def remembered() -> dict[Row, Head]:
    """Return the heads of files as they were seen; none where nothing, or nothing readable, is kept."""
    try:
        kept = msgspec.msgpack.decode(_place().read_bytes(), type=_Remembered)
    except (OSError, ValueError):
        return {}
    return dict(kept.heads)


def remember(heads: Mapping[Row, Head]) -> None:
    """Keep heads for the next time, whole or not at all; a folder that cannot be written costs time only."""
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
