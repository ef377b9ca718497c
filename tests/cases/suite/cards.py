"""Cards: in hosts without them, the size that they show."""

from tests.cases.suite.expected import DIV0, NA, NUM, VALUE, Expected
from tests.cases.suite.report import CT, GROWTH, M

CARDS: dict[str, Expected] = {
    f"MARKET_CARD({M})": 8.6,
    f"MARKET_CARD({M},2028)": 8.6 * GROWTH**5,
    f'MARKET_CARD({M},2023,"CT")': CT,
    f'MARKET_CARD({M},"2033E","",)': 13.1,
    f'MARKET_CARD({M},2023,,"median")': 8.6,
    f'MARKET_CARD({M},2023,,"latest as of 2020-01-01")': NA,
    f'MARKET_CARD({M},2028,"CT")': NA,
    f"MARKET_CARD({M},2040)": NA,
    f"MARKET_CARD({M},45292)": NUM,
    f'MARKET_CARD({M},"soon")': VALUE,
    f"MARKET_CARD({M},Inputs!C2)": DIV0,
    'MARKET_CARD("nothing")': NA,
    f"MARKET_CARD({M},{{2023;2028;2040}})": [[8.6], [8.6 * GROWTH**5], [NA]],
    f"MARKET_CARD({M},Inputs!A1:A2)": [[8.6], [13.1]],
}
