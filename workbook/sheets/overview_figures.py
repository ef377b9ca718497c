"""The headline figures of the Overview sheet: plain numbers in named cells, and tiles that spell them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markets.answers import Answer, StatedCagr, StatedSize
from markets.errors import MarketbookError
from workbook.draft import Draft
from workbook.formulas import Expr, after, before, if_, if_error, is_error, text
from workbook.page import Page
from workbook.sheets.overview_grid import FIGURES_ROW, TILE_ROW
from workbook.spelling import money, rate
from workbook.wording import clipped, fixed, significant

_LONGEST_NOTE = 52


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
    page.row(FIGURES_ROW, ("Figures behind this page", *[None] * 10), ("Overview Heading",) * 11)
    _put_numbers(draft, page, FIGURES_ROW + 1)
    _put_tiles(draft, page)


def _put_numbers(draft: Draft, page: Page, first: int) -> None:
    base_year = page.put_named("mb_base_year", f"C{first}", draft.ask("MARKET_INFO", item="base year"), "Count")
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
    unit = draft["mb_unit"]
    status = [if_error(draft.ask("MARKET_STATUS", year=year), "not stated") for year in (None, last_year)]
    source = [if_error(draft.ask("MARKET_SOURCE", year=year), draft.ask("MARKET_SOURCE")) for year in (None, last_year)]
    rows = (
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
    page.grey_errors(f"A{first}:I{first + 6}")


class _Tile:
    """A tile of four lines: label, figure, status, and where it is stated."""

    def __init__(self, page: Page, area: str) -> None:
        self._page = page
        self._first, _, self._last = area.partition(":")

    def put(self, *lines: Expr | str) -> None:
        looks = ("Overview Tile", "Overview Figure", "Overview Note", "Overview Note")
        for at, (line, look) in enumerate(zip(lines, looks, strict=True), start=TILE_ROW):
            self._page.put(f"{self._first}{at}", line, look)
            if self._last:
                for column in range(ord(self._first) + 1, ord(self._last) + 1):
                    self._page.put(f"{chr(column)}{at}", None, look)
                self._page.merge(f"{self._first}{at}:{self._last}{at}")


def _put_tiles(draft: Draft, page: Page) -> None:
    for at, height in enumerate((17, 34, 15, 16), start=TILE_ROW):
        page.height(at, height)
    first = FIGURES_ROW + 1
    base_year, last_year = draft["mb_base_year"], draft["mb_last_year"]
    for area, name, year, asked in (
        ("A", "mb_size_base", base_year, None),
        ("C:E", "mb_size_end", last_year, last_year.value if isinstance(last_year.value, float) else None),
    ):
        row = first + (1 if asked is None and name == "mb_size_base" else 2)
        answer = answered(lambda asked=asked: draft.market.size(None if asked is None else int(asked)))  # type: ignore[misc]
        _Tile(page, area).put(
            if_error(text("Market size ") & year, "Market size"),
            _size(draft, draft[name], _size_spelled(draft, answer)),
            page[f"G{row}"] & (", base year" if name == "mb_size_base" else ""),
            _where(draft, page[f"I{row}"]),
        )
    _put_cagr(draft, _Tile(page, "G:I"))
    added, implied = draft["mb_added"], draft["mb_cagr_implied"]
    _Tile(page, "K").put(
        if_error(text("Growth ") & base_year & "–" & last_year, "Growth"),
        if_error(significant(draft["mb_multiple"]) & "x", "not stated"),
        if_error(if_(added.below(0.0), "−", "+") & _size_words(draft, significant(_positive(added))), ""),
        if_(implied.equals(""), "", if_error(text("implied CAGR ") & fixed(implied * 100.0, 2) & "% p.a.", "")),
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
    unit = if_(draft["mb_is_current"], draft["mb_built_unit"], draft["mb_unit"])
    currency, scale = if_error(before(unit, " "), unit), if_error(text(" ") & after(unit, " "), "")
    return currency & " " & digits & scale


def _put_cagr(draft: Draft, tile: _Tile) -> None:
    answer = answered(draft.market.cagr)
    window, place = "", ""
    if isinstance(answer, StatedCagr):
        fact = answer.fact
        window = f", {fact.first}–{fact.last}" if fact.first and fact.last else ""
        place = fact.at.split(";")[0]
    cagr = draft["mb_cagr"]
    tile.put(
        "CAGR, as stated",
        if_error(if_(cagr.below(0.0), "▼ ", "▲ ") & cagr_words(draft) & " p.a.", "not stated"),
        if_(is_error(cagr), "", text("reported") & if_(draft["mb_is_current"], window, "")),
        if_(draft["mb_is_current"], place[:_LONGEST_NOTE], ""),
    )


def cagr_words(draft: Draft) -> Expr:
    """Return the stated CAGR in words: "4.3%"."""
    answer = answered(draft.market.cagr)
    spelled = spelled_as(answer, rate(answer)) if answer else Spelled()
    return spelled.qualified(draft, percent_words(draft, draft["mb_cagr"], spelled))


def percent_words(draft: Draft, fraction: Expr, spelled: Spelled) -> Expr:
    """Return a fraction in percent."""
    decimals = 1 if spelled.decimals is None else spelled.decimals
    ready = fixed(fraction * 100.0, 1)
    if decimals != 1:
        ready = if_(draft["mb_is_current"], fixed(fraction * 100.0, decimals), ready)
    return ready & "%"


def _where(draft: Draft, source: Expr) -> Expr:
    """Return the first place that a line of MARKET_SOURCE names; a line without one, a reason, whole."""
    date = draft.ask("MARKET_INFO", item="date")
    places = after(source, date & ": ")
    return clipped(if_error(before(places, ";"), if_error(places, source)), _LONGEST_NOTE)
