"""Methods: the ways to compute a figure that a user can choose."""

from enum import StrEnum

from markets.errors import BadArgument, shortened


class Method(StrEnum):
    """How to compute an answer. `STATED`, the default, stays closest to the stated figures."""

    STATED = ""
    COMPOUND = "compound"
    IMPLIED = "implied"

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


def only(method: Method, *known: Method) -> None:
    """Raise BadArgument if the method is not one of those that a question accepts."""
    if method not in known:
        names = " or ".join(f'"{one}"' for one in known if one)
        raise BadArgument(f'The method "{method}" cannot be used here. Leave it blank, or use {names}.')
