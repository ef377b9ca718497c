"""The cells that formulas refer to."""

from tests.cases.hosts import Value
from tests.cases.suite.expected import DIV0, NA

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
