"""A fact that a text states several times is one claim: the best of them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from markets.importing.claims import Claim

_C = TypeVar("_C", bound=Claim)


def best_of_each(
    claims: Iterable[_C], agree: Callable[[_C, _C], bool], worth: Callable[[_C], tuple[int, ...]]
) -> list[_C]:
    """Return one claim of each fact, where the first of its claims stands: the one that is worth most.

    `agree` tells whether two claims can be one fact.
    """
    kept: list[_C] = []
    for claim in claims:
        at = next((at for at, other in enumerate(kept) if agree(claim, other)), None)
        if at is None:
            kept.append(claim)
        elif worth(claim) > worth(kept[at]):
            kept[at] = claim
    return kept
