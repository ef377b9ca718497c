"""Methods: the ways to compute a figure that a user can choose."""

from enum import StrEnum

from markets.errors import BadArgument, shortened


class Method(StrEnum):
    """How to compute an answer. `STATED`, the default, stays closest to the stated figures."""

    STATED = ""
    COMPOUND = "compound"
    IMPLIED = "implied"
    ESTIMATE = "estimate"
    HOLD = "hold"

    @classmethod
    def parse(cls, text: str) -> "Method":
        """Return the method of that name, in upper or lower case; raise BadArgument for any other text.

        >>> Method.parse("Compound")
        <Method.COMPOUND: 'compound'>
        """
        try:
            return cls(text.strip().casefold())
        except ValueError:
            known = ", ".join(f'"{method}"' for method in cls if method)
            raise BadArgument(
                f'"{shortened(text)}" is not a method. Leave it blank, or use one of {known}.'
            ) from None


FILLING = (Method.ESTIMATE, Method.HOLD)
"""The methods that fill in shares that nobody states."""


def only(method: Method, *known: Method) -> None:
    """Raise BadArgument if the method is not one of those that a question accepts."""
    if method not in known:
        *most, last = [f'"{one}"' for one in known if one]
        names = f"{', '.join(most)} or {last}" if most else last
        raise BadArgument(f'The method "{method}" cannot be used here. Leave it blank, or use {names}.')
