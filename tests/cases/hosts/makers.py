"""Plain Python over each maker of catalogs: a database, and the local copy of a server."""

import os
from collections.abc import Mapping, Sequence
from unittest.mock import patch

from markets.catalogs.places import Place
from tests.cases.hosts import Rows, Value
from tests.cases.hosts.python import PythonHost
from udfs import catalog


class MakerHost(PythonHost):
    """The functions over the catalog that an environment names, which must be of that kind."""

    def __init__(self, environment: Mapping[str, str], kind: type[Place]) -> None:
        super().__init__()
        self._environment = environment
        self._kind = kind

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        try:
            with patch.dict(os.environ, self._environment):
                catalog.reload()
                assert type(catalog.reading.place) is self._kind
                assert catalog.problems() == ()
                return super().evaluate(formulas, cells)
        finally:
            catalog.reload()
