"""What a batch may not ask, however it is written."""

import pytest

from addin.web.calls import MOST_CALLS, Batch, Group, answers
from markets.errors import BadArgument


def test_a_negative_count_does_not_make_room_for_more_calls() -> None:
    many = Group("CAGR_PROJECT", MOST_CALLS + 1, [[100], [0.1], [1]])
    with pytest.raises(BadArgument, match="A batch has at most 50,000 calls"):
        answers(Batch([many, Group("CAGR_PROJECT", -MOST_CALLS)]))
