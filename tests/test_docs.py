"""What the documents say is held against what there is."""

import re
from pathlib import Path

import pytest

from addin.commands.application import application
from markets.reports import parse_report
from udfs.registry import FUNCTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_readme_has_a_line_for_each_function(name: str) -> None:
    function = FUNCTIONS[name]
    assert f"| `{function.signature}` | {function.help} |" in README


def test_the_readme_names_each_command() -> None:
    for command in application.commands:  # type: ignore[attr-defined]
        assert f"`{command}`" in README or f"`marketbook {command}" in README


def test_links_and_pictures_are_there() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_example_of_a_report_can_be_read() -> None:
    text = (ROOT / "docs" / "your-own-reports.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert parse_report(example[1].encode(), "example.toml").market.name == "Espresso Machines"


def test_the_changelog_has_the_version() -> None:
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version is not None
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {version[1]}" in changelog or "## Unreleased" in changelog


def test_no_document_is_empty() -> None:
    for document in (ROOT / "docs").glob("*.md"):
        assert len(document.read_text(encoding="utf-8")) > 500, document.name
