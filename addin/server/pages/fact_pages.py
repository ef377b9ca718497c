"""A fact: what it says and said, and for an editor the forms that correct or withdraw it."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from addin.server.asking import Asking, Asks, checked_form
from addin.server.operations import Hidden, correct
from addin.server.pages import looking
from addin.server.pages.edition_view import named, revisions_of
from addin.server.pages.fact_forms import Filled, compared, filled, typed
from addin.server.pages.forms import text
from addin.server.pages.looking import Looked
from addin.server.pages.rendering import html, moved, refuse_with, shown
from markets.catalogs.history import history, stated, what
from markets.catalogs.records import Revision
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Role
from markets.errors import CatalogError, Conflict

_WITHDRAW = "withdraw"
_NO_REASON = "Say why, in a few words: it stands in the history for good."

_Request = Request[Any, Any, Any]


@get("/editions/{edition:int}/facts/{fact:int}")
async def fact_page(
    asking: Asks, edition: FromPath[int], fact: FromPath[int], done: FromQuery[bool] = False
) -> Response[str]:
    """Show a fact; `done`: it was just corrected."""
    seen = await asking.house.threads.read(_seen, asking, edition, fact)
    return shown("fact.html", asking, seen.looked.me, **_told(seen, filled(seen.last)), done=done)


@post("/editions/{edition:int}/facts/{fact:int}")
async def correct_fact(
    request: _Request, asking: Asks, edition: FromPath[int], fact: FromPath[int]
) -> Response[Any]:
    """Correct or withdraw a fact. What is wrong with the form stands in the form that is shown again."""
    form = await checked_form(request, asking)
    seen = await asking.house.threads.read(_seen, asking, edition, fact, "editor")
    why = text(form, "why")
    number = text(form, "seen")
    revision = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    is_withdrawal = text(form, "do") == _WITHDRAW
    made = typed(seen.last, form)
    fields = filled(seen.last) if is_withdrawal else made.fields
    row = None if is_withdrawal else made.statement
    told = _told(seen, fields, why) | {"is_withdrawal": is_withdrawal}
    if not why or (row is None and not is_withdrawal):
        wrong = {"why_error": "" if why else _NO_REASON}
        refuse_with(request, html("fact.html", asking, seen.looked.me, **told | wrong))
        raise CatalogError("The form of a correction is not filled in.")
    try:
        await asking.house.threads.write(correct, asking, edition, fact, revision, row, why)
    except Conflict as error:
        again = await asking.house.threads.read(_seen, asking, edition, fact)
        page = _conflict(asking, again, row, told, error)
        refuse_with(request, page)
        raise
    except CatalogError as error:
        wrong_fact = {"problems": error.problems or (str(error),)}
        refuse_with(request, html("fact.html", asking, seen.looked.me, **told | wrong_fact))
        raise
    return moved(f"/editions/{edition}/facts/{fact}?done=1")


@dataclass(frozen=True)
class _Seen:
    """A fact of an edition: its revision in force, and the last thing that it said."""

    looked: Looked
    now: Revision
    last: Statement


def _seen(asking: Asking, edition: int, fact: int, role: Role = "reader") -> _Seen:
    looked = looking.market(asking, edition, role)
    revised = revisions_of(looked.edition, fact)
    last = next((one.statement for one in reversed(revised) if one.statement is not None), None)
    if last is None:
        raise Hidden(f"There is no fact {fact} in this edition.")
    return _Seen(looked, revised[-1], last)


def _told(seen: _Seen, fields: tuple[Filled, ...], why: str = "") -> dict[str, Any]:
    record = seen.looked.edition
    events = [event for event in history(record) if event.fact == seen.now.fact]
    segments = [
        f"{one.statement.name}/{piece.name}"
        for one in record.at()
        if one.statement is not None
        for piece in one.statement.segments
    ]
    return {
        "record": record,
        "name": named(record),
        "fact": seen.now.fact,
        "what": what(seen.last),
        "stated": stated(seen.now.statement),
        "now": seen.now,
        "last": seen.last,
        "entered": record.change(record.headings[0].change),
        "events": list(reversed(events)),
        "segments": segments,
        "fields": fields,
        "why": why,
        "why_error": "",
        "problems": (),
        "seen": seen.now.number,
        "may_change": seen.looked.may_change,
        "is_withdrawal": False,
        "conflict": None,
    }


@dataclass(frozen=True)
class _Clash:
    """Two corrections of one fact: who was first, and both field by field."""

    who: str
    at: Any
    why: str
    rows: tuple[tuple[str, str, str, bool], ...]


def _conflict(
    asking: Asking, seen: _Seen, yours: Statement | None, told: dict[str, Any], error: Conflict
) -> str:
    """The form again, with what somebody else has made of the fact beside what is typed in it."""
    change = seen.looked.edition.change(seen.now.change)
    rows = tuple(compared(seen.now.statement, yours))
    fresh = _told(seen, told["fields"], told["why"])
    clash = _Clash(change.who, change.at, change.why, rows)
    kept = {"seen": seen.now.number, "conflict": clash, "is_withdrawal": told["is_withdrawal"]}
    return html("fact.html", asking, seen.looked.me, **fresh | kept)
