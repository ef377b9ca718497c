"""Bytes as characters: UTF-8, UTF-16 with its mark, else windows-1252 if that gives plausible text."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from markets.errors import Unreadable
from markets.importing.reading.limits import CHARACTERS, cut_remark

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_CHARACTER: Final = 4
_FEWEST_PLAIN: Final = 0.7
_UNKNOWN: Final = "The characters cannot be told. Save the file as UTF-8 text, and import it again."
_ALWAYS_OUT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Text:
    """Characters, and sentences for the reader about how they were read."""

    characters: str
    remarks: tuple[str, ...] = ()


def decoded(content: bytes, limit: int | None = CHARACTERS) -> Text:
    r"""Return the bytes as text, of at most `limit` characters. Raises Unreadable if they are none.

    >>> decoded(b"\xa32 bn")
    Text(characters='£2 bn', remarks=('The file is no UTF-8 text; it was read as windows-1252.',))
    """
    if limit is None:
        text, remarks = _decoded(content)
        return Text(cleaned(text), remarks)
    text, remarks = _decoded(content[: (limit + 1) * _LONGEST_CHARACTER])
    if len(text) > limit:
        remarks = (*remarks, cut_remark(limit, "characters"))
    return Text(cleaned(text[:limit]), remarks)


def cleaned(text: str) -> str:
    """Return the text without characters that nobody sees, and with one kind of line end.

    Joiners and the marks of right-to-left text stay: words need them.
    """
    return _ALWAYS_OUT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _mended(content[len(mark) :], encoding)
    try:
        return content.decode(), ()
    except UnicodeDecodeError:
        pass
    text = content.decode(errors="replace")
    if _is_mostly(text):
        return _mended(content, "utf-8")
    return _as_windows(content)


def _mended(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, errors="replace")
    wrong = text.count("\ufffd")
    if wrong > len(text) / 100 + 1:
        raise Unreadable(_UNKNOWN)
    remarks = (f"Characters that could not be read: {wrong:,}, shown as \ufffd.",) if wrong else ()
    return text, remarks


def _is_mostly(text: str) -> bool:
    """Return whether UTF-8 fits but for a few bytes, such as a last character that is cut."""
    wrong = text.count("\ufffd")
    right = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    return wrong * 10 <= right or (wrong == 1 and text.endswith("\ufffd"))


def _as_windows(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text = content.decode("windows-1252")
    except UnicodeDecodeError:
        raise Unreadable(_UNKNOWN) from None
    if sum(map(len, re.findall("[\x00-\x7f]+", text))) < _FEWEST_PLAIN * len(text):
        raise Unreadable(_UNKNOWN)
    return text, ("The file is no UTF-8 text; it was read as windows-1252.",)
