"""Limits of figures, and estimates between them."""

from tests.cases.suite.expected import DIV0, NA, NUM, VALUE, Expected, holding
from tests.cases.suite.report import GROWTH, M

CAP = 1.0565**10 * 8.65 / 13.05  # the most by which a share of devices can grow, if none beats MRI's 5.6%
MRI_MOST = (1 - 0.6525) * CAP
MRI_2033 = 0.1735 * 1.056**10 / GROWTH**10

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
