"""The cells of a segment's row that are about one year: share, range, size, status and derivation.

A figure that the source does not state is estimated, if its statements say enough for that.
"""

from collections.abc import Callable

from markets.methods import Method
from workbook.draft import Draft
from workbook.formulas import Expr, Operand, any_of, before, if_, if_error, index, is_error, text
from workbook.report import Content
from workbook.sheets.head import derivation
from workbook.sheets.overview_figures import answered
from workbook.spelling import derived_decimals
from workbook.tables import BROKEN_PERCENT, Column, Row, When

ESTIMATED, ASSUMED, NOT_STATED = "estimated", "assumed", "not stated"
_LOOKS = {ESTIMATED: "Estimated", ASSUMED: "Assumed"}


class SegmentYear:
    """The cells of one year. `prefix` is where the keys of their columns begin.

    `year` is a named cell. If it `may_be_blank`, all other cells are then blank, too.
    """

    def __init__(self, draft: Draft, year: Expr, prefix: str = "", *, may_be_blank: bool = False) -> None:
        self._draft = draft
        self._year = year
        self._prefix = prefix
        self._may_be_blank = may_be_blank

    def key(self, name: str) -> str:
        """Return the key of a column of this year."""
        return f"{self._prefix}{name}"

    def titled(self, words: str, unit: Operand = "") -> Operand:
        """Return words with the year, for a header. Of a choice that is no year, nothing is shown."""
        return self.shown(if_error(text(f"{words} ") & (self._year + 0.0) & unit, text(words) & unit))

    def shown(self, words: Operand) -> Operand:
        """Return words that are shown only if there is a year."""
        return if_(self._year.equals(""), "", words) if self._may_be_blank else words

    def figures(self, percent_format: str) -> list[Column]:
        """Return the columns with the share, its range, and the size."""
        in_unit = self.titled("Size", text(", ") & self._draft["mb_shown_unit"])
        source = self.key("source")
        return [
            Column(
                *(self.key("share"), self.titled("Share"), 9.5, "Percent stated", self._share),
                *(self._tracked("share"), source, [*self._when("share_status", " percent"), BROKEN_PERCENT]),
                number_format=percent_format,
            ),
            Column(self.key("low"), self.shown("Low"), 8.5, "Percent range", self._end(1)),
            Column(self.key("high"), self.shown("High"), 8.5, "Percent range", self._end(2)),
            Column(
                *(self.key("size"), in_unit, 11.5, "Size", self._size),
                *(self._tracked("size"), source, self._when("status")),
                most=self._most_decimals,
            ),
        ]

    def status(self, *, printed: bool = True) -> Column:
        """Return the column with the status of the size."""
        title = self.titled("Status of size")
        return Column(self.key("status"), title, 13, "Text", self._status, printed=printed)

    def sources(self) -> list[Column]:
        """Return the columns that are not printed: derivation, or why there is none, source and status."""
        how, where = self.titled("Derivation"), self.titled("Source in full")
        of_share = self.titled("Status of share")
        return [
            Column(self.key("derivation"), how, 76, "Line", self._derivation, printed=False),
            Column(self.key("source"), where, 92, "Line", self._source, printed=False),
            Column(self.key("share_status"), of_share, 13, "Text", self._share_status, printed=False),
        ]

    def about(self, row: Row, shown: Operand) -> Expr:
        """Return what a row shows, blank in a row without a segment."""
        no_name = row["name"].equals("")
        return if_(any_of(no_name, self._year.equals("")) if self._may_be_blank else no_name, "", shown)

    def _ask(self, row: Row, function: str, **more: Operand) -> Expr:
        return self._draft.ask(function, segment=row["name"], year=self._year, **more)

    def _asked(self, row: Row, function: str, otherwise: Operand = "") -> Expr:
        """Return a figure as the source states it, else its estimate.

        LibreOffice compares the result of an add-in function as an array, unless INDEX takes it out.
        """
        estimate = if_error(index(self._ask(row, function, method="estimate"), 1), otherwise)
        return self.about(row, if_error(index(self._ask(row, function), 1), estimate))

    def _share(self, row: Row) -> Content:
        return self._asked(row, "SEGMENT_SHARE")

    def _size(self, row: Row) -> Content:
        return self._asked(row, "MARKET_SIZE")

    def _status(self, row: Row) -> Content:
        return self._asked(row, "MARKET_STATUS", NOT_STATED)

    def _end(self, column: int) -> Callable[[Row], Content]:
        """Return the lowest (column 1) or the highest possible share, if the source states none."""

        def end(row: Row) -> Content:
            is_open = is_error(index(self._ask(row, "SEGMENT_SHARE"), 1))
            limits = self._ask(row, "SEGMENT_RANGE", unit=None)
            return self.about(row, if_(is_open, if_error(index(limits, 1, column)), ""))

        return end

    def _share_status(self, row: Row) -> Content:
        """Return the first word of the share's source: of a stated share, the size can be assumed."""
        method = if_(self._is_closed(row), "", "estimate")
        line = self._ask(row, "MARKET_SOURCE", method=method, measure="share")
        return self.about(row, if_(row[self.key("share")].equals(""), "", if_error(before(line, " "))))

    def _is_closed(self, row: Row) -> Expr:
        """Return whether there is no range."""
        return row[self.key("low")].equals("")

    def _source(self, row: Row) -> Content:
        """Return where the figure comes from, or why there is none.

        It is that of an estimate if there is a range and a figure. It is that of a refused estimate if there
        is neither.
        """
        is_missing = row[self.key("status")].equals(NOT_STATED)
        estimate = self._ask(row, "MARKET_SOURCE", method="estimate")
        by_estimate = self._is_closed(row).equals(is_missing)
        return self.about(row, if_(by_estimate, estimate, self._ask(row, "MARKET_SOURCE")))

    def _derivation(self, row: Row) -> Content:
        return derivation(row[self.key("source")])

    def _when(self, status: str, kind: str = "") -> list[When]:
        """Return the looks of figures that are not the source's own, by the column with their status."""
        return [(f'{{{self.key(status)}}}="{word}"', look + kind) for word, look in _LOOKS.items()]

    def _most_decimals(self, row: Row) -> int | None:
        """Return the most decimals of a size that follows from a share, which is not more exact than that."""
        market, year, name = self._draft.market, self._year.value, row["name"].value
        if not isinstance(year, float) or not isinstance(name, str) or not name:
            return None
        segment = market.segment(name)
        answer = answered(lambda: market.size(int(year), segment))
        answer = answer or answered(lambda: market.size(int(year), segment, Method.ESTIMATE))
        return derived_decimals(market, market.unit.parse(self._draft.unit), answer) if answer else None

    def _tracked(self, what: str) -> Callable[[Row], str]:
        """Return how to name a figure for changes. Estimates are none: they follow from the others."""
        year = self._year.value
        when = f" {year:.0f}" if isinstance(year, float) else ""

        def figure(row: Row) -> str:
            is_estimate = row[self.key("status")].value == ESTIMATED
            return "" if is_estimate else f"{row['name'].value}: {what}{when}"

        return figure
