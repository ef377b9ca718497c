"""How every report sheet is printed, besides what is its own: on A4, in landscape."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Margins:
    """Margins in inches."""

    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float


MARGINS: Final = Margins(left=0.5, right=0.5, top=0.55, bottom=0.65, header=0.3, footer=0.3)

LEFT_FOOTER: Final = "&F"
RIGHT_FOOTER: Final = "&A, page &P of &N"
FOOTER_SIZE: Final = 9
"""The size of the footers' font in points."""
