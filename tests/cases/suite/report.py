"""The figures and names of the report that the cases ask for.

USD 8.6 billion in 2023, 13.1 in 2033, a CAGR of 4.3% over 2024-2033; Computed Tomography 65.3%,
Hospitals 63.4%, North America 43.6% of 2023; CAGRs of 5.6% for Magnetic Resonance Imaging and 6.3%
for Diagnostic Centers.
"""

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
