"""Reading: a file or a stream as a document, whether it is plain text, an HTML page or a PDF.

What a file is shows in its first bytes; its ending decides only between a page and plain text.
"""

from pathlib import Path

from markets.errors import Unreadable
from markets.importing.documents import Document
from markets.importing.reading import limits
from markets.importing.reading.encodings import decoded
from markets.importing.reading.kinds import Format, format_of
from markets.importing.reading.pages import read_page
from markets.importing.reading.pdfs import read_pdf
from markets.importing.reading.plain import read_plain


def read_document(path: Path) -> Document:
    """Read a file: plain text, an HTML page (also a saved .mhtml), or a PDF with text.

    Raises Unreadable, with a sentence for the user, if there is no such file or it holds no such text.
    """
    try:
        if path.is_dir():
            raise Unreadable(f'"{path.name or path}" is a folder. Name one file in it.')
        size = path.stat().st_size
        if size > limits.BYTES:
            raise Unreadable(_too_large(f"{-(-size // limits.MB)} MB"))
        with path.open("rb") as file:
            content = file.read(limits.BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f'No file is called "{path}".') from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f'"{path.name}" cannot be opened: {reason}.') from error
    return read_stream(content, path.name)


def read_stream(content: bytes, name: str) -> Document:
    r"""Read the bytes of a file, or of standard input. `name` is for the reader; its ending is a hint.

    Raises Unreadable, with a sentence for the user.

    >>> [block.text for block in read_stream(b"Tea Market\n\nIt was worth $2 bn in 2023.", "-").blocks]
    ['Tea Market', 'It was worth $2 bn in 2023.']
    """
    if len(content) > limits.BYTES:
        raise Unreadable(_too_large(f"more than {limits.BYTES // limits.MB} MB"))
    document = _read(content, name)
    if not document.blocks:
        raise Unreadable("The file has no text.")
    return document


def _read(content: bytes, name: str) -> Document:
    match format_of(content, name):
        case Format.PDF:
            return read_pdf(content, name)
        case Format.SAVED:
            from markets.importing.reading.saved import read_saved  # with email, which takes 20 ms

            return read_saved(content, name)
        case Format.PAGE:
            return read_page(content, name)
        case Format.PLAIN:
            return read_plain(decoded(content), name)


def _too_large(size: str) -> str:
    return f"The file has {size}; at most {limits.BYTES // limits.MB} MB are read."
