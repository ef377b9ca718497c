"""What the user of a workbook chose on its Start sheet, and what it was last built for."""

from dataclasses import dataclass
from typing import Any

from workbook.earlier import Earlier, earlier
from workbook.package import ErrorValue, Package, marked_sheets
from workbook.package.book import Workbook
from workbook.package.contents import part_contents
from workbook.package.references import sheet_referred_to
from workbook.template import MARKS, sheet_key


@dataclass(frozen=True)
class Choices:
    """Market, unit and year of shares; blank, and None for the year, where nothing was chosen.

    The year is what its cell holds, and so may be a text that is none.
    """

    market: str = ""
    unit: str = ""
    year: float | str | None = None


class Cells:
    """Cells of a package's sheets by name or place, each sheet read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._book = Workbook(package)
        self._sheets: dict[str, dict[str, Any]] = {}
        self.sheets = marked_sheets(package, MARKS)

    def of(self, sheet: str) -> dict[str, Any]:
        """Return what the cells of a sheet show."""
        if sheet not in self._sheets:
            part = self._book.sheet(sheet).part
            contents = part_contents(self.package, part) if part else {}
            self._sheets[sheet] = {place: content.value for place, content in contents.items()}
        return self._sheets[sheet]

    def of_report(self, title: str) -> dict[str, Any]:
        """Return what one of our sheets shows, whatever it is called now; nothing where it is gone."""
        name = self.sheets.get(sheet_key(title))
        return self.of(name) if name else {}

    def named(self, name: str) -> Any:
        """Return what a named cell shows; None where it is blank or the name is gone."""
        defined = self._book.defined(name)
        sheet = sheet_referred_to(defined.text) if defined else None
        if defined is None or sheet is None:
            return None
        return self.of(sheet).get(defined.text.rpartition("!")[2].replace("$", ""))


def chosen(cells: Cells) -> Choices:
    """Return the user's choices; blank ones in a workbook that has no Start sheet of ours."""
    market, unit, year = (cells.named(name) for name in ("mb_market", "mb_unit", "mb_year_choice"))
    return Choices(_text(market), _text(unit), None if year == "" else year)


def state(cells: Cells) -> Earlier | None:
    """Return what the report sheets show now; None in a workbook that does not say what it was built for."""
    return earlier(cells.of_report) if sheet_key("Lists") in cells.sheets else None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and not isinstance(value, ErrorValue) else ""
