"""XML in any encoding, read as UTF-8. Programs write parts in UTF-16, and some in ISO-8859-1."""

import codecs
import re

from workbook.package.opc.errors import Refused

_DECLARATION = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*([\"'])([^\"']+)\1")
_WIDE = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}


def in_utf8(data: bytes, name: str = "A part") -> bytes:
    r"""Return XML in UTF-8, with its declaration changed if it was in another encoding.

    Raises Refused if the encoding is unknown, or the bytes are not text in it.

    >>> in_utf8(b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>')
    b'<?xml version="1.0" encoding="UTF-8"?><a>\xc3\xa9</a>'
    """
    encoding = foreign_encoding(data, name)
    if not encoding:
        return data
    try:
        utf8 = data.decode(encoding).removeprefix("\ufeff").encode()
    except UnicodeError as error:
        raise Refused(
            f"{name} is not text in its encoding {encoding}. Save the workbook in Excel and try again."
        ) from error
    declared = _DECLARATION.match(utf8)
    return utf8[: declared.start(2)] + b"UTF-8" + utf8[declared.end(2) :] if declared else utf8


def foreign_encoding(start: bytes, name: str = "A part") -> str:
    """Return the encoding of XML, given its start, if it is not UTF-8; else blank text.

    Raises Refused if Python does not know the encoding, or it contradicts the bytes.
    """
    if start[:2] in _WIDE:
        return _WIDE[start[:2]]
    declared = _DECLARATION.match(start.removeprefix(codecs.BOM_UTF8))
    encoding = declared[2].decode("latin-1") if declared else "utf-8"
    try:
        found = codecs.lookup(encoding).name
        if "</>".encode(encoding) != b"</>":  # then the declaration itself could not have been read
            raise LookupError(encoding)
    except (LookupError, ValueError) as error:
        raise Refused(
            f"{name} has the encoding {encoding}, which cannot be edited."
            " Save the workbook in Excel and try again."
        ) from error
    return "" if found in ("utf-8", "ascii") or start.startswith(codecs.BOM_UTF8) else encoding
