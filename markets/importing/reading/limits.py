"""How much is read of one file, so that no file takes more than bounded time and memory."""

from collections.abc import Iterator
from typing import Final

MB: Final = 1_000_000

BYTES: Final = 50 * MB
CHARACTERS: Final = 2_000_000
"""Of text. A long report has 300,000."""

LINE: Final = 20_000
"""Characters of one paragraph. Longer ones are cut into several."""

MARKUP: Final = 10 * MB
"""Characters of an HTML page, without pictures that are in it."""

ELEMENTS: Final = 50_000
"""Elements of an HTML page."""

PAGES: Final = 300
"""Pages of a PDF."""

SECONDS: Final = 30.0
"""For the text of a PDF."""


def cut_remark(limit: int, what: str) -> str:
    """Return the sentence for what is left out.

    >>> cut_remark(300, "pages")
    'Only the first 300 pages were read.'
    """
    return f"Only the first {limit:,} {what} were read."


def pieces(text: str, longest: int = LINE) -> Iterator[str]:
    """Yield a text that is too long for one paragraph in pieces, cut between words if it has any.

    >>> list(pieces("one two three", 9))
    ['one two', 'three']
    """
    start = 0
    while len(text) - start > longest:
        end = text.rfind(" ", start + 1, start + longest + 1)
        end = end if end > 0 else start + longest
        yield text[start:end].strip()
        start = end
    yield text[start:].strip()
