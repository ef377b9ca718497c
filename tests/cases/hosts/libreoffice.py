"""LibreOffice Calc, through the extension in a private profile."""

from collections.abc import Mapping, Sequence

from addin.libreoffice import Office
from tests.cases.hosts import Rows, Value
from tests.cases.suite.report import M

_NO_CALL = "Calc does not call an add-in function for an array with an error in it: all of it is Err:502"


class LibreOfficeHost:
    """A running LibreOffice."""

    gaps: Mapping[str, str] = {
        f"MARKET_SIZE({M},Inputs!E1:E3)": _NO_CALL,
        f"MARKET_SIZE({M},{{2023;#N/A}})": _NO_CALL,
        f"MARKET_SIZE({M},2033,,,,Inputs!C1:C2)": _NO_CALL,
        f'MARKET_MATRIX({M},"Device","End User",,,Inputs!C1:C2)': _NO_CALL,
        f'MARKET_SIZE({M},{{2023;""}})': "in an array, Calc passes blank text and an empty cell alike",
        "MARKET_SIZE(Inputs!C2,Inputs!C1)": "of two arguments that are errors, Calc passes on the last",
    }

    def __init__(self, office: Office) -> None:
        self._office = office

    def evaluate(self, formulas: Sequence[str], cells: Mapping[str, Value | None]) -> list[Rows]:
        return self._office.evaluate(formulas, cells)
