"""The exceptions of Marketbook, as one small tree.

```
MarketbookError
├── NotFound                 the name or the figure does not exist
│   ├── UnknownName          an unknown market, segment, dimension, indicator or source
│   │   └── AmbiguousName    a name of several markets or segments
│   └── NoFigure             the source states no figure, or contradicts itself
├── BadArgument              an argument of the wrong kind: words for a year, an unknown unit
├── OutOfDomain              a number outside its domain: year 0, a CAGR of -100 %
├── CatalogError             a report's file that cannot be read
│   └── Unavailable          a database or a server that cannot be reached, is damaged, or of another version
├── Conflict                 a correction of a fact that somebody else has corrected first
├── NotAllowed               something that a person may not do, or not without signing in
└── Unreadable               a text, page or PDF to import that cannot be read
```

Every message is written for the user who asked.
"""

from collections.abc import Sequence


class MarketbookError(Exception):
    """Any request that Marketbook refuses, with a message that says why."""


class NotFound(MarketbookError):
    """The name or the figure does not exist."""


class UnknownName(NotFound):
    """A name that nothing has, or several things; `suggestions` are the names that may be meant."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {' or '.join(self.suggestions)}?" if suggestions else ""
        super().__init__(f'No {kind} is called "{shortened(name)}".{hint}')


class AmbiguousName(UnknownName):
    """A name of several things; `suggestions` are their full names."""


class NoFigure(NotFound):
    """The source does not state the figure, or states two that disagree."""


class BadArgument(MarketbookError):
    """An argument of the wrong kind."""


class OutOfDomain(MarketbookError):
    """A number outside its domain."""


class CatalogError(MarketbookError):
    """A report's file that cannot be read: names file, field and reason.

    `problems` lists everything that is wrong with it, one sentence each.
    """

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message)


class Unavailable(CatalogError):
    """A catalog that cannot be reached, is damaged, or is of another version: what helps is said too."""


class Conflict(MarketbookError):
    """A correction of a fact that somebody else has corrected first. The message has both values.

    `theirs` is the fact as it is now (None if it is withdrawn), and `seen` the number of that revision.
    """

    def __init__(self, message: str, theirs: object, seen: int) -> None:
        self.theirs = theirs
        self.seen = seen
        super().__init__(message)


class NotAllowed(MarketbookError):
    """Something that a person may not do, or not without signing in."""


class Unreadable(MarketbookError):
    """A text, page or PDF to import that cannot be read: one sentence says why, a second what helps."""


def shortened(text: str, length: int = 60) -> str:
    """Return the text, cut to `length` characters with an ellipsis if it is longer.

    >>> shortened("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= length else text[: length - 1] + "…"
