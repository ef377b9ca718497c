"""Every answer comes with its reason, by the kind of question; every refusal with its sentence."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CATALOG, SECOND, SEED, own_reports
from udfs import market_cagr, market_indicator, market_info, market_size, market_source, segment_share
from udfs.registry import FUNCTIONS
from udfs.values import CellError

REASONS: list[tuple[str, tuple[Any, ...], tuple[str, ...]]] = [
    ("MARKET_SIZE", (2028,), ("interpolated for 2028", "8.6 (2023)", "Overview, sentence 1")),
    ("MARKET_STATUS", (2028,), ("interpolated for 2028", "8.6 (2023)")),
    ("MARKET_CARD", (2028,), ("interpolated for 2028", "8.6 (2023)", "Overview, sentence 1")),
    ("SEGMENT_SHARE", ("CT",), ("reported for 2023", "65.3%", "Key Takeaways, bullet 2")),
    ("MARKET_CAGR", (), ("reported", "stated as 4.3%", "2024-2033", "Overview, sentence 2")),
    ("MARKET_CAGR", (None, 2023, 2033), ("derived", "implied", "8.6 (2023", "13.1 (2033")),
    ("MARKET_GROWTH", (2024,), ("implied", "8.6 (2023", "(2024, interpolated)")),
    ("MARKET_SERIES", (), ("2023-2033: 2 reported, 9 interpolated. Market.us Media, 2025-11-13",)),
    ("MARKET_SERIES", ("CT", 2023, 2024), ("2023-2024: 1 derived, 1 without a figure",)),
    ("SEGMENT_TABLE", ("Device",), ("Device", "2023: 1 derived, 2 without a figure", "Market.us Media")),
    ("SEGMENT_RANK", ("Device", 1), ("place 1 of Device by size", "65.3%", "Segmentation Analysis")),
    ("SEGMENT_LIST", ("Region",), ("Segments listed: 2", "Regional Analysis")),
    ("KEY_PLAYERS", (), ("Companies named: 13. Market.us Media, 2025-11-13: ", "Key Players, line 1")),
    ("MARKET_INDICATOR", ("Health spending",), ("2018", "USD 3.6 trillion", "Centers for Medicare")),
    ("MARKET_INDICATOR", (), ("Context figures stated: 6", "Regional Analysis")),
    ("MARKET_INFO", ("unit",), ("Market.us Media, 2025-11-13", "Growing to USD 13.1 Billion")),
    ("SOURCE_TABLE", (), ("Sizes in 2023: 1 reported. Market.us Media, 2025-11-13",)),
    ("MARKET_CHECK", (), ("9 checks: 8 ok, 1 note. ", "Market.us Media")),
]


@pytest.mark.parametrize(("name", "arguments", "parts"), REASONS)
def test_the_reason_is_the_provenance_of_this_kind_of_figure(
    name: str, arguments: tuple[Any, ...], parts: tuple[str, ...]
) -> None:
    outcome = FUNCTIONS[name].outcome(SEED, *arguments)
    assert not isinstance(outcome.value, CellError)
    assert [part for part in parts if part not in outcome.reason] == []
    assert len(outcome.reason) <= 255


def test_a_projection_shows_its_formula() -> None:
    outcome = FUNCTIONS["CAGR_PROJECT"].outcome(8.6, "4.3%", 10)
    assert outcome.reason == "8.6 x (1 + 0.043)^10 = 13.1021"


@pytest.mark.parametrize(
    ("arguments", "value", "sentence"),
    [
        (("Nothing",), CellError.NA, 'No market is called "Nothing".'),
        ((SEED, 45292), CellError.NUM, "Is it a date? Use YEAR()."),
        ((SEED, "soon"), CellError.VALUE, 'The argument year is the text "soon", not a number.'),
        ((SEED, CellError.DIV0), CellError.DIV0, "The argument year is #DIV/0!."),
        ((SEED, 2023, None, None, None, [["growth", 0.05]]), CellError.VALUE, 'has no column "segment"'),
        ((SEED, 2023, None, None, None, None, "low as of soon"), CellError.VALUE, '"soon" is not a date.'),
        ((SEED, 2023, None, None, None, None, "Acme"), CellError.NA, "Did you mean Market.us Media?"),
    ],
)
def test_the_reason_of_a_refusal_is_its_sentence(
    arguments: tuple[Any, ...], value: CellError, sentence: str
) -> None:
    for _ in range(2):  # a remembered refusal has it too
        outcome = market_size.outcome(*arguments)
        assert outcome.value is value
        assert sentence in outcome.reason


def test_an_argument_that_is_not_used_is_checked_all_the_same() -> None:
    assert segment_share(SEED, "CT", 2023, "guess") is CellError.VALUE
    assert market_source(SEED, 2023, None, None, None, None, None, "size", "soon").startswith("The argument")


def test_an_array_tells_how_many_cells_failed_and_why_the_first_did() -> None:
    some = market_size.outcome(SEED, [[2023, 2050], [2050, 2051]])
    assert some.reason == (
        "3 of 4 cells have no figure: 2050 is outside the period that the source covers. "
        "It states sizes for 2023 and 2033, and a CAGR for 2024-2033."
    )
    assert market_size.outcome("Nothing", [[2023, 2024]]).reason == 'No market is called "Nothing".'
    lines = market_size.outcome(SEED, [[2023, 2028]]).reason.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["reported", "interpolated"]


def test_a_range_over_several_units_is_refused(two_markets: None) -> None:
    outcome = market_size.outcome([[SEED], [SECOND]], 2024)
    assert outcome.value is CellError.VALUE
    assert "USD billion and EUR million" in outcome.reason
    same = market_size.outcome([[SEED], [SEED]], 2024)
    assert same.unit == "USD billion"
    one_fails = market_size([[SEED], [SECOND]], 2024, None, "USD mn")
    assert one_fails[1, 0] is CellError.VALUE
    assert market_info([[SEED], [SECOND]], "unit").tolist() == [["USD billion"], ["EUR million"]]
    assert segment_share([[SEED], [SECOND]], [["CT"], ["Automatic"]]).tolist() == [[0.653], [0.6]]


def test_years_of_a_stated_window_give_the_stated_cagr_and_implied_the_other(two_markets: None) -> None:
    stated, implied = 0.057, (500 / 400) ** 0.25 - 1
    assert market_cagr(SECOND, None, 2020, 2024) == stated
    assert market_cagr(SECOND, None, 2020, 2024, "implied") == pytest.approx(implied)
    lines = [
        market_source(SECOND, 2020, method=method, measure="CAGR", to_year=2024) for method in ("", "implied")
    ]
    assert "stated as 5.7%" in lines[0]
    assert "implied" in lines[1]


def test_nothing_grows_from_a_share_of_zero(tmp_path: Path) -> None:
    report = (CATALOG / "espresso-machines.toml").read_text(encoding="utf-8")
    zero = '\n[[shares]]\nsegment = "Manual"\nyear = 2020\nvalue = "0"\nat = "page 3"\n'
    (tmp_path / "espresso.toml").write_text(report + zero, encoding="utf-8")
    with own_reports(tmp_path):
        outcome = market_cagr.outcome(SECOND, "Manual", 2020, 2024)
    assert outcome.value is CellError.NUM
    assert outcome.reason == "The size in 2020 is zero, so there is no growth rate from it."


def test_a_table_does_not_fit_into_a_cell() -> None:
    outcome = market_indicator.outcome(SEED, [["CT scans"], [""]])
    assert outcome.value.tolist() == [[300.0], [CellError.VALUE]]
    assert outcome.reason == (
        "1 of 2 cells have no figure: A table does not fit into one cell of a range. Ask for it alone."
    )


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        (
            "MARKET_INFO",
            (SEED, "colour"),
            'The item "colour" is unknown. Use one of name, unit, base year, share year, publisher, date, '
            "geography, title, url, catalog, notice.",
        ),
        ("MARKET_INFO", (SEED, "url"), f"The report on {SEED} gives no url."),
        ("MARKET_LIST", ("zebra crossings",), 'No market is called "zebra crossings".'),
        ("CAGR_PROJECT", (1e300, 9, 99), "The projected value is too large for a cell."),
        ("CAGR_PROJECT", (1, -1, 99), "A CAGR of -100% or less leaves nothing to grow."),
    ],
)
def test_other_functions_refuse_in_a_sentence_too(
    name: str, arguments: tuple[Any, ...], sentence: str
) -> None:
    assert FUNCTIONS[name].outcome(*arguments).reason == sentence


@pytest.mark.parametrize(
    ("name", "arguments", "headers"),
    [
        (
            "MARKET_CHECK",
            (True,),
            ["Check", "Kind", "Stated", "Compared with", "Tolerance", "Verdict", "Level"],
        ),
        ("MARKET_SERIES", (None, 2032, 2033, "mn", None, None, None, True), ["Year", "Size (USD million)"]),
        (
            "SEGMENT_TABLE",
            ("Device", 2023, None, None, None, None, True),
            ["Segment", "Share", "Size (USD billion)", "CAGR", "Status"],
        ),
    ],
)
def test_headers_name_the_columns_and_the_unit(
    name: str, arguments: tuple[Any, ...], headers: list[str]
) -> None:
    assert FUNCTIONS[name].outcome(SEED, *arguments).value[0].tolist() == headers


@pytest.mark.parametrize("name", ["MARKET_SIZE", "MARKET_SERIES", "SEGMENT_TABLE"])
def test_sizes_come_with_their_unit(name: str) -> None:
    given = {"dimension": "Device"} if name == "SEGMENT_TABLE" else {}
    assert FUNCTIONS[name].outcome(SEED, **given, unit="mn").unit == "USD million"


def test_each_context_figure_has_its_year_unit_and_qualifier() -> None:
    rows = market_indicator(SEED).tolist()
    assert rows[0] == ["US health spending growth", 2018.0, 0.046, "%", ""]
    assert rows[-1] == ["CT examinations a year", "", 300.0, "million scans", "nearly"]
    assert market_indicator.outcome(SEED, "CT scans").reason == (
        "reported: stated as nearly 300 million scans. Market.us Media, 2025-11-13: "
        "Segmentation Analysis, paragraph 1, citing National Institutes of Health"
    )
