import pytest

from markets.importing.claims import RankingClaim, SubjectClaim
from markets.importing.documents import Block, Document, Place
from markets.importing.rankings import rankings

MARKET = SubjectClaim(place=Place(0, 0, 4), words="", name="Industrial Pump", aliases=("Pump",))


def found(text: str) -> tuple[RankingClaim, ...]:
    return rankings(Document("page", tuple(Block(line) for line in text.splitlines())), MARKET)


def sure(text: str) -> list[tuple[str, str, int]]:
    return [(claim.name, claim.by, claim.rank) for claim in found(text) if not claim.doubt]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mexico is the largest market, with a share near 33%.", [("Mexico", "size", 1)]),
        ("The rotary segment dominated the market in 2023.", [("rotary", "size", 1)]),
        ("Resins held the largest share of the pump market.", [("Resins", "size", 1)]),
        ("Resins remain the leading segment in the global pump market.", [("Resins", "size", 1)]),
        ("As to application, the largest application is Oil.", [("Oil", "size", 1)]),
        ("Europe was the second largest region.", [("Europe", "size", 2)]),
        ("Mexico leads the industrial pump market.", [("Mexico", "size", 1)]),
        ("In 2023, Steel held a dominant market position.", [("Steel", "size", 1)]),
        ("The market is dominated by Europe, due to strong demand.", [("Europe", "size", 1)]),
        ("Cuba is the largest market, followed by Japan.", [("Cuba", "size", 1), ("Japan", "size", 2)]),
        (
            "The largest application is Oil, followed by Gas, Steel, etc.",
            [("Oil", "size", 1), ("Gas", "size", 2), ("Steel", "size", 3)],
        ),
        ("Clinics are the fastest-growing segment.", [("Clinics", "growth", 1)]),
        ("The highest growth is expected in Asia.", [("Asia", "growth", 1)]),
        (
            "The largest market is Mexico and the fastest growing is Asia.",
            [("Mexico", "size", 1), ("Asia", "growth", 1)],
        ),
        (
            "Shops are the leading end users, and clinics are the fastest-growing end users.",
            [("Shops", "size", 1), ("clinics", "growth", 1)],
        ),
        ("The fastest growing region is Asia Pacific.", [("Asia Pacific", "growth", 1)]),
        ("Asia Pacific is expected to grow the fastest until 2030.", [("Asia Pacific", "growth", 1)]),
        ("Resins are projected to register the highest CAGR.", [("Resins", "growth", 1)]),
        ("Resins are expected to record the fastest expansion.", [("Resins", "growth", 1)]),
        ("Asia is expected to be the second fastest-growing region.", [("Asia", "growth", 2)]),
        (
            "Mexico dominated the market, and Asia is expected to grow at the fastest rate.",
            [("Mexico", "size", 1), ("Asia", "growth", 1)],
        ),
        (
            "Mexico led the market in 2023, while Cuba is the fastest growing.",
            [("Mexico", "size", 1), ("Cuba", "growth", 1)],
        ),
    ],
)
def test_a_rank(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert sure(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mexico is one of the largest markets.",
        "Resins are among the fastest-growing segments.",
        "The report profiles the leading companies in the market.",
        "Innovation is leading to growth in the market.",
        "The largest challenge is the price.",
        "Demand is the leading factor in the market.",
        "People in the largest cities drive the industry.",
        "Which region dominated the market?",
    ],
)
def test_no_rank(text: str) -> None:
    assert found(text) == ()


def test_a_rank_within_a_region_is_unsure() -> None:
    (claim,) = found("Germany dominated the market in Europe in 2023.")
    assert claim.name == "Germany" and claim.doubt


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In 2023, Mexico dominated the market.", 2023),
        ("Mexico dominated the market with a share of 40% in 2023.", 2023),
        ("Mexico is expected to dominate the market by 2030.", None),
        ("Mexico dominated the market in 2022 and will reach USD 5 billion by 2030.", 2022),
    ],
)
def test_the_year_of_what_was_measured(text: str, year: int | None) -> None:
    assert [claim.year for claim in found(text)] == [year]


def test_the_dimension() -> None:
    texts = ["By type, resins led the market.", "Acme is the largest manufacturer.", "Cuba led the market."]
    assert [found(text)[0].dimension for text in texts] == ["Type", "Company", "Region"]
