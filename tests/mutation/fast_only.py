"""A plugin of pytest: only tests that start no program, and no test lives on another's answers."""

import doctest
import re
from typing import Any

import pytest

_LEFT_OUT = re.compile(r"\[(libreoffice|desktop)-|corpus|test_recalculated")
_MUTANT = re.compile(r"__mutmut_\d+$")
_examples_of = doctest.DocTestFinder._get_test  # type: ignore[attr-defined]
_PROGRAMS = ("office", "excel")
_STARTS_ONE = "edited"
"""A fixture that starts a program is named for it; this function starts LibreOffice."""


def _examples(
    finder: doctest.DocTestFinder, thing: object, name: str, *context: Any
) -> doctest.DocTest | None:
    """A mutant's doctest repeats that of the function itself."""
    return None if _MUTANT.search(name) else _examples_of(finder, thing, name, *context)


def pytest_configure() -> None:
    doctest.DocTestFinder._get_test = _examples  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    slow = [item for item in items if _LEFT_OUT.search(item.nodeid) or _starts_a_program(item)]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


def _starts_a_program(item: pytest.Item) -> bool:
    names = getattr(getattr(item, "function", None), "__code__", None)
    calls_one = names is not None and _STARTS_ONE in names.co_names
    return calls_one or any(name.startswith(_PROGRAMS) for name in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True, scope="module")
def _own_answers() -> None:
    """Each file works its answers out itself, or mutmut would not see which functions its tests need."""
    from udfs import catalog

    catalog.reload()
