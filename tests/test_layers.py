"""Imports run one way: addin -> workbook -> udfs -> markets, and in no circle within a layer."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("markets", "udfs", "workbook", "addin")


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))}


def _imported(path: Path) -> set[str]:
    """The modules of ours that a module imports, inside its functions and for its types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
    return {name for name in found if name in MODULES}


IMPORTS = {name: _imported(path) for name, path in MODULES.items()}


def test_the_layers_are_all_there() -> None:
    assert {name.partition(".")[0] for name in MODULES} == set(LAYERS)
    assert sum(map(len, IMPORTS.values())) > 300


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_run_down_only(layer: str) -> None:
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    wrong = {
        (name, other)
        for name, others in IMPORTS.items()
        for other in others
        if name.split(".")[0] == layer and other.split(".")[0] not in allowed
    }
    assert not wrong


def test_the_package_layer_knows_nothing_of_markets() -> None:
    reached = {
        other for name, others in IMPORTS.items() for other in others if name.startswith("workbook.package")
    }
    assert all(name.startswith("workbook.package") for name in reached)


def test_no_circle() -> None:
    assert not _circles()


def _circles() -> set[frozenset[str]]:
    """The strongly connected groups of more than one module; a package's face counts as its modules."""
    reach: dict[str, set[str]] = defaultdict(set)
    for start in IMPORTS:
        stack = list(IMPORTS[start])
        while stack:
            name = stack.pop()
            if name not in reach[start]:
                reach[start].add(name)
                stack += IMPORTS[name]
    groups = {
        frozenset(other for other in reach[name] if name in reach[other]) | {name}
        for name in IMPORTS
        if name in reach[name]
    }
    return {frozenset(group) for group in groups}


def test_the_package_layer_has_one_face() -> None:
    past = {
        (name, other)
        for name, others in IMPORTS.items()
        for other in others
        if not name.startswith("workbook.package") and other.startswith("workbook.package.")
    }
    assert not past


def test_the_levels_of_the_package_layer_run_one_way() -> None:
    levels = ("opc", "sheets", "edits")
    wrong = {
        (name, other)
        for name, others in IMPORTS.items()
        for other in others
        if name.startswith("workbook.package.") and other.startswith("workbook.package")
        if other == "workbook.package" or levels.index(other.split(".")[2]) > levels.index(name.split(".")[2])
    }
    assert not wrong
