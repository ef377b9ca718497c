"""The catalog that the worksheet functions ask: opened once, opened again when told or when changed."""

from markets.catalogs import Catalog
from markets.catalogs.folders import folder_catalog, folder_version
from markets.errors import CatalogError
from udfs import evaluation

_current: Catalog | None = None


def catalog() -> Catalog:
    """Return the catalog in use; the first call opens the bundled and the user's reports."""
    return _current if _current is not None else reload()


def problems() -> tuple[CatalogError, ...]:
    """Return why files of the catalog in use could not be read; nothing where none was asked yet."""
    return _current.problems if _current is not None else ()


def reload() -> Catalog:
    """Open the catalog again, and forget every answer given from the old one."""
    global _current
    chosen = folder_catalog()
    _current = chosen
    evaluation.forget()
    return chosen


def reload_if_changed() -> bool:
    """Open the catalog again if a file was added, removed or changed since; tell whether it was."""
    if _current is not None and _current.version == folder_version():
        return False
    reload()
    return True
