"""The headline figures of the Overview sheet: plain numbers in named cells, and tiles that spell them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from markets.answers import Answer, StatedCagr, StatedSize
from markets.errors import MarketbookError
from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, index, is_error, text
from workbook.page import Page
from workbook.report import Content
from workbook.sheets.overview_grid import FIGURES_ROW, TILE_ROW, put_across, put_data_heading
from workbook.spelling import money, rate
from workbook.wording import clipped, fixed, rounded, significant

_LONGEST_NOTE = 52

Lines: TypeAlias = tuple[Expr | str, ...]
"""The lines of a tile: label, figure, status, and where the figure is stated."""


@dataclass(frozen=True)
class Spelled:
    """A figure as it was printed when the workbook was built: its qualifier, and how many decimals."""

    qualifier: str = ""
    decimals: int | None = None

    def formula(self, draft: Draft, number: Expr) -> Expr:
        """Return the digits of a number: those of the source while its market is the one chosen."""
        if self.decimals is None:
            return significant(number)
        return if_(draft["mb_is_current"], fixed(number, self.decimals), significant(number))

    def qualified(self, draft: Draft, spelled: Expr) -> Expr:
        """Return a spelled figure with its qualifier, such as "over", if it has one."""
        if not self.qualifier:
            return spelled
        return if_(draft["mb_is_current"], f"{self.qualifier} ", "") & spelled


def answered(question: Callable[[], Answer]) -> Answer | None:
    """Return an answer, or None if there is none."""
    try:
        return question()
    except MarketbookError:
        return None


def spelled_as(answer: Answer | None, words: str) -> Spelled:
    """Return how an answer was spelled in words such as "over USD 13.1 billion" or "65.3%"."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", words)
    if answer is None or digits is None:
        return Spelled()
    fact = getattr(answer, "fact", None)
    return Spelled(fact.about if fact else "", len(digits[1] or ""))


def put_figures(draft: Draft, page: Page) -> None:
    """Write the headline figures with their sources below the page, and the tiles on it."""
    put_data_heading(page, FIGURES_ROW, "Figures behind this page")
    _put_numbers(draft, page, FIGURES_ROW + 1)
    _put_tiles(draft, page)


def _put_numbers(draft: Draft, page: Page, first: int) -> None:
    base_year = page.put_named(
        "mb_base_year", f"C{first}", draft.ask("MARKET_INFO", item="base year"), "Count"
    )
    last_year = draft["mb_last_year"]
    base = page.put_named("mb_size_base", f"C{first + 1}", draft.ask("MARKET_SIZE"), "Size")
    last = page.put_named("mb_size_end", f"C{first + 2}", draft.ask("MARKET_SIZE", year=last_year), "Size")
    stated = draft.ask("MARKET_CAGR")
    implied = if_error(draft.ask("MARKET_CAGR", from_year=base_year, to_year=last_year, method="implied"))
    page.put_named("mb_cagr", f"C{first + 3}", stated, "Percent stated")
    page.put_named("mb_cagr_implied", f"C{first + 4}", implied, "Percent fine")
    page.put_named("mb_multiple", f"C{first + 5}", last / base, "Multiple")
    page.put_named("mb_added", f"C{first + 6}", last - base, "Size")
    page.track("CAGR stated", f"C{first + 3}")
    page.track("CAGR implied", f"C{first + 4}")
    unit = draft["mb_shown_unit"]
    status = [if_error(draft.ask("MARKET_STATUS", year=year), "not stated") for year in (None, last_year)]
    source = [
        if_error(draft.ask("MARKET_SOURCE", year=year), draft.ask("MARKET_SOURCE"))
        for year in (None, last_year)
    ]
    rows: tuple[tuple[Content, Content, Content, Content], ...] = (
        ("Base year", "", "", ""),
        (if_error(text("Size in ") & base_year, "Size in the base year"), unit, status[0], source[0]),
        (if_error(text("Size in ") & last_year, "Size in the last year"), unit, status[1], source[1]),
        ("CAGR stated", "per year", if_(is_error(stated), "not stated", "reported"), ""),
        ("CAGR implied by the sizes", "per year", "derived", ""),
        ("Growth multiple", "times", "derived", ""),
        ("Absolute growth", unit, "derived", ""),
    )
    for at, (label, measured, known, about) in enumerate(rows, start=first):
        page.put(f"A{at}", label, "Label")
        page.put(f"E{at}", measured)
        page.put(f"G{at}", known)
        page.put(f"I{at}", about, "Note")
        page.merge(f"I{at}:K{at}", 26 if about else None)
    _put_source(draft, page, first + 7)
    page.grey_errors(f"A{first}:I{first + 6}")


def _put_source(draft: Draft, page: Page, row: int) -> None:
    """Write the source and its address in cells of their own.

    LibreOffice calculates HYPERLINK on opening, also where the worksheet functions are missing: there it
    finds what these cells carry.
    """
    line = draft["mb_source"] & if_error(text(", ") & draft.ask("MARKET_INFO", item="title"))
    address = if_error(draft.ask("MARKET_INFO", item="url"))
    for at, (label, shown) in enumerate((("Source", line), ("Address", address)), start=row):
        page.put(f"A{at}", label, "Label")
        page.put(f"I{at}", shown, "Note")
        page.merge(f"I{at}:K{at}", 26)


