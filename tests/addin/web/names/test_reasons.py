"""A batch can ask for the reasons of values instead of the values."""

import msgspec

from addin.web.calls import Batch, Group, answers
from tests.conftest import SEED
from udfs.registry import FUNCTIONS


def reasons(function: str, *arguments: list[object]) -> list[object]:
    group = Group(function, max(map(len, arguments)), list(arguments), reasons=True)
    return msgspec.to_builtins(answers(Batch([group])))["groups"][0]["values"]  # type: ignore[no-any-return]


def test_a_figure_says_where_it_is_from() -> None:
    stated, computed = reasons("MARKET_SIZE", [SEED], [2023, 2028])
    assert stated == FUNCTIONS["MARKET_SIZE"].outcome(SEED, 2023).reason
    assert str(stated).startswith("reported for 2023: stated as 8.6")
    assert str(computed).startswith("interpolated for 2028")


def test_a_call_without_a_figure_says_why_as_text() -> None:
    (why,) = reasons("MARKET_SIZE", [SEED], [1999])
    assert str(why).startswith("1999 is outside the period")


def test_every_function_has_a_reason() -> None:
    for name, function in FUNCTIONS.items():
        (reason,) = reasons(name, *([SEED] for _ in function.parameters[:1]))
        assert isinstance(reason, str), name
        assert reason, name
