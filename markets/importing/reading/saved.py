"""Pages that a browser saved as one file (.mht, .mhtml), and saved mails: the page in its envelope."""

from email.message import Message
from email.parser import BytesParser

from markets.errors import Unreadable
from markets.importing.documents import Document
from markets.importing.reading.encodings import decoded
from markets.importing.reading.limits import BYTES
from markets.importing.reading.pages import read_page
from markets.importing.reading.plain import read_plain

_MOST_PARTS = 2000
_ENVELOPE = "The saved page cannot be read: it has no page inside. Save it as HTML, and import that file."


def read_saved(content: bytes, name: str) -> Document:
    """Return the document of the first page in an envelope, else of its first plain text.

    Raises Unreadable if there is none.
    """
    try:
        envelope = BytesParser().parsebytes(content[:BYTES])
        page, plain = _first(envelope, "text/html"), _first(envelope, "text/plain")
    except Exception as error:  # the parser of mails raises errors of many kinds for what is no mail
        raise Unreadable(_ENVELOPE) from error
    if page is not None:
        url = page.get("Content-Location") or envelope.get("Snapshot-Content-Location") or ""
        address = str(url) if str(url).startswith(("http://", "https://")) else ""
        return read_page(_content(page), name, _charset(page), address)
    if plain is not None:
        return read_plain(decoded(_content(plain)), name)
    raise Unreadable(_ENVELOPE)


def _first(envelope: Message, kind: str) -> Message | None:
    for number, part in enumerate(envelope.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() == kind and _content(part).strip():
            return part
    return None


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) else ""
