"""Every case on every host, and on every maker of catalogs."""

import re

import pytest

from tests.cases.hosts import Host, Rows, Value
from tests.cases.hosts.desktop import DesktopHost
from tests.cases.hosts.libreoffice import LibreOfficeHost
from tests.cases.hosts.makers import MakerHost
from tests.cases.hosts.python import PythonHost
from tests.cases.hosts.web import WebHost
from tests.cases.hosts.xlwings_server import XlwingsServerHost
from tests.cases.suite import CASES
from tests.cases.suite.cells import CELLS
from tests.cases.suite.expected import Holding
from udfs.registry import FUNCTIONS

HOSTS: dict[str, type[Host]] = {
    "python": PythonHost,
    "sqlite": MakerHost,
    "postgresql": MakerHost,
    "copy": MakerHost,
    "libreoffice": LibreOfficeHost,
    "desktop": DesktopHost,
    "web": WebHost,
    "xlwings_server": XlwingsServerHost,
}


def _parameters() -> list[object]:
    return [
        pytest.param(
            host,
            formula,
            id=f"{host}-{formula}",
            marks=_gap(kind.gaps[formula]) if formula in kind.gaps else (),
        )
        for host, kind in HOSTS.items()
        for formula in CASES
    ]


def _gap(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> "Results":
    return Results(request)


class Results:
    """What each host gives for the whole suite, asked for in one go."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request
        self._results: dict[str, dict[str, Rows]] = {}

    def of(self, name: str) -> dict[str, Rows]:
        if name not in self._results:
            host: Host = self._request.getfixturevalue(name)
            self._results[name] = dict(zip(CASES, host.evaluate(list(CASES), CELLS), strict=True))
        return self._results[name]


@pytest.mark.parametrize(("host", "formula"), _parameters())
def test_case(host: str, formula: str, results: Results) -> None:
    rows, expected = results.of(host)[formula], CASES[formula]
    if isinstance(expected, Holding):
        ((text,),) = rows
        assert isinstance(text, str)
        assert [part for part in expected.parts if part not in text] == []
    else:
        wanted = expected if isinstance(expected, list) else [[expected]]
        assert [[type(cell) for cell in row] for row in rows] == [
            [type(cell) for cell in row] for row in wanted
        ]
        assert rows == [[_approximately(cell) for cell in row] for row in wanted]


def _approximately(cell: Value) -> object:
    return pytest.approx(cell, rel=1e-12) if type(cell) is float else cell


def test_every_function_has_cases() -> None:
    named = {name for formula in CASES for name in re.findall(r"[A-Z_]+(?=\()", formula)}
    assert set(FUNCTIONS) <= named


def test_gaps_are_of_this_suite() -> None:
    assert {formula for host in HOSTS.values() for formula in host.gaps} <= set(CASES)
