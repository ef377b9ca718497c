"""A plugin of pytest: leave out the tests that start programs, and the doctests of mutants (each repeats one)."""

import re

import pytest

_LEFT_OUT = re.compile(r"__mutmut_\d+|\[(libreoffice|desktop)-|corpus|test_recalculated")
_PROGRAMS = ("office", "excel")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    slow = [item for item in items if _LEFT_OUT.search(item.nodeid) or _starts_a_program(item)]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


def _starts_a_program(item: pytest.Item) -> bool:
    return any(name.startswith(_PROGRAMS) for name in getattr(item, "fixturenames", ()))
