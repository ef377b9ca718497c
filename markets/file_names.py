"""File names, made from any text, that every system and Excel accept."""

import re
from typing import Final

_REFUSED: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*\[\]]')  # by Windows; brackets by Excel
_DEVICE: Final = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_LONGEST: Final = 100  # Excel allows 218 characters for the whole path
_MOST_BYTES: Final = 200  # other systems allow 255 bytes for a name


def file_name(text: str, ending: str) -> str:
    r"""Return a text as a file name. Characters that Windows or Excel refuses become spaces.

    >>> file_name("Europe: MRI/CT?", ".xlsx"), file_name("con", ".xlsx"), file_name("...", ".xlsx")
    ('Europe MRI CT.xlsx', '_con.xlsx', 'Market.xlsx')
    """
    name = " ".join(_REFUSED.sub(" ", text).split())[:_LONGEST]
    name = name.encode(errors="ignore")[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if _DEVICE.fullmatch(name):
        name = f"_{name}"
    return (name or "Market") + ending
