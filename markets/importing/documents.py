"""A report's page as text: blocks in reading order, whatever file they were in."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is on its page. Plain text has only paragraphs, unless it marks items and headings."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item of a list, or a row of a table.

    `depth` is how far an item or a line is indented: 0 is not. A row has its `cells`, and `text` has
    them separated by " | ".
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    depth: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A page, and what its file says about itself. Blank fields are not stated there.

    `remarks` are sentences for the reader about what could not be read, such as pages without text.
    """

    name: str
    blocks: tuple[Block, ...]
    title: str = ""
    publisher: str = ""
    author: str = ""
    date: datetime.date | None = None
    url: str = ""
    remarks: tuple[str, ...] = field(default=())


@dataclass(frozen=True, order=True)
class Place:
    """Characters `start` to `end` (not included) of a block. Blocks and characters count from 0.

    >>> str(Place(2, 10, 45))
    'paragraph 3, characters 11-45'
    """

    block: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"paragraph {self.block + 1}, characters {self.start + 1}-{self.end}"

    def words(self, document: Document) -> str:
        """Return the words that stand there."""
        return document.blocks[self.block].text[self.start : self.end]
