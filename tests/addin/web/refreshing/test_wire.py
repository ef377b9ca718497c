"""What the scripts and the server say to each other has the same fields on both sides."""

import re
from pathlib import Path

import msgspec
import pytest

from addin.web.refreshing import chart_wire, wire

SCRIPT = (Path(__file__).parents[4] / "addin/web/static/scripts/refreshing/wire.js").read_text("utf-8")
_LONG = re.compile(r"@typedef \{object\} (\w+)\n((?: \* @property .*\n)+)")
_SHORT = re.compile(r"@typedef \{\{(.*)\}\} (\w+)")

IN_SCRIPTS = {
    name: set(re.findall(r"@property \{.*\} (\w+)$", lines, re.MULTILINE))
    for name, lines in _LONG.findall(SCRIPT)
} | {name: set(re.findall(r"(\w+)\??: ", fields)) for fields, name in _SHORT.findall(SCRIPT)}
STRUCTS = {
    name: set(found.__struct_fields__)
    for name, found in (vars(wire) | vars(chart_wire)).items()
    if isinstance(found, type) and issubclass(found, msgspec.Struct) and found is not msgspec.Struct
}


def test_the_scripts_know_every_structure() -> None:
    assert IN_SCRIPTS.keys() >= STRUCTS.keys()


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_a_structure_has_the_same_fields_on_both_sides(name: str) -> None:
    assert IN_SCRIPTS[name] == STRUCTS[name]
