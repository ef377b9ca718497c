"""People at work in a browser: an editor's whole way, a conflict, a reader, an outsider, signing out."""

from pathlib import Path

from playwright.sync_api import Page, expect

from markets.catalogs.database.reading import record
from tests.addin.server.pages.conftest import SignedIn, entered, renamed, revised
from tests.addin.server.team import REPORT, Team

REPORT_TEXT = """\
Garden Drone Market to Reach USD 4.2 Billion by 2032 | Meadow Research

BOSTON, March 3, 2026 -- According to Meadow Research, the global garden drone market was valued at
USD 1.9 billion in 2024 and is projected to reach USD 4.2 billion by 2032, at a CAGR of 10.4% from 2024 to
2032. Sales will grow later to USD 9 billion.

Key Companies
    Acme Robotics Inc.
"""
TABLE = """\
Market,Publisher,Date,Year,Size (USD million)
Rowing Boat,Lake Data,2026-01-05,2024,120
Rowing Boat,Lake Data,2026-01-05,2030,180
Canoe,Lake Data,2026-01-05,2024,90
"""


def _market(staff: Team, name: str, **sizes: str) -> int:
    """Enter a market of three editions, and return the first."""
    report = renamed(REPORT, name)
    first = entered(staff, report)
    entered(staff, revised(report, "2026-05-01", y2030="471", **sizes))
    return first


def _search(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Market").fill(text)
    page.get_by_role("button", name="Search").click()


def _correct(page: Page, figure: str, why: str) -> None:
    page.get_by_label("Figure").fill(figure)
    page.get_by_label("Why", exact=True).fill(why)
    page.get_by_role("button", name="Correct").click()


def test_a_market_is_found_and_shows_its_editions_facts_checks_and_history(
    staff: Team, signed_in: SignedIn
) -> None:
    _market(staff, "Moka Pots")
    with signed_in("reader") as page:
        _search(page, "moka")
        expect(page.get_by_role("link", name="Moka Pots")).to_have_count(2)
        _search(page, "mokka pot")  # resembles it
        page.get_by_role("link", name="Moka Pots").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Moka Pots (Europe)")
        chart = page.get_by_role("img", name="Moka Pots (Europe): size by year, one line for each edition")
        expect(chart.locator("polyline")).to_have_count(2)
        assert "471 in 2030" in chart.locator("desc").text_content()
        sizes = page.get_by_role("table", name="Size as each edition prints it, EUR million")
        expect(sizes.get_by_role("row").last).to_contain_text("471")
        facts = page.get_by_role("table", name="Sizes, EUR million")
        expect(facts.get_by_role("row").nth(1)).to_contain_text("page 1")
        expect(facts.get_by_role("row").nth(1)).to_contain_text("as entered")
        checks = page.get_by_role("table", name="What the edition states")
        expect(checks).to_contain_text("warning")
        expect(page.get_by_role("table", name="Who changed what in this edition")).to_contain_text(
            "entered with"
        )
        page.get_by_role("link", name="2026-05-01").click()
        expect(page.get_by_role("table", name="Sizes, EUR million")).to_contain_text("471")


def test_what_nothing_resembles_is_said(signed_in: SignedIn) -> None:
    with signed_in("reader") as page:
        _search(page, "xyzzyx")
        expect(page.get_by_role("main")).to_contain_text("No market's name contains or resembles “xyzzyx”.")


def test_a_fact_is_corrected_and_says_what_it_was(staff: Team, signed_in: SignedIn) -> None:
    edition = _market(staff, "Grinders")
    with signed_in("editor") as page:
        page.goto(f"/editions/{edition}")
        page.get_by_role("link", name="Correct Sizes, EUR million: Grinders (Europe) 2020").click()
        expect(page.get_by_label("Figure")).to_have_value("400")
        _correct(page, "four", "misread")
        expect(page.get_by_role("alert")).to_contain_text("Enter the figure as it is printed")
        expect(page.get_by_label("Figure")).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label("Why", exact=True)).to_have_value("misread")
        _correct(page, "410", "misread")
        expect(page.get_by_role("status")).to_contain_text("Corrected")
        page.goto(f"/editions/{edition}")
        row = page.get_by_role("table", name="Sizes, EUR million").get_by_role("row").nth(1)
        expect(row).to_contain_text("410")
        expect(row).to_contain_text("by editor@example.com, was 400: misread")
        page.goto("/changes")
        first = page.get_by_role("table", name="Latest changes").get_by_role("row").nth(1)
        expect(first).to_contain_text("size, 2020: 400 → 410")
        page.goto(f"/editions/{edition}?as_of=2020-01-01")
        expect(
            page.get_by_role("table", name="Sizes, EUR million").get_by_role("row").nth(1)
        ).to_contain_text("400")
        expect(page.get_by_role("link", name="Correct ")).to_have_count(0)


