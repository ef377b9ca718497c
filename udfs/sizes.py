"""Sizes and where they come from: MARKET_SIZE, MARKET_SERIES, MARKET_SOURCE, MARKET_STATUS."""

from markets.errors import MarketbookError, shortened
from markets.wording import LONGEST_LINE
from udfs import measures
from udfs.asked import Asked
from udfs.outcome import Outcome
from udfs.parameters import HOW
from udfs.registry import cell_function, table_function
from udfs.tables import answer_or_reason, cell, count_by_status, figures


@cell_function("market", "[year]", "[segment]", *HOW)
def market_size(asked: Asked) -> Outcome:
    """Returns the size of a market or segment in a year.

    In the report's unit, or in `unit` (a scale, a currency or both; "USD" alone means single dollars).
    The year defaults to the base year. #N/A for a year without a figure or an unknown name, #VALUE!
    for an unknown unit or method or text that is not a year, #NUM! for a number that is not a year. A
    range of markets with several units is #VALUE! if `unit` is omitted. `assumptions` that cannot be true
    are #NUM!.

    >>> market_size("Medical Imaging Outsourcing", 2033)
    13.1
    >>> round(market_size("Medical Imaging Outsourcing", "2028E", unit="USD million"), 1)
    10614.1
    >>> market_size("Medical Imaging Outsourcing", 2028, "CT")
    <CellError.NA: '#N/A'>
    >>> market_size.outcome("Medical Imaging Outsourcing", 2028, "CT").reason
    'No share or size of Computed Tomography is stated for 2028, only for 2023.'
    """
    return measures.size(asked)


@cell_function("market", "[year]", "[segment]", *HOW)
def market_status(asked: Asked) -> Outcome:
    """Returns the status of a size: reported, interpolated, compounded, derived, estimated or assumed.

    Takes MARKET_SIZE's arguments and returns the same errors, such as #N/A if there is no size. For a
    median, low or high, the status is that of the size returned; the mean of two is derived.

    >>> market_status("Medical Imaging Outsourcing", 2028)
    'interpolated'
    """
    answer = asked.market.size(asked.year, asked.segment, asked.method)
    return Outcome(str(answer.status), lambda: measures.size(asked).reason)


def _in_words(error: MarketbookError, notice: str) -> Outcome:
    sentence = _with_notice(str(error), notice)
    return Outcome(sentence, sentence)


def _with_notice(line: str, notice: str) -> str:
    """Return a line and the catalog's notice, which is never cut off."""
    if not notice:
        return shortened(line, LONGEST_LINE)
    ended = line if line.endswith((".", "?", "!")) else f"{line}."
    return f"{shortened(ended, LONGEST_LINE - len(notice) - 1)} {notice}"


@cell_function("market", "[year]", "[segment]", *HOW, "[measure]", "[to_year]", refused=_in_words)
def market_source(asked: Asked) -> Outcome:
    """Returns where a figure comes from, in one line, or why there is none.

    Takes MARKET_SIZE's arguments. `measure` selects a share or a CAGR instead; the CAGR is from `year`
    to `to_year`. Text of at most 255 characters: status, year, derivation, publisher, date and
    locator. For a median, low or high, it gives the figure, publisher and date of each source. If an
    argument is an error, the result is the same error. An answer from a copy that cannot be updated
    ends with the age of the copy, and why.

    >>> market_source("Medical Imaging Outsourcing", 2023)  # doctest: +ELLIPSIS
    'reported for 2023: stated as 8.6 (2023), USD billion. Market.us Media, 2025-11-13: Overview, ...'
    >>> market_source("Medical Imaging Outsourcing", measure="CAGR")  # doctest: +ELLIPSIS
    'reported: stated as 4.3% p.a. over 2024-2033. Market.us Media, 2025-11-13: ...'
    >>> market_source("Medical Imagng Outsourcing")
    'No market is called "Medical Imagng Outsourcing". Did you mean Medical Imaging Outsourcing?'
    """
    line = _with_notice(measures.MEASURES[asked.measure](asked).reason, asked.catalog.notice)
    return Outcome(line, line)


@table_function("market", "[segment]", "[from_year]", "[to_year]", *HOW, "[headers]")
def market_series(asked: Asked) -> Outcome:
    """Returns the sizes of a market or segment, one row per year: year, size.

    The size is in the same unit as for MARKET_SIZE. The years default to the first and the last year
    with an answer; a year without one is #N/A. If from_year is after to_year, the rows are in reverse
    order. Errors as for MARKET_SIZE.

    >>> market_series("Medical Imaging Outsourcing", None, 2032, 2033).round(3).tolist()
    [[2032.0, 12.56], [2033.0, 13.1]]
    """
    first, last = asked.from_year, asked.to_year
    if first is None or last is None:
        span = asked.market.span(asked.segment, asked.method)
        first = span[0] if first is None else first
        last = span[1] if last is None else last
    step = 1 if first <= last else -1
    years = range(first, last + step, step)
    sizes = [answer_or_reason(asked.market.size, year, asked.segment, asked.method) for year in years]
    rows = [
        [float(year), cell(size, lambda answer: asked.in_unit(answer.value))]
        for year, size in zip(years, sizes, strict=True)
    ]
    heads = ("Year", f"Size ({asked.unit})") if asked.headers else ()
    return figures(
        rows,
        heads,
        lambda: shortened(
            f"{_window(first, last)}: {count_by_status(sizes)}. {asked.market.cite()}", LONGEST_LINE
        ),
        str(asked.unit),
    )


def _window(first: int, last: int) -> str:
    return str(first) if first == last else f"{min(first, last)}-{max(first, last)}"
