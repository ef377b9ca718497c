"""The segments that a text lists, found by the names that its sentences use for them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markets.facts import Dimension, Segment
from markets.importing.claims import Claim, SegmentsClaim
from markets.importing.regions import is_region
from markets.names import name_key

REGION, COUNTRY, COMPANY = "Region", "Country", "Company"
_ACRONYM = re.compile(r"\s*\(([\w&./-]{2,12})\)")
_KIND_WORD = re.compile(
    r"\s+(?:segments?|sub-?segments?|categor(?:y|ies)|regions?|markets?|sector|industry)$", re.IGNORECASE
)


@dataclass
class _Listed:
    """A dimension: where the text lists it, and its segments in the order of the text."""

    claim: Claim
    complete: bool
    names: dict[str, None] = field(default_factory=dict)


class SegmentNames:
    """Segments by dimension. One that only a sentence names is added to the dimension which that gives."""

    def __init__(self, market: str, claims: Iterable[SegmentsClaim]) -> None:
        self._market_words = {_singular(word) for word in market.casefold().split()}
        self._dimensions: dict[str, _Listed] = {}
        self._by_key: dict[str, dict[tuple[str, str], None]] = {}
        for claim in claims:
            if not claim.doubt:
                dimension = claim.dimension.replace("/", " or ")
                listed = self._dimensions.setdefault(dimension, _Listed(claim, claim.complete))
                for name in claim.names:
                    self._add(dimension, listed, name)

    def find(self, name: str, hint: str, claim: Claim) -> str | None:
        """Return the segment of that name, or of "Dimension/Segment" if two are called so.

        `hint` is the dimension that the sentence gives, blank if none. A place, a company, and a name
        in a dimension that the text does not list are added. None if no segment can be meant.
        """
        name = self._without_market(name)
        found = list(dict.fromkeys(pair for key in _keys(name) for pair in self._by_key.get(key, ())))
        hinted = [pair for pair in found if name_key(pair[0]) == name_key(hint)] or found
        if hinted:
            return self._spelled(*hinted[0]) if len(hinted) == 1 or hint else None
        dimension = self._new_place(name) if is_region(name) else hint
        if not dimension or (dimension in self._dimensions and self._dimensions[dimension].complete):
            return None
        listed = self._dimensions.setdefault(dimension, _Listed(claim, complete=False))
        self._add(dimension, listed, name)
        return self._spelled(dimension, name)

    def dimensions(self) -> tuple[Dimension, ...]:
        """Return the dimensions as facts."""
        return tuple(
            Dimension(
                at=str(listed.claim.place),
                name=name,
                segments=tuple(_segments(listed.names)),
                complete=listed.complete,
            )
            for name, listed in self._dimensions.items()
            if listed.names
        )

    def _without_market(self, name: str) -> str:
        """Return a name without the market's own words at its end: fixed wing drones, of garden drones."""
        words = name.split()
        while len(words) > 1 and name_key(name) not in self._by_key:
            if _singular(words[-1].casefold()) not in self._market_words:
                break
            name = " ".join(words := words[:-1])
        return name

    def _new_place(self, name: str) -> str:
        """Where a place belongs that no list has: a country beside a complete list of regions."""
        listed = self._dimensions.get(REGION)
        return COUNTRY if listed and listed.complete else REGION

    def _add(self, dimension: str, listed: _Listed, name: str) -> None:
        if name_key(name) not in map(name_key, listed.names):
            listed.names[name] = None
            for key in _keys(name):
                self._by_key.setdefault(key, {})[dimension, name] = None

    def _spelled(self, dimension: str, name: str) -> str:
        others = [pair for pair in self._by_key[name_key(name)] if pair != (dimension, name)]
        return f"{dimension}/{name}" if others else name


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _keys(name: str) -> Iterator[str]:
    """The keys under which a segment is found: its spelling, its plain name, its acronym, its singular."""
    plain = _KIND_WORD.sub("", _ACRONYM.sub("", name)).strip() or name
    for form in (name, plain, *_ACRONYM.findall(name)):
        yield name_key(form)
        yield name_key(form[:-1] if form.endswith("s") and not form.endswith("ss") else f"{form}s")


def _segments(names: Iterable[str]) -> Iterator[Segment]:
    """Give each segment the acronym in its name, and its name without it, as aliases if no other has them."""
    taken = set(map(name_key, names))
    for name in names:
        plain = _ACRONYM.sub("", name).strip()
        aliases = []
        for form in [plain, *_ACRONYM.findall(name)] if plain != name else []:
            if form and name_key(form) not in taken:
                taken.add(name_key(form))
                aliases.append(form)
        yield Segment(name, tuple(aliases))
