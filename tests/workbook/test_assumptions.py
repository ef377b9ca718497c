"""What the user enters on the Assumptions sheet moves the whole workbook, in Python and in a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from addin.libreoffice import Office
from tests.conftest import SEED
from tests.workbook.calc import edited
from tests.workbook.test_recalculated import carried, differing
from workbook.refresh import refresh_file
from workbook.template import write_workbook

THREE = (
    ("MRI", "share", 2033, 0.2, None, "the board's view"),
    (None, "size", 2033, 14.0, "USD billion", None),
    ("Hospitals", "CAGR", 2033, 0.05, None, None),
)


def typed(rows: tuple[tuple[object, ...], ...] = THREE, first: int = 12) -> dict[str, object]:
    """The cells of the user's own block with rows of assumptions in it."""
    return {
        f"Assumptions!{column}{first + at}": content
        for at, row in enumerate(rows)
        for column, content in zip("ABCDEF", row, strict=True)
        if content is not None
    }


def steps(cells: Mapping[str, object]) -> list[list[object]]:
    return [["enter", *place.split("!"), str(content)] for place, content in cells.items()]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "book.xlsx", SEED)
    return tmp_path / "book.xlsx"


def test_a_spreadsheet_and_a_refresh_calculate_the_same_workbook(office: Office, book: Path) -> None:
    with_three = edited(book, *steps(typed()))
    live = dict(office.recalculate(with_three))
    done = refresh_file(with_three)
    assert {"Size 2033", "Magnetic Resonance Imaging: share 2033"} & {c.what for c in done.changes}
    after = dict(office.recalculate(with_three))
    assert differing(after, carried(with_three)) == {}
    values = openpyxl.load_workbook(with_three, data_only=True)
    assert values["Assumptions"]["I12"].value == "In use"
    same = {place: value for place, value in live.items() if place in after}
    assert len(same) > 500