def test_a_reason_is_needed(staff: Team, signed_in: SignedIn) -> None:
    edition = _market(staff, "Filters")
    with signed_in("editor") as page:
        page.goto(f"/editions/{edition}/facts/1")
        why = page.get_by_label("Why", exact=True)
        _correct(page, "410", "")
        assert not why.evaluate("field => field.validity.valid")
        why.evaluate("field => field.required = false")
        _correct(page, "410", "  ")
        expect(page.get_by_role("alert")).to_contain_text("Say why")
        expect(page.get_by_label("Figure")).to_have_value("410")


def test_two_people_correct_one_fact_and_nothing_is_lost(staff: Team, signed_in: SignedIn) -> None:
    edition = _market(staff, "Kettles")
    fact = f"/editions/{edition}/facts/1"
    with signed_in("editor") as first, signed_in("owner") as second:
        first.goto(fact)
        second.goto(fact)
        _correct(second, "420", "the publisher's erratum")
        _correct(first, "430", "misread")
        expect(first.get_by_role("alert")).to_contain_text("owner@example.com has corrected this fact")
        row = first.get_by_role("table", name="Both corrections").get_by_role("row", name="Figure")
        expect(row.get_by_role("cell")).to_have_text(["420", "430"])
        expect(first.get_by_label("Why", exact=True)).to_have_value("misread")
        expect(first.get_by_role("link", name="Keep theirs")).to_have_attribute("href", fact)
        first.get_by_role("button", name="Enter yours").click()
        expect(first.get_by_role("status")).to_contain_text("Corrected")
    with staff.database.reading() as connection:
        kept = [one.statement for one in record(connection, edition).revisions if one.fact == 1]
    assert [one.value for one in kept if one] == ["400", "420", "430"]


def test_a_fact_is_withdrawn_and_entered_again(staff: Team, signed_in: SignedIn) -> None:
    edition = _market(staff, "Cups")
    with signed_in("editor") as page:
        page.goto(f"/editions/{edition}/facts/1")
        page.get_by_label("Why it is withdrawn").fill("not in the text")
        page.get_by_role("button", name="Withdraw this fact").click()
        expect(page.get_by_role("main")).to_contain_text("withdrawn")
        page.goto(f"/editions/{edition}")
        expect(page.get_by_role("table", name="Sizes, EUR million").get_by_role("row")).to_have_count(4)
        page.get_by_role("link", name="size, 2020").click()
        page.get_by_label("Why", exact=True).fill("it is, on page 1")
        page.get_by_role("button", name="Enter it again").click()
        page.goto(f"/editions/{edition}")
        expect(page.get_by_role("table", name="Sizes, EUR million").get_by_role("row")).to_have_count(5)


def test_every_kind_of_fact_can_be_sent_back_as_it_is(staff: Team, signed_in: SignedIn) -> None:
    with staff.database.reading() as connection:
        before = record(connection, staff.edition)
    with signed_in("editor") as page:
        for one in before.at():
            page.goto(f"/editions/{staff.edition}/facts/{one.fact}")
            page.get_by_label("Why", exact=True).fill("as it was")
            page.get_by_role("button", name="Correct").click()
            expect(page.get_by_role("status")).to_contain_text("Corrected")
    with staff.database.reading() as connection:
        assert record(connection, staff.edition) == before


def test_a_text_is_reviewed_entered_and_in_the_changes(at_provider: SignedIn) -> None:
    with at_provider("editor") as page:
        page.goto("/workspaces")
        page.get_by_role("link", name="Import into team").click()
        page.get_by_label("Or a report's text").fill(REPORT_TEXT)
        page.get_by_role("button", name="Read").click()
        found = page.get_by_role("table", name="What was found")
        expect(found).to_contain_text("USD 1.9 billion")
        unsure = found.get_by_role("row").filter(has_text="unsure")
        expect(unsure).to_contain_text("The text does not tell the year.")
        expect(unsure).to_contain_text("Sales will grow later")
        page.get_by_role("button", name="Enter").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Garden Drone")
        page.goto("/changes")
        expect(page.get_by_role("table", name="Latest changes").get_by_role("row").nth(1)).to_contain_text(
            "Garden Drone"
        )
        page.goto("/workspaces/team/import")
        page.get_by_label("Or a report's text").fill(REPORT_TEXT)
        page.get_by_role("button", name="Read").click()
        expect(page.get_by_role("main")).to_contain_text("This text was imported before.")
        expect(page.get_by_role("button", name="Enter")).to_have_count(0)


def test_what_a_text_does_not_say_is_filled_in(signed_in: SignedIn) -> None:
    text = "The Tea Market was worth USD 2 billion in 2023. It will reach USD 3 billion by 2030."
    with signed_in("editor") as page:
        page.goto("/workspaces/team/import")
        page.get_by_label("Or a report's text").fill(text)
        page.get_by_role("button", name="Read").click()
        expect(page.get_by_role("main")).to_contain_text("The text does not state its publisher and date.")
        expect(page.get_by_role("button", name="Enter")).to_have_count(0)
        page.get_by_label("Publisher").fill("Leaf & Co")
        page.get_by_label("Published on").fill("2026-02-03")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Enter 2 facts").click()
        expect(page.get_by_role("main")).to_contain_text("Leaf & Co")
        page.goto("/workspaces/team/import")
        page.get_by_label("Or a report's text").fill(text.replace("3 billion", "4 billion"))
        page.get_by_text("What the file does not say").click()
        page.get_by_label("Publisher").fill("Leaf & Co")
        page.get_by_label("Published on").fill("2026-02-03")
        page.get_by_role("button", name="Read").click()
        expect(page.get_by_role("row", name="changed")).to_contain_text("in the edition of 2026-02-03")
        page.get_by_role("button", name="Enter 2 facts").click()
        expect(page.get_by_role("alert")).to_contain_text("from another text")
        page.get_by_role("button", name="Revise the edition that is there").click()
        expect(page.get_by_role("table", name="Who changed what")).to_contain_text("4")


