"""Sizes by two dimensions."""

from tests.cases.hosts import Value
from tests.cases.suite.assumptions import OWN
from tests.cases.suite.expected import DIV0, NA, NUM, VALUE, Expected
from tests.cases.suite.report import M

# The estimated shares of 2023 by device and by end user
BY_DEVICE, BY_USER = (0.653, 0.1735, 0.1735), (0.634, 0.183, 0.183)
TABLE: list[list[Value]] = [[8.6 * device * user for user in BY_USER] for device in BY_DEVICE]
BOTH = f'MARKET_MATRIX({M},"Device","End User"'
# With the seed of "twice", x (x + 1 - sum) = 2 (0.653 - x) (0.634 - x). The other cells are in pairs
_SUM, _PRODUCT = 0.653 + 0.634, 0.653 * 0.634
TWICE = ((1 + _SUM) - ((1 + _SUM) ** 2 - 8 * _PRODUCT) ** 0.5) / 2
FITTED: list[list[Value]] = [
    [8.6 * TWICE, *[8.6 * (0.653 - TWICE) / 2] * 2],
    *[[8.6 * (0.634 - TWICE) / 2, *[8.6 * (1 - _SUM + TWICE) / 4] * 2]] * 2,
]
MATRICES: dict[str, Expected] = {
    f"{BOTH})": TABLE,
    f"{BOTH},2023)": TABLE,
    f'{BOTH},,"USD mn")': [[8600 * device * user for user in BY_USER] for device in BY_DEVICE],
    f"{BOTH},,,Inputs!Q1:S3)": TABLE,
    f"SUM({BOTH},2033))": 13.1,
    f"SUM({BOTH},,,Inputs!U1:W3))": 8.6,
    f"INDEX({BOTH},,,Inputs!U1:W3),3,2)": 0.0,
    f"INDEX({BOTH},,,,,,TRUE),2,1)": "Computed Tomography",
    f"INDEX({BOTH},,,,,,TRUE),1,1)": "Size (USD billion)",
    f"INDEX({BOTH},,,,{OWN}),3,1)": 0.3 * 8.6 * 0.634,
    f"{BOTH},,,Inputs!Q1:S2)": VALUE,
    f"{BOTH},,,Inputs!Q5:S7)": NUM,
    f'{BOTH},,,"words")': VALUE,
    f"{BOTH},,,Inputs!U5:W7)": FITTED,
    f'SUM({BOTH},,"USD mn",Inputs!U5:W7,,"median"))': 8600.0,
    f"{BOTH},,,Inputs!Q13:S15)": TABLE,  # blank
    f"{BOTH},,,Inputs!Q13)": TABLE,
    f"{BOTH},,,Inputs!Q9:S11)": NUM,
    f"{BOTH},,,Inputs!U9:W11)": VALUE,
    f"{BOTH},,,Inputs!C1:C2)": NA,
    f"{BOTH},2040)": NA,
    f"{BOTH},2040.5)": NUM,
    f'MARKET_MATRIX({M},"Device","device")': VALUE,
    f'MARKET_MATRIX({M},"Device","Region")': NA,
    f'MARKET_MATRIX({M},"Device","Nothing")': NA,
    f'MARKET_MATRIX({M},"Device")': NA,
    f'MARKET_MATRIX({M},"Device",Inputs!C2)': DIV0,
}
