"""The Overview sheet: one page whose figures are spelled as printed, and follow the market chosen."""

import re
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SECOND, SEED, own_reports
from workbook.report import Chart, ReportSheet, WholeBar
from workbook.template import build_report, new_workbook

HEAD = (
    '[source]\npublisher = "P"\ntitle = "T"\ndate = 2026-01-01\n'
    '[market]\nname = "Made"\ncurrency = "INR"\nscale = "lakh"\n'
)


def size(year: int, value: str) -> str:
    return f'[[sizes]]\nyear = {year}\nvalue = "{value}"\nat = "a"\n'


def dimension(name: str, shares: dict[str, str], silent: tuple[str, ...] = (), about: str = "") -> str:
    names = ", ".join(f'{{ name = "{segment}" }}' for segment in (*shares, *silent))
    facts = f'[[dimensions]]\nname = "{name}"\ncomplete = true\nat = "d"\nsegments = [{names}]\n'
    for segment, share in shares.items():
        facts += f'[[shares]]\nsegment = "{segment}"\nyear = 2024\nvalue = "{share}"\nat = "h"\n'
        facts += f'about = "{about}"\n' if about else ""
    return facts


FASTER = '[[cagrs]]\nvalue = "4"\nfrom = 2020\nto = 2030\nat = "a"\n'
MADE = {
    "nothing": "",
    "one size": size(2024, "0.004"),
    "a cagr alone": '[[cagrs]]\nvalue = "-0.35"\nfrom = 2020\nto = 2030\nat = "a"\n',
    "a share alone": dimension("Type", {"One": "50"}, ("Two",), "over"),
    "too much": size(2024, "8.0") + dimension("Type", {"One": "62", "Two": "40.0"}),
    "no shares": size(2024, "8") + dimension("Type", {}, ("One", "Two")),
    "many dimensions": "".join(dimension(f"D{n}", {f"S{n}": "30"}, (f"R{n}",)) for n in range(10)),
    "falling": size(2020, "9")
    + size(2030, "4")
    + '[[cagrs]]\nvalue = "4"\nfrom = 2020\nto = 2030\nat = "a"\n',
}


def overview(folder: Path, facts: str) -> ReportSheet:
    (folder / "made.toml").write_text(HEAD + facts, encoding="utf-8")
    with own_reports(folder):
        return build_report("Made").sheet("Overview")


def shown(sheet: ReportSheet) -> list[str]:
    """The texts of the page, without the figures below it."""
    last = int(re.findall(r"\d+", sheet.printed.area)[1]) if sheet.printed else 0
    cells = sheet.cells.items()
    return [str(c.value) for place, c in cells if c.value and int(re.sub(r"\D", "", place)) <= last]


@pytest.fixture(scope="module")
def seed_page() -> ReportSheet:
    return build_report(SEED).sheet("Overview")


def test_headline_figures_are_spelled_as_printed(seed_page: ReportSheet) -> None:
    assert {"USD 8.6 billion", "USD 13.1 billion", "▲ 4.3% p.a.", "1.52x"} <= set(shown(seed_page))


def test_the_title_says_what_the_market_does(seed_page: ReportSheet) -> None:
    assert seed_page.cells["A1"].value == "Market grows 4.3% p.a. to USD 13.1 billion by 2033"
    assert str(seed_page.cells["A2"].value).startswith("Medical Imaging Outsourcing | Global")


def test_the_page_is_a_screen_and_a_printed_page(seed_page: ReportSheet) -> None:
    printed = seed_page.printed
    assert printed is not None
    assert printed.pages_high == 1
    last = int(re.findall(r"\d+", printed.area)[1])
    assert sum(seed_page.heights[row] for row in range(1, last + 1)) <= 650 * 0.75
    assert sum(width * 7 + 5 for width in seed_page.widths) <= 1500
    assert seed_page.freeze == ""


def test_no_reading_size_is_below_9_and_the_figures_are_large(seed_page: ReportSheet) -> None:
    book = openpyxl.load_workbook(new_workbook_file())
    sizes = {cell.coordinate: cell.font.size for row in book["Overview"] for cell in row}
    assert min(sizes.values()) >= 9
    assert all(sizes[place] >= 20 for place in ("A5", "C5", "G5", "K5"))


def new_workbook_file() -> object:
    import io

    return io.BytesIO(new_workbook(SEED).to_bytes())


def test_each_dimension_is_a_bar_with_what_is_not_stated_hatched(seed_page: ReportSheet) -> None:
    bars = [chart for chart in seed_page.charts if isinstance(chart, WholeBar)]
    assert [bar.described.partition(":")[0] for bar in bars] == [
        f"Bar of 100% with the shares by {name} in 2023" for name in ("device", "end user", "region")
    ]
    assert [[piece.hatched for piece in bar.series].count(True) for bar in bars] == [1, 1, 1]
    assert "Not stated: Diagnostic Centers, Others. " in shown(seed_page)


def test_no_chart_has_a_unit_in_a_static_title(seed_page: ReportSheet) -> None:
    for chart in seed_page.charts:
        titles = [series.title for series in chart.series]
        titles += [chart.title] if isinstance(chart, Chart) else []
        assert not [title for title in titles if "USD" in title or "billion" in title]
    assert seed_page.cells["A9"].formula == '"Size by year, "&mb_shown_unit'


def test_charts_read_cells_that_exist(seed_page: ReportSheet) -> None:
    for chart in seed_page.charts:
        for series in chart.series:
            area = series.values.rpartition("!")[2].replace("$", "")
            assert area.partition(":")[0] in seed_page.cells or series.arrow


def test_what_cannot_follow_the_market_is_blank_for_another(seed_page: ReportSheet) -> None:
    for cell in seed_page.cells.values():
        if "Takeaway" in cell.look and cell.formula:
            assert cell.formula.startswith("IF(mb_is_current,")


@pytest.mark.parametrize("facts", MADE)
def test_every_market_has_a_page_without_errors(tmp_path: Path, facts: str) -> None:
    page = overview(tmp_path, MADE[facts])
    assert not [text for text in shown(page) if text.startswith("#")]


def test_a_qualifier_stays_in_the_bar_and_in_its_alternative_text(tmp_path: Path) -> None:
    page = overview(tmp_path, MADE["a share alone"])
    assert "One over 50%" in [cell.value for cell in page.cells.values()]
    assert "One over 50%. Not stated: Two." in page.charts[-3].described


def test_shares_of_more_than_the_whole_are_said_to_be(tmp_path: Path) -> None:
    assert "The stated shares total 102.0%." in shown(overview(tmp_path, MADE["too much"]))


def test_a_cagr_that_contradicts_the_sizes_has_no_arrow(tmp_path: Path) -> None:
    path = overview(tmp_path, MADE["falling"]).charts[0]
    assert not [series for series in path.series if series.arrow]


def test_a_market_with_one_size_has_no_growth(tmp_path: Path) -> None:
    page = overview(tmp_path, MADE["one size"])
    assert page.cells["A5"].value == "INR 0.004 lakh"
    assert [page.cells[place].value for place in ("C5", "G5", "K5")] == ["not stated"] * 3


def test_tiles_follow_another_market(office_with_two_markets: Office, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(new_workbook(SEED).to_bytes())
    values = office_with_two_markets.recalculate(path, {"Start!B5": SECOND, "Start!B6": "EUR million"})
    assert str(values["Overview", "A5"]).startswith("EUR ")
    assert values["Overview", "A1"] == SECOND
    assert values["Overview", "I11"] == ""