def test_a_table_makes_several_reports(signed_in: SignedIn, tmp_path: Path) -> None:
    path = tmp_path / "boats.csv"
    path.write_text(TABLE, encoding="utf-8")
    with signed_in("editor") as page:
        page.goto("/workspaces/team/import")
        page.get_by_label("A file").set_input_files(path)
        page.get_by_role("button", name="Read").click()
        expect(page.get_by_role("table", name="What was found")).to_have_count(2)
        page.get_by_role("button", name="Enter 3 facts").click()
        became = page.get_by_role("table", name="What became of each report")
        expect(became.get_by_role("link", name="Rowing Boat")).to_be_visible()
        expect(became.get_by_role("link", name="Canoe")).to_be_visible()


def test_a_token_is_shown_once_and_can_be_revoked(staff: Team, signed_in: SignedIn) -> None:
    with signed_in("editor") as page:
        page.goto("/tokens")
        page.get_by_label("Name").fill("My laptop")
        page.get_by_role("button", name="Make a token").click()
        token = page.get_by_label("The token").inner_text()
        assert token.startswith("mbk_")
        api = f"{page.url.rpartition('/')[0]}/api/me"
        headers = {"Authorization": f"Bearer {token}"}
        assert page.request.get(api, headers=headers).json()["email"] == "editor@example.com"
        page.goto("/tokens")
        assert token not in page.content()
        page.get_by_role("button", name="Revoke My laptop").click()
        expect(page.get_by_role("button", name="Revoke My laptop")).to_have_count(0)
        assert page.request.get(api, headers=headers).status == 401


def test_an_owner_adds_changes_and_removes_members(signed_in: SignedIn) -> None:
    with signed_in("owner") as page:
        page.goto("/workspaces")
        page.get_by_role("link", name="Members of team").click()
        page.get_by_label("E-mail address").fill("New.One@example.com")
        page.get_by_role("button", name="Add").click()
        row = page.get_by_role("row").filter(has_text="new.one@example.com")
        expect(row).to_contain_text("has not signed in yet")
        row.get_by_label("Role of new.one@example.com").select_option("editor")
        row.get_by_role("button", name="Set the role of new.one@example.com").click()
        expect(row.get_by_role("cell").nth(1)).to_have_text("editor")
        row.get_by_role("button", name="Remove new.one@example.com").click()
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Remove owner@example.com").click()
        expect(page.get_by_role("alert")).to_contain_text("A workspace needs an owner.")
        page.goto("/workspaces/team/audit")
        log = page.get_by_role("table", name="Changes, other actions and refused attempts")
        expect(log.get_by_role("row").nth(1)).to_contain_text("refused")
        expect(log).to_contain_text("editor -> none")


def test_a_reader_sees_no_way_to_change_anything(staff: Team, signed_in: SignedIn) -> None:
    with signed_in("reader") as page:
        for path in (f"/editions/{staff.edition}", f"/editions/{staff.edition}/facts/1", "/workspaces"):
            page.goto(path)
            main = page.get_by_role("main")
            expect(main.locator("form[method=post]")).to_have_count(0)
            expect(main.get_by_role("link", name="Correct")).to_have_count(0)
            expect(main.get_by_role("link", name="Import")).to_have_count(0)
        page.goto("/workspaces/team/import")
        expect(page.get_by_role("heading", level=1)).to_have_text("You may not do that")


def test_an_outsider_finds_nothing(staff: Team, signed_in: SignedIn) -> None:
    with signed_in("stranger") as page:
        _search(page, "espresso")
        expect(page.get_by_role("row").filter(has_text="team")).to_have_count(0)
        for path in (f"/editions/{staff.edition}", "/workspaces/team/audit", "/workspaces/team/members"):
            answer = page.goto(path)
            assert answer is not None and answer.status == 404
            expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
        page.goto("/changes")
        expect(page.get_by_role("row").filter(has_text="team")).to_have_count(0)


def test_the_back_button_shows_nothing_after_signing_out(staff: Team, signed_in: SignedIn) -> None:
    with signed_in("reader") as page:
        page.goto(f"/editions/{staff.edition}")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Signed out")
        page.go_back()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()  # the provider's
        assert "Espresso" not in page.content()


def test_signing_in_ends_at_the_page_that_was_asked_for(staff: Team, at_provider: SignedIn) -> None:
    with at_provider("reader", f"/editions/{staff.edition}?as_of=2026-04-01") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Espresso Machines (Europe)")
        assert page.url.endswith("?as_of=2026-04-01")
