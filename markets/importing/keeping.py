"""Keeping: the report of an import as a file in the user's catalog, once for each text."""

import hashlib
import os
import tempfile
from pathlib import Path

from markets.errors import MarketbookError
from markets.facts import Report
from markets.file_names import file_name
from markets.importing.documents import Document
from markets.importing.writing import toml_text
from markets.market import label

MARK = "SHA-256 of its content:"
"""What stands before the mark of a text in the comment of its file."""
_HEAD_CHARACTERS = 2000


class AlreadyKept(MarketbookError):
    """Another text of the same edition is in the catalog, and its file may have been mended by hand."""


def fingerprint(content: object) -> str:
    """Return the mark by which a document or the rows of a table are known again, in whatever file."""
    texts = [block.text for block in content.blocks] if isinstance(content, Document) else content
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def kept_before(folder: Path, mark: str) -> Path | None:
    """Return the file that an earlier import of the same text wrote, even if it was mended since."""
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        with path.open(encoding="utf-8", errors="replace") as file:
            if f"{MARK} {mark}" in file.read(_HEAD_CHARACTERS):
                return path
    return None


def path_for(folder: Path, report: Report) -> Path:
    """Return the path of a report's file; raise AlreadyKept if this edition of the market has one."""
    source = report.source
    path = folder / file_name(f"{label(report.market)} {source.publisher} {source.date}", ".toml")
    if path.exists():
        raise AlreadyKept(
            f"{path} is an edition of the same market, publisher and date, from another text. "
            "Nothing was kept. Change that file, or give the date of this edition with --date."
        )
    return path


def comment_on(read_from: str, mark: str) -> str:
    """Return the comment above an imported report: which file it was read from, and the mark of its text."""
    return (
        f'Imported from "{Path(read_from).name}". Mend what was misread: the file is not written again.\n'
        f"{MARK} {mark}"
    )


def keep(folder: Path, report: Report, read_from: str, mark: str) -> Path:
    """Write a report to the catalog folder, completely or not at all, and return its path.

    Raises AlreadyKept as `path_for` does.
    """
    path = path_for(folder, report)
    folder.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".import-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(toml_text(report, comment_on(read_from, mark)))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
