"""The catalog that the worksheet functions ask: read once, read again when told or when changed."""

from pathlib import Path

from markets.catalog import Catalog, report_files
from markets.errors import CatalogError
from udfs import evaluation

_Stamp = tuple[tuple[Path, int, int], ...]
_current: tuple[Catalog, _Stamp] | None = None


def catalog() -> Catalog:
    """Return the catalog in use; the first call reads the bundled and the user's reports."""
    return _current[0] if _current is not None else reload()


def problems() -> tuple[CatalogError, ...]:
    """Return why files of the catalog in use could not be read; nothing where none was asked yet."""
    return _current[0].problems if _current is not None else ()


def reload() -> Catalog:
    """Read the reports again, and forget every answer given from the old ones."""
    global _current
    stamp = _stamp()
    chosen = Catalog.load()
    _current = (chosen, stamp)
    evaluation.forget()
    return chosen


def reload_if_changed() -> bool:
    """Read the reports again if a file was added, removed or changed since; tell whether it was."""
    if _current is not None and _current[1] == _stamp():
        return False
    reload()
    return True


def _stamp() -> _Stamp:
    stats = ((path, path.lstat()) for path in report_files())
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
