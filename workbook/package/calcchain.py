"""The calculation chain: entries of replaced sheets taken out, as stale ones make Excel repair the file."""

import re
from collections.abc import Collection

from workbook.package.book import Workbook
from workbook.package.markup import ATTRIBUTES
from workbook.package.relationships import ContentTypes, unrelate

_ENTRY = re.compile(
    rb"<(?:[^\s/>:]+:)?c(?=[\s/>])(" + ATTRIBUTES + rb")(?:(?<=/)>|>\s*</(?:[^\s/>:]+:)?c\s*>)"
)
_SHEET = re.compile(rb"\si\s*=\s*[\"'](-?\d+)")


def drop_from_chain(workbook: Workbook, types: ContentTypes, sheet_ids: Collection[int]) -> None:
    """Take the cells of sheets out of the chain, and the whole part where nothing is left of it."""
    part = workbook.related("calcChain")
    if part is None or not sheet_ids:
        return
    package = workbook.package
    chain = package[part]
    kept, left = [], 0
    at, sheet = 0, -1
    for entry in _ENTRY.finditer(chain):
        given = _SHEET.search(entry[1])
        sheet = int(given[1]) if given else sheet  # left out, it is that of the entry before
        if sheet in sheet_ids:
            kept.append(chain[at : entry.start()])
            at = entry.end()
        else:
            left += 1
    if left:
        package.replace(part, b"".join([*kept, chain[at:]]))
        return
    package.remove(part)
    types.forget(part)
    unrelate(package, workbook.part, part)
