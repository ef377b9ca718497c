from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.importing.claims import ShareClaim, SubjectClaim
from markets.importing.documents import Block, Document, Place
from markets.importing.shares import shares

MARKET = SubjectClaim(place=Place(0, 0, 4), words="", name="Industrial Pump", aliases=("Pump",))

LEADER = "Canada is the largest market, with a share over 50%"


def found(text: str, market: SubjectClaim | None = MARKET) -> tuple[ShareClaim, ...]:
    return shares(Document("page", tuple(Block(line) for line in text.splitlines())), market)


def one(text: str) -> ShareClaim:
    (claim,) = found(text)
    assert not claim.doubt
    return claim


def pairs(text: str) -> list[tuple[str, str]]:
    return [(" + ".join(claim.names), claim.value) for claim in found(text) if not claim.doubt]


@pytest.mark.parametrize(
    ("text", "name", "value", "about"),
    [
        ("Global top five manufacturers hold a share over 45%.", "top 5", "45", "over"),
        ("Canada is the largest market, with a share about 31%.", "Canada", "31", "about"),
        ("Rotary pumps accounted for 34.2% of the market.", "Rotary pumps", "34.2", ""),
        ("The rotary segment captured nearly 34 percent of revenue.", "rotary", "34", "nearly"),
        ("The Centrifugal Pump (CP) segment had a 12.5% share.", "Centrifugal Pump", "12.5", ""),
        ("Europe industrial pump market held more than 28% share.", "Europe", "28", "more than"),
        ("The market share of Europe stood at 27.5%.", "Europe", "27.5", ""),
        ("A share of 40% was held by the chemicals segment.", "chemicals", "40", ""),
        ("More than 40% of the revenue came from Europe.", "Europe", "40", "more than"),
        ("With a 38.5% share, North America leads the market.", "North America", "38.5", ""),
        ("Leading country: Canada (20% share)", "Canada", "20", ""),
        ("The largest operators ACME account for about 62.1 % of sales.", "ACME", "62.1", "about"),
        ("It was noted that chemicals accounted for 22% of the market.", "chemicals", "22", ""),
        ("The U.S. held around 31% of the global market.", "United States", "31", "around"),
    ],
)
def test_one_share(text: str, name: str, value: str, about: str) -> None:
    claim = one(text)
    assert ((claim.names), claim.value, claim.about) in [
        ((name,), value, about),
        (("U.S.",), value, about),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Canada leads with 38% share, followed by Mexico with 28%, Cuba with 15%, and Haiti with 9%.",
            [("Canada", "38"), ("Mexico", "28"), ("Cuba", "15"), ("Haiti", "9")],
        ),
        (
            "Canada is the largest market, followed by Japan and Peru with a share about 31% and 24%.",
            [("Japan", "31"), ("Peru", "24")],
        ),
        (
            "The major producers are Acme, Beta and Gamma, with ratios of 14%, 11% and 8% respectively.",
            [("Acme", "14"), ("Beta", "11"), ("Gamma", "8")],
        ),
        (
            "Canada (38%), Mexico (28%) and Cuba (15%) have the largest shares.",
            [("Canada", "38"), ("Mexico", "28"), ("Cuba", "15")],
        ),
        (
            "71 percent of the pump market are banks, 20 percent are insurers.",
            [("banks", "71"), ("insurers", "20")],
        ),
        ("Banks and Insurers each held 20% of the market.", [("Banks", "20"), ("Insurers", "20")]),
        ("Acme and Beta together hold nearly 30% of the market.", [("Acme + Beta", "30")]),
        ("Canada led the market, and Europe held a share of 25%.", [("Europe", "25")]),
        (
            "Canada held a 30% share while the oil segment accounted for 12% of revenue.",
            [("Canada", "30"), ("oil", "12")],
        ),
    ],
)
def test_several_shares(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_both_is_together_where_each_is_impossible() -> None:
    claims = found(f"{LEADER}, followed by Japan and Peru; both have shares of about 44 percent.")
    assert [(claim.names, claim.doubt) for claim in claims] == [(("Canada",), ""), (("Japan", "Peru"), "")]


def test_both_is_unsure_where_each_is_possible() -> None:
    claims = found(f"{LEADER}, followed by Japan and Peru; both have shares of about 21 percent.")
    assert claims[1].names == ("Japan", "Peru") and "each" in claims[1].doubt


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("In terms of product, resins are the largest segment, with a share over 49%.", "Product"),
        (
            "In terms of application, the largest one is Oil, with a share near 46%.",
            "Application",
        ),
        ("By end-user, clinics held 40% of the market in 2023.", "End-User"),
        ("Resins dominated the type segment with 54% share.", "Type"),
        ("Mexico held 40% of the market.", "Region"),
        ("The top 3 companies occupied about 41% market share.", "Company"),
        ("Acme Inc. held 40% of the market.", "Company"),
        ("Resins held 40% of the market.", ""),
    ],
)
def test_the_dimension(text: str, dimension: str) -> None:
    assert one(text).dimension == dimension


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In 2023, by type, resins held 40% of the market.", 2023),
        ("Resins held 40% of the market in 2022, and are expected to reach USD 5 billion by 2030.", 2022),
        ("According to the 2018 survey results, 71 percent of the markets are banks.", 2018),
        ("Resins held 40% of the market from 2020 to 2024.", None),
        ("Resins held 40% of the market.", None),
    ],
)
def test_the_year(text: str, year: int | None) -> None:
    assert one(text).year == year


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Canada held the largest share in 2023. The region accounted for 43.6% of the revenue.", "Canada"),
        (
            "The analysis shows that resins remain the leading segment. It held 65% of total revenue.",
            "resins",
        ),
        (
            "Key manufacturers of pumps include Acme, Beta, etc. Those players hold a share of 40%.",
            "Key manufacturers",
        ),
        ("North America\nThe region held 41% of the market. It will grow.", "North America"),
    ],
)
def test_what_a_pronoun_refers_to(text: str, name: str) -> None:
    assert one(text).names == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "The market grew by 8.2% in 2023.",
        "Resins are expected to grow at a CAGR of 6% over the forecast period.",
        "Europe will contribute 35% to the growth of the market.",
        "Nearly 62% of hospitals use pumps.",
        "About 12% of adults own a pump.",
        "Canada and Mexico have the largest number of plumbers, accounting for 17% and 6% of the total.",
        "The company acquired a 40% stake in Beta.",
        "Resins hold a share of XX%.",
        "Production in Europe increased by 12%, year on year.",
        "Healthcare accounted for 18% of the nation's GDP.",
        "A profit margin of 40% was recorded.",
    ],
)
def test_what_is_no_share(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "China accounts for 60% of consumption.",
        "Resins held 40% in 2023.",
        "The U.S. held over 80% of the North America market in 2023.",
        "The global toy industry reached US$ 24 billion, a rise of 11.3%. Dolls account for 45%.",
        "Resins held between 30% and 35% of the market.",
        "Resins held 30%-35% of the market.",
    ],
)
def test_what_is_unsure(text: str) -> None:
    claims = found(text)
    assert claims and all(claim.doubt for claim in claims)


