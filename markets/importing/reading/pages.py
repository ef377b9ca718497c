"""An HTML page as a document: what it says about itself, and its report without what stands around it."""

import re
from collections.abc import Iterable
from typing import Final

from markets.errors import Unreadable
from markets.importing.documents import Block, Document
from markets.importing.reading.clutter import remove_clutter
from markets.importing.reading.encodings import Text, cleaned, decoded
from markets.importing.reading.headers import header_of
from markets.importing.reading.layout import blocks_of
from markets.importing.reading.limits import CHARACTERS, cut_remark
from markets.importing.reading.tree import Node, parsed

_STATED = re.compile(
    rb"""charset\s{0,5}=\s{0,5}["']?([\w-]{3,20})|<\?xml[^>]{0,80}encoding=["']([\w-]{3,20})""", re.IGNORECASE
)
_KNOWN = re.compile(
    r"utf-?8|windows-125\d|iso-8859-\d{1,2}|gb2312|gbk|gb18030|big5|shift[_-]jis|euc-jp|euc-kr|koi8-[ru]|iso-2022-jp"
)
_AS_BROWSERS: Final = {"iso-8859-1": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 4096


def read_page(content: bytes, name: str, charset: str = "", url: str = "") -> Document:
    """Return the document of a page. `charset` and `url` are what an envelope says about it.

    Raises Unreadable if it has no text.
    """
    text = _characters(content, charset)
    page = parsed(text.characters)
    header = header_of(page)
    remove_clutter(page.root)
    blocks, cut = _first(blocks_of(_body(page.root)))
    if not blocks:
        raise Unreadable(
            "The page has no text. It may need a browser: open it, and save it as PDF or as text."
        )
    return Document(
        name,
        blocks,
        title=header.title,
        publisher=header.publisher,
        author=header.author,
        date=header.date,
        url=header.url or url,
        remarks=(*text.remarks, *page.remarks, *cut),
    )


def _characters(content: bytes, charset: str) -> Text:
    """Decode a page by its mark, by what it or its envelope states, else as any text."""
    if not content.startswith(_MARKS):
        stated = _STATED.search(content[:_HEAD])
        encoding = (stated[1] or stated[2]).decode("ascii", "ignore").lower() if stated else charset.lower()
        if _KNOWN.fullmatch(encoding) and encoding not in ("utf-8", "utf8"):
            return Text(cleaned(content.decode(_AS_BROWSERS.get(encoding, encoding), errors="replace")))
    return decoded(content, limit=None)


def _body(root: Node) -> Node:
    return next(root.all("body"), root)


def _first(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks of the first characters, and the remark that the others are left out."""
    taken: list[Block] = []
    length = 0
    for block in blocks:
        length += len(block.text)
        if length > CHARACTERS:
            return tuple(taken), (cut_remark(CHARACTERS, "characters"),)
        taken.append(block)
    return tuple(taken), ()
