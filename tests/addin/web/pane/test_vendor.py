"""What is Microsoft's in the pane is what Microsoft has published."""

import json
import re
from pathlib import Path

import pytest

from tests.web import modules, node

FLUENT = Path(__file__).parents[4] / "addin/web/static/vendor/fluent"
THEMES = Path(__file__).parent / "themes.cjs"


def test_the_components_are_those_of_the_package_byte_for_byte() -> None:
    published = modules() / "@fluentui/web-components/dist/web-components.min.js"
    assert (FLUENT / "web-components.min.js").read_bytes() == published.read_bytes()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_themes_are_those_of_the_package(theme: str) -> None:
    made = node(str(THEMES), str(modules()), theme)
    assert made.stdout == (FLUENT / f"{theme}.css").read_text(encoding="utf-8"), made.stderr


def test_the_note_names_the_versions_that_are_there() -> None:
    note = (FLUENT / "README.txt").read_text(encoding="utf-8")
    named = dict(re.findall(r"(@[a-z]+/[a-z-]+) (\d[\w.-]*[\w])", note))
    assert len(named) == 3
    for package, version in named.items():
        described = json.loads((modules() / package / "package.json").read_text(encoding="utf-8"))
        assert (described["version"], described["license"]) == (version, "MIT")
