"""Assumptions of the user, in ranges of cells."""

from tests.cases.suite.expected import NA, NUM, VALUE, Expected, holding
from tests.cases.suite.report import M

OWN, TOO_MUCH = "Inputs!K1:O4", "Inputs!K5:N6"
ASSUMED: dict[str, Expected] = {
    f"MARKET_SIZE({M},2023,,,,{OWN})": 8.6,
    f"MARKET_SIZE({M},2033,,,,{OWN})": 8.6 * 1.06**10,
    f'MARKET_SIZE({M},2033,,"USD mn",,{OWN})': 8600 * 1.06**10,
    f"MARKET_SIZE({M},Inputs!F1:H1,,,,{OWN})": [[8.6, 8.6 * 1.06**5, 8.6 * 1.06**10]],
    f"MARKET_STATUS({M},2033,,,,{OWN})": "assumed",
    f"MARKET_STATUS({M},2023,,,,{OWN})": "reported",
    f"MARKET_CAGR({M},,,,,{OWN})": 0.06,
    f"MARKET_GROWTH({M},2030,,,{OWN})": 0.06,
    f'SEGMENT_SHARE({M},"MRI",2023,,{OWN})': 0.3,
    f'SEGMENT_SHARE({M},"PET",2023,"estimate",{OWN})': 0.047,
    f'SEGMENT_RANGE({M},"MRI",2023,,{OWN})': [[0.3, 0.3]],
    f'SEGMENT_RANGE({M},"PET",2023,,{OWN})': [[0.0465, 0.0475]],
    f"MARKET_RANGE({M},2033,,{OWN})": [[8.55 * 1.06**10, 8.65 * 1.06**10]],
    f'INDEX(SEGMENT_TABLE({M},"Device",2023,,,{OWN}),3,3)': 0.3 * 8.6,
    f'INDEX(SEGMENT_TABLE({M},"Device",2023,,,{OWN}),3,5)': "assumed",
    f"MARKET_SERIES({M},,2032,2033,,,{OWN})": [[2032.0, 8.6 * 1.06**9], [2033.0, 8.6 * 1.06**10]],
    f"MARKET_SOURCE({M},2033,,,,{OWN})": holding("assumed for 2033", "6% p.a.", "row 1 (the board)"),
    f'MARKET_SIZE({M},2023,"MRI",,,{OWN},"median")': 0.3 * 8.6,
    f'MARKET_SIZE({M},2033,"CT",,,{TOO_MUCH})': NUM,
    f'MARKET_SOURCE({M},2033,"CT",,,{TOO_MUCH})': holding("from 0% to 100%", "row 1"),
    f"MARKET_SIZE({M},2033,,,,Inputs!K1:M4)": VALUE,  # no column of values
    f"MARKET_SIZE({M},2033,,,,Inputs!A5)": VALUE,
    f"MARKET_SIZE({M},2033,,,,Inputs!K8:O9)": 13.1,  # blank
    f"MARKET_SIZE({M},2033,,,,Inputs!C1:C2)": NA,
}
