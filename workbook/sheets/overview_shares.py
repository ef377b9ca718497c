"""The dimensions on the Overview sheet: each as one bar of 100 %, with what is not stated hatched."""

from dataclasses import dataclass

from markets.segments import SegmentName
from workbook.draft import Draft
from workbook.formulas import Expr, all_of, before, if_, if_error, index, rows, text
from workbook.page import Page
from workbook.report import Series, WholeBar
from workbook.sheets.overview_figures import Spelled, answered, percent_words, spelled_as
from workbook.sheets.overview_grid import BODY_ROW, PANEL_ROW, put_across, put_data_heading
from workbook.spelling import rate
from workbook.wording import clipped, fixed, length, total

_COLOURS = ("17365D", "3B6796", "7A9CC0", "B4C7DC")
_HATCH = "9CA3AF"
_FEWEST_BARS, _MOST_BARS = 3, 8
_FEWEST_PIECES = 6
_WIDTH = 62.0
"""The number of characters that fit into a bar."""
_LINE = 70
_NO_LABEL = " "
"""The label of a piece without one: instead of a blank text, LibreOffice shows the value."""


@dataclass(frozen=True)
class _Block:
    """How many rows of the panel a bar, and the lines below it, have."""

    rows: int
    bar: int
    lines: int


_BLOCKS = {3: _Block(8, 3, 2), 4: _Block(6, 2, 2), 5: _Block(4, 1, 2), 6: _Block(4, 1, 2)}
_SMALL = _Block(3, 1, 1)


def put_shares(draft: Draft, page: Page, first: int) -> int:
    """Write the panel, and its figures from row `first` on; return the row below them."""
    put_data_heading(page, first, "Share of each segment")
    choice, latest = draft["mb_year_choice"], draft.ask("MARKET_INFO", item="share year")
    year = page.put(f"C{first + 1}", if_(choice.equals(""), latest, choice), "Year")
    page.put(f"A{first + 1}", "Year of shares", "Label")
    heading = if_error(text("Share of the market in ") & year, "Share of the market")
    put_across(page, PANEL_ROW, "EFG", heading, "Overview Heading")
    dimensions = draft.market.dimensions
    bars = min(max(len(dimensions), _FEWEST_BARS), _MOST_BARS)
    most = max((len(draft.market.segments_of(name)) for name in dimensions), default=0)
    pieces = max(most, _FEWEST_PIECES)
    block = _BLOCKS.get(bars, _SMALL)
    start: Expr = Expr("1", 1.0)
    for number in range(bars):
        at = first + 3 + number * (pieces + 3)
        bar = _Bar(draft, page, at, pieces, year)
        start = bar.put(start, dimensions[number] if number < len(dimensions) else "")
        bar.show(
            BODY_ROW + number * block.rows, block, "The source names no segments." if number == 0 else ""
        )
    return first + 3 + bars * (pieces + 3)


