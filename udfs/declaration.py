"""What a worksheet function declares: its name, help and parameters, and the body that answers."""

import inspect
from collections.abc import Callable, Sequence

from markets.errors import MarketbookError
from udfs.asked import Asked
from udfs.outcome import Outcome, refused
from udfs.parameters import parameters
from udfs.values import Array

Body = Callable[[Asked], Outcome]
AtOnce = Callable[..., Array | None]


class Declaration:
    """The name of a function in a cell, its help for the function wizard, and how it answers."""

    category = "Marketbook"

    def __init__(
        self,
        body: Body,
        spellings: Sequence[str],
        *,
        is_table: bool = False,
        refused: Callable[[MarketbookError, str], Outcome] = refused,
        at_once: AtOnce | None = None,
    ) -> None:
        self.body = body
        self.parameters = parameters(spellings)
        self.is_table = is_table
        self.refused = refused
        self.at_once = at_once
        self.name = body.__name__.upper()
        self.help = (inspect.getdoc(body) or "").partition("\n")[0]

    @property
    def signature(self) -> str:
        """The call as shown in documentation, with optional arguments in brackets."""
        names = (p.name if p.required else f"[{p.name}]" for p in self.parameters)
        return f"{self.name}({', '.join(names)})"
