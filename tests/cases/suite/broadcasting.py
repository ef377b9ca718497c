"""Arrays and ranges as arguments."""

from tests.cases.suite.expected import DIV0, NA, NUM, VALUE, Expected
from tests.cases.suite.report import CT, GROWTH, HOSPITALS, M

BROADCASTING: dict[str, Expected] = {
    f"MARKET_SIZE({M},{{2023;2033}})": [[8.6], [13.1]],
    f"MARKET_SIZE({M},{{2023,2033}})": [[8.6, 13.1]],
    f"MARKET_SIZE({M},{{2023;2034;0}})": [[8.6], [NA], [NUM]],
    f'MARKET_SIZE({M},{{2023;"2033";"soon"}})': [[8.6], [13.1], [VALUE]],
    f'MARKET_SIZE({M},{{2023;2033}},{{"CT","Hospitals"}})': [[CT, HOSPITALS], [NA, NA]],
    f'MARKET_SIZE({M},{{2023;2033;2028}},{{"CT";""}})': [[CT], [13.1], [NA]],
    f'MARKET_SIZE({{{M};"nothing"}},2023)': [[8.6], [NA]],
    f'MARKET_SIZE({M},{{2023;""}})': [[8.6], [8.6]],
    f"MARKET_SIZE({M},Inputs!A1:A2)": [[8.6], [13.1]],
    f"MARKET_SIZE({M},Inputs!A1:A3)": [[8.6], [13.1], [NUM]],
    f"MARKET_SIZE({M},Inputs!A1:A5)": [[8.6], [13.1], [NUM], [8.6 * GROWTH**5], [VALUE]],
    f"MARKET_SIZE({M},2023,Inputs!B1:B3)": [[CT], [HOSPITALS], [8.6]],
    f"MARKET_SIZE({M},Inputs!F1:H1)": [[8.6, 8.6 * GROWTH**5, 13.1]],
    f"MARKET_SIZE({M},Inputs!F1:H1,Inputs!B1:B3)": [
        [CT, NA, NA],
        [HOSPITALS, NA, NA],
        [8.6, 8.6 * GROWTH**5, 13.1],
    ],
    f"MARKET_SIZE({M},Inputs!A1:A1)": 8.6,
    f"MARKET_SIZE({M},Inputs!E1:E3)": [[8.6], [DIV0], [13.1]],
    f"MARKET_SIZE({M},{{2023;#N/A}})": [[8.6], [NA]],
    f'SEGMENT_SHARE({M},{{"CT";"Hospitals";"PET"}})': [[0.653], [0.634], [NA]],
    f'SEGMENT_SHARE({M},"CT",{{2023,2024}})': [[0.653, NA]],
    f'MARKET_CAGR({M},{{"MRI";"";"CT"}})': [[0.056], [0.043], [NA]],
    f"MARKET_STATUS({M},{{2023;2028;2040}})": [["reported"], ["interpolated"], [NA]],
    f'MARKET_INDICATOR({M},{{"CT scans";"US health spending growth"}})': [[300.0], [0.046]],
    "CAGR_PROJECT({100;200},{0.1,0.2},1)": [[110.0, 120.0], [220.0, 240.0]],
    "CAGR_PROJECT({100;200},{0.1;0.2;0.3},1)": [[110.0], [240.0], [NA]],
    'CAGR_PROJECT({100;"x"},0.1,1)': [[110.0], [VALUE]],
    "CAGR_PROJECT(100,{0.1;-1},2)": [[121.0], [NUM]],
    "CAGR_PROJECT(Inputs!A1:A3,0,1)": [[2023.0], [2033.0], [0.0]],
    f"SUM(MARKET_SIZE({M},{{2023;2033}}))": 21.7,
}