def _put_tile(page: Page, columns: str, lines: Lines) -> None:
    looks = ("Overview Tile", "Overview Figure", "Overview Note", "Overview Note")
    for at, (line, look) in enumerate(zip(lines, looks, strict=True), start=TILE_ROW):
        put_across(page, at, columns, line, look)


def _put_tiles(draft: Draft, page: Page) -> None:
    market = draft.assumed
    start, end = answered(market.size), answered(lambda: market.size(market.span()[1]))
    base_year, last_year = draft["mb_base_year"], draft["mb_last_year"]
    _put_tile(page, "A", _size_tile(draft, page, FIGURES_ROW + 2, "mb_size_base", base_year, start))
    alone = if_error(last_year.equals(base_year), True)
    last = _size_tile(draft, page, FIGURES_ROW + 3, "mb_size_end", last_year, end)
    other = ("Market size in another year", "not stated", "", "")
    _put_tile(page, "CDE", _either(alone, other, last))
    _put_tile(page, "GHI", _cagr_tile(draft))
    _put_tile(page, "K", _either(alone, ("Growth multiple", "not stated", "", ""), _growth_tile(draft)))


def _either(condition: Expr, lines: Lines, others: Lines) -> Lines:
    return tuple(if_(condition, line, other) for line, other in zip(lines, others, strict=True))


def _size_tile(draft: Draft, page: Page, row: int, name: str, year: Expr, answer: Answer | None) -> Lines:
    return (
        if_error(text("Market size ") & year, "Market size"),
        _size(draft, draft[name], _size_spelled(draft, answer)),
        page[f"G{row}"] & "",
        _where(draft, page[f"I{row}"]),
    )


def _cagr_tile(draft: Draft) -> Lines:
    answer = answered(draft.assumed.cagr)
    window, place = "", ""
    if isinstance(answer, StatedCagr):
        fact = answer.fact
        window = f", {fact.first}–{fact.last}" if fact.first and fact.last else ""
        place = fact.at.split(";")[0][:_LONGEST_NOTE]
    cagr, current = draft["mb_cagr"], draft["mb_is_current"]
    status = cagr_status(draft)
    return (
        "CAGR",
        if_error(if_(cagr.below(0.0), "▼ ", "▲ ") & cagr_words(draft) & " p.a.", "not stated"),
        if_(is_error(cagr), "", status & if_(current, window, "")),
        if_(current, place, ""),
    )


def _growth_tile(draft: Draft) -> Lines:
    base_year, last_year = draft["mb_base_year"], draft["mb_last_year"]
    added, times, implied = draft["mb_added"], draft["mb_multiple"], draft["mb_cagr_implied"]
    return (
        if_error(text("Growth multiple ") & base_year & "–" & last_year, "Growth multiple"),
        if_error(if_(times.below(10.0), fixed(times, 2), fixed(times, 1)) & "x", "not stated"),
        if_error(if_(added.below(0.0), "−", "+") & _size_words(draft, significant(_positive(added))), ""),
        if_(
            implied.equals(""),
            "",
            if_error(text("derived: CAGR ") & fixed(implied * 100.0, 2) & "% p.a.", ""),
        ),
    )


def _positive(number: Expr) -> Expr:
    value = abs(number.value) if isinstance(number.value, float) else number.value
    return Expr(f"ABS({number.formula})", value)


def _size_spelled(draft: Draft, answer: Answer | None) -> Spelled:
    if answer is None or not isinstance(answer, StatedSize):
        return Spelled()
    return spelled_as(answer, money(draft.market, draft.market.unit.parse(draft.unit), answer))


def _size(draft: Draft, number: Expr, spelled: Spelled) -> Expr:
    words = _size_words(draft, spelled.formula(draft, number))
    return if_error(spelled.qualified(draft, words), "not stated")


def _size_words(draft: Draft, digits: Expr) -> Expr:
    """Return digits between the currency and the scale: "USD 8.6 billion"."""
    unit = draft["mb_shown_unit"]
    currency, scale = if_error(before(unit, " "), unit), if_error(text(" ") & after(unit, " "), "")
    return currency & " " & digits & scale


def cagr_words(draft: Draft) -> Expr:
    """Return the stated CAGR in words: "4.3%"."""
    answer = answered(draft.assumed.cagr)
    spelled = spelled_as(answer, rate(answer)) if answer else Spelled()
    return spelled.qualified(draft, percent_words(draft, draft["mb_cagr"], spelled))


def cagr_status(draft: Draft) -> Expr:
    """Return how the CAGR came about: "reported", unless the user assumes it or a size at its ends."""
    return if_error(before(index(draft.ask("MARKET_SOURCE", measure="CAGR"), 1), ":"), "reported")


def percent_words(draft: Draft, fraction: Expr, spelled: Spelled) -> Expr:
    """Return a fraction in percent."""
    percent = fraction * 100.0
    ready = rounded(percent, 2)
    if spelled.decimals is not None:
        ready = if_(draft["mb_is_current"], fixed(percent, spelled.decimals), ready)
    return ready & "%"


_YOURS = "your assumptions: "


def _where(draft: Draft, source: Expr) -> Expr:
    """Return the first place that a line of MARKET_SOURCE names; a line without one, a reason, whole.

    An assumption of the user is named before any source.
    """
    date = draft.ask("MARKET_INFO", item="date")
    places = after(source, date & ": ")
    own = text(_YOURS) & before(after(source, _YOURS) & ";", ";")
    stated = if_error(before(places, ";"), if_error(places, source))
    return clipped(if_error(own, stated), _LONGEST_NOTE)
