"""Who asks from Excel."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ParamSpec, TypeAlias, TypeVar

from litestar.di import NamedDependency

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Asker(ABC):
    """A person whose scripts ask, and the catalog that the answers are from."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Who it is, as the pane shows it."""

    @abstractmethod
    async def answer(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work in a thread in which the worksheet functions read that person's catalog."""

    @abstractmethod
    async def build(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """Do work that takes seconds, in its turn, so that others go on getting answers."""

    async def sign_out(self) -> bool:
        """End the token that asks; return whether it has ended. A key, and a person's own token, stay."""
        return False


Asks: TypeAlias = NamedDependency[Asker]
"""The type of a handler's argument `asker`."""
