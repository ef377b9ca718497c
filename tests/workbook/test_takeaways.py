from markets import Market
from workbook.headlines import headlines
from workbook.takeaways import takeaways


def test_takeaways_say_what_is_stated_and_what_is_not(seed: Market) -> None:
    lines = takeaways(seed, seed.unit)
    assert lines[0] == (
        "Medical Imaging Outsourcing has a size of USD 8.6 billion in 2023 and USD 13.1 billion in 2033, "
        "an increase of USD 4.50 billion (1.52 times the size)."
    )
    assert any(
        "Computed Tomography is the largest with 65.3% in 2023, or USD 5.62 billion" in s for s in lines
    )
    assert any("Asia-Pacific is the second-fastest-growing (rate not stated)" in s for s in lines)
    assert lines[-1].startswith("The source states no share for 5 of 8 segments and regions")


def test_a_market_that_shrinks_is_said_to(second: Market) -> None:
    lines = takeaways(second, second.unit.parse("EUR billion"))
    assert "a decrease of EUR 0.05 billion" in lines[0]
    assert "The stated CAGR of -1.7% agrees with the stated sizes, which imply -1.74%." in lines


def test_headlines(seed: Market) -> None:
    assert list(headlines(seed, seed.unit.parse("mn"))) == [
        "Size 2023: USD 8,600 million (reported)",
        "Size 2033: USD 13,100 million (reported)",
        "CAGR: 4.3%, as stated",
        "Source: Market.us Media, 2025-11-13",
    ]
