"""What a case expects: a value, an error, rows, or text that holds some words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.cases.hosts import Value
from udfs.values import CellError

NA, VALUE, NUM, DIV0 = CellError.NA, CellError.VALUE, CellError.NUM, CellError.DIV0
REF, NAME, NULL = CellError.REF, CellError.NAME, CellError.NULL


@dataclass(frozen=True)
class Holding:
    """Text that holds each of these."""

    parts: tuple[str, ...]


def holding(*parts: str) -> Holding:
    return Holding(parts)


def column(texts: Iterable[str]) -> list[list[Value]]:
    return [[text] for text in texts]


Expected: TypeAlias = Value | Holding | list[list[Value]]
