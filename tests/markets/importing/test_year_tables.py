"""Tables with a column for each year."""

import pytest

from markets.importing.extraction import extract
from markets.importing.reading import read_stream

PAGE = (
    "<html><body><h1>Garden Kettle Market</h1><p>Kettles by year{title}.</p>"
    "<table>{rows}</table></body></html>"
)


def sizes(rows: list[list[str]], title: str = "") -> list[tuple[int | None, str, str, str]]:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    claims = extract(read_stream(PAGE.format(rows=cells, title=title).encode(), "page.html"))
    return [(c.year, c.value, f"{c.currency} {c.scale}", c.scope) for c in claims.sizes if not c.doubt]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([["", "2023", "2024E"], ["Market size (USD million)", "1,205.3", "1,310"]], ""),
        ([["Size (USD million)", "2023", "FY2024"], ["Total market", "1,205.3", "1,310"]], ""),
        ([["Year", "2023", "2024"], ["Market size", "1,205.3", "1,310"]], ", USD million"),
    ],
)
def test_the_unit_stands_in_the_row_the_header_or_the_title(rows: list[list[str]], title: str) -> None:
    found = sizes(rows, title)
    assert found == [(2023, "1,205.3", "USD million", ""), (2024, "1,310", "USD million", "")]


def test_without_a_currency_or_years_there_is_none() -> None:
    assert sizes([["", "2023", "2024"], ["Market size", "5", "6"]]) == []
    assert sizes([["", "North", "South"], ["Market size (USD million)", "5", "6"]]) == []


def test_rows_of_regions_have_their_scope_and_other_cells_are_left_out() -> None:
    rows = [["Size (USD million)", "2023", "2024"], ["Europe", "5", "n/a"], ["Growth", "4%", "5%"]]
    assert sizes(rows) == [(2023, "5", "USD million", "Europe")]
