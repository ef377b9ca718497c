"""A real spreadsheet calculates the workbook to the values that it carries."""

import io
import math
import re
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SECOND, SEED, own_reports
from tests.libreoffice import required
from udfs.values import CellError
from workbook.package import Package
from workbook.refresh import refresh_file
from workbook.report import Report
from workbook.template import build_report, new_workbook, write_workbook

Cells = dict[tuple[str, str], object]
ABOUT_THE_BUILDING = re.compile(r"mb_built_|mb_is_current|mb_banner|\bE[2-7]\b.*Refresh|^AND\(E5=E2")


def written(package: Package, folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(package.to_bytes())
    return path


def carried(path: Path) -> Cells:
    """Every formula cell's value as the file holds it."""
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def computed(report: Report) -> Cells:
    """Every formula cell's value as it was computed in Python."""
    return {(sheet.title, place): value for sheet in report.sheets for place, value in sheet.values()}


def differing(one: Cells, other: Cells) -> dict[tuple[str, str], tuple[object, object]]:
    assert set(one) == set(other)
    return {cell: (one[cell], other[cell]) for cell in one if not same(one[cell], other[cell])}


def same(one: object, other: object) -> bool:
    if isinstance(one, bool | float | int) and isinstance(other, bool | float | int):
        return math.isclose(one, other, rel_tol=1e-12)
    return _text(one) == _text(other)


def _text(value: object) -> str:
    return value.value if isinstance(value, CellError) else str(value or "")


@pytest.mark.parametrize("market", [SEED, SECOND])
def test_each_formula_has_the_value_that_the_file_carries(
    office_with_two_markets: Office, tmp_path: Path, market: str
) -> None:
    path = written(new_workbook(market), tmp_path)
    values = office_with_two_markets.recalculate(path)
    assert len(values) > 300
    assert differing(dict(values), carried(path)) == {}
    assert CellError.NAME not in values.values()


@pytest.mark.parametrize(
    ("market", "unit", "year"),
    [
        (SECOND, "EUR million", None),
        (SEED, "USD million", None),
        (SEED, "USD", 2028.0),
        (SECOND, "EUR billion", 2020.0),
    ],
)
def test_another_choice_changes_the_whole_workbook(
    office_with_two_markets: Office, tmp_path: Path, market: str, unit: str, year: float | None
) -> None:
    path = written(new_workbook(SEED), tmp_path)
    choice = {"Start!B5": market, "Start!B6": unit, "Start!B7": year}
    values = dict(office_with_two_markets.recalculate(path, choice))
    assert CellError.NAME not in values.values()
    report = build_report(market, unit, year)
    built_for_it = computed(report)
    kept = {
        place: value
        for place, value in values.items()
        if place in built_for_it and not ABOUT_THE_BUILDING.search(formula_of(report, place))
    }
    assert len(kept) > 300
    assert differing(kept, {place: built_for_it[place] for place in kept}) == {}
    assert "Click Refresh" in str(values["Overview", "A3"])


def formula_of(report: Report, place: tuple[str, str]) -> str:
    sheet, cell = place
    return report.sheet(sheet).cells[cell].formula or ""


@pytest.mark.parametrize("unit", ["", "mn", "USD mn"])
def test_a_unit_that_is_blank_or_short_is_spelled_out_and_asks_for_no_refresh(
    office_with_two_markets: Office, tmp_path: Path, unit: str
) -> None:
    book = tmp_path / "book.xlsx"
    write_workbook(book, SEED)
    loaded = openpyxl.load_workbook(book)
    loaded["Start"]["B6"] = unit or None
    loaded.save(book)
    refresh_file(book)
    values = dict(office_with_two_markets.recalculate(book))
    assert differing(values, carried(book)) == {}
    assert values["Forecast", "A3"] == ""
    spelled = "USD million" if unit else "USD billion"
    assert str(values["Forecast", "A2"]).startswith(f"Sizes in {spelled}. Source: ")


BARE = {
    "nothing": "",
    "one size": '[[sizes]]\nyear = 2024\nvalue = "0.004"\nat = "a"\n',
    "a share alone": (
        '[[dimensions]]\nname = "Type"\ncomplete = false\nat = "a"\nsegments = [{ name = "One" }]\n'
        '[[shares]]\nsegment = "One"\nyear = 2024\nvalue = "33.333"\nat = "a"\n'
    ),
    "a cagr alone": '[[cagrs]]\nvalue = "-0.35"\nfrom = 2020\nto = 2030\nat = "a"\n',
    "players only": '[[players]]\nname = "One"\nat = "a"\n',
}


@pytest.mark.parametrize("facts", BARE)
def test_a_report_that_states_little_has_a_workbook_too(tmp_path: Path, facts: str) -> None:
    head = '[source]\npublisher = "P"\ntitle = "T"\ndate = 2026-01-01\n'
    head += '[market]\nname = "Bare"\ncurrency = "INR"\nscale = "lakh"\n'
    (tmp_path / "bare.toml").write_text(head + BARE[facts], encoding="utf-8")
    required()
    with own_reports(tmp_path), Office() as office:
        book = tmp_path / "book.xlsx"
        write_workbook(book, "Bare")
        assert differing(dict(office.recalculate(book)), carried(book)) == {}
        assert refresh_file(book).changes == ()
        assert differing(dict(office.recalculate(book)), carried(book)) == {}


def test_the_banner_is_silent_where_nothing_was_changed(
    office_with_two_markets: Office, tmp_path: Path
) -> None:
    path = written(new_workbook(SEED), tmp_path)
    assert office_with_two_markets.recalculate(path)["Overview", "A3"] == ""
    of_europe = written(new_workbook(SECOND), tmp_path)
    for name in ("Espresso Machines", "coffee machines"):
        assert office_with_two_markets.recalculate(of_europe, {"Start!B5": name})["Overview", "A3"] == ""


def test_a_currency_that_is_not_the_source_s_is_refused_in_words(
    office_with_two_markets: Office, tmp_path: Path
) -> None:
    path = written(new_workbook(SEED), tmp_path)
    values = office_with_two_markets.recalculate(path, {"Start!B6": "EUR million"})
    assert values["Overview", "C40"] is CellError.VALUE
    assert "cannot be converted to EUR" in str(values["Overview", "I40"])


def test_it_opens_in_openpyxl_without_complaint(tmp_path: Path) -> None:
    assert openpyxl.load_workbook(io.BytesIO(new_workbook(SEED).to_bytes())).sheetnames[0] == "Start"
