"""The add-in's scripts are what Microsoft's types say that Excel understands."""

import json
import re
from pathlib import Path

import pytest

from tests.web import modules, node

ROOT = Path(__file__).parents[3]
SCRIPTS = ROOT / "addin/web/static/scripts"
CONFIG = ROOT / "tests/web/tsconfig.json"
BRIEF = """\
/** @param {Excel.Worksheet} sheet */
export function brief(sheet) {
  %s
}
"""
IMPORTED = re.compile(r'(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]*)"')


def _findings(config: Path) -> str:
    return node(str(modules() / "typescript/lib/tsc.js"), "--project", str(config), folder=ROOT).stdout


def _findings_in(folder: Path, script: str) -> str:
    (folder / "brief.js").write_text(script, encoding="utf-8")
    config = folder / "tsconfig.json"
    config.write_text(json.dumps({"extends": str(CONFIG), "include": ["brief.js"]}), encoding="utf-8")
    return _findings(config)


def test_the_compiler_has_nothing_to_say_against_the_scripts() -> None:
    assert list(SCRIPTS.rglob("*.js"))
    found = _findings(CONFIG)
    assert not found, found


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("sheet.ranges;", "Property 'ranges' does not exist on type 'Worksheet'"),
        ("sheet.getRange(1);", "'number' is not assignable to parameter of type 'string'"),
        ("new CustomFunctions.Error('oops');", "ErrorCode"),
        ("const unused = sheet;", "'unused' is declared but its value is never read"),
    ],
)
def test_what_excel_does_not_have_is_found(tmp_path: Path, statement: str, finding: str) -> None:
    assert finding in _findings_in(tmp_path, BRIEF % statement)


def test_a_script_without_a_type_is_found(tmp_path: Path) -> None:
    assert "implicitly has an 'any' type" in _findings_in(tmp_path, "export function brief(sheet) { sheet; }")


def test_a_right_script_is_not_found_fault_with(tmp_path: Path) -> None:
    assert _findings_in(tmp_path, BRIEF % 'sheet.getRange("A1").clear();') == ""


def test_imports_name_files_as_a_browser_asks_for_them() -> None:
    """The compiler would accept a name without its ending; no server does."""
    imported = [
        (script, name)
        for script in SCRIPTS.rglob("*.js")
        for name in IMPORTED.findall(script.read_text(encoding="utf-8"))
    ]
    assert [(s.name, name) for s, name in imported if not name.endswith(".js")] == []
