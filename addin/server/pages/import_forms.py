"""What somebody types for an import: a file or a text, and what it does not say of its edition."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from litestar.datastructures import UploadFile

from addin.server.operations.texts import checked
from addin.server.pages.forms import text
from markets.errors import BadArgument, CatalogError
from markets.facts import FIRST_YEAR, LAST_YEAR
from markets.importing.tables.rows import Told

LABELS: Final = {
    "market": "Market",
    "geography": "Geography",
    "publisher": "Publisher",
    "title": "Title",
    "date": "Published on",
    "url": "Web address",
    "unit": "Unit",
    "undated": "Year of shares without one",
    "sheet": "Sheet",
}
"""The fields beside the file, by their names on the command line."""

_PASTED: Final = "pasted text.txt"
_LONGEST: Final = 300
_LONGEST_NAME: Final = 150
_OPTION = re.compile(r"--(\w+)")


@dataclass(frozen=True)
class Upload:
    """A file to read, and what is told beside it."""

    content: bytes
    name: str
    told: Told
    undated: int | None
    sheet: str


async def upload(form: Mapping[str, Any]) -> Upload:
    """Return what a form has sent. Raises BadArgument and CatalogError for what cannot be meant."""
    fields = {name: checked(f'field "{title}"', text(form, name), _LONGEST) for name, title in LABELS.items()}
    content, name = await _content(form)
    told = Told(
        market=fields["market"],
        geography=fields["geography"],
        publisher=fields["publisher"],
        title=fields["title"],
        date=day(fields["date"]),
        url=fields["url"],
        unit=fields["unit"],
    )
    return Upload(content, name, told, _year(fields["undated"]), fields["sheet"])


def day(typed: str) -> datetime.date | None:
    """Return a day that somebody typed; None for a blank. Raises BadArgument."""
    try:
        return datetime.date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise BadArgument('In "Published on", enter a day such as 2026-03-01.') from error


def for_forms(message: str) -> str:
    """Return a message that names an option of the command line as one that names the form's field.

    >>> for_forms("The table has no date for it. Use --date.")
    'The table has no date for it. Use the field "Published on".'
    """
    return _OPTION.sub(lambda found: f'the field "{LABELS.get(found[1], found[1])}"', message)


async def _content(form: Mapping[str, Any]) -> tuple[bytes, str]:
    file = form.get("file")
    if isinstance(file, UploadFile):
        name = file.filename.replace("\\", "/").rpartition("/")[2]
        printable = "".join(each if each.isprintable() else " " for each in name)
        return await file.read(), printable[-_LONGEST_NAME:].strip() or "report"
    pasted = text(form, "text")
    if not pasted:
        raise CatalogError("Choose a file, or paste a report's text.")
    return pasted.encode(errors="replace"), _PASTED


def _year(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR):
        raise BadArgument('In "Year of shares without one", enter a year such as 2026.')
    return int(typed)
