"""A project for xlwings Server: a folder with its settings, and a line that imports the functions."""

import uuid
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Final

from addin.web.versions import manifest_version
from markets.errors import MarketbookError

TRIED: Final = "1.20.0"
"""The version of xlwings Server that the tests run."""

_FUNCTIONS: Final = "custom_functions/__init__.py"
_MODULE: Final = "addin.web.xlwings_server"
_COMMAND: Final = "marketbook excel xlwings-server"
_KEPT: Final = {
    _FUNCTIONS: "custom_functions.in",
    "custom_scripts/__init__.py": "custom_scripts.in",
    ".env": "env.in",
    ".gitignore": "gitignore.in",
}
"""Files that are the user's once they are there, and their templates."""

_UPDATED: Final = {
    "README.md": "README.md",
    "requirements.txt": "requirements.in",
    "templates/manifest.xml": "manifest.xml",
    "templates/taskpane.html": "taskpane.html",
}
"""Files that are ours, and their templates. Each names the command."""

_READABLE_BY_ALL: Final = 0o644
_READABLE_BY_USER: Final = 0o600


class NotAProject(MarketbookError):
    """A folder that cannot become a project."""


def write_project(folder: Path) -> bool:
    """Write a project into a folder, or bring one up to date; return whether it is new.

    Raises NotAProject, having written nothing, if the folder has files of somebody else's in their places.
    """
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise NotAProject(f"{place} is a file, not a folder. Choose another folder.")
    is_new = not _has(folder / _FUNCTIONS, _MODULE)
    if is_new and folder.exists() and any(folder.iterdir()):
        raise NotAProject(
            f"{folder} has other files. Choose a new folder, or one that this command has written."
        )
    for name in _UPDATED:
        if (folder / name).exists() and not _has(folder / name, _COMMAND):
            raise NotAProject(
                f"{folder / name} is not a file of this command. Rename it, or choose a new folder."
            )
    for name, template in _KEPT.items():
        if not (folder / name).exists():
            _write(folder / name, template)
    for name, template in _UPDATED.items():
        _write(folder / name, template)
    return is_new


def _has(path: Path, text: str) -> bool:
    return path.is_file() and text in path.read_text(encoding="utf-8", errors="replace")


def _write(path: Path, template: str) -> None:
    text = resources.files(_MODULE).joinpath("template", template).read_text(encoding="utf-8")
    values = {
        "tried": TRIED,
        "marketbook": version("marketbook"),
        "manifest_id": str(uuid.uuid4()),
        "manifest_version": manifest_version(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(_READABLE_BY_USER if path.name == ".env" else _READABLE_BY_ALL)  # a key will be in it
    path.write_text(Template(text).substitute(values), encoding="utf-8")
