"""Real texts: what the rules find in them, against facts that were checked by hand."""

from pathlib import Path

import pytest

from tests.accuracy.__main__ import pairs, seed
from tests.accuracy.scores import Score, scored

LEAST = {
    "market": (0.9, 0.9),
    "sizes": (0.97, 0.95),
    "total CAGRs": (0.97, 0.95),
    "windows": (0.9, 0.85),
    "segment CAGRs": (0.9, 0.85),
    "shares": (0.9, 0.85),
    "segments": (0.9, 0.9),
    "regions": (0.9, 0.9),
    "players": (0.9, 0.9),
}
"""Precision and recall by kind."""


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, Score]:
    return scored([*pairs(shared / "articles"), *seed(shared / "seed")])


@pytest.mark.parametrize("kind", LEAST)
def test_facts_of_real_texts_are_found(scores: dict[str, Score], kind: str) -> None:
    score = scores[kind]
    assert score.there > 0
    assert score.precision >= LEAST[kind][0], score.faults
    assert score.recall >= LEAST[kind][1], score.faults


def test_a_score_counts_what_is_wrong_and_what_is_missed() -> None:
    score = Score()
    score.add("a", ["x", "y"], ["x", "z", "z"])
    assert (score.right, score.found, score.there) == (1, 2, 2)
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert score.faults == ["a: missed y", "a: wrong z"]
