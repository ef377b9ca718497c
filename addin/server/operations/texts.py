"""Texts that people send along: short enough, and of characters that a database and a page can show."""

import unicodedata

from markets.errors import CatalogError

_NEVER = {"Cc", "Cs", "Co", "Cn"}


def checked(what: str, text: str, longest: int, *, is_required: bool = False, has_lines: bool = False) -> str:
    r"""Return a text without spaces around it. Raises CatalogError, which names it, if it cannot be kept.

    >>> checked("reason", " a misprint ", 500)
    'a misprint'
    >>> checked("reason", "a\x00b", 500)
    Traceback (most recent call last):
    markets.errors.CatalogError: The reason contains a character that cannot be shown.
    """
    text = text.strip()
    lines = text.split("\n") if has_lines else [text]
    if any(unicodedata.category(each) in _NEVER and each != "\t" for line in lines for each in line):
        raise CatalogError(f"The {what} contains a character that cannot be shown.")
    if len(text) > longest:
        raise CatalogError(f"The {what} is longer than {longest} characters.")
    if is_required and not text:
        raise CatalogError(f"The {what} must not be blank.")
    return text
