"""The cases. Expected figures are the report's own, or worked out here from them by hand.

The report: USD 8.6 billion in 2023, 13.1 in 2033, a CAGR of 4.3% over 2024-2033; Computed Tomography
65.3%, Hospitals 63.4%, North America 43.6% of 2023; CAGRs of 5.6% for Magnetic Resonance Imaging and
6.3% for Diagnostic Centers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.cases.hosts import Value
from udfs.values import CellError

NA, VALUE, NUM, DIV0 = CellError.NA, CellError.VALUE, CellError.NUM, CellError.DIV0
REF, NAME, NULL = CellError.REF, CellError.NAME, CellError.NULL


@dataclass(frozen=True)
class Holding:
    """Text that holds each of these."""

    parts: tuple[str, ...]


def holding(*parts: str) -> Holding:
    return Holding(parts)


def column(texts: Iterable[str]) -> list[list[Value]]:
    return [[text] for text in texts]


Expected: TypeAlias = Value | Holding | list[list[Value]]

CELLS: dict[str, Value | None] = {
    "Inputs!A1": 2023.0,
    "Inputs!A2": 2033.0,
    "Inputs!A3": None,
    "Inputs!A4": "2028",
    "Inputs!A5": "soon",
    "Inputs!B1": "CT",
    "Inputs!B2": "Hospitals",
    "Inputs!B3": None,
    "Inputs!C1": NA,
    "Inputs!C2": DIV0,
    "Inputs!D1": "Medical Imaging Outsourcing",
    "Inputs!D2": True,
    "Inputs!D3": 4.3,
    "Inputs!E1": 2023.0,
    "Inputs!E2": DIV0,
    "Inputs!E3": 2033.0,
    "Inputs!F1": 2023.0,
    "Inputs!G1": 2028.0,
    "Inputs!H1": 2033.0,
    # Ranges of assumptions. Their blank cells are empty.
    "Inputs!K1": "Segment",
    "Inputs!L1": "Measure",
    "Inputs!M1": "Year",
    "Inputs!N1": "Value",
    "Inputs!O1": "Note",
    "Inputs!L2": "CAGR",
    "Inputs!N2": 0.06,
    "Inputs!O2": "the board",
    "Inputs!K3": "MRI",
    "Inputs!L3": "share",
    "Inputs!M3": 2023.0,
    "Inputs!N3": 0.3,
    "Inputs!K5": "Segment",
    "Inputs!L5": "Measure",
    "Inputs!M5": "Year",
    "Inputs!N5": "Value",
    "Inputs!K6": "CT",
    "Inputs!L6": "share",
    "Inputs!M6": 2033.0,
    "Inputs!N6": 1.2,
    # Seeds of Device by End User, 3 x 3, the second with an empty cell
    **{f"Inputs!{column}{row}": 1.0 for column in "QRS" for row in (1, 2, 3)},
    **{f"Inputs!{column}{row}": 1.0 for column in "UVW" for row in (1, 2, 3) if (column, row) != ("V", 3)},
    "Inputs!Q5": -1.0,
    # Computed Tomography in Hospitals only, and nothing else there
    **{f"Inputs!{cell}": 1.0 for cell in ("Q9", "R10", "R11", "S10", "S11")},
    # Computed Tomography twice as often in Hospitals
    **{f"Inputs!{column}{row}": 1.0 for column in "UVW" for row in (5, 6, 7)},
    "Inputs!U5": 2.0,
    "Inputs!U9": "CT",
    "Inputs!V9": 1.0,
}

MARKETS = ["Guided Tissue Regeneration Membrane", "Medical Imaging Outsourcing"]
M = '"Medical Imaging Outsourcing"'
GROWTH = (13.1 / 8.6) ** 0.1  # a year, on the path between the two stated sizes
CT, HOSPITALS, AMERICA = 0.653 * 8.6, 0.634 * 8.6, 0.436 * 8.6
DEVICES = ["Computed Tomography", "Positron Emission Tomography", "Magnetic Resonance Imaging"]
USERS = ["Hospitals", "Diagnostic Centers", "Others"]
REGIONS = ["North America", "Asia-Pacific"]
PLAYERS = [
    "Flatworld Solutions Pvt Ltd",
    "Alliance Medical",
    "MetaMed",
    "Diagnostic Imaging Services",
    "Ankarad Medical Imaging Systems",
    "Shields MRI",
    "Kayi Healthcare",
    "RadNet, Inc.",
    "Proscan Imaging",
    "North American Science associates",
    "Imbio",
    "Nuance Communications",
    "Philips Healthcare",
]

CAP = 1.0565**10 * 8.65 / 13.05  # the most by which a share of devices can grow, if none beats MRI's 5.6%
MRI_MOST = (1 - 0.6525) * CAP
MRI_2033 = 0.1735 * 1.056**10 / GROWTH**10

SIZES: dict[str, Expected] = {
    f"MARKET_SIZE({M})": 8.6,
    f"MARKET_SIZE({M},2023)": 8.6,
    f"MARKET_SIZE({M},2033)": 13.1,
    f"MARKET_SIZE({M},2024)": 8.6 * GROWTH,
    f"MARKET_SIZE({M},2028)": 8.6 * GROWTH**5,
    "market_size(Inputs!D1,2028)": 8.6 * GROWTH**5,
    f"MARKET_SIZE({M},2022)": NA,
    f"MARKET_SIZE({M},2034)": NA,
    f'MARKET_SIZE({M},2028,"","","compound")': 8.6 * 1.043**5,
    f'MARKET_SIZE({M},2023,,,"compound")': 8.6,
    f'MARKET_SIZE({M},2033,,,"Compound")': 8.6 * 1.043**10,
    f'MARKET_SIZE({M},2034,,,"compound")': NA,
    f'MARKET_SIZE({M},2028,,,"guess")': VALUE,
    f"MARKET_SIZE({M},2028,,,2)": VALUE,
    # Names
    'MARKET_SIZE("medical imaging OUTSOURCING")': 8.6,
    'MARKET_SIZE(" Medical-Imaging  Outsourcing. ")': 8.6,
    'MARKET_SIZE("Medical Imaging Outsourcing Market")': 8.6,
    'MARKET_SIZE("Medical Imagng Outsourcing")': NA,
    'MARKET_SIZE("")': NA,
    "MARKET_SIZE(,2023)": NA,
    "MARKET_SIZE(5,2023)": NA,
    "MARKET_SIZE(Inputs!A3,2023)": NA,
    # Segments
    f'MARKET_SIZE({M},2023,"Computed Tomography")': CT,
    f'MARKET_SIZE({M},,"CT")': CT,
    f'MARKET_SIZE({M},2023,"ct scan")': CT,
    f'MARKET_SIZE({M},2023,"Device/CT")': CT,
    f'MARKET_SIZE({M},2023,"End User/CT")': NA,
    f'MARKET_SIZE({M},2023,"Hospitals")': HOSPITALS,
    f'MARKET_SIZE({M},2023,"North America","mn")': AMERICA * 1000,
    f'MARKET_SIZE({M},2028,"CT")': NA,
    f'MARKET_SIZE({M},2023,"PET")': NA,
    f'MARKET_SIZE({M},2023,"Ultrasound")': NA,
    f'MARKET_SIZE({M},2023,"CT",,"compound")': NA,
    f'MARKET_SIZE({M},2028,"MRI",,"compound")': NA,
    f"MARKET_SIZE({M},2023,Inputs!B1)": CT,
    f"MARKET_SIZE({M},2023,Inputs!B3)": 8.6,
    # Units
    f'MARKET_SIZE({M},2023,,"USD bn")': 8.6,
    f'MARKET_SIZE({M},2023,,"USD million")': 8600.0,
    f'MARKET_SIZE({M},2023,,"mn")': 8600.0,
    f'MARKET_SIZE({M},2023,,"k")': 8_600_000.0,
    f'MARKET_SIZE({M},2023,,"USD")': 8_600_000_000.0,
    f'MARKET_SIZE({M},2023,,"trillion")': 0.0086,
    f'MARKET_SIZE({M},2023,,"crore")': 860.0,
    f'MARKET_SIZE({M},2023,,"EUR")': VALUE,
    f'MARKET_SIZE({M},2023,,"parsecs")': VALUE,
    f"MARKET_SIZE({M},2023,,Inputs!A3)": 8.6,
    # Years
    f'MARKET_SIZE({M},"2033")': 13.1,
    f'MARKET_SIZE({M}," 2033 ")': 13.1,
    f"MARKET_SIZE({M},Inputs!A4)": 8.6 * GROWTH**5,
    f'MARKET_SIZE({M},"")': 8.6,
    f"MARKET_SIZE({M},Inputs!A3)": NUM,
    f"MARKET_SIZE({M},Inputs!A5)": VALUE,
    f'MARKET_SIZE({M},"2028E")': 8.6 * GROWTH**5,
    f'MARKET_SIZE({M},"FY2028")': 8.6 * GROWTH**5,
    f'MARKET_SIZE({M},"2033F")': 13.1,
    f'MARKET_SIZE({M},"FY2299")': NUM,
    f'MARKET_SIZE({M},"in 2028")': VALUE,
    f'MARKET_SIZE({M},"2028.5")': NUM,
    f"MARKET_SIZE({M},0)": NUM,
    f"MARKET_SIZE({M},-2023)": NUM,
    f"MARKET_SIZE({M},2028.5)": NUM,
    f"MARKET_SIZE({M},45292)": NUM,
    f"MARKET_SIZE({M},123456)": NUM,
    f"MARKET_SIZE({M},1E300)": NUM,
    f"MARKET_SIZE({M},1899)": NUM,
    f"MARKET_SIZE({M},1900)": NA,
    f"MARKET_SIZE({M},2200)": NA,
    f"MARKET_SIZE({M},2201)": NUM,
    f"MARKET_SIZE({M},TRUE)": NUM,
    f"MARKET_SIZE({M},Inputs!D2)": NUM,
    # Sources
    f'MARKET_SIZE({M},2023,,,,,"latest")': 8.6,
    f'MARKET_SIZE({M},2023,,,,,"market.us media")': 8.6,
    f'MARKET_SIZE({M},2023,,,,,"Some Research")': NA,
    f'MARKET_SIZE({M},2023,,,,,"median")': 8.6,
    f'MARKET_SIZE({M},2028,,,"compound",,"HIGH")': 8.6 * 1.043**5,
    f'MARKET_SIZE({M},2023,,,,,"latest as of 2025-11-13")': 8.6,
    f'MARKET_SIZE({M},2023,,,,,"market.us media as of 45974")': 8.6,
    f'MARKET_SIZE({M},2023,,,,,"low as of 2025-11-12")': NA,
    f'MARKET_SIZE({M},2023,,,,,"low as of soon")': VALUE,
    f'MARKET_SIZE({M},2023,,,,,{{"low";"median as of "}})': [[8.6], [8.6]],
    f"MARKET_SIZE({M},2023,,,,Inputs!A3)": 8.6,
    f"MARKET_SIZE({M},2023,,,,Inputs!A1:B2)": VALUE,
    # Omitted arguments
    f"MARKET_SIZE({M},)": 8.6,
    f"MARKET_SIZE({M},,)": 8.6,
    f"MARKET_SIZE({M},2033,,,,,)": 13.1,
    f'MARKET_SIZE({M},,,"mn")': 8600.0,
    f'MARKET_SIZE({M},,"Hospitals",,)': HOSPITALS,
}

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

GROWTHS: dict[str, Expected] = {
    "CAGR_PROJECT(8.6,0.043,10)": 8.6 * 1.043**10,
    "CAGR_PROJECT(8.6,4.3%,10)": 8.6 * 1.043**10,
    'CAGR_PROJECT("8.6","4.3%","10")': 8.6 * 1.043**10,
    'CAGR_PROJECT("1,000",0.1,1)': 1100.0,
    "CAGR_PROJECT(1,Inputs!D3,2)": 28.09,
    "CAGR_PROJECT(100,0.21,0.5)": 110.0,
    "CAGR_PROJECT(121,0.1,-2)": 100.0,
    "CAGR_PROJECT(-100,0.1,1)": -110.0,
    "CAGR_PROJECT(0,0.1,1)": 0.0,
    "CAGR_PROJECT(100,-0.5,1)": 50.0,
    "CAGR_PROJECT(8.6,0.043,Inputs!A3)": 8.6,
    "CAGR_PROJECT(8.6,-1,10)": NUM,
    "CAGR_PROJECT(8.6,-2,10)": NUM,
    "CAGR_PROJECT(1E308,1,10)": NUM,
    "CAGR_PROJECT(2,1,1E300)": NUM,
    'CAGR_PROJECT("much",0.1,1)': VALUE,
    'CAGR_PROJECT(100,"",1)': VALUE,
    "CAGR_PROJECT(100,,1)": VALUE,
    "CAGR_PROJECT(100,0.1,)": VALUE,
    f"MARKET_CAGR({M})": 0.043,
    f'MARKET_CAGR({M},"MRI")': 0.056,
    f'MARKET_CAGR({M},"diagnostic centres")': 0.063,
    f'MARKET_CAGR({M},"CT")': NA,
    f'MARKET_CAGR({M},"Ultrasound")': NA,
    f"MARKET_CAGR({M},,2023,2033)": GROWTH - 1,
    f"MARKET_CAGR({M},,2023)": GROWTH - 1,
    f"MARKET_CAGR({M},,,2033)": GROWTH - 1,
    f"MARKET_CAGR({M},,2033,2023)": GROWTH - 1,
    f'MARKET_CAGR({M},,2023,2033,"compound")': 0.043,
    f"MARKET_CAGR({M},,2023,2040)": NA,
    f"MARKET_CAGR({M},,2024,2033)": 0.043,
    f'MARKET_CAGR({M},,2024,2033,"implied")': GROWTH - 1,
    f'MARKET_CAGR({M},,,,"implied")': GROWTH - 1,
    f'MARKET_SIZE({M},2028,,,"implied")': VALUE,
    f"MARKET_GROWTH({M},2024)": GROWTH - 1,
    f'MARKET_GROWTH({M},2028,"","compound")': 0.043,
    f"MARKET_GROWTH({M})": GROWTH - 1,
    f"MARKET_GROWTH({M},2023)": NA,
    f'MARKET_GROWTH({M},2024,"CT")': NA,
    f'MARKET_GROWTH({M},2028,,"implied")': VALUE,
    f"MARKET_GROWTH({M},0)": NUM,
    f"MARKET_GROWTH({M},{{2024;2034}})": [[GROWTH - 1], [NA]],
    f"MARKET_CAGR({M},,2028,2028)": NUM,
    f"MARKET_CAGR({M},,2023,0)": NUM,
    f'MARKET_CAGR({M},,"start",2033)': VALUE,
    f'MARKET_CAGR({M},,2023,2033,"guess")': VALUE,
    'MARKET_CAGR("nothing")': NA,
}

SEGMENTS: dict[str, Expected] = {
    f'SEGMENT_SHARE({M},"CT")': 0.653,
    f'SEGMENT_SHARE({M},"Hospitals",2023)': 0.634,
    f'SEGMENT_SHARE({M},"Region/North America","2023")': 0.436,
    f'SEGMENT_SHARE({M},"CT",2028)': NA,
    f'SEGMENT_SHARE({M},"MRI")': NA,
    f'SEGMENT_SHARE({M},"CT",2028,"compound")': NA,
    f'SEGMENT_SHARE({M},"")': NA,
    f'SEGMENT_SHARE({M},"CT",1)': NUM,
    f'SEGMENT_SHARE({M},"CT","then")': VALUE,
    f'SEGMENT_SHARE({M},"CT",2023,"guess")': VALUE,
    'SEGMENT_SHARE("nothing","CT")': NA,
    f'SEGMENT_TABLE({M},"Device")': [
        ["Computed Tomography", 0.653, CT, NA, "derived"],
        ["Positron Emission Tomography", NA, NA, NA, NA],
        ["Magnetic Resonance Imaging", NA, NA, 0.056, NA],
    ],
    f'SEGMENT_TABLE({M},"end user",,"mn")': [
        ["Hospitals", 0.634, HOSPITALS * 1000, NA, "derived"],
        ["Diagnostic Centers", NA, NA, 0.063, NA],
        ["Others", NA, NA, NA, NA],
    ],
    f'SEGMENT_TABLE({M},"Region",2028)': [
        ["North America", NA, NA, NA, NA],
        ["Asia-Pacific", NA, NA, NA, NA],
    ],
    f'SEGMENT_TABLE({M},"Region",2028,,,,,TRUE)': [
        ["Segment", "Share", "Size (USD billion)", "CAGR", "Status"],
        ["North America", NA, NA, NA, NA],
        ["Asia-Pacific", NA, NA, NA, NA],
    ],
    f'SEGMENT_RANK({M},"Device",1)': "Computed Tomography",
    f'SEGMENT_RANK({M},"device",1,"size",2023)': "Computed Tomography",
    f'SEGMENT_RANK({M},"Device",1,"growth")': "Magnetic Resonance Imaging",
    f'SEGMENT_RANK({M},"End User",{{1,3}},"CAGR")': [["Diagnostic Centers", NA]],
    f'SEGMENT_RANK({M},"Device",3)': NA,
    f'SEGMENT_RANK({M},"Device",4)': NUM,
    f'SEGMENT_RANK({M},"Device",0)': NUM,
    f'SEGMENT_RANK({M},"Device","first")': VALUE,
    f'SEGMENT_RANK({M},"Device",1,"colour")': VALUE,
    f'SEGMENT_RANK({M},"Colour",1)': NA,
    f'SEGMENT_TABLE({M},"Colour")': NA,
    f'SEGMENT_TABLE({M},"")': NA,
    f'SEGMENT_TABLE({M},"Device",2028.5)': NUM,
    f'SEGMENT_TABLE({M},"Device",,"EUR")': VALUE,
    f'SEGMENT_TABLE({M},{{"Device";"Region"}})': VALUE,
    f"SEGMENT_LIST({M})": [
        *column(f"Device/{name}" for name in DEVICES),
        *column(f"End User/{name}" for name in USERS),
        *column(f"Region/{name}" for name in REGIONS),
    ],
    f'SEGMENT_LIST({M},"Device")': column(DEVICES),
    f'SEGMENT_LIST({M},"REGION")': column(REGIONS),
    f'SEGMENT_LIST({M},"Colour")': NA,
    'SEGMENT_LIST("nothing")': NA,
}

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

CONTEXT: dict[str, Expected] = {
    "MARKET_LIST()": column(MARKETS),
    'MARKET_LIST("")': column(MARKETS),
    'MARKET_LIST("imaging")': [["Medical Imaging Outsourcing"]],
    'MARKET_LIST("zebra crossings")': NA,
    f"KEY_PLAYERS({M})": column(PLAYERS),
    'KEY_PLAYERS("nothing")': NA,
    f"INDEX(KEY_PLAYERS({M}),8,1)": "RadNet, Inc.",
    f"ROWS(KEY_PLAYERS({M}))": 13.0,
    f'MARKET_INDICATOR({M},"US health spending growth")': 0.046,
    f'MARKET_INDICATOR({M},"Health spending")': 3.6,
    f'MARKET_INDICATOR({M},"US health spending per person",2018)': 11172.0,
    f'MARKET_INDICATOR({M},"US health spending share of GDP","2018")': 0.18,
    f'MARKET_INDICATOR({M},"CT examinations growth a year")': 0.04,
    f'MARKET_INDICATOR({M},"CT examinations")': 300.0,
    f'MARKET_INDICATOR({M},"CT examinations",2018)': NA,
    f'MARKET_INDICATOR({M},"US health spending",2019)': NA,
    f'MARKET_INDICATOR({M},"Rainfall")': NA,
    f'MARKET_INDICATOR({M},"US health spending","then")': VALUE,
    f'MARKET_INDICATOR({M},"US health spending",0)': NUM,
    f"ROWS(MARKET_INDICATOR({M}))": 6.0,
    f"INDEX(MARKET_INDICATOR({M}),3,3)": 11172.0,
    f"SOURCE_TABLE({M})": [["Market.us Media", "2025-11-13", 2023.0, 8.6, 0.043, "reported"]],
    f'SOURCE_TABLE({M},2028,"USD mn",,TRUE)': [
        ["Publisher", "Date", "Base year", "Size in 2028 (USD million)", "CAGR", "Status"],
        ["Market.us Media", "2025-11-13", 2023.0, 8600 * GROWTH**5, 0.043, "interpolated"],
    ],
    f"SOURCE_TABLE({M},2040)": [["Market.us Media", "2025-11-13", 2023.0, NA, 0.043, NA]],
    f'SOURCE_TABLE({M},,,"Acme")': NA,
    f'SOURCE_TABLE({M},,,"as of 2020-01-01")': NA,
    f'SOURCE_TABLE({M},,"EUR")': VALUE,
    f"SOURCE_TABLE({M},0)": NUM,
    f"SOURCE_TABLE({M},{{2023;2033}})": VALUE,
    'SOURCE_TABLE("nothing")': NA,
    f'MARKET_INFO({M},"base year","as of 2025-11-13")': 2023.0,
    f'MARKET_INFO({M},"base year","as of 2025-11-12")': NA,
    f'SEGMENT_LIST({M},"Region","median")': column(REGIONS),
    f'KEY_PLAYERS({M},"latest as of 2025-11-12")': NA,
    f'MARKET_INDICATOR({M},"Health spending",,"Market.us Media")': 3.6,
    f'SEGMENT_RANK({M},"Device",1,,,"median")': "Computed Tomography",
    f'ROWS(MARKET_CHECK({M},,"as of 2025-11-13"))': 9.0,
    f"INDEX(MARKET_CHECK({M}),1,6)": "agrees",
    f"INDEX(MARKET_CHECK({M}),1,2)": "CAGR",
    f"INDEX(MARKET_CHECK({M}),1,3)": 0.043,
    f"COLUMNS(MARKET_CHECK({M}))": 7.0,
    f"INDEX(MARKET_CHECK({M}),1,7)": "ok",
    f"INDEX(MARKET_CHECK({M},TRUE),1,6)": "Verdict",
    f'MARKET_INFO({M},"unit")': "USD billion",
    f'MARKET_INFO({M},"Base Year")': 2023.0,
    f'MARKET_INFO({M},"publisher")': "Market.us Media",
    f'MARKET_INFO({M},"date")': "2025-11-13",
    f'MARKET_INFO({M},"geography")': "Global",
    f'MARKET_INFO({M},{{"unit";"colour"}})': [["USD billion"], [VALUE]],
    f'MARKET_INFO({M},"")': NA,
    'MARKET_INFO("nothing","unit")': NA,
    'MARKET_CHECK("nothing")': NA,
}

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

ERRORS: dict[str, Expected] = {
    "MARKET_SIZE(NA())": NA,
    f"MARKET_SIZE({M},#DIV/0!)": DIV0,
    f"MARKET_SIZE({M},2023,#REF!)": REF,
    f"MARKET_SIZE({M},2023,,#NAME?)": NAME,
    f"MARKET_SIZE({M},Inputs!C1)": NA,
    f"MARKET_SIZE({M},Inputs!C2)": DIV0,
    "MARKET_SIZE(Inputs!C2,Inputs!C1)": DIV0,
    f"MARKET_SOURCE({M},Inputs!C2)": DIV0,
    f"MARKET_STATUS({M},#VALUE!)": VALUE,
    f"SEGMENT_SHARE({M},Inputs!C1)": NA,
    f"SEGMENT_TABLE({M},Inputs!C2)": DIV0,
    f"SEGMENT_LIST({M},#NUM!)": NUM,
    "CAGR_PROJECT(8.6,Inputs!C2,10)": DIV0,
    f"MARKET_CAGR({M},,#NULL!)": NULL,
    f"MARKET_SERIES({M},,Inputs!C2)": DIV0,
    "MARKET_LIST(#REF!)": REF,
    "KEY_PLAYERS(Inputs!C2)": DIV0,
    "MARKET_CHECK(Inputs!C2)": DIV0,
    f"SOURCE_TABLE({M},Inputs!C2)": DIV0,
    f"MARKET_INDICATOR({M},Inputs!C2)": DIV0,
    'ISNA(MARKET_SIZE("nothing"))': True,
    f"ISNA(MARKET_SIZE({M},0))": False,
    f"ISERROR(MARKET_SIZE({M},0))": True,
    f'IFERROR(MARKET_SIZE({M},2040),"n/a")': "n/a",
    f'IFERROR(MARKET_SIZE({M},2033),"n/a")': 13.1,
    f'IFERROR(MARKET_SIZE({M},"words"),-1)': -1.0,
}

RANGES: dict[str, Expected] = {
    f"MARKET_RANGE({M})": [[8.55, 8.65]],
    f"MARKET_RANGE({M},2033)": [[13.05, 13.15]],
    f"MARKET_RANGE({M},2028)": [[(8.55 * 13.05) ** 0.5, (8.65 * 13.15) ** 0.5]],
    f'MARKET_RANGE({M},2023,"USD mn")': [[8550.0, 8650.0]],
    f"MARKET_RANGE({M},2034)": NA,
    f"MARKET_RANGE({M},0)": NUM,
    f'MARKET_RANGE({M},2023,"EUR")': VALUE,
    f'SEGMENT_RANGE({M},"CT")': [[0.6525, 0.6535]],
    f'SEGMENT_RANGE({M},"CT",2023,"USD billion")': [[0.6525 * 8.6, 0.6535 * 8.6]],
    f'SEGMENT_RANGE({M},"CT",2033)': [[1 - MRI_MOST, 0.6535 * CAP]],
    f'SEGMENT_RANGE({M},"MRI",2033)': [[0.0, MRI_MOST]],
    f'SEGMENT_RANGE({M},"North America",2033)': [[0.0, 1.0]],
    **{
        f'ROUND(INDEX(SEGMENT_RANGE({M},"{segment}",{year}),1,{place}),4)': limit
        for (segment, year), limits in {
            ("CT", 2028): (0.6275, 0.7005),
            ("CT", 2033): (0.6009, 0.7505),
            ("PET", 2033): (0.0, 0.3991),
            ("Hospitals", 2028): (0.5939, 0.703),
            ("Hospitals", 2033): (0.5504, 0.7784),
            ("Diagnostic Centers", 2033): (0.0, 0.4496),
            ("End User/Others", 2033): (0.0, 0.4496),
            ("North America", 2023): (0.4355, 0.4365),
        }.items()
        for place, limit in enumerate(limits, start=1)
    },
    f'SEGMENT_RANGE({M},"CT",2034)': NA,
    f"SEGMENT_RANGE({M})": NA,
    f'SEGMENT_RANGE({M},"CT",Inputs!C2)': DIV0,
    # Estimates
    f'SEGMENT_SHARE({M},"CT",2023,"estimate")': 0.653,
    f'SEGMENT_SHARE({M},"MRI",2023,"Estimate")': 0.1735,
    f'SEGMENT_SHARE({M},"MRI",2033,"estimate")': MRI_2033,
    f'SEGMENT_SHARE({M},"CT",2033,"estimate")': (1 - MRI_2033) * 0.653 / 0.8265,
    f'SEGMENT_SHARE({M},"PET",2033,"estimate")': (1 - MRI_2033) * 0.1735 / 0.8265,
    **{
        f'ROUND(SEGMENT_SHARE({M},"{segment}",2033,"estimate"),5)': share
        for segment, share in {
            "CT": 0.6349,
            "MRI": 0.19641,
            "PET": 0.16869,
            "Hospitals": 0.60427,
            "Diagnostic Centers": 0.22132,
            "End User/Others": 0.17442,
        }.items()
    },
    f'ROUND(MARKET_CAGR({M},"PET",2023,2033,"estimate"),5)': 0.04006,
    f'MARKET_SIZE({M},2033,"MRI",,"estimate")': 13.1 * MRI_2033,
    f'MARKET_SIZE({M},2033,,,"estimate")': 13.1,
    f'MARKET_STATUS({M},2033,"PET",,"estimate")': "estimated",
    f'MARKET_STATUS({M},2023,"CT",,"estimate")': "derived",
    f'MARKET_CAGR({M},"MRI",2023,2033,"estimate")': 0.056,
    f'SEGMENT_SHARE({M},"North America",2033,"estimate")': NA,
    f'SEGMENT_SHARE({M},"PET",2034,"estimate")': NA,
    f'SEGMENT_SHARE({M},"CT",2030,"hold")': 0.653,
    f'MARKET_SIZE({M},2033,"CT",,"hold")': 0.653 * 13.1,
    f'SEGMENT_SHARE({M},"PET",2030,"hold")': NA,
    f'MARKET_SOURCE({M},2033,"PET",,"estimate")': holding("estimated for 2033", "most even split"),
    f'MARKET_SOURCE({M},2033,"CT",,"hold")': holding("estimated", "stated as 65.3% for 2023, held"),
    f'MARKET_SOURCE({M},2033,"CT",,,,,"range")': holding("from 0.6009", "to 0.750", "limits"),
}

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

CASES = (
    SIZES
    | RANGES
    | ASSUMED
    | MATRICES
    | BROADCASTING
    | GROWTHS
    | SEGMENTS
    | SERIES
    | CONTEXT
    | PROVENANCE
    | CARDS
    | ERRORS
)
