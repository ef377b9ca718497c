"""A correction from the command line: which edition, which fact, and what it should say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from addin.commands.failures import Misused
from addin.commands.reports import date_option
from markets.catalogs.history import stated, what
from markets.catalogs.ledgers import BUNDLED_WORKSPACE
from markets.catalogs.records import Record, Revision
from markets.catalogs.statements import Statement
from markets.errors import NotFound


def the_edition(found: Sequence[Record], published: str, workspace: str) -> Record:
    """Return the edition of that date (default: the latest) in that workspace (default: the only one).

    A bundled edition gives way to one of a workspace, and a withdrawn one to one in force. Raises NotFound,
    and Misused if several fit.
    """
    own = [one for one in found if workspace in ("", one.workspace)]
    if not published:
        own = [one for one in own if not one.heading.is_withdrawn] or own
    if not own:
        raise NotFound(f"There is no edition of this market{f' in {workspace}' if workspace else ''}.")
    day = date_option(published) if published else max(one.heading.source.date for one in own)
    of_day = [one for one in own if one.heading.source.date == day]
    if not of_day:
        dates = ", ".join(sorted({str(one.heading.source.date) for one in own}))
        raise NotFound(f"No edition of this market was published on {published}. Editions: {dates}.")
    fitting = [one for one in of_day if one.workspace != BUNDLED_WORKSPACE] or of_day
    places = {one.workspace: None for one in fitting}
    if len(places) > 1:
        raise Misused(f"This edition is in several workspaces: {', '.join(places)}. Use --workspace.")
    publishers = {one.heading.source.publisher: None for one in fitting}
    if len(publishers) > 1:
        raise Misused(
            f"Several publishers have an edition of {day}: {', '.join(publishers)}. Use --publisher."
        )
    return fitting[-1]


@dataclass(frozen=True)
class Changes:
    """The fields of a fact that should change; None for those that should not. Or it is withdrawn."""

    fields: Mapping[str, object]
    withdraw: bool

    def of(self, edition: Record, fact: int) -> tuple[Revision, Statement | None]:
        """Return the fact as it is, and as it should be. Raises NotFound, and Misused if nothing changes."""
        now = next((one for one in edition.at() if one.fact == fact), None)
        if now is None:
            raise NotFound(f"This edition has no fact {fact}. To list them, use 'history --facts'.")
        given = {name: value for name, value in self.fields.items() if value is not None}
        if bool(given) == self.withdraw:
            raise Misused("Enter what the fact should say, such as --value 8.6, or --withdraw.")
        if self.withdraw:
            return now, None
        if now.statement is None:
            raise Misused(f"The fact {fact} is withdrawn.")
        return now, msgspec.structs.replace(now.statement, **given)

    def told(self, now: Revision, corrected: Statement | None, number: int) -> str:
        """Return what was done, in one line."""
        about = now.statement or corrected
        named = what(about) if about else "fact"
        if number == now.number:
            return "Nothing was changed: the fact says this already."
        change = f"{stated(now.statement)} -> {stated(corrected)}"
        return f"{named[0].upper()}{named[1:]}: {change}. Revision {number}."
