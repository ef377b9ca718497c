"""The cases, by what they ask. Expected figures are the report's own, or worked out from them by hand."""

from tests.cases.suite.assumptions import ASSUMED
from tests.cases.suite.broadcasting import BROADCASTING
from tests.cases.suite.cards import CARDS
from tests.cases.suite.context import CONTEXT
from tests.cases.suite.errors import ERRORS
from tests.cases.suite.growths import GROWTHS
from tests.cases.suite.matrices import MATRICES
from tests.cases.suite.provenance import PROVENANCE
from tests.cases.suite.ranges import RANGES
from tests.cases.suite.segments import SEGMENTS
from tests.cases.suite.series import SERIES
from tests.cases.suite.sizes import SIZES

CASES = (
    SIZES
    | RANGES
    | ASSUMED
    | MATRICES
    | BROADCASTING
    | GROWTHS
    | SEGMENTS
    | SERIES
    | CONTEXT
    | PROVENANCE
    | CARDS
    | ERRORS
)
