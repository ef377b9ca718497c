"""Series of sizes by year."""

from tests.cases.suite.expected import NA, NUM, VALUE, Expected
from tests.cases.suite.report import CT, GROWTH, M

SERIES: dict[str, Expected] = {
    f"MARKET_SERIES({M})": [[float(year), 8.6 * GROWTH ** (year - 2023)] for year in range(2023, 2034)],
    f"MARKET_SERIES({M},,2032,2034)": [[2032.0, 8.6 * GROWTH**9], [2033.0, 13.1], [2034.0, NA]],
    f"MARKET_SERIES({M},,2033,2032)": [[2033.0, 13.1], [2032.0, 8.6 * GROWTH**9]],
    f"MARKET_SERIES({M},,2032)": [[2032.0, 8.6 * GROWTH**9], [2033.0, 13.1]],
    f"MARKET_SERIES({M},,,2024)": [[2023.0, 8.6], [2024.0, 8.6 * GROWTH]],
    f'MARKET_SERIES({M},"",2033,"2033F","USD mn")': [[2033.0, 13100.0]],
    f'MARKET_SERIES({M},,2024,2025,,"compound")': [[2024.0, 8.6 * 1.043], [2025.0, 8.6 * 1.043**2]],
    f'MARKET_SERIES({M},"CT",2023,2024)': [[2023.0, CT], [2024.0, NA]],
    f'MARKET_SERIES({M},"CT")': [[2023.0, CT]],
    f"MARKET_SERIES({M},,2033,2033,,,,,TRUE)": [["Year", "Size (USD billion)"], [2033.0, 13.1]],
    f'MARKET_SERIES({M},,2033,2033,"mn",,,,1)': [["Year", "Size (USD million)"], [2033.0, 13100.0]],
    f'MARKET_SERIES({M},,2033,2033,,,,,"yes")': VALUE,
    f"MARKET_SERIES({M},,0,2033)": NUM,
    f'MARKET_SERIES({M},,"first",2033)': VALUE,
    f"MARKET_SERIES({M},,{{2023;2024}},2033)": VALUE,
    'MARKET_SERIES("nothing")': NA,
}
