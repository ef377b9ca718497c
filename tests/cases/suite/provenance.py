"""Where a figure comes from: its status and its source."""

from tests.cases.suite.expected import NA, NUM, VALUE, Expected, holding
from tests.cases.suite.report import M

PROVENANCE: dict[str, Expected] = {
    f"MARKET_STATUS({M})": "reported",
    f"MARKET_STATUS({M},2028)": "interpolated",
    f'MARKET_STATUS({M},2028,,,"compound")': "compounded",
    f'MARKET_STATUS({M},2023,"CT")': "derived",
    f'MARKET_STATUS({M},2028,"CT")': NA,
    f"MARKET_STATUS({M},0)": NUM,
    f'MARKET_STATUS({M},2028,,"EUR")': VALUE,
    f"MARKET_SOURCE({M},2023)": holding(
        "reported", "8.6", "Market.us Media", "2025-11-13", "Overview, sentence 1", "Key Takeaways, bullet 1"
    ),
    f'MARKET_SOURCE({M},2023,,,,,"median")': holding(
        "median of 1 source for 2023: 8.6 (Market.us Media, 2025-11-13), USD billion"
    ),
    f'MARKET_SOURCE({M},2023,,,,,"low as of 2020-01-01")': holding("No report on", "published by 2020-01-01"),
    f"MARKET_SOURCE({M},2028)": holding("interpolated", "8.6 (2023)", "13.1 (2033)"),
    f'MARKET_SOURCE({M},2028,,,"compound")': holding("compounded", "4.3%", "2024-2033"),
    f'MARKET_SOURCE({M},,"CT",,,,,"share")': holding("reported for 2023", "65.3%", "Key Takeaways, bullet 2"),
    f'MARKET_SOURCE({M},,,,,,,"CAGR")': holding("reported", "stated as 4.3%", "2024-2033"),
    f'MARKET_SOURCE({M},2024,,,,,,"CAGR",2033)': holding("reported", "stated as 4.3%"),
    f'MARKET_SOURCE({M},2023,,,,,,"CAGR",2033)': holding("derived", "implied", "8.6 (2023"),
    f'MARKET_SOURCE({M},2024,,,"implied",,,"CAGR",2033)': holding("derived", "implied"),
    f'MARKET_SOURCE({M},2023,,,,,,"share")': holding("segment"),
    f'MARKET_SOURCE({M},2023,,,,,,"colour")': holding("colour", "size", "share", "CAGR"),
    f'MARKET_SOURCE({M},,"CT")': holding("derived", "65.3%", "Key Takeaways, bullet 2"),
    f'MARKET_SOURCE({M},2028,"CT")': holding("Computed Tomography", "2028", "2023"),
    f'MARKET_SOURCE({M},2023,"PET")': holding("Positron Emission Tomography"),
    f"MARKET_SOURCE({M},2040)": holding("2040", "2023 and 2033"),
    'MARKET_SOURCE("Medical Imagng Outsourcing")': holding("Did you mean Medical Imaging Outsourcing?"),
    f"MARKET_SOURCE({M},45292)": holding("45292", "YEAR()"),
    f'MARKET_SOURCE({M},2023,,"EUR")': holding("EUR", "exchange rate"),
    f'MARKET_SOURCE({M},2023,,,"guess")': holding("guess", "compound"),
}
