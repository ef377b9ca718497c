"""Names: matched by exact spelling, then by what spellings have in common; suggestions for near misses."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from markets.errors import UnknownName

Item = TypeVar("Item")

_LONGEST_NAME = 200


def exact_key(name: str) -> str:
    """Return the name as spelled, in lower case and with single spaces.

    >>> exact_key(" X-ray  & CT") == exact_key("x-ray & ct"), exact_key("X-ray") == exact_key("Xray")
    (True, False)
    """
    if name.isascii():
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFD", name).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


def name_key(name: str) -> str:
    """Return a key that all spellings of a name share, and that different names do not.

    Spaces, hyphens and punctuation between words are dropped. Characters that make a difference are
    kept: signs such as < + % # $, a minus sign, accents and vowel signs, and separators between two
    numbers, except thousands separators.

    >>> name_key("X-ray & CT ") == name_key("XRay and ct")
    True
    >>> name_key("<100 kW"), name_key("> 1,050 kW"), name_key("10 – 50"), name_key("1.5 T"), name_key("C++")
    ('<100kw', '>1050kw', '10-50', '1.5t', 'c++')
    """
    if _SIMPLE.fullmatch(name) and (key := name.translate(_PUNCTUATION).lower()):
        return key
    text = _folded(_DIGIT_THEN_SMALL_DIGIT.sub(" ", name))
    text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    text = _BETWEEN_DIGITS.sub(lambda run: _separator(run[0]), text)
    text = _MINUS.sub("−", _POINT.sub("0.", text))
    return unicodedata.normalize("NFKC", _without_punctuation(text)) or " ".join(text.split())


_PUNCTUATION = str.maketrans({"&": "and", **dict.fromkeys("',()/. -")})
_SIMPLE = re.compile(r"[A-Za-z&',()/. -]*([A-Za-z ]\d+([A-Za-z&',()/ ][A-Za-z&',()/. -]*)?)?", re.ASCII)
"""Matches nearly all names: words and at most one number. Their key takes a tenth of the time."""

_SIGNS = "<>≤≥≠≮≯+±#%‰"
_DASHES = "-‐‑‒–—−"
_PLAIN = {"&": "and", "<=": "≤", ">=": "≥", "×": "x", "⁄": "/"}

_DIGIT_THEN_SMALL_DIGIT = re.compile("(?<=[0-9])(?=[²³¹¼½¾⁰-₉⅐-↉])")
"""The end of a number before a superscript or a fraction: 10² is not 102, and 1½ is not 11/2."""

_THOUSANDS = re.compile(r"(?<!\d)(?<!\d[,.])(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})(?!,?\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
_MINUS = re.compile(rf"(?<![\w%‰])[{_DASHES}](?=\d)")


def _folded(name: str) -> str:
    """Return the name in lower case and in one encoding, with signs such as & spelled out."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    for spelled, plain in _PLAIN.items():
        text = text.replace(spelled, plain)
    return text


def _separator(run: str) -> str:
    """Return the one character that represents the separators between two numbers."""
    if any(map(_is_sign, run)):
        return run
    if any(dash in run for dash in _DASHES):
        return "-"
    separators = [separator for separator in "/:" if separator in run]
    return separators[0] if separators else run if run in (".", ",") else " "


def _without_punctuation(text: str) -> str:
    """Drop everything except letters, digits, their accents, signs, and separators between two numbers."""
    kept: list[str] = []
    was_kept = False
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        is_mark = unicodedata.category(character) in ("Mn", "Mc") and not "\ufe00" <= character <= "\ufe0f"
        separates = after.isdecimal() and (before.isdecimal() or character == "−")
        was_kept = character.isalnum() or _is_sign(character) or separates or (is_mark and was_kept)
        if was_kept:
            kept.append(character)
    return "".join(kept)


def _is_sign(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character) == "Sc"


class Names(Generic[Item]):
    """Items that have one or more names each.

    >>> names = Names("color", {"Dark Red": 1, "Blue": 2})
    >>> names.find("DARK-RED")
    [1]
    >>> names.find("Blu")
    Traceback (most recent call last):
    markets.errors.UnknownName: No color is called "Blu". Did you mean Blue?
    """

    def __init__(self, kind: str, items: Mapping[str, Item] | Iterable[tuple[str, Item]]) -> None:
        self._kind = kind
        self._spelled: dict[str, list[tuple[str, Item]]] = {}
        for name, item in items.items() if isinstance(items, Mapping) else items:
            self._spelled.setdefault(name_key(name), []).append((name, item))

    def get(self, text: str) -> list[Item]:
        """Return the items with exactly that spelling, else those with that name; none if it is unknown.

        >>> steps = Names("step", {"X-ray": 1, "Xray": 2})
        >>> steps.get("x-RAY"), steps.get("X ray")
        ([1], [1, 2])
        """
        if len(text) > _LONGEST_NAME:
            return []
        found = self._spelled.get(name_key(text), [])
        if len(found) > 1:  # rarely, so that only these are compared letter by letter
            exact = exact_key(text)
            found = [one for one in found if exact_key(one[0]) == exact] or found
        return _distinct(item for _, item in found)

    def find(self, text: str) -> list[Item]:
        """Return the items of that name; raise UnknownName, with suggestions, if there are none."""
        found = self.get(text)
        if not found:
            raise UnknownName(self._kind, text, self.near(text))
        return found

    def near(self, text: str, limit: int = 3) -> list[str]:
        """Return up to `limit` names that `text` may mean, nearest first, one per item."""
        key = name_key(text[:_LONGEST_NAME])
        matches = process.extract(
            key, self._spelled.keys(), scorer=fuzz.WRatio, score_cutoff=72, limit=4 * limit
        )
        nearest: dict[int, str] = {}
        for match, _, _ in matches:
            spelling, item = self._spelled[match][0]
            nearest.setdefault(id(item), spelling)
        return list(nearest.values())[:limit]


def _distinct(items: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
