"""Files read for an import: a report's text, or a table, as drafts for review."""

import datetime
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markets.errors import NotFound
from markets.facts import Report, Source
from markets.importing.claims import Claims, SubjectClaim
from markets.importing.documents import Document, Place
from markets.importing.drafts import Draft, draft
from markets.importing.editions import edition
from markets.importing.extraction import extract
from markets.importing.keeping import fingerprint
from markets.importing.plain_json import plain, plain_findings
from markets.importing.reading import read_document, read_stream
from markets.importing.review import Finding, findings
from markets.importing.subjects import other_markets
from markets.importing.tables.cells import read_grid
from markets.importing.tables.columns import find_table
from markets.importing.tables.rows import Told, drafts
from markets.market import Market, label
from markets.selection import Selection
from udfs.catalog import catalog

_STANDARD_INPUT = "-"
_MOST_BYTES = 50_000_001
UNKNOWN = Source("?", "", datetime.date.min)
"""Stands for the publisher and the date that neither the file nor the user states."""

Earlier = Callable[[Report], Market | None]


@dataclass(frozen=True)
class Read:
    """What a file holds: drafts and their findings, remarks about reading it, its mark, and plain objects."""

    drafts: list[Draft]
    findings: list[list[Finding]]
    remarks: tuple[str, ...]
    mark: str
    as_json: dict[str, Any]


def in_catalog(report: Report) -> Market | None:
    """Return the market as the same publisher's newest edition in the catalog has it."""
    try:
        return catalog().market(label(report.market), Selection(source=report.source.publisher))
    except NotFound:
        return None


def read_text(file: str, told: Told, undated: int | None, earlier: Earlier = in_catalog) -> Read:
    """Read a text, a page or a PDF; "-" is standard input. Raises Unreadable.

    `earlier` returns the publisher's newest edition of a report, with which it is compared.
    """
    document = _document(file)
    found = extract(document)
    subject = _subject(found, told)
    if subject is None:
        return Read([], [], (_no_market(found),), fingerprint(document), plain(found, ()))
    claims = replace(found, subject=subject)
    one = draft(claims, subject, _source(document, subject, told), undated)
    remarks = (*document.remarks, *_left_out(other_markets(document, subject)))
    reviewed = findings(one, earlier(one.report))
    return Read([one], [reviewed], remarks, fingerprint(document), plain(claims, reviewed))


def _left_out(names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"The text also has figures of other markets, which are left out: {', '.join(names)}."


def _document(file: str) -> Document:
    if file == _STANDARD_INPUT:
        return read_stream(sys.stdin.buffer.read(_MOST_BYTES), "standard input")
    return read_document(Path(file))


def _subject(claims: Claims, told: Told) -> SubjectClaim | None:
    """Return the market that the user or the text names, None if neither does."""
    found = claims.subject
    if told.market:
        found = SubjectClaim(place=Place(0, 0, 0), words="", name=told.market)
    return replace(found, geography=told.geography) if found and told.geography else found


def _no_market(claims: Claims) -> str:
    counted = ", ".join(_counted(claims)) or "no figure of a market"
    return f"The text names no market. It has {counted}. To name the market, use --market."


def _counted(claims: Claims) -> Iterator[str]:
    kinds = {"size": claims.sizes, "CAGR": claims.cagrs, "share": claims.shares, "player": claims.players}
    for kind, found in kinds.items():
        if found:
            yield f"{len(found)} {kind}{'' if len(found) == 1 else 's'}"


def _source(document: Document, subject: SubjectClaim, told: Told) -> Source:
    """The edition, as the user or the text states it; blank where neither does."""
    stated = edition(document)
    return Source(
        told.publisher or stated.publisher or UNKNOWN.publisher,
        told.title or stated.title or f"{subject.name} Market",
        told.date or stated.date or UNKNOWN.date,
        document.author,
        told.url or document.url,
    )


def read_table(path: Path, sheet: str, told: Told, earlier: Earlier = in_catalog) -> Read:
    """Read a table. Raises Unreadable."""
    table = find_table(read_grid(path, sheet))
    made = drafts(table, told)
    remarks = (f"{table.grid.name}, row {table.header}:", *(f"  {column}." for column in table.columns))
    reviewed = [findings(one, earlier(one.report)) for one in made]
    objects: dict[str, Any] = {
        "columns": list(map(str, table.columns)),
        "reports": [plain_findings(one, found) for one, found in zip(made, reviewed, strict=True)],
    }
    return Read(made, reviewed, remarks, fingerprint(table.grid.rows), objects)
