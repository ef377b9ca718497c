"""What the user enters on the Assumptions sheet moves the whole workbook, in Python and in a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SECOND, SEED, own_reports
from tests.workbook.calc import edited
from tests.workbook.test_recalculated import ABOUT_THE_BUILDING, carried, computed, differing, formula_of
from udfs.values import CellError
from workbook.assumptions import Entered, Entry
from workbook.choices import Cells, chosen
from workbook.package import Package
from workbook.refresh import refresh_file
from workbook.report import Report
from workbook.template import build_report, write_workbook

THREE = (
    ("MRI", "share", 2033.0, 0.2, None, "the board's view"),
    (None, "size", 2033.0, 14.0, "USD billion", None),
    ("Hospitals", "CAGR", 2033.0, 0.05, None, None),
)
Row = tuple[object, ...]


def typed(*rows: Row, first: int = 12) -> dict[str, object]:
    """The cells of the user's own block with these rows in it."""
    return {
        f"Assumptions!{column}{first + at}": content
        for at, row in enumerate(rows)
        for column, content in zip("ABCDEF", row, strict=False)
        if content is not None
    }


def enter(book: Path, cells: Mapping[str, object]) -> Path:
    """Enter cells in LibreOffice, as a user does."""
    return edited(book, *(["enter", *place.split("!"), str(content)] for place, content in cells.items()))


def entered(*rows: Row, scenario: str = "own") -> Entered:
    """The same rows, as a refresh reads them."""
    blank = ("",) * 6
    filled = [tuple("" if cell is None else cell for cell in (*row, *blank)[:6]) for row in rows]
    block = [*filled, *[blank] * (20 - len(filled))]
    market = {True: Entry(SEED, ""), False: Entry("")}
    own = tuple((*map(Entry, row), market[row[3] != ""]) for row in block)
    return Entered(scenario, SEED, {"own": own})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "book.xlsx", SEED)
    return tmp_path / "book.xlsx"


def alike(live: dict[tuple[str, str], object], report: Report) -> None:
    """Assert that a spreadsheet shows what was computed, except what a refresh alone changes."""
    built = computed(report)
    kept = {
        place: value
        for place, value in live.items()
        if place in built and not ABOUT_THE_BUILDING.search(formula_of(report, place))
    }
    assert len(kept) > 1000
    assert differing(kept, {place: built[place] for place in kept}) == {}


def test_three_assumptions_typed_in_move_a_spreadsheet_as_they_move_a_refresh(
    office: Office, book: Path
) -> None:
    live = dict(office.recalculate(book, typed(*THREE)))
    assert live["Forecast", "B16"] == 14
    assert live["Lists", "P41"] == 3
    alike(live, build_report(SEED, assumptions=entered(*THREE)))
    assert "with other assumptions" in str(live["Forecast", "A3"])
    saved = enter(book, typed(*THREE))
    done = refresh_file(saved, calculate=office.recalculate)
    assert (done.refused, done.users.stale) == ("", {})
    after = dict(office.recalculate(saved))
    assert differing(after, carried(saved)) == {}
    assert after["Forecast", "A3"] == ""
    assert "assumptions in use: 3 (own)" in str(after["Forecast", "A2"])
    assert {"Size 2033", "Size 2028"} <= {change.what for change in done.changes}
    again = refresh_file(saved)
    assert (again.changes, again.kept_aside) == ((), ())


def test_a_source_s_figures_stand_beside_the_user_s(office: Office, book: Path) -> None:
    rows = (
        ("CT", "share", 2023.0, 0.7),
        (None, "size", 2033.0, 14000.0, "USD million"),
        (None, "CAGR", 2033.0, 0.05),
    )
    alone = rows[:2]
    live = office.recalculate(book, typed(*alone))
    assert [live["Assumptions", f"H{row}"] for row in (12, 13, 14)] == [0.653, pytest.approx(13100), ""]
    assert [live["Assumptions", f"I{row}"] for row in (12, 13, 14)] == ["In use", "In use", ""]
    live = office.recalculate(book, typed(rows[2]))
    assert (live["Assumptions", "H12"], live["Forecast", "B16"]) == (0.043, pytest.approx(8.6 * 1.05**10))


@pytest.mark.parametrize(
    ("row", "told", "status"),
    [
        ((None, "size", "soon", 14.0), 'The argument year is the text "soon"', "Enter a year."),
        (("CT", "share", 2033.0, 1.2), "A share is from 0% to 100%", "See the message at the top."),
        (("CT", "shares", 2033.0, 0.2), 'The measure is "shares"', "Choose size, share or CAGR."),
        (("XRT", "share", 2033.0, 0.2), 'is called "XRT"', "See the message at the top."),
        ((None, "share", 2033.0, 0.2), "Enter its segment", "Choose a segment."),
        ((None, "size", 2033.0, "much"), 'is the text "much"', "Enter a number as value."),
    ],
)
def test_an_assumption_that_cannot_be_used_is_told_and_a_refresh_works(
    office: Office, book: Path, row: Row, told: str, status: str
) -> None:
    saved = enter(book, typed(row))
    done = refresh_file(saved, calculate=office.recalculate)
    assert told in done.refused
    after = dict(office.recalculate(saved))
    assert differing(after, carried(saved)) == {}
    assert isinstance(after["Forecast", "B16"], CellError) or after["Forecast", "B16"] == ""
    assert told in str(after["Overview", "A3"])
    assert after["Assumptions", "I12"] == status


