"""Methods: the ways in which a person can ask for a figure to come about."""

from enum import StrEnum

from markets.errors import BadArgument, shortened


class Method(StrEnum):
    """How an answer is to come about. `STATED` is the default: as near as can be to what is stated."""

    STATED = ""
    COMPOUND = "compound"
    IMPLIED = "implied"

    @classmethod
    def parse(cls, text: str) -> "Method":
        """Return the method of that name, in any case; raise BadArgument for other words.

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
    """Raise BadArgument for a method that a question has no answer by."""
    if method not in known:
        raise BadArgument(f'The method "{method}" does not apply here.')
