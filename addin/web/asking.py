"""Who asks from Excel."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeAlias, TypeVar

from litestar.di import NamedDependency

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Asker(Protocol):
    """A person whose scripts ask, and the catalog that the answers are from."""

    @property
    def name(self) -> str:
        """Who it is, as the pane shows it."""

    @property
    def place(self) -> str:
        """Where the answers are from, in words."""

    async def answer(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work in a thread in which the worksheet functions read that person's catalog."""


Asks: TypeAlias = NamedDependency[Asker]
"""The type of a handler's argument `asker`."""
