"""A table follows from its columns."""

import datetime
from collections.abc import Sequence

import pytest

from tests.conftest import SEED
from udfs.catalog import catalog
from workbook.draft import Draft, Inputs
from workbook.sheets import LISTS, players
from workbook.tables import Column, Row, put_table, widths


@pytest.fixture
def draft() -> Draft:
    market = catalog().market(SEED)
    draft = Draft(market, Inputs(SEED, "USD billion"), datetime.date(2026, 1, 2), {"Lists": "", "T": ""})
    LISTS.build(draft)
    return draft


def numbers(count: int, **more: object) -> list[Column]:
    cells = {"number": lambda row: float(row.number), "double": lambda row: row["number"] + row["number"]}
    return [Column(key, key.title(), 10, "Size", cell, **more) for key, cell in cells.items()][:count]  # type: ignore[arg-type]


def test_an_added_column_is_all_that_a_sheet_needs(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = players._columns

    def with_initial(draft: Draft) -> Sequence[Column]:
        def initial(row: Row) -> str:
            return str(row["name"].value)[:1]

        added = Column("initial", "Initial", 12, "Text", initial, lambda row: f"Initial {row.number}")
        return [*columns(draft), added]

    monkeypatch.setattr(players, "_columns", with_initial)
    players.PLAYERS.build(draft)
    sheet = draft.pages["Players"].sheet
    assert sheet.widths == (9, 80, 12)
    assert (sheet.cells["C5"].value, sheet.cells["C5"].look) == ("Initial", "Header")
    assert (sheet.cells["C6"].value, sheet.cells["C6"].look) == ("F", "Text row")
    assert sheet.printed is not None
    assert sheet.printed.area == "A1:C18"
    assert any(rule.area == "A6:C35" and rule.look == "Ruled" for rule in sheet.rules)
    assert ("Initial 1", "F") in {(figure.what, figure.value) for figure in draft.figures}


def test_special_looks_stand_before_the_lines_below_rows(draft: Draft) -> None:
    """LibreOffice applies only the first condition that is true."""
    page = draft.page("T", [10, 10])
    put_table(page, numbers(2, when=[("{double}>1", "Good")]), 5, 3)
    looks = [rule.look for rule in page.sheet.rules]
    assert looks.index("Ruled") > max(at for at, look in enumerate(looks) if look == "Good")
    assert page.sheet.rules[0].condition == "$B6>1"


@pytest.mark.parametrize(("rows", "frozen"), [(5, ""), (60, "A6")])
def test_a_long_table_keeps_its_header_in_view(draft: Draft, rows: int, frozen: str) -> None:
    columns = numbers(2)
    page = draft.page("T", widths(columns))
    put_table(page, columns, 5, rows)
    assert page.sheet.freeze == frozen


def test_a_table_without_rows_says_so_and_hides_its_header(draft: Draft) -> None:
    columns = [Column("name", "Name", 10, "Text", lambda row: "")]
    page = draft.page("T", widths(columns))
    put_table(page, columns, 5, 0, 3).say_if_empty("A4", "There is nothing.")
    assert page["A4"].value == "There is nothing."
    assert any((rule.area, rule.look) == ("A5:A5", "Hidden") for rule in page.sheet.rules)
