"""Answers: a number, how it came about, and the facts it stands on."""

from dataclasses import dataclass
from enum import StrEnum

from markets.facts import Fact


class Status(StrEnum):
    """How an answer came about."""

    REPORTED = "reported"
    INTERPOLATED = "interpolated"
    COMPOUNDED = "compounded"
    DERIVED = "derived"


@dataclass(frozen=True)
class Answer:
    """A value (a size in the report's unit, or a fraction) with its provenance.

    `derivation` is one short phrase that a reader can check by hand.
    """

    value: float
    status: Status
    derivation: str
    facts: tuple[Fact, ...]
