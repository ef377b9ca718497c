"""Facts and answers as pandas frames, for notebooks."""

from dataclasses import asdict

import pandas as pd

from markets.errors import NoFigure
from markets.listing import fact_rows
from markets.market import Market
from markets.methods import Method
from markets.segments import SegmentName
from markets.wording import words


def facts_frame(market: Market) -> pd.DataFrame:
    """Return one row per fact: kind, about, years, stated (as printed), at (the locator), source.

    >>> from markets import folder_catalog
    >>> facts_frame(folder_catalog().market("Medical Imaging Outsourcing")).iloc[0]["stated"]
    'USD 8.6 billion'
    """
    frame = pd.DataFrame([asdict(row) for row in fact_rows(market)])
    return frame.assign(source=str(market.source))


def sizes_frame(
    market: Market, segment: SegmentName | None = None, method: Method = Method.STATED
) -> pd.DataFrame:
    """Return one row per year of the market's span: size in its unit, status, derivation.

    For a year without an answer, the size is NaN and the derivation is the reason.

    >>> from markets import folder_catalog
    >>> frame = sizes_frame(folder_catalog().market("Medical Imaging Outsourcing"))
    >>> frame.loc[2028, "size"].round(4), frame.loc[2028, "status"]
    (np.float64(10.6141), 'interpolated')
    """
    first, last = market.span(segment)
    rows = []
    for year in range(first, last + 1):
        try:
            answer = market.size(year, segment, method)
            rows.append((year, answer.value, str(answer.status), words(answer)))
        except NoFigure as error:
            rows.append((year, float("nan"), "", str(error)))
    return pd.DataFrame(rows, columns=["year", "size", "status", "derivation"]).set_index("year")
