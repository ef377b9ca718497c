"""The pane is for everyone: by keyboard, with a screen reader, 320 pixels wide, in the dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import complaints
from tests.addin.web.pane.conftest import NARROW, WIDE, Opened, begin_refresh, choose
from tests.addin.web.pane.excel import enter, entry, press, select
from tests.conftest import SEED
from tests.web.made_books import book, sheet

FORMULA = {"A1": {"value": 8.6, "formula": f'=MARKETBOOK.MARKET_SIZE("{SEED}")'}}


def _table(page: Page) -> None:
    """A card, with the widest preview."""
    choose(page, SEED)
    page.get_by_label("What to insert").select_option("table")
    page.get_by_label("With headings").check()
    page.get_by_text("What agrees").click()
    expect(page.locator(".preview .error").first).to_be_visible()


def _question(page: Page) -> None:
    choose(page, SEED)
    enter(page, "A1", "mine")
    page.get_by_text("Insert at the selected cell").click()
    page.get_by_text("Replace what is in it?").wait_for()


def _failure(page: Page) -> None:
    page.route("**/api/excel/market?*", lambda route: route.fulfill(status=500, body=""))
    page.get_by_role("option", name=SEED).click()
    expect(page.get_by_role("alert")).to_contain_text("failed")


def _sources(page: Page) -> None:
    press(page, "sources")
    expect(page.locator("#sources-list li")).to_have_count(1)


def _signed_out(page: Page) -> None:
    page.get_by_text("Sign out").click()
    page.get_by_text("Use a token instead").click()


STATES: dict[str, Callable[[Page], None]] = {
    "found": lambda page: page.get_by_label("Search markets").press("ArrowDown"),
    "card": _table,
    "question": _question,
    "failure": _failure,
    "sources": _sources,
    "work": begin_refresh,
    "signed out": _signed_out,
}


@pytest.mark.parametrize("state", STATES)
def test_no_rule_of_accessibility_is_broken_and_nothing_is_too_wide(opened: Opened, state: str) -> None:
    with opened(book=book(sheet("Sheet1", FORMULA)), reduced_motion="reduce", **NARROW) as page:
        page.get_by_role("option").first.wait_for()
        STATES[state](page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for size in (NARROW["viewport"], WIDE["viewport"]):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                page.wait_for_timeout(300)  # colors fade
                assert not complaints(page), (scheme, size)
                assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_a_formula_is_inserted_by_keyboard_alone(opened: Opened) -> None:
    with opened(**NARROW) as page:
        page.get_by_role("option").first.wait_for()
        select(page, "B2")
        enter(page, "B2", "mine")
        _tab_to(page, "markets-tab")
        _tab_to(page, "search")
        page.keyboard.type("imaging")
        expect(page.get_by_role("option")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=SEED)).to_be_focused()
        _tab_to(page, "insert-what")
        page.keyboard.press("g")  # Growth (CAGR)
        _tab_to(page, "insert")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Replace", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("header")).to_contain_text("Inserted at Sheet1!B2.")
        expect(page.locator("#insert")).to_be_focused()
        assert entry(page, "B2")[0] == f'=MARKETBOOK.MARKET_CAGR("{SEED}")'


def test_arrows_go_through_the_parts(opened: Opened) -> None:
    with opened(**NARROW) as page:
        page.get_by_role("option").first.wait_for()
        _tab_to(page, "markets-tab")
        for part in ("sources", "workbook", "markets"):
            page.keyboard.press("ArrowRight")
            expect(page.locator(f"#{part}")).to_be_visible()
            expect(page.locator(f"#{part}-tab")).to_be_focused()
            assert page.locator("[role=tabpanel]:not([hidden])").count() == 1


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element of that id has the focus, which must be visible each time."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert focus["isSeen"], focus
        if focus["id"] == wanted:
            return
    raise AssertionError(f"Tab does not reach {wanted}.")


_FOCUS = """() => {
    const one = document.activeElement;
    const isOutlined = ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    const isSeen = [null, "::after"].some((part) => isOutlined(getComputedStyle(one, part)));
    return { id: one.id, tag: one.tagName, isSeen };
}"""


def test_a_screen_reader_hears_what_each_thing_is(opened: Opened) -> None:
    """Buttons and tabs of Fluent say what they are to the browser alone, so its own tree is read."""
    with opened(**NARROW) as page:
        choose(page, SEED)
        page.get_by_role("group", name="Values that will appear").wait_for()
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        heard = {
            (node["role"]["value"], node.get("name", {}).get("value")) for node in tree if "name" in node
        }
    assert heard >= {
        ("heading", "Marketbook"),
        ("tablist", "Parts of the pane"),
        ("tab", "Markets"),
        ("tabpanel", "Markets"),
        ("combobox", "Search markets"),
        ("article", SEED),
        ("button", "Insert at the selected cell"),
        ("group", "Values that will appear"),
        ("table", "Device, shares in 2023"),
        ("rowheader", "Computed Tomography"),
        ("button", "Sign out"),
    }


def test_messages_are_said(opened: Opened) -> None:
    """A message appears in a part of the page that was there before: else screen readers miss it."""
    with opened(**NARROW) as page:
        for role in ("status", "alert"):
            expect(page.locator(f"header [role={role}]")).to_have_count(1)
        _failure(page)
        expect(page.get_by_role("alert")).to_contain_text("Marketbook's server failed.")


@pytest.mark.parametrize(("background", "is_dark"), [("#262626", True), ("#F5F5F5", False)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pane_is_as_dark_as_office_whatever_the_system_is(
    opened: Opened, background: str, is_dark: bool, scheme: str
) -> None:
    with opened(**NARROW, color_scheme=scheme) as page:
        page.get_by_role("option").first.wait_for()
        page.evaluate(_OFFICE_IS, background)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert color == ("rgb(41, 41, 41)" if is_dark else "rgb(255, 255, 255)")


_OFFICE_IS = """async background => {
    const { useTheme } = await import("/excel/scripts/pane/theme.js");
    useTheme({ bodyBackgroundColor: background });
}"""


def test_in_high_contrast_the_pane_uses_the_colors_of_the_system(opened: Opened) -> None:
    with opened(**NARROW, forced_colors="active") as page:
        choose(page, SEED)
        assert not complaints(page)
        bar = page.locator(".cut progress").first
        assert bar.evaluate("bar => getComputedStyle(bar).borderTopWidth") == "1px"
        shown, other = (page.locator(f"#{part}-tab").evaluate(_COLORS) for part in ("markets", "sources"))
        assert shown != other


_COLORS = "tab => getComputedStyle(tab).backgroundColor"


def test_with_letters_of_twice_the_size_no_part_is_broken_in_its_name(opened: Opened) -> None:
    with opened(viewport={"width": 225, "height": 400}) as page:
        choose(page, SEED)
        heights = [tab.evaluate("tab => tab.offsetHeight") for tab in page.get_by_role("tab").all()]
        assert len(heights) == 3
        assert max(heights) < 50
        assert page.evaluate("document.documentElement.scrollWidth") == 225
