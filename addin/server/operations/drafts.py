"""An import for review: what was found in a file that an editor has sent. Nothing is kept yet."""

import tempfile
from pathlib import Path
from typing import Any

from msgspec import Struct

from addin.commands.read_files import UNKNOWN, Read, read_table, read_text
from addin.server.asking import Asking
from addin.server.operations.permission import place
from addin.server.operations.texts import checked
from markets.catalogs.database.browsing import editions_of
from markets.catalogs.database.people import Place
from markets.catalogs.database.reading import record
from markets.catalogs.statements import statements
from markets.catalogs.wire import Submitted
from markets.errors import Unreadable
from markets.facts import Report
from markets.file_names import file_name
from markets.importing.tables.cells import ENDINGS
from markets.importing.tables.rows import Told
from markets.market import Market
from markets.names import name_key

_STEM = "report"
_LONGEST_NAME = 150  # so that the file, which keeps its ending, can have its name everywhere


class Drafted(Struct, frozen=True):
    """What was found: as `marketbook import --json` prints it, and as reports that can be submitted.

    `missing` is what the file does not say of its edition, and a report needs: publisher, date.
    """

    found: dict[str, Any]
    remarks: tuple[str, ...]
    missing: tuple[str, ...]
    reports: tuple[Submitted, ...]


def place_to_import(asking: Asking, workspace: str) -> Place:
    """Return the workspace, if the person may import into it: a large file of anybody else is not received.

    Raises Hidden and NotAllowed.
    """
    with asking.database.reading() as connection:
        return place(connection, asking, workspace, "editor")


def examine(
    asking: Asking,
    workspace: str,
    content: bytes,
    name: str,
    told: Told,
    undated: int | None,
    sheet: str = "",
) -> Read:
    """Read a file and compare it with what the workspace has.

    Raises Unreadable, and CatalogError for a name that no file has.
    """
    name = checked("file's name", name, _LONGEST_NAME)
    found = place_to_import(asking, workspace)
    if not content:
        raise Unreadable("The file is empty.")

    def earlier(report: Report) -> Market | None:
        return earlier_edition(asking, found.id, report)

    with tempfile.TemporaryDirectory(prefix="marketbook-") as folder:
        ending = Path(name).suffix.lower()
        path = Path(folder) / file_name(Path(name).stem or _STEM, ending if ending.isascii() else "")
        path.write_bytes(content)
        if ending in ENDINGS:
            return read_table(path, sheet, told, earlier)
        return read_text(str(path), told, undated, earlier)


def read_draft(
    asking: Asking,
    workspace: str,
    content: bytes,
    name: str,
    told: Told,
    undated: int | None,
    sheet: str = "",
) -> Drafted:
    """Read a file, and return what was found as objects of the API. Raises Unreadable."""
    read = examine(asking, workspace, content, name, told, undated, sheet)
    kept = [one.report for one in read.drafts if one.report.facts]
    missing = [
        field
        for field in ("publisher", "date")
        if any(getattr(report.source, field) == getattr(UNKNOWN, field) for report in kept)
    ]
    submitted = [
        Submitted(
            source=report.source,
            market=report.market,
            statements=tuple(statements(report)),
            file=name,
            mark=read.mark,
        )
        for report in kept
    ]
    return Drafted(read.as_json, read.remarks, tuple(missing), tuple(submitted))


def earlier_edition(asking: Asking, workspace: int, report: Report) -> Market | None:
    """Return the market as the publisher's newest edition in the workspace has it."""
    with asking.database.reading() as connection:
        for number in editions_of(connection, report.market, [workspace]):
            kept = record(connection, number)
            known = kept.heading.source.publisher
            if name_key(known) == name_key(report.source.publisher) and not kept.heading.is_withdrawn:
                return Market(kept.report())
    return None
