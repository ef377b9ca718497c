"""Editions as files: what is read from a folder into a catalog, and written from a catalog to a folder."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markets.catalogs.records import Record
from markets.errors import CatalogError, MarketbookError
from markets.facts import Report
from markets.file_names import file_name
from markets.importing.keeping import MARK
from markets.importing.writing import toml_text
from markets.market import label, subject_key
from markets.names import name_key
from markets.reports import read_report

_COMMENT = re.compile(r"\A\ufeff?((?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*)")
_MARK = re.compile(rf"{re.escape(MARK)} ([0-9a-f]{{64}})")


@dataclass(frozen=True)
class ReportFile:
    """A report, the name of its file, the comment above it, and the mark of the text that was imported."""

    report: Report
    file: str = ""
    comment: str = ""
    mark: str = ""


class FilesInTheWay(MarketbookError):
    """Files that an export would write over, and that say something else."""


def report_files(folder: Path) -> Iterator[ReportFile | CatalogError]:
    """Yield each report of a folder, in the order of the files' names, or why it cannot be read.

    A second file of the same market, publisher and date is refused. Raises CatalogError if there is no
    such folder.
    """
    if not folder.is_dir():
        raise CatalogError(f'There is no folder "{folder}".')
    seen: dict[tuple[object, ...], str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            read = report_file(path)
        except CatalogError as error:
            yield error
            continue
        edition = _edition(read.report)
        if edition in seen:
            yield CatalogError(f"{path.name}: the same market, publisher and date as {seen[edition]}.")
            continue
        seen[edition] = path.name
        yield read


def report_file(path: Path) -> ReportFile:
    """Return the report of a file with the comment above it. Raises CatalogError if it cannot be read."""
    report = read_report(path)
    above = _COMMENT.match(path.read_text(encoding="utf-8", errors="replace"))
    lines = (above[1] if above else "").strip().splitlines()
    comment = "\n".join(line.strip().removeprefix("#").removeprefix(" ") for line in lines)
    mark = _MARK.search(comment)
    return ReportFile(report, path.name, comment, mark[1] if mark else "")


def write_files(folder: Path, records: Iterable[Record], *, force: bool = False) -> int:
    """Write each edition in force as a TOML file; return how many.

    Raises FilesInTheWay, before writing any, if a file would be written over.
    """
    texts = _named(records)
    standing = [name for name, text in texts.items() if _differs(folder / name, text)]
    if standing and not force:
        more = f" and {len(standing) - 1} more" if len(standing) > 1 else ""
        raise FilesInTheWay(
            f"{folder / standing[0]}{more} would be written over. Use an empty folder, or --force."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        beside = folder / f".{name}.part"
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(folder / name)
    return len(texts)


def _named(records: Iterable[Record]) -> dict[str, str]:
    """The text of each file by its name; two editions that came from files of one name get two names."""
    texts: dict[str, str] = {}
    taken: set[str] = set()
    for record in records:
        heading = record.heading
        if heading.is_withdrawn:
            continue
        report = record.report()
        called = f"{label(report.market)} {report.source.publisher} {report.source.date}"
        wanted = Path(heading.file).stem or called
        name, count = file_name(wanted, ".toml"), 2
        while name.casefold() in taken:
            name, count = file_name(f"{wanted} {count}", ".toml"), count + 1
        taken.add(name.casefold())
        texts[name] = toml_text(report, heading.comment)
    return texts


def _differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8", errors="replace") != text


def _edition(report: Report) -> tuple[object, ...]:
    market, source = report.market, report.source
    return (*subject_key(market.name, market.geography), name_key(source.publisher), source.date)
