"""Tables: figures that a team keeps in sheets, read by their headers; faults are named by row and column."""

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.errors import Unreadable
from markets.facts import Report
from markets.importing.drafts import Draft
from markets.importing.tables.amounts import figure
from markets.importing.tables.cells import Grid, read_grid
from markets.importing.tables.columns import columns_of, find_table
from markets.importing.tables.rows import Told, drafts

TOLD = Told(publisher="A Publisher", date=datetime.date(2026, 3, 1))


def read(*rows: tuple[str, ...], told: Told = TOLD, comma: bool = False) -> list[Draft]:
    return drafts(find_table(Grid("figures.csv", rows, comma)), told)


def one(*rows: tuple[str, ...], told: Told = TOLD, comma: bool = False) -> Draft:
    (only,) = read(*rows, told=told, comma=comma)
    return only


def reasons(draft: Draft) -> dict[str, str]:
    return {unsure.row.at: unsure.reason for unsure in draft.unsure}


def sizes(report: Report) -> list[tuple[int, str, str]]:
    return [(size.year, size.segment, size.value.printed) for size in report.sizes]


def test_a_row_with_size_share_and_growth_gives_three_facts() -> None:
    headers = (
        "Market",
        "Segment",
        "Dimension",
        "Year",
        "Size (USD mn)",
        "Share",
        "CAGR",
        "From",
        "To",
        "Page",
    )
    report = one(
        headers,
        ("Drones", "", "", "2024", "1,200", "", "5.1%", "2024", "2030", "p. 3"),
        ("Drones", "Fixed Wing", "Type", "2024", "480.0", "40%", "", "", "", "p. 4"),
    ).report
    assert str(report.market.unit) == "USD million"
    assert sizes(report) == [(2024, "", "1,200"), (2024, "Type/Fixed Wing", "480.0")]
    assert [(share.segment, share.value.printed) for share in report.shares] == [("Type/Fixed Wing", "40")]
    assert [(cagr.value.printed, cagr.first, cagr.last) for cagr in report.cagrs] == [("5.1", 2024, 2030)]
    assert report.sizes[0].at == "p. 3; row 2, column Size (USD mn)"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("MARKET NAME", "market"),
        ("Mkt size", "size"),
        ("Revenue, USD bn", "size"),
        ("Market Share (%)", "share"),
        ("Growth rate", "cagr"),
        ("Sub-Segment", "segment"),
        ("Published by", "publisher"),
        ("Curency", "currency"),
        ("Comments", ""),
        ("ID", ""),
    ],
)
def test_headers_match_loosely(header: str, field: str) -> None:
    assert columns_of([header])[0].field == field


def test_a_column_for_each_year_holds_sizes() -> None:
    report = one(
        ("Figures of our team", "", "", ""),
        ("", "", "", ""),
        ("Market", "Segment", "2023A", "FY 2024E"),
        ("Drones", "Total", "8.6", "9.1"),
        ("Drones", "Europe", "2.0", ""),
        told=Told(publisher="P", date=TOLD.date, unit="EUR bn"),
    ).report
    assert sizes(report) == [(2023, "", "8.6"), (2024, "", "9.1"), (2023, "Region/Europe", "2.0")]
    assert report.market.currency == "EUR"


def test_each_market_publisher_and_date_is_a_report() -> None:
    rows = [("Market", "Source", "Date", "Year", "Value", "Unit")]
    rows += [
        (m, p, d, "2024", "5", "USD bn") for m in ("A", "B") for p in ("P", "Q") for d in ("2026-01-01", "")
    ]
    made = read(*rows)
    assert len(made) == 8
    assert {str(draft.report.source.date) for draft in made} == {"2026-01-01", "2026-03-01"}


def test_faults_are_named_by_row_and_column_and_the_rest_is_read() -> None:
    draft = one(
        ("Market", "Segment", "Year", "Value", "Unit", "Share"),
        ("Drones", "", "2024", "8.6", "USD bn", ""),
        ("Drones", "", "20x4", "8.7", "USD bn", ""),
        ("Drones", "", "2025", "many", "USD bn", ""),
        ("Drones", "", "2026", "9", "apples", ""),
        ("Drones", "", "2026", "9", "EUR bn", ""),
        ("Drones", "A", "2026", "", "", "0.4"),
        ("Drones", "", "2026", "", "", "40"),
        ("Drones", "", "2026", "", "", ""),
        ("", "", "2026", "9", "USD bn", ""),
        ("Drones", "A", "2026", "", "", "140%"),
    )
    assert sizes(draft.report) == [(2024, "", "8.6")]
    assert reasons(draft) == {
        "row 3, column Value": '"20x4" is not a year.',
        "row 4, column Value": '"many" is not a figure as printed, such as "8.6" or "2,068".',
        "row 5, column Value": '"apples" is not a unit. Enter a currency, a scale or both, '
        "such as USD million.",
        "row 6, column Value": "It is in EUR, and the sizes before it are in USD.",
        "row 7, column Share": "0.4 can be a fraction or a percentage. Write 40% or 0.4%.",
        "row 8, column Share": "A share needs a segment.",
        "row 9": "The row has no figure.",
        "row 10": "The table names no market for it. Use --market.",
        "row 11, column Share": "Its value must be from 0 to 100 percent.",
    }


def test_a_table_without_source_or_figures_is_refused_with_the_reason() -> None:
    with pytest.raises(Unreadable, match="Use --publisher"):
        read(("Market", "Year", "Value"), ("Drones", "2024", "5"), told=Told())
    with pytest.raises(Unreadable, match="no header row"):
        read(("Name", "Colour"), ("Drones", "red"))
    with pytest.raises(Unreadable, match="no rows"):
        read(("Market", "Value"))


def test_decimal_commas_and_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Sparte;Market;Year;Value (EUR m)\nx;Kühlgeräte;2024;1.234,5\n".encode("cp1252"))
    made = drafts(find_table(read_grid(path)), TOLD)
    assert sizes(made[0].report) == [(2024, "", "1234.5")]
    assert made[0].report.market.name == "Kühlgeräte"


def test_a_worksheet_shows_its_numbers_as_formatted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Empty"
    sheet = book.create_sheet("Figures")
    sheet.append(["Market", "Segment", "Year", "Size (USD bn)", "Share", "Date"])
    sheet.append(["Drones", None, 2024, 8.6, None, datetime.datetime(2026, 1, 2)])
    sheet.append(["Drones", "Fixed", 2024, None, 0.653, datetime.datetime(2026, 1, 2)])
    sheet["D2"].number_format, sheet["E3"].number_format = "#,##0.00", "0.0%"
    path = tmp_path / "figures.xlsx"
    book.save(path)
    report = drafts(find_table(read_grid(path)), TOLD)[0].report
    assert sizes(report) == [(2024, "", "8.60")]
    assert report.shares[0].value.printed == "65.3"
    assert str(report.source.date) == "2026-01-02"
    with pytest.raises(Unreadable, match='no sheet "Figure"'):
        read_grid(path, "Figure")


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"", b"\x00\x01"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_grid(path)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6).map(tuple), max_size=8).map(tuple))
def test_any_cells_are_read_or_refused(rows: tuple[tuple[str, ...], ...]) -> None:
    try:
        made = read(("Market", "Segment", "Year", "Value (USD bn)", "Share", "CAGR"), *rows)
    except Unreadable:
        return
    assert made


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_spaces_between_digits_are_groups(whole: int, rest: int) -> None:
    assert figure(f"{whole:,}.{rest}".replace(",", " ")).exact == figure(f"{whole}.{rest}").exact