def test_an_error_in_a_cell_and_an_unknown_scenario_are_told_too(office: Office, book: Path) -> None:
    live = office.recalculate(enter(book, typed((None, "size", 2033, "=1/0"))))
    assert live["Assumptions", "A3"] == "A cell of the assumptions in use contains an error."
    live = office.recalculate(book, {"Assumptions!B6": "worst"})
    assert "There is no such scenario" in str(live["Overview", "A3"])


def test_scenarios_are_chosen_by_name(office: Office, book: Path) -> None:
    cells = typed(*THREE)
    sizes = {
        scenario: office.recalculate(book, {**cells, "Assumptions!B6": scenario})["Forecast", "B16"]
        for scenario in ("own", "base", "low", "High", "")
    }
    assert sizes == {"own": 14, "base": 13.1, "low": 13.05, "High": 13.15, "": 14}
    saved = enter(book, {"Assumptions!B6": "low"})
    refresh_file(saved)
    assert openpyxl.load_workbook(saved, data_only=True)["Forecast"]["B16"].value == 13.05


def test_low_and_high_follow_the_market_and_its_sources(office_with_two_markets: Office, book: Path) -> None:
    live = office_with_two_markets.recalculate(book, {"Start!B5": SECOND, "Start!B6": "EUR million"})
    report = build_report(SECOND, "EUR million")
    for place in ("C46", "D46", "E46", "D56"):
        assert live["Assumptions", place] == report.sheet("Assumptions").cells[place].value


def test_figures_for_one_market_are_not_used_for_another(office_with_two_markets: Office, book: Path) -> None:
    cells = typed((None, "size", 2030.0, 14.0))
    live = office_with_two_markets.recalculate(book, {**cells, "Start!B5": SECOND, "Start!B6": None})
    assert live["Assumptions", "I12"] == "Not used: for another market."
    assert live["Lists", "P41"] == 0
    assert "assumptions in use" not in str(live["Forecast", "A2"])
    assert 14 not in [value for (sheet, _), value in live.items() if sheet == "Forecast"]


def test_checks_lists_each_assumption_beside_the_source_and_warns_of_fast_growth(
    office: Office, book: Path
) -> None:
    rows = (*THREE[:2], ("Diagnostic Centers", "CAGR", 2025.0, 1.2))
    live = office.recalculate(book, typed(*rows))
    head = next(
        place
        for place, cell in build_report(SEED).sheet("Checks").cells.items()
        if cell.value == "Assumption in use"
    )
    first = int(head[1:]) + 1
    shown = [[live["Checks", f"{column}{first + at}"] for column in "ABCDEFG"] for at in range(4)]
    assert shown == [
        ["MRI – the board's view", 0.2, "", "", 2033, "share", "ok"],
        ["Whole market", 14, 13.1, pytest.approx(14 / 13.1 - 1), 2033, "size", "ok"],
        ["Diagnostic Centers", 1.2, "", "", 2025, "CAGR", "warning"],
        [""] * 7,
    ]


def test_rows_that_the_user_inserts_are_used_and_what_is_below_follows(office: Office, book: Path) -> None:
    saved = edited(
        book, ["rows", "Assumptions", 15, 25], ["enter", "Assumptions", "B50", "size"],
        ["enter", "Assumptions", "C50", "2033"], ["enter", "Assumptions", "D50", "14"],
    )  # fmt: skip
    done = refresh_file(saved, calculate=office.recalculate)
    assert done.kept_aside == ()
    after = dict(office.recalculate(saved))
    assert differing(after, carried(saved)) == {}
    assert (after["Forecast", "B16"], after["Assumptions", "D71"]) == (14, 13.05)


def test_a_formula_of_the_user_s_own_counts_with_the_value_that_it_shows(office: Office, book: Path) -> None:
    saved = enter(book, typed((None, "size", "=2000+33", "=10+4")))
    refresh_file(saved, calculate=office.recalculate)
    kept, values = openpyxl.load_workbook(saved), openpyxl.load_workbook(saved, data_only=True)
    assert kept["Assumptions"]["D12"].value == "=10+4"
    assert values["Forecast"]["B16"].value == 14
    with Package.open(saved) as package:
        cell = chosen(Cells(package)).assumptions.blocks["own"][0][3]
    assert cell == Entry(14.0, "10+4")


def test_the_overview_tells_assumed_figures_from_stated_ones() -> None:
    overview = build_report(SEED, assumptions=entered(THREE[1])).sheet("Overview")
    said = {str(cell.value) for cell in overview.cells.values()}
    assert "Market grows 5.0% p.a. to USD 14 billion by 2033" in said
    assert {"assumed", "your assumptions: row 1", "CAGR 5.0% p.a., assumed"} <= said
    assert not [line for line in said if "stated CAGR" in line]


@pytest.mark.parametrize("market", [SEED, SECOND])
def test_without_assumptions_nothing_says_that_there_are_any(market: str) -> None:
    with own_reports():
        report = build_report(market)
    said = [str(cell.value) for sheet in report.sheets if not sheet.hidden for cell in sheet.cells.values()]
    assert not [line for line in said if "assumptions in use" in line and "No assumptions" not in line]
    assert "assumed" not in said
