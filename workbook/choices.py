"""The user's choices on the Start sheet, and what the workbook was last built for."""

from dataclasses import dataclass
from typing import Any

from workbook.earlier import Earlier, earlier
from workbook.package import (
    ErrorValue,
    Package,
    marked_sheets,
    part_contents,
    sheet_referred_to,
    workbook_part,
)
from workbook.template import MARKS, sheet_key


@dataclass(frozen=True)
class Choices:
    """Market, unit and year of shares. Without a choice, texts are blank, and the year is None.

    The year is the value of its cell, which can be text that is not a year.
    """

    market: str = ""
    unit: str = ""
    year: float | str | None = None


class Cells:
    """Cells of a package's sheets by name or place, each sheet read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._book = workbook_part(package)
        self._sheets: dict[str, dict[str, Any]] = {}
        self.sheets = marked_sheets(package, MARKS)

    def of(self, sheet: str) -> dict[str, Any]:
        """Return the values of the cells of a sheet."""
        if sheet not in self._sheets:
            part = self._book.sheet(sheet).part
            contents = part_contents(self.package, part) if part else {}
            self._sheets[sheet] = {place: content.value for place, content in contents.items()}
        return self._sheets[sheet]

    def of_report(self, title: str) -> dict[str, Any]:
        """Return the values of a report sheet, even if it was renamed; none if it was deleted."""
        name = self.sheets.get(sheet_key(title))
        return self.of(name) if name else {}

    def named(self, name: str) -> Any:
        """Return the value of a named cell; None if it is blank or the name was deleted."""
        defined = self._book.defined(name)
        sheet = sheet_referred_to(defined.text) if defined else None
        if defined is None or sheet is None:
            return None
        return self.of(sheet).get(defined.text.rpartition("!")[2].replace("$", ""))


def chosen(cells: Cells) -> Choices:
    """Return the user's choices; blank if the workbook has no Marketbook Start sheet."""
    market, unit, year = (cells.named(name) for name in ("mb_market", "mb_unit", "mb_year_choice"))
    return Choices(_text(market), _text(unit), None if year == "" else year)


def state(cells: Cells) -> Earlier | None:
    """Return the current figures of the report sheets; None if the workbook has no Lists sheet."""
    return earlier(cells.of_report) if sheet_key("Lists") in cells.sheets else None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and not isinstance(value, ErrorValue) else ""
