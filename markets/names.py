"""Names matched regardless of case, spaces and punctuation, with suggestions for near misses."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from markets.errors import UnknownName

Item = TypeVar("Item")

_LONGEST_NAME = 200


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common.

    >>> name_key("X-ray & CT ") == name_key("XRay and ct")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", "and")
    return "".join(filter(str.isalnum, folded)) or folded.strip()


class Names(Generic[Item]):
    """Things that go by one or several names.

    >>> names = Names("colour", {"Dark Red": 1, "Blue": 2})
    >>> names.find("DARK-RED")
    [1]
    >>> names.find("Blu")
    Traceback (most recent call last):
    markets.errors.UnknownName: No colour is called "Blu". Did you mean Blue?
    """

    def __init__(self, kind: str, items: Mapping[str, Item] | Iterable[tuple[str, Item]]) -> None:
        self._kind = kind
        self._items: dict[str, list[Item]] = {}
        self._spelling: dict[str, str] = {}
        for name, item in items.items() if isinstance(items, Mapping) else items:
            found = self._items.setdefault(name_key(name), [])
            if item not in found:
                found.append(item)
            self._spelling.setdefault(name_key(name), name)

    def get(self, text: str) -> list[Item]:
        """Return the items of that name, none where it is unknown."""
        return self._items.get(name_key(text), []) if len(text) <= _LONGEST_NAME else []

    def find(self, text: str) -> list[Item]:
        """Return the items of that name; raise UnknownName, with suggestions, where there is none."""
        found = self.get(text)
        if not found:
            raise UnknownName(self._kind, text, self.near(text))
        return found

    def near(self, text: str, limit: int = 3) -> list[str]:
        """Return up to `limit` names that `text` may have meant, nearest first, one a thing."""
        key = name_key(text[:_LONGEST_NAME])
        matches = process.extract(
            key, self._items.keys(), scorer=fuzz.WRatio, score_cutoff=72, limit=4 * limit
        )
        nearest: dict[int, str] = {}
        for match, _, _ in matches:
            nearest.setdefault(id(self._items[match][0]), self._spelling[match])
        return list(nearest.values())[:limit]
