"""Segments: shares, tables, ranks, lists."""

from tests.cases.suite.expected import NA, NUM, VALUE, Expected, column
from tests.cases.suite.report import CT, DEVICES, HOSPITALS, REGIONS, USERS, M

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
