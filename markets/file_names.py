"""Names of files, from any text, that every system and Excel accept."""

import re
from typing import Final

_REFUSED: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*\[\]]')  # by Windows; brackets by Excel
_DEVICE: Final = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_LONGEST: Final = 100  # Excel ends a whole path at 218 characters
_MOST_BYTES: Final = 200  # other systems end a name at 255 bytes


def file_name(text: str, ending: str) -> str:
    r"""Return a text as the name of a file: what Windows or Excel refuses becomes a space.

    >>> file_name("Europe: MRI/CT?", ".xlsx"), file_name("con", ".xlsx"), file_name("...", ".xlsx")
    ('Europe MRI CT.xlsx', '_con.xlsx', 'Market.xlsx')
    """
    name = " ".join(_REFUSED.sub(" ", text).split())[:_LONGEST]
    name = name.encode(errors="ignore")[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if _DEVICE.fullmatch(name):
        name = f"_{name}"
    return (name or "Market") + ending
