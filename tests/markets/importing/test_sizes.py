"""Market sizes: each way of stating one is a sentence here, and so is what looks like one and is none."""

import pytest

from markets.importing.claims import SubjectClaim
from markets.importing.documents import Block, Document, Place
from markets.importing.sizes import sizes

KETTLES = SubjectClaim(place=Place(0, 0, 0), words="", name="Smart Kettle")


def read(*blocks: str | Block) -> Document:
    """Return a document with a block a line."""
    return Document("t", tuple(Block(block) if isinstance(block, str) else block for block in blocks))


def sure(text: str) -> list[tuple[str, str, int | None]]:
    return [(claim.scope, claim.value, claim.year) for claim in sizes(read(text), KETTLES) if not claim.doubt]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The global smart kettle market size was USD 3.2 billion in 2023 and is expected to grow at "
            "a compound annual growth rate (CAGR) of 6.1% from 2024 to 2030.",
            [("", "3.2", 2023)],
        ),
        (
            "The global smart kettle market size was estimated at USD 3.21 billion in 2023 and is "
            "anticipated to reach USD 5.4 billion by 2030, growing at a CAGR of 7.7% from 2024 to 2030.",
            [("", "3.21", 2023), ("", "5.4", 2030)],
        ),
        (
            "The Smart Kettle Market Size is estimated at USD 4.12 billion in 2024, and is expected to "
            "reach USD 6.01 billion by 2029, growing at a CAGR of 7.84% during the forecast period "
            "(2024-2029).",
            [("", "4.12", 2024), ("", "6.01", 2029)],
        ),
        (
            "The smart kettle market is projected to grow from USD 2.5 billion in 2023 to USD 4.9 "
            "billion by 2028, at a CAGR of 14.4% during the forecast period.",
            [("", "2.5", 2023), ("", "4.9", 2028)],
        ),
        (
            "The global smart kettle market was valued at $1.5 billion in 2020, and is projected to "
            "reach $4.9 billion by 2030, growing at a CAGR of 12.6% from 2021 to 2030.",
            [("", "1.5", 2020), ("", "4.9", 2030)],
        ),
        (
            "The global smart kettle market size reached US$ 12.4 Billion in 2023. Looking forward, the "
            "publisher expects the market to reach US$ 20.1 Billion by 2032, exhibiting a growth rate "
            "(CAGR) of 5.4% during 2024-2032.",
            [("", "12.4", 2023), ("", "20.1", 2032)],
        ),
        (
            "The smart kettle market size is forecast to increase by USD 5.93 billion at a CAGR of 8.4% "
            "between 2023 and 2028.",
            [],
        ),
        (
            "The smart kettle market share is expected to increase by USD 210.4 million from 2021 to "
            "2026, and the market's growth momentum will accelerate at a CAGR of 6.6%.",
            [],
        ),
        (
            "The global smart kettle market is estimated to grow by USD 8.11 bn from 2024-2028, "
            "according to Technavio. The market is estimated to grow at a CAGR of almost 9.2% during the "
            "forecast period.",
            [],
        ),
        (
            "The Global Smart Kettle Market size is expected to be worth around USD 19.8 Billion by "
            "2033, from USD 9.2 Billion in 2023, growing at a CAGR of 8.0% during the forecast period "
            "from 2024 to 2033.",
            [("", "19.8", 2033), ("", "9.2", 2023)],
        ),
        (
            "The global smart kettle market size accounted for USD 54.5 billion in 2024 and is predicted "
            "to increase from USD 58.1 billion in 2025 to approximately USD 110.3 billion by 2034, "
            "expanding at a CAGR of 7.3% from 2025 to 2034.",
            [("", "54.5", 2024), ("", "58.1", 2025), ("", "110.3", 2034)],
        ),
        (
            "The global smart kettle market size was valued at USD 1.2 billion in 2023 and is projected "
            "to grow from USD 1.31 billion in 2024 to reach USD 2.4 billion by 2032, growing at a CAGR "
            "of 7.9% during the forecast period (2024–2032).",
            [("", "1.2", 2023), ("", "1.31", 2024), ("", "2.4", 2032)],
        ),
        (
            "Data Bridge Market Research analyses that the smart kettle market which was USD 2.41 "
            "billion in 2022, would rocket up to USD 5.1 billion by 2030, and is expected to undergo a "
            "CAGR of 9.8% during the forecast period.",
            [("", "2.41", 2022), ("", "5.1", 2030)],
        ),
        (
            "In 2022, the market was valued at US$ 940.5 Mn.",
            [("", "940.5", 2022)],
        ),
        (
            "By 2030, the smart kettle industry will hit $4.4 billion.",
            [("", "4.4", 2030)],
        ),
        (
            "As per the report, the smart kettle industry generated $7.3 billion in 2021, and is "
            "anticipated to generate $14.2 billion by 2031, witnessing a CAGR of 6.9% from 2022 to 2031.",
            [("", "7.3", 2021), ("", "14.2", 2031)],
        ),
        (
            "Revenue in the Smart Kettle market was worth US$ 2.1 Bn in 2021 and is set to expand at "
            "5.5% CAGR through 2031.",
            [("", "2.1", 2021)],
        ),
        (
            "The smart kettle market is expected to reach a valuation of US$ 3.3 Bn by the end of 2029.",
            [("", "3.3", 2029)],
        ),
        (
            "Worldwide sales of smart kettles are expected to total US$ 1,250.5 million in 2024.",
            [("", "1,250.5", 2024)],
        ),
        (
            "The market is expected to reach values of USD 2 billion and USD 3.5 billion in 2023 and "
            "2030, respectively.",
            [("", "2", 2023), ("", "3.5", 2030)],
        ),
        (
            "North America smart kettle market was valued at USD 1.1 billion in 2022.",
            [("North America", "1.1", 2022)],
        ),
        (
            "The U.S. smart kettle market size was valued at USD 800 million in 2022.",
            [("United States", "800", 2022)],
        ),
        (
            "Acme Corp. reported revenue of USD 5.4 billion in 2022.",
            [],
        ),
        (
            "In 2021, Acme generated USD 450 million in sales.",
            [],
        ),
        (
            "The global kitchen appliance market was valued at USD 250 billion in 2022 and is expected "
            "to grow at a CAGR of 5%.",
            [],
        ),
        (
            "Smart Kettle Market to Surpass US$ 5.2 Billion by 2030, Growing at 6.4% CAGR",
            [("", "5.2", 2030)],
        ),
        (
            "Smart Kettle Market Size to Grow by USD 5.2 Billion",
            [],
        ),
        (
            "Smart Kettle Market to be Worth $8.4 Billion by 2031",
            [("", "8.4", 2031)],
        ),
        (
            "The global market for Smart Kettles estimated at US$1.9 Billion in the year 2022, is "
            "projected to reach a revised size of US$3 Billion by 2030, growing at a CAGR of 6% over the "
            "analysis period 2022-2030.",
            [("", "1.9", 2022), ("", "3", 2030)],
        ),
        (
            "The Smart Kettle market in the U.S. is estimated at US$520 Million in the year 2022.",
            [("United States", "520", 2022)],
        ),
        (
            "China, the world's second largest economy, is forecast to reach a projected market size of "
            "US$640 Million by the year 2030 trailing a CAGR of 9.5% over the analysis period 2022 to "
            "2030.",
            [("China", "640", 2030)],
        ),
        (
            "Steel, one of the segments analyzed in the report, is projected to record 5.7% CAGR and "
            "reach US$1.2 Billion by the end of the analysis period.",
            [],
        ),
        (
            "The market size will grow from $3.1 billion in 2023 to $3.4 billion in 2024 at a compound "
            "annual growth rate (CAGR) of 9.7%. It will grow to $4.9 billion in 2028 at a compound "
            "annual growth rate (CAGR) of 9.6%.",
            [("", "3.1", 2023), ("", "3.4", 2024), ("", "4.9", 2028)],
        ),
        (
            "The market is expected to grow at a CAGR of 5.5% and reach US$ 2.7 Bn by 2028.",
            [("", "2.7", 2028)],
        ),
        (
            "Expanding at a CAGR of 8.2%, the market is expected to increase from US$ 1.5 Bn in 2021 to "
            "US$ 3.4 Bn by the end of 2032.",
            [("", "1.5", 2021), ("", "3.4", 2032)],
        ),
        (
            "The market is estimated to be worth EUR 1.4 billion in 2023.",
            [("", "1.4", 2023)],
        ),
        (
            "The Indian smart kettle market stood at INR 12,450 crore in FY2023.",
            [("India", "12,450", 2023)],
        ),
        (
            "The market valued at USD 2.2 Billion in 2022 is poised to exceed USD 4 Billion by 2032 at "
            "6.1% CAGR between 2023 and 2032.",
            [("", "2.2", 2022), ("", "4", 2032)],
        ),
        (
            "Smart Kettle Market was valued at USD 2.2 Billion in 2022 and is estimated to register a "
            "CAGR of over 6.1% between 2023 and 2032.",
            [("", "2.2", 2022)],
        ),
        (
            "The global Smart Kettle market is projected to reach US$ xx million by 2028 from an "
            "estimated US$ xx million in 2022.",
            [],
        ),
        (
            "The company invested USD 50 million in 2021 to expand the plant.",
            [],
        ),
        (
            "In 2023 the market is expected to be valued at US$ 90 million and rise to US$ 150 million "
            "by 2033, exhibiting a CAGR of 5.2% during the forecast period.",
            [("", "90", 2023), ("", "150", 2033)],
        ),
        (
            "In terms of revenue, the smart kettle market size is projected to reach USD 6.3 billion, "
            "growing at a CAGR of 5.1% from 2023 to 2031.",
            [("", "6.3", 2031)],
        ),
        (
            "The market size in Japan was valued at USD 60 million in 2023.",
            [("Japan", "60", 2023)],
        ),
        (
            "Offline sales accounted for USD 1.4 billion in 2022.",
            [],
        ),
        (
            "The Smart Kettle Market Size Valued at USD 1.7 Bn in 2022 and is Projected to Reach the "
            "Market Size of USD 3.0 Bn by 2032",
            [("", "1.7", 2022), ("", "3.0", 2032)],
        ),
        (
            "The market is likely to be worth $5bn in 2025, up from $3.5bn in 2020.",
            [("", "5", 2025), ("", "3.5", 2020)],
        ),
        (
            "The market's value is expected to rise from US$ 2.3 billion in 2024 to US$ 4.3 billion in "
            "2034, at a 6.5% CAGR.",
            [("", "2.3", 2024), ("", "4.3", 2034)],
        ),
        (
            "Market Size in 2024: USD 2.3 Billion",
            [("", "2.3", 2024)],
        ),
        (
            "Market Forecast in 2034: USD 4.1 Billion",
            [("", "4.1", 2034)],
        ),
        (
            "2032 Value Projection: USD 6.4 Billion",
            [("", "6.4", 2032)],
        ),
        (
            "In the United States, the market is expected to reach USD 1.2 billion by 2030.",
            [("United States", "1.2", 2030)],
        ),
        (
            "The global smart kettle market, valued at USD 3.4 billion in 2023, is forecast to reach USD "
            "5.5 billion by 2030.",
            [("", "3.4", 2023), ("", "5.5", 2030)],
        ),
        (
            "With a CAGR of 4.8%, the smart kettle market is expected to grow from USD 3.4 billion in "
            "2023 to USD 4.5 billion by 2029.",
            [("", "3.4", 2023), ("", "4.5", 2029)],
        ),
        (
            "Global Smart Kettle Market was valued USD 3.4 Bn. in 2022 and is expected to reach USD 5.1 "
            "Bn. by 2029, at a CAGR of 6 % during a forecast period.",
            [("", "3.4", 2022), ("", "5.1", 2029)],
        ),
        (
            "The total Smart Kettle revenue is expected to grow at 6 % through 2022 to 2029, reaching "
            "USD 5.1 Bn.",
            [("", "5.1", 2029)],
        ),
        (
            "The global smart kettle market is expected to reach at USD 7.7 Bn by 2033 from USD 4.1 Bn "
            "in 2023 with a CAGR of 6.5% during the year 2023 - 2033",
            [("", "7.7", 2033), ("", "4.1", 2023)],
        ),
        (
            "The Smart Kettle Market is worth USD 4 billion in 2024 and will reach USD 7 billion in "
            "2030, at a compounded annual growth rate of 9.8% over 2024 to 2030.",
            [("", "4", 2024), ("", "7", 2030)],
        ),
    ],
)
def test_a_sentence_states_sizes_with_their_years_and_scopes(
    text: str, expected: list[tuple[str, str, int | None]]
) -> None:
    assert sorted(sure(text)) == sorted(expected)
