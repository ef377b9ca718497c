"""What a file is, from its first bytes, and what to do with one that is no text."""

import io
import re
import zipfile
from enum import Enum, auto
from pathlib import PurePath
from typing import Final

from markets.errors import Unreadable


class Format(Enum):
    """A file that can be read."""

    PLAIN = auto()
    PAGE = auto()
    SAVED = auto()
    PDF = auto()


_PICTURE = "It is a picture ({}). Import the text of the report instead."
_ARCHIVE = "It is an archive ({}). Extract it, and import one file of it."
_OTHERS: Final = (
    (b"\x89PNG", _PICTURE.format("PNG")),
    (b"\xff\xd8\xff", _PICTURE.format("JPEG")),
    (b"GIF8", _PICTURE.format("GIF")),
    (b"II*\x00", _PICTURE.format("TIFF")),
    (b"MM\x00*", _PICTURE.format("TIFF")),
    (b"\x1f\x8b", _ARCHIVE.format("gzip")),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE.format("7z")),
    (b"Rar!\x1a", _ARCHIVE.format("RAR")),
    (b"BZh", _ARCHIVE.format("bzip2")),
    (b"\xfd7zXZ", _ARCHIVE.format("xz")),
    (b"{\\rtf", "It is an RTF document. Open it in Word, save it as plain text, and import that file."),
    (b"%!PS", "It is a PostScript file. Convert it to PDF, and import that file."),
    (b"bplist00", "It is a web archive of Safari. Save the page as PDF, and import that file."),
    (
        b"\xd0\xcf\x11\xe0",
        "It is a document of an old Office version, or a protected one. "
        "Open it, save it as plain text, and import that file.",
    ),
)
_INSIDE_ZIPS: Final = (
    (
        "word/",
        "It is a Word document. In Word, save it as plain text or PDF, and import that file.",
    ),
    ("xl/", "It is an Excel workbook, and not a text. Save the report as plain text, and import that file."),
    ("ppt/", "It is a PowerPoint presentation. In PowerPoint, save it as PDF, and import that file."),
    (
        "META-INF/",
        "It is an e-book or an OpenDocument file. Save it as plain text or PDF, and import that file.",
    ),
)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|article|section|main|table|h1|p)\b", re.IGNORECASE
)
_SAVED = re.compile(
    rb"(?:[\w-]{1,60}:[^\n]{0,990}\n(?:[ \t][^\n]{0,990}\n)*){0,60}MIME-Version:\s?1", re.IGNORECASE
)
_PAGE_ENDINGS: Final = {".htm", ".html", ".xhtml", ".shtml"}
_UTF_16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HEAD: Final = 8192


def format_of(content: bytes, name: str) -> Format:
    """Return what a file is. Raises Unreadable if it is empty, or no text.

    >>> format_of(b"%PDF-1.7 ...", "report.txt"), format_of(b"Tea & coffee", "report.txt")
    (<Format.PDF: 4>, <Format.PLAIN: 1>)
    """
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\f\v"):
        raise Unreadable("The file is empty.")
    if content[:_HEAD].lstrip().startswith(b"%PDF-"):
        return Format.PDF
    if reason := _other(content):
        raise Unreadable(reason)
    head = _as_bytes_of_characters(content[:_HEAD])
    if _is_binary(head):
        raise Unreadable("It is no text. Import a report as plain text, HTML or PDF.")
    if _SAVED.match(head):
        return Format.SAVED
    is_page = _PAGE.match(_without_comments(head)) or (
        PurePath(name).suffix.lower() in _PAGE_ENDINGS and b"<" in head
    )
    return Format.PAGE if is_page else Format.PLAIN


def _other(content: bytes) -> str:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _PICTURE.format("WebP")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(content)
    return next((reason for magic, reason in _OTHERS if content.startswith(magic)), "")


def _inside_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception:  # a broken archive raises more kinds of errors than are documented
        names = []
    for folder, reason in _INSIDE_ZIPS:
        if any(name.startswith(folder) for name in names):
            return reason
    return _ARCHIVE.format("zip")


def _as_bytes_of_characters(head: bytes) -> bytes:
    """Return the head of UTF-16 text as UTF-8, so that its tags can be told."""
    encoding = _UTF_16.get(head[:2])
    return (
        head[2:].decode(encoding, "ignore").encode(errors="ignore")
        if encoding
        else head.removeprefix(b"\xef\xbb\xbf")
    )


def _without_comments(head: bytes) -> bytes:
    """Return the head from its first tag on that is no comment and no declaration of XML."""
    head = head.lstrip()
    while head.startswith((b"<!--", b"<?")):
        head = head.partition(b"-->" if head.startswith(b"<!--") else b">")[2].lstrip()
    return head


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))


def _is_binary(head: bytes) -> bool:
    """Text has no NUL, and hardly any other control characters."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > len(head) / 100
