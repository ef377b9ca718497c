"""Precision and recall by kind of fact: what is found in a text against what is there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from markets.names import name_key
from markets.units import SCALES

Facts: TypeAlias = dict[str, Any]
"""One text's facts in the shape of the hand-checked files, as `marketbook import --json` prints them."""

KINDS = (
    "market",
    "sizes",
    "total CAGRs",
    "windows",
    "segment CAGRs",
    "shares",
    "segments",
    "regions",
    "players",
)


@dataclass
class Score:
    """How many facts of a kind are there, how many were found, and how many of these are right."""

    right: int = 0
    found: int = 0
    there: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The part of what was found that is right; 1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The part of what is there that was found; 1 if nothing is there."""
        return self.right / self.there if self.there else 1.0

    def add(self, name: str, there: Iterable[Any], found: Iterable[Any]) -> None:
        """Count one text's facts. The same fact twice is one."""
        expected, given = Counter(set(there)), Counter(set(found))
        self.right += (expected & given).total()
        self.found += given.total()
        self.there += expected.total()
        self.faults += [f"{name}: missed {fact}" for fact in expected - given]
        self.faults += [f"{name}: wrong {fact}" for fact in given - expected]


def scored(pairs: Iterable[tuple[str, Facts, Facts]]) -> dict[str, Score]:
    """Return the score of each kind over texts: their name, the facts there, and the facts found."""
    scores = {kind: Score() for kind in KINDS}
    for name, there, found in pairs:
        for kind, score in scores.items():
            score.add(name, _facts(kind, there), _facts(kind, found))
    return scores


def _facts(kind: str, facts: Facts) -> Iterator[Any]:
    """The facts of a kind in a form that is equal for what means the same."""
    if kind == "market":
        yield name_key(f"{facts.get('geography') or ''} {facts['market'] or ''}")
    elif kind == "sizes":
        yield from ((size["year"], _amount(size)) for size in facts["sizes"])
    elif kind in ("total CAGRs", "windows"):
        totals = [cagr for cagr in facts["cagr"] if cagr["scope"] == "total"]
        window = kind == "windows"
        yield from ((c["rate_pct"], *((c["from"], c["to"]) if window else ())) for c in totals)
    elif kind == "segment CAGRs":
        parts = [cagr for cagr in facts["cagr"] if not cagr["scope"].startswith("total")]
        yield from ((_name(cagr["scope"]), cagr["rate_pct"]) for cagr in parts)
    elif kind == "shares":
        yield from ((_name(share["name"]), share["pct"]) for share in facts["shares"])
    elif kind == "segments":
        yield from (_name(name) for names in facts["segments"].values() for name in names)
    else:
        yield from map(_name, facts[kind])


def _name(name: str) -> str:
    return name_key(name.replace(" + ", " and "))


def _amount(size: Facts) -> tuple[str, float]:
    """The currency and the amount, to 6 digits: 2.068 billion is 2,068 million."""
    currency, _, scale = size["unit"].partition(" ")
    return currency, float(f"{size['value'] * SCALES[scale]:.6g}")
