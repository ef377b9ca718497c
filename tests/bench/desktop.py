"""What a function costs in Excel, against an xlwings function that does nothing, called the same way."""

from tests.addin.desktop.wine import MISSING, MODULE, WineExcel, missing

_NOOP = "tests.bench.noop"
_MARKET = "Medical Imaging Outsourcing"
_DEFAULTS = (MISSING,) * 5
_ROUNDS = 9


def measure() -> list[tuple[str, float, float, str]]:
    """Return label, ratio, limit and detail of each measurement; none where Wine is missing.

    The calls alternate, and the fastest counts, because other programs disturb them.
    """
    if missing():
        return []
    years = [[2023.0 + at % 11] for at in range(10_000)]
    with WineExcel() as excel:
        return [
            _compared(excel, "a cell through COM", 2028.0, "scalar", 200, 1.5),
            _compared(excel, "10,000 years in one call", years, "array", 5, 3.0),
        ]


def _compared(
    excel: WineExcel, label: str, years: object, noop: str, count: int, limit: float
) -> tuple[str, float, float, str]:
    """The no-op gets one year only: taking 10,000 from Excel is part of what our call costs."""
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(min(excel.seconds("MARKET_SIZE", _MARKET, years, *_DEFAULTS, count=count, module=MODULE)))
        theirs.append(min(excel.seconds(noop, _MARKET, 2028.0, *_DEFAULTS, count=count, module=_NOOP)))
    milliseconds, least = min(ours) * 1000, min(theirs) * 1000
    return label, milliseconds / least, limit, f"{milliseconds:.2f} ms against {least:.2f} ms"
