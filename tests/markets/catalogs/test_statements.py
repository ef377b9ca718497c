"""Statements: a fact of any kind as a row, and back."""

import msgspec
import pytest
from hypothesis import given, settings

from markets.catalogs.statements import Statement, fact, report, statement, statements
from markets.facts import Report
from tests.markets.catalogs.anything import reports


@settings(deadline=None)
@given(reports())
def test_a_report_comes_back_from_its_rows(made: Report) -> None:
    rows = statements(made)
    assert len(rows) == len(made.facts)
    assert report(made.source, made.market, rows) == made
    assert [statement(fact(row)) for row in rows] == rows


@settings(deadline=None)
@given(reports())
def test_rows_survive_json_and_messagepack(made: Report) -> None:
    for code in (msgspec.json, msgspec.msgpack):
        assert code.decode(code.encode(statements(made)), type=list[Statement]) == statements(made)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Statement(kind="size", at="a", value="8.6"), "a size needs a year"),
        (Statement(kind="share", at="a", value="8.6", segment="S"), "a share needs a year"),
        (Statement(kind="ranking", at="a", segment="S", by="size"), "a ranking needs a rank"),
        (Statement(kind="ranking", at="a", segment="S", rank=1), 'a ranking is by "size" or "growth"'),
        (Statement(kind="ranking", at="a", rank=1, by="luck"), 'a ranking is by "size" or "growth"'),
        (Statement(kind="dimension", at="a", name="D"), "a dimension needs to say whether it is complete"),
        (Statement(kind="size", at="a", year=2023), '"" is not a figure as printed'),
        (Statement(kind="indicator", at="a", name="I", value="many"), '"many" is not a figure as printed'),
    ],
)
def test_a_row_that_is_no_fact_is_refused(row: Statement, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        fact(row)


def test_what_a_kind_does_not_have_is_left_out() -> None:
    row = Statement(kind="player", at="a", name="Newcomer", value="nonsense", year=2023, segment="S")
    assert statement(fact(row)) == Statement(kind="player", at="a", name="Newcomer")