def test_a_share_is_claimed_once() -> None:
    text = "Resins held a 40% share.\nIn 2023, the resin segment accounted for 40.0% of revenue."
    assert [(claim.value, claim.year) for claim in found(text)] == [("40.0", 2023)]


NAMES = st.sampled_from(
    ["Mexico", "Resins", "The steel segment", "Rotary pumps", "Acme Inc.", "North America"]
)
VERBS = st.sampled_from(["held", "accounted for", "captured", "is expected to represent", "commands"])
ABOUT = st.sampled_from(["", "over ", "about ", "more than ", "nearly "])
OF = st.sampled_from([" of the market", " of total revenue", " share", " market share"])


@given(NAMES, VERBS, ABOUT, st.decimals(1, 99, places=1), OF, st.integers(2000, 2030))
def test_a_share_is_read_as_it_is_written(
    name: str, verb: str, about: str, value: Decimal, of: str, year: int
) -> None:
    claim = one(f"{name} {verb} {about}{value}%{of} in {year}.")
    assert claim.names == (name.removeprefix("The ").removesuffix(" segment"),)
    assert (claim.value, claim.about, claim.year) == (str(value), about.strip(), year)


@given(st.text(alphabet=st.sampled_from(list("abA ,.;:%()1250-&'\"")) | st.characters(), max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for claim in found(f"Resins held 5% and {text} 10% of the market"):
        assert claim.names and 0 < float(claim.value.replace(",", "")) <= 100


def test_the_words_stand_at_the_place() -> None:
    document = Document("page", (Block("Intro."), Block("It grew. Resins held 40% of the market in 2023.")))
    (claim,) = shares(document, MARKET)
    assert claim.place.words(document) == claim.words == "Resins held 40% of the market in 2023."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme trailed in second with 13.5% market share.", [("Acme", "13.5")]),
        (
            "Acme leads with 23.8% market share, compared to 21.9% a year ago.",
            [("Acme", "23.8")],
        ),
        ("The copper segment for garden kettles held a share of 47%.", [("copper", "47")]),
        ("Acme reports that 25% of their group revenue comes from kettles.", []),
        ("The Berlin-based company took a 7.5% market share.", []),
    ],
)
def test_earlier_shares_own_revenues_and_roles_are_none(text: str, expected: list[tuple[str, str]]) -> None:
    kettles = SubjectClaim(place=Place(0, 0, 4), words="", name="Garden Kettle")
    assert [(claim.names[0], claim.value) for claim in found(text, kettles) if not claim.doubt] == expected
