"""Growth rates: each way of stating one is a sentence here, and so is what looks like one and is none."""

import pytest

from markets.importing.claims import SubjectClaim
from markets.importing.documents import Block, Document, Place
from markets.importing.growth import cagrs

KETTLES = SubjectClaim(place=Place(0, 0, 0), words="", name="Smart Kettle")


def read(*blocks: str | Block) -> Document:
    """Return a document with a block a line."""
    return Document("t", tuple(Block(block) if isinstance(block, str) else block for block in blocks))


def sure(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (claim.scope, claim.value, claim.first, claim.last)
        for claim in cagrs(read(text), KETTLES)
        if not claim.doubt
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The global smart kettle market size was USD 3.2 billion in 2023 and is expected to grow at "
            "a compound annual growth rate (CAGR) of 6.1% from 2024 to 2030.",
            [("", "6.1", 2024, 2030)],
        ),
        (
            "The global smart kettle market size was estimated at USD 3.21 billion in 2023 and is "
            "anticipated to reach USD 5.4 billion by 2030, growing at a CAGR of 7.7% from 2024 to 2030.",
            [("", "7.7", 2024, 2030)],
        ),
        (
            "The Smart Kettle Market Size is estimated at USD 4.12 billion in 2024, and is expected to "
            "reach USD 6.01 billion by 2029, growing at a CAGR of 7.84% during the forecast period "
            "(2024-2029).",
            [("", "7.84", 2024, 2029)],
        ),
        (
            "The smart kettle market is projected to grow from USD 2.5 billion in 2023 to USD 4.9 "
            "billion by 2028, at a CAGR of 14.4% during the forecast period.",
            [("", "14.4", None, None)],
        ),
        (
            "The global smart kettle market was valued at $1.5 billion in 2020, and is projected to "
            "reach $4.9 billion by 2030, growing at a CAGR of 12.6% from 2021 to 2030.",
            [("", "12.6", 2021, 2030)],
        ),
        (
            "The global smart kettle market size reached US$ 12.4 Billion in 2023. Looking forward, the "
            "publisher expects the market to reach US$ 20.1 Billion by 2032, exhibiting a growth rate "
            "(CAGR) of 5.4% during 2024-2032.",
            [("", "5.4", 2024, 2032)],
        ),
        (
            "The smart kettle market size is forecast to increase by USD 5.93 billion at a CAGR of 8.4% "
            "between 2023 and 2028.",
            [("", "8.4", 2023, 2028)],
        ),
        (
            "The smart kettle market share is expected to increase by USD 210.4 million from 2021 to "
            "2026, and the market's growth momentum will accelerate at a CAGR of 6.6%.",
            [("", "6.6", 2021, 2026)],
        ),
        (
            "The global smart kettle market is estimated to grow by USD 8.11 bn from 2024-2028, "
            "according to Technavio. The market is estimated to grow at a CAGR of almost 9.2% during the "
            "forecast period.",
            [("", "9.2", None, None)],
        ),
        (
            "The Global Smart Kettle Market size is expected to be worth around USD 19.8 Billion by "
            "2033, from USD 9.2 Billion in 2023, growing at a CAGR of 8.0% during the forecast period "
            "from 2024 to 2033.",
            [("", "8.0", 2024, 2033)],
        ),
        (
            "The global smart kettle market size accounted for USD 54.5 billion in 2024 and is predicted "
            "to increase from USD 58.1 billion in 2025 to approximately USD 110.3 billion by 2034, "
            "expanding at a CAGR of 7.3% from 2025 to 2034.",
            [("", "7.3", 2025, 2034)],
        ),
        (
            "The global smart kettle market size was valued at USD 1.2 billion in 2023 and is projected "
            "to grow from USD 1.31 billion in 2024 to reach USD 2.4 billion by 2032, growing at a CAGR "
            "of 7.9% during the forecast period (2024–2032).",
            [("", "7.9", 2024, 2032)],
        ),
        (
            "Data Bridge Market Research analyses that the smart kettle market which was USD 2.41 "
            "billion in 2022, would rocket up to USD 5.1 billion by 2030, and is expected to undergo a "
            "CAGR of 9.8% during the forecast period.",
            [("", "9.8", None, None)],
        ),
        (
            "As per the report, the smart kettle industry generated $7.3 billion in 2021, and is "
            "anticipated to generate $14.2 billion by 2031, witnessing a CAGR of 6.9% from 2022 to 2031.",
            [("", "6.9", 2022, 2031)],
        ),
        (
            "Revenue in the Smart Kettle market was worth US$ 2.1 Bn in 2021 and is set to expand at "
            "5.5% CAGR through 2031.",
            [("", "5.5", None, 2031)],
        ),
        (
            "The global kitchen appliance market was valued at USD 250 billion in 2022 and is expected "
            "to grow at a CAGR of 5%.",
            [],
        ),
        (
            "Asia Pacific is expected to register the fastest CAGR of 9.1% from 2024 to 2030.",
            [("Asia-Pacific", "9.1", 2024, 2030)],
        ),
        (
            "The glass segment is anticipated to grow at a CAGR of 6.5% over the forecast period.",
            [("glass", "6.5", None, None)],
        ),
        (
            "Sales of smart kettles grew by 12% in 2022 compared with 2021.",
            [],
        ),
        (
            "The market grew at a CAGR of 3.2% between 2018 and 2022.",
            [("", "3.2", 2018, 2022)],
        ),
        (
            "The market is set to witness a year-on-year growth rate of 7.2% in 2024.",
            [],
        ),
        (
            "Smart Kettle Market to Surpass US$ 5.2 Billion by 2030, Growing at 6.4% CAGR",
            [("", "6.4", None, 2030)],
        ),
        (
            "The global market for Smart Kettles estimated at US$1.9 Billion in the year 2022, is "
            "projected to reach a revised size of US$3 Billion by 2030, growing at a CAGR of 6% over the "
            "analysis period 2022-2030.",
            [("", "6", 2022, 2030)],
        ),
        (
            "China, the world's second largest economy, is forecast to reach a projected market size of "
            "US$640 Million by the year 2030 trailing a CAGR of 9.5% over the analysis period 2022 to "
            "2030.",
            [("China", "9.5", 2022, 2030)],
        ),
        (
            "Among the other noteworthy geographic markets are Japan and Canada, each forecast to grow "
            "at 3.5% and 5% respectively over the 2022-2030 period.",
            [("Japan", "3.5", 2022, 2030), ("Canada", "5", 2022, 2030)],
        ),
        (
            "Within Europe, Germany is forecast to grow at approximately 4.1% CAGR.",
            [("Germany", "4.1", None, None)],
        ),
        (
            "Steel, one of the segments analyzed in the report, is projected to record 5.7% CAGR and "
            "reach US$1.2 Billion by the end of the analysis period.",
            [("Steel", "5.7", None, None)],
        ),
        (
            "The market size will grow from $3.1 billion in 2023 to $3.4 billion in 2024 at a compound "
            "annual growth rate (CAGR) of 9.7%. It will grow to $4.9 billion in 2028 at a compound "
            "annual growth rate (CAGR) of 9.6%.",
            [("", "9.7", 2023, 2024), ("", "9.6", None, 2028)],
        ),
        (
            "The market is expected to grow at a CAGR of 5.5% and reach US$ 2.7 Bn by 2028.",
            [("", "5.5", None, 2028)],
        ),
        (
            "Expanding at a CAGR of 8.2%, the market is expected to increase from US$ 1.5 Bn in 2021 to "
            "US$ 3.4 Bn by the end of 2032.",
            [("", "8.2", 2021, 2032)],
        ),
        (
            "The market valued at USD 2.2 Billion in 2022 is poised to exceed USD 4 Billion by 2032 at "
            "6.1% CAGR between 2023 and 2032.",
            [("", "6.1", 2023, 2032)],
        ),
        (
            "Smart Kettle Market was valued at USD 2.2 Billion in 2022 and is estimated to register a "
            "CAGR of over 6.1% between 2023 and 2032.",
            [("", "6.1", 2023, 2032)],
        ),
        (
            "The market is expected to decline at a CAGR of 1.2% from 2023 to 2028.",
            [("", "-1.2", 2023, 2028)],
        ),
        (
            "In 2023 the market is expected to be valued at US$ 90 million and rise to US$ 150 million "
            "by 2033, exhibiting a CAGR of 5.2% during the forecast period.",
            [("", "5.2", None, None)],
        ),
        (
            "In terms of revenue, the smart kettle market size is projected to reach USD 6.3 billion, "
            "growing at a CAGR of 5.1% from 2023 to 2031.",
            [("", "5.1", 2023, 2031)],
        ),
        (
            "Online is projected to grow at a CAGR of 8.2%, while Offline will grow at a CAGR of 3.1%.",
            [],
        ),
        (
            "Europe, with a share of 28% in 2023, is expected to grow at a CAGR of 4.4%.",
            [("Europe", "4.4", None, None)],
        ),
        (
            "The Asia-Pacific Smart Kettle Market Size is expected to grow at a 7.7% CAGR from 2023 to 2032",
            [("Asia-Pacific", "7.7", 2023, 2032)],
        ),
        (
            "The market's value is expected to rise from US$ 2.3 billion in 2024 to US$ 4.3 billion in "
            "2034, at a 6.5% CAGR.",
            [("", "6.5", 2024, 2034)],
        ),
        (
            "CAGR (2025-2034): 5.5%",
            [("", "5.5", 2025, 2034)],
        ),
        (
            "Forecast Period 2024 to 2032 CAGR: 7.1%",
            [("", "7.1", 2024, 2032)],
        ),
        (
            "With a CAGR of 4.8%, the smart kettle market is expected to grow from USD 3.4 billion in "
            "2023 to USD 4.5 billion by 2029.",
            [("", "4.8", 2023, 2029)],
        ),
        (
            "Global Smart Kettle Market was valued USD 3.4 Bn. in 2022 and is expected to reach USD 5.1 "
            "Bn. by 2029, at a CAGR of 6 % during a forecast period.",
            [("", "6", None, None)],
        ),
        (
            "The total Smart Kettle revenue is expected to grow at 6 % through 2022 to 2029, reaching "
            "USD 5.1 Bn.",
            [("", "6", 2022, 2029)],
        ),
        (
            "The global smart kettle market is expected to reach at USD 7.7 Bn by 2033 from USD 4.1 Bn "
            "in 2023 with a CAGR of 6.5% during the year 2023 - 2033",
            [("", "6.5", 2023, 2033)],
        ),
        (
            "The Smart Kettle Market is worth USD 4 billion in 2024 and will reach USD 7 billion in "
            "2030, at a compounded annual growth rate of 9.8% over 2024 to 2030.",
            [("", "9.8", 2024, 2030)],
        ),
    ],
)
def test_a_sentence_states_rates_with_their_periods_and_scopes(
    text: str, expected: list[tuple[str, str, int | None, int | None]]
) -> None:
    assert sure(text) == expected
