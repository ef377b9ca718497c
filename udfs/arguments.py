"""Arguments of worksheet functions: read here, with a message for each that is refused."""

import math
import re

from markets.errors import BadArgument, OutOfDomain, shortened
from markets.facts import FIRST_YEAR, LAST_YEAR
from markets.years import parse_year
from udfs.values import ScalarArgument

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,3})?\s*%?")

_TRUTHS = {"true": True, "false": False}


def year(argument: ScalarArgument) -> int | None:
    """Return a year, or None if it is omitted or blank text.

    Text can be a year in one of the forms that finance uses. Raises BadArgument for other text,
    OutOfDomain for any number that is not a whole number from 1900 to 2200.

    >>> year(2028.0), year("2028"), year("FY2028E"), year(None), year(" ")
    (2028, 2028, 2028, None, None)
    """
    named = parse_year(argument) if isinstance(argument, str) else None
    number = optional_number(argument if named is None else named, "year")
    if number is None:
        return None
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return int(number)
    hint = " Is it a date? Use YEAR()." if LAST_YEAR < number < 2_958_466 else ""
    raise OutOfDomain(f"{_plain(number)} is not a year from {FIRST_YEAR} to {LAST_YEAR}.{hint}")


def truth(argument: ScalarArgument, name: str) -> bool:
    """Return a truth value, False if it is omitted. A number is true unless it is 0.

    Raises BadArgument for text other than "TRUE" and "FALSE".

    >>> truth(True, "headers"), truth("false", "headers"), truth(None, "headers"), truth(1.0, "headers")
    (True, False, False, True)
    """
    if isinstance(argument, str) and argument.strip().casefold() in _TRUTHS:
        return _TRUTHS[argument.strip().casefold()]
    return bool(optional_number(argument, name))


def text(argument: ScalarArgument) -> str:
    """Return text, stripped; blank if it is omitted or an empty cell (which arrives as 0).

    >>> text(" CT "), text(None), text(0.0), text(3.0)
    ('CT', '', '', '3')
    """
    if isinstance(argument, str):
        return argument.strip()
    if not argument:
        return ""
    return _plain(argument) if isinstance(argument, int | float) else str(argument)


def number(argument: ScalarArgument, name: str) -> float:
    """Return a finite number; `name` is its name in messages.

    Numbers as text are accepted, as in Excel's own functions: "4.3%" is 0.043.
    Raises BadArgument if it is missing or other text, OutOfDomain for NaN and infinities.

    >>> number("4.3%", "cagr")
    0.043
    """
    value = optional_number(argument, name)
    if value is None:
        raise BadArgument(f"The argument {name} is missing.")
    return value


def optional_number(argument: ScalarArgument, name: str) -> float | None:
    """Return a finite number, or None if it is omitted or blank text."""
    if argument is None:
        return None
    if isinstance(argument, str):
        return _parsed(argument, name)
    if not isinstance(argument, int | float):
        raise BadArgument(f"The argument {name} is not a number.")
    try:
        value = float(argument)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise OutOfDomain(f"The argument {name} is not a finite number.")
    return value


def _parsed(argument: str, name: str) -> float | None:
    stripped = argument.strip()
    if not stripped:
        return None
    digits = any(character.isdigit() for character in stripped[:40])
    if not (digits and len(stripped) <= 400 and stripped.isascii() and _NUMBER.fullmatch(stripped)):
        raise BadArgument(f'The argument {name} is the text "{shortened(stripped)}", not a number.')
    value = float(stripped.rstrip("% ").replace(",", ""))
    if not math.isfinite(value):
        raise OutOfDomain(f"The argument {name} is not a finite number.")
    return value / 100 if stripped.endswith("%") else value


def _plain(number: float) -> str:
    try:
        return f"{number:.15g}"
    except OverflowError:  # a whole number too large for a float
        return str(number)
