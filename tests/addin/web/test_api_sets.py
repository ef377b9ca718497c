"""The scripts use no member of Office.js that Excel may lack, unless they ask whether it is there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypedDict

from lxml import etree

from addin.web.manifest import manifest
from tests.web import modules, node

ROOT: Final = Path(__file__).parents[3]
SCRIPTS: Final = ROOT / "addin/web/static/scripts"
CONFIG: Final = ROOT / "tests/web/tsconfig.json"
LISTING: Final = Path(__file__).with_name("api_sets.cjs")
ASKED: Final = re.compile(r'"1\.(\d+)"')
NEEDS_NO_QUESTION: Final = {
    # of a reference such as A1#, which only an Excel has that has this member
    ("names/references.js", "Range.getSpillingToRangeOrNullObject")
}
BRIEF: Final = """\
/** @param {Excel.Worksheet} sheet */
export function brief(sheet) {
  sheet.getRange("A1").getSpillParent().clear();
  sheet.getRange("A1").load("address, hasSpill");
  sheet.comments.load("items/id");
  const { slicers, charts } = sheet;
  charts.load("items/name");
  return slicers;
}
"""


class Used(TypedDict):
    """Where a script names a member, and the oldest set that has it."""

    script: str
    line: int
    member: str
    set: str
    version: str


def used(config: Path) -> list[Used]:
    """The members of Office.js that scripts use."""
    found = node(str(LISTING), str(modules() / "typescript"), str(config), folder=ROOT)
    assert not found.stderr
    members: list[Used] = json.loads(found.stdout)
    return members


def required() -> int:
    """The version of ExcelApi without which Excel does not offer the add-in: 9 of 1.9."""
    root = etree.fromstring(manifest("https://markets.example.com"))
    sets = {each.get("Name"): each.get("MinVersion", "") for each in root.iter("{*}Set")}
    return int(sets["ExcelApi"].removeprefix("1."))


def unasked(members: list[Used], scripts: Path) -> Iterator[Used]:
    """The members that are newer than what is required, and than all that their scripts ask for."""
    for each in members:
        if each["set"] != "ExcelApi" or (each["script"], each["member"]) in NEEDS_NO_QUESTION:
            continue
        asked = ASKED.findall((scripts / each["script"]).read_text(encoding="utf-8"))
        if int(each["version"].removeprefix("1.")) > max(required(), *map(int, asked), 0):
            yield each


def test_scripts_ask_for_what_is_newer_than_the_manifest_requires() -> None:
    members = used(CONFIG)
    assert {each["member"] for each in members} > {"Range.formulas", "Range.hasSpill", "Worksheet.copy"}
    assert not list(unasked(members, SCRIPTS))
    versions = {each["version"] for each in members if each["set"] == "ExcelApi"}
    assert f"1.{required()}" in versions  # and it requires no more than they use


def test_a_member_that_is_too_new_is_found(tmp_path: Path) -> None:
    scripts = tmp_path / "static/scripts"
    scripts.mkdir(parents=True)
    (scripts / "brief.js").write_text(BRIEF, encoding="utf-8")
    (scripts / "asking.js").write_text(f'{BRIEF}export const ASKED = "1.12";\n', encoding="utf-8")
    config = tmp_path / "tsconfig.json"
    config.write_text(json.dumps({"extends": str(CONFIG), "include": ["static/scripts/*"]}), encoding="utf-8")
    found = [(each["script"], each["line"], each["member"]) for each in unasked(used(config), scripts)]
    assert sorted(found) == [
        ("brief.js", 3, "Range.getSpillParent"),
        ("brief.js", 4, "Range.hasSpill"),
        ("brief.js", 5, "Comment.id"),
        ("brief.js", 5, "Worksheet.comments"),
        ("brief.js", 6, "Worksheet.slicers"),
    ]
