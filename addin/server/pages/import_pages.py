"""An import: a file or a text is read, a person looks at what was found, and says yes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from addin.server.asking import Asking, Asks, checked_form
from addin.server.operations import Hidden, examine, marked, me, place_to_import, submit
from addin.server.operations.drafts import earlier_edition
from addin.server.pages.edition_view import Compared, checked
from addin.server.pages.forms import text
from addin.server.pages.import_forms import LABELS, day, for_forms, upload
from addin.server.pages.kept_drafts import KeptDraft, Part, kept, sealed, unsealed
from addin.server.pages.rendering import html, moved, refuse_with, segment, shown
from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.wire import Accepted
from markets.errors import CatalogError, MarketbookError, NotAllowed, NotFound, Unavailable, Unreadable
from markets.importing.reading import limits
from markets.importing.review import Finding, State, findings
from markets.market import Market, label
from markets.verdicts import Level

_FORM_BYTES = 900_000  # what stands around a file in a form

_Request = Request[Any, Any, Any]


@get("/workspaces/{workspace:str}/import")
async def import_page(asking: Asks, workspace: FromPath[str]) -> Response[str]:
    """Show the form in which a file is chosen or a text is pasted."""
    told = await asking.house.threads.read(_blank, asking, workspace)
    return shown("import.html", asking, **told)


@post("/workspaces/{workspace:str}/import", request_max_body_size=limits.BYTES + _FORM_BYTES, status_code=200)
async def read_file(request: _Request, asking: Asks, workspace: FromPath[str]) -> Response[Any]:
    """Read a file or a text, and show what was found. Nothing is kept."""
    told = await asking.house.threads.read(_blank, asking, workspace)
    form = await checked_form(request, asking)
    try:
        sent = await upload(form)
        read = await asking.house.threads.examine(
            examine, asking, workspace, sent.content, sent.name, sent.told, sent.undated, sent.sheet
        )
        draft = kept(read, sent.name)
        if not draft.parts:
            raise Unreadable(" ".join(draft.remarks) or "The file has no figure of a market.")
    except (NotAllowed, Hidden, Unavailable):
        raise
    except MarketbookError as error:
        typed = {name: text(form, name) for name in ("text", *LABELS)}
        wrong = {"problem": for_forms(str(error)), "typed": typed}
        refuse_with(request, html("import.html", asking, **told | wrong))
        raise
    review = await asking.house.threads.read(_review, request, asking, workspace, draft)
    return shown("review.html", asking, **review)


@post(
    "/workspaces/{workspace:str}/import/draft",
    request_max_body_size=limits.BYTES + _FORM_BYTES,
    status_code=200,
)
async def go_on(request: _Request, asking: Asks, workspace: FromPath[str]) -> Response[Any]:
    """Take what a person says of a draft: what it lacks, or that it is to be entered."""
    await asking.house.threads.read(place_to_import, asking, workspace)
    form = await checked_form(request, asking)
    session = request.cookies.get(asking.house.session_cookie, "")
    draft = unsealed(text(form, "draft"), session, workspace)
    wanted = text(form, "do")
    problem = ""
    try:
        draft = draft.told(text(form, "publisher")[:300], day(text(form, "date")))
    except MarketbookError as error:
        problem = str(error)
    review = await asking.house.threads.read(_review, request, asking, workspace, draft)
    if problem or draft.missing or wanted not in ("enter", "revise"):
        return shown("review.html", asking, **review | {"problem": problem})
    done = await asking.house.threads.write(_entered, asking, workspace, draft, wanted == "revise")
    refused = next((one.error for one in done if one.error is not None), None)
    if refused is None and len(done) == 1 and done[0].accepted is not None:
        return moved(f"/editions/{done[0].accepted.edition}")
    if refused is None or len(done) > 1:
        page = html("entered.html", asking, review["me"], done=done, workspace=workspace)
    else:
        told = {"problem": _told(refused), "may_revise": isinstance(refused, AlreadyEntered)}
        page = html("review.html", asking, **review | told)
    if refused is None:
        return Response(page, media_type="text/html")
    refuse_with(request, page)
    raise refused


@dataclass(frozen=True)
class _Done:
    """What became of one report of an import."""

    name: str
    accepted: Accepted | None = None
    error: MarketbookError | None = None


@dataclass(frozen=True)
class _Reviewed:
    """One report of an import, for a person to look at."""

    part: Part
    name: str
    findings: list[Finding]
    counts: str
    warnings: list[Compared]


def _blank(asking: Asking, workspace: str) -> dict[str, Any]:
    place_to_import(asking, workspace)
    return {
        "me": me(asking),
        "workspace": workspace,
        "labels": LABELS,
        "typed": dict.fromkeys(("text", *LABELS), ""),
        "problem": "",
    }


def _review(request: _Request, asking: Asking, workspace: str, draft: KeptDraft) -> dict[str, Any]:
    found = place_to_import(asking, workspace)
    session = request.cookies.get(asking.house.session_cookie, "")
    return {
        "me": me(asking),
        "workspace": workspace,
        "draft": draft,
        "sealed": sealed(draft, session, workspace),
        "parts": [_reviewed(asking, found.id, part) for part in draft.parts],
        "facts": sum(len(part.statements) for part in draft.parts),
        "known": _known(asking, workspace, draft.mark),
        "problem": "",
        "may_revise": False,
        "path": f"/workspaces/{segment(workspace)}/import",
    }


def _reviewed(asking: Asking, workspace: int, part: Part) -> _Reviewed:
    report = part.report
    found = findings(part.draft, earlier_edition(asking, workspace, report))
    counts = Counter(one.state for one in found)
    told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    warnings = [one for one in checked(Market(report)).found if one.level in (Level.WARNING, Level.ERROR)]
    return _Reviewed(part, label(report.market), found, told, warnings)


def _known(asking: Asking, workspace: str, mark: str) -> int | None:
    """The edition that an earlier import of the same text has made."""
    try:
        return marked(asking, workspace, mark)
    except Hidden:
        raise
    except NotFound:
        return None


def _entered(asking: Asking, workspace: str, draft: KeptDraft, revise: bool) -> list[_Done]:
    """Enter each report, whole or not at all. One that is refused does not keep the others from it."""
    done = []
    for sent in draft.submitted:
        name = f"{label(sent.market)}, {sent.source}"
        try:
            done.append(_Done(name, submit(asking, workspace, sent, revise=revise)))
        except Unavailable:
            raise
        except (CatalogError, AlreadyEntered) as error:
            done.append(_Done(name, error=error))
    if not done:
        raise CatalogError("Nothing was entered, because no fact is sure.")
    return done


def _told(error: MarketbookError) -> str:
    problems = error.problems if isinstance(error, CatalogError) else ()
    return " ".join((str(error), *problems))