class _Bar:
    """The figures of one dimension: a row for itself, one for each piece, and one for the rest.

    The columns of a piece are its name (A), share (C), label (E), and the lists so far of segments whose
    share is not stated (G) or whose label is longer than their piece (I).
    """

    def __init__(self, draft: Draft, page: Page, at: int, pieces: int, year: Expr) -> None:
        self._draft, self._page, self._year = draft, page, year
        self._at, self._pieces = at, pieces
        self._rest = at + pieces + 1
        self._described = ""

    def put(self, start: Expr, built_for: str) -> Expr:
        """Write the figures; return where the next dimension starts in the list of all segments."""
        page, at, draft = self._page, self._at, self._draft
        name = page.put(f"A{at}", if_error(before(index(draft.ask("SEGMENT_LIST"), start), "/")), "Label")
        page.put(f"C{at}", start, "Count")
        listed = draft.ask("SEGMENT_LIST", dimension=name)
        count = page.put(f"E{at}", if_(name.equals(""), 0.0, rows(listed)), "Count")
        segments = draft.market.segments_of(built_for) if built_for else []
        for number in range(1, self._pieces + 1):
            segment = segments[number - 1] if number <= len(segments) else None
            self._put_piece(number, name, listed, count, segment)
        self._put_rest(name, count)
        self._described = self._describe(built_for, segments)
        return page[f"C{at}"] + count

    def _put_piece(
        self, number: int, dimension: Expr, listed: Expr, count: Expr, segment: SegmentName | None
    ) -> None:
        page, row = self._page, self._at + number
        name = page.put(f"A{row}", if_(count.below(float(number)), "", index(listed, number)), "Text")
        asked = self._draft.ask("SEGMENT_SHARE", segment=dimension & "/" & name, year=self._year)
        share = page.put(f"C{row}", if_(name.equals(""), "", if_error(asked)), "Percent stated")
        figure = self._share_words(share, segment)
        words, room = name & " " & figure, share * _WIDTH
        label = if_(length(words).below(room), words, if_(length(figure).below(room), figure, _NO_LABEL))
        page.put(f"E{row}", if_(share.equals(""), _NO_LABEL, label), "Text")
        silent = all_of(share.equals(""), text("").below(name))
        self._list("G", row, number, silent, name)
        small = if_(share.equals(""), 0.0, length(page[f"E{row}"]).below(length(words)))
        self._list("I", row, number, small, words)

    def _share_words(self, share: Expr, segment: SegmentName | None) -> Expr:
        year = self._year.value
        if segment is None or not isinstance(year, float):
            return percent_words(self._draft, share, Spelled())
        answer = answered(lambda: self._draft.assumed.share(segment, int(year)))
        spelled = spelled_as(answer, rate(answer)) if answer else Spelled()
        return spelled.qualified(self._draft, percent_words(self._draft, share, spelled))

    def _list(self, column: str, row: int, number: int, condition: Expr, name: Expr) -> None:
        """Add a name to the list so far, in the row above."""
        page = self._page
        if number == 1:
            page.put(f"{column}{row}", if_(condition, name, ""), "Note")
            return
        above = page[f"{column}{row - 1}"]
        more = if_(above.equals(""), "", ", ") & name
        page.put(f"{column}{row}", above & if_(condition, more, ""), "Note")

    def _put_rest(self, name: Expr, count: Expr) -> None:
        page, row = self._page, self._rest
        area = f"C{self._at + 1}:C{row - 1}"
        stated = total([page[f"C{at}"] for at in range(self._at + 1, row)], area)
        both = page.put(f"G{row}", stated, "Percent stated")
        page.put(f"A{row}", "not stated", "Text")
        left = if_(both.below(0.9995), Expr("1", 1.0) - both, 0.0)
        rest = page.put(f"C{row}", if_(name.equals(""), "", left), "Percent stated")
        shown = Expr(str(self._pieces), float(self._pieces)).below(count)
        words = if_(shown, "not shown", "not stated")
        page.put(
            f"E{row}",
            if_(rest.equals(""), _NO_LABEL, if_((rest * _WIDTH).below(12.0), _NO_LABEL, words)),
            "Text",
        )

    def show(self, top: int, block: _Block, fallback: str) -> None:
        """Show the bar on the page, in rows from `top` on."""
        page, at, row = self._page, self._at, self._rest
        name = page[f"A{at}"]
        page.put(
            f"E{top}", if_(name.equals(""), fallback, name) if fallback else name & "", "Overview Dimension"
        )
        page.merge(f"E{top}:G{top}")
        under = top + 1 + block.bar
        page.put(f"E{under}", clipped(self._line(), _LINE * block.lines - 4), "Overview Line")
        page.merge(f"E{under}:G{under + block.lines - 1}")
        series = [
            Series(page.reference(f"E{piece}"), page.reference(f"C{piece}"), colour, labels="title")
            for piece, colour in zip(range(at + 1, row), _COLOURS * self._pieces, strict=False)
        ]
        rest = Series(
            page.reference(f"E{row}"), page.reference(f"C{row}"), _HATCH, hatched=True, labels="title"
        )
        page.sheet.charts.append(WholeBar(f"E{top + 1}:G{top + block.bar}", (*series, rest), self._described))

    def _line(self) -> Expr:
        """Return the line below the bar: small pieces, what is not stated, and a total that is not 100 %."""
        page, last = self._page, self._rest - 1
        small, silent, both = page[f"I{last}"], page[f"G{last}"], page[f"G{self._rest}"]
        # A total of a little more is due to rounding.
        over = Expr("1.0005", 1.0005).below(both)
        line = (
            if_(small.equals(""), "", text("Also ") & small & ". ")
            & if_(silent.equals(""), "", text("Not stated: ") & silent & ". ")
            & if_(over, text("The stated shares total ") & fixed(both * 100.0, 1) & "%.", "")
        )
        return page.put(f"I{self._rest}", line, "Note")

    def _describe(self, dimension: str, segments: list[SegmentName]) -> str:
        """Return the alternative text of the bar."""
        page = self._page
        if not dimension:
            return "No dimension is shown here."
        cells = [(page[f"A{at}"].value, page[f"C{at}"].value, at) for at in range(self._at + 1, self._rest)]
        year = self._year.value
        stated, silent = [], []
        for (name, share, _), segment in zip(cells, segments, strict=False):
            if isinstance(share, float):
                words = self._share_words(Expr("C1", share), segment).value
                stated.append(f"{name} {words}")
            else:
                silent.append(str(name))
        when = f" in {year:.0f}" if isinstance(year, float) else ""
        sentences = [
            f"Bar of 100% with the shares by {dimension.lower()}{when}: {', '.join(stated) or 'none stated'}."
        ]
        if silent:
            sentences.append(f"Not stated: {', '.join(silent)}.")
        return " ".join(sentences)
