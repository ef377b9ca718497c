"""Pages are for everyone: by keyboard, with a screen reader, on a phone, in the dark."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import complaints
from tests.addin.server.pages.conftest import SignedIn, entered, renamed, revised
from tests.addin.server.team import REPORT, Team

PHONE = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1200, "height": 800}}
TEXT = """\
Hammock Market to Reach USD 4.2 Billion by 2032 | Meadow Research
BOSTON, March 3, 2026 -- The hammock market was valued at USD 1.9 billion in 2024. It will be USD 9 billion.
"""


@pytest.fixture(scope="module")
def paths(staff: Team) -> list[str]:
    """Every page that can be asked for."""
    report = renamed(REPORT, "Hammocks")
    first = entered(staff, report)
    entered(staff, revised(report, "2026-06-01", y2030="471"))
    own = f"/editions/{first}"
    inside = [f"/workspaces/team/{name}" for name in ("import", "members", "audit")]
    lists = ["/markets", "/markets?search=nothing+like+it", "/changes", "/workspaces", "/tokens"]
    return [*lists, own, f"{own}?as_of=2026-04-01", f"{own}/facts/1", f"{own}/facts/14", *inside, "/nowhere"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_rule_of_accessibility_is_broken(
    signed_in: SignedIn, paths: list[str], size: dict[str, Any], scheme: str
) -> None:
    with signed_in("owner", **size, color_scheme=scheme) as page:
        found = []
        for path in paths:
            page.goto(path)
            found += complaints(page)
        page.goto("/workspaces/team/import")
        page.get_by_label("Or a report's text").fill(TEXT)
        page.get_by_role("button", name="Read").click()
        found += complaints(page)
        page.goto("/tokens")
        page.get_by_label("Name").fill("x")
        page.get_by_label("Days").fill("0")
        page.get_by_role("button", name="Make a token").click()
        found += complaints(page)
    assert not found, "\n".join(found)


def test_a_wrong_form_and_a_conflict_break_no_rule(signed_in: SignedIn, paths: list[str]) -> None:
    fact = next(path for path in paths if path.endswith("/facts/1"))
    with signed_in("owner", **PHONE) as page, signed_in("editor") as other:
        page.goto(fact)
        other.goto(fact)
        page.get_by_label("Figure").fill("x")
        page.get_by_label("Why", exact=True).fill("x")
        page.get_by_role("button", name="Correct").click()
        expect(page.get_by_role("alert")).to_be_visible()
        found = complaints(page)
        other.get_by_label("Figure").fill("407")
        other.get_by_label("Why", exact=True).fill("x")
        other.get_by_role("button", name="Correct").click()
        page.get_by_label("Figure").fill("408")
        page.get_by_role("button", name="Correct").click()
        expect(page.get_by_role("table", name="Both corrections")).to_be_visible()
        found += complaints(page)
    assert not found, "\n".join(found)


def test_nothing_is_wider_than_a_phone(signed_in: SignedIn, paths: list[str], staff: Team) -> None:
    wide = entered(staff, renamed(REPORT, "W" * 150, title="T" * 150, publisher="P" * 80))
    with signed_in("owner", **PHONE) as page:
        for path in (*paths, f"/editions/{wide}", f"/editions/{wide}/facts/1"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_a_fact_is_corrected_by_keyboard_alone(signed_in: SignedIn, staff: Team) -> None:
    entered(staff, renamed(REPORT, "Abacus"))
    with signed_in("editor") as page:
        page.goto("/markets")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        _tab_to(page, "search")
        page.keyboard.type("abacus")
        page.keyboard.press("Enter")
        page.wait_for_url("**/markets?search=abacus")
        _tab_to(page, "Abacus")
        page.keyboard.press("Enter")
        page.wait_for_url("**/editions/*")
        _tab_to(page, "Correct Sizes, EUR million: Abacus (Europe) 2020")
        page.keyboard.press("Enter")
        page.wait_for_url("**/facts/*")
        _tab_to(page, "value")
        page.keyboard.press("Control+A")
        page.keyboard.type("401")
        _tab_to(page, "why")
        page.keyboard.type("a misprint")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Corrected")


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the field or link of that name has the focus, which must be visible each time."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                return [one.id || one.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth)];
            }"""
        )
        assert focus[1] != "none" and focus[2] >= 2, focus
        if focus[0] == wanted:
            return
    raise AssertionError(f"Tab does not reach {wanted}.")


def test_everything_works_without_scripts(signed_in: SignedIn, staff: Team) -> None:
    with signed_in("editor", java_script_enabled=False) as page:
        page.goto(f"/editions/{staff.edition}")
        expect(page.get_by_role("img", name="size by year")).to_be_visible()
        assert page.locator("script").count() == 0
