"""The pages: handlers for the routes that browsers ask for."""

from typing import Any

from litestar import Router

from addin.server.asking import by_session
from addin.server.pages.change_pages import change_list
from addin.server.pages.excel_pages import ask, give
from addin.server.pages.fact_pages import correct_fact, fact_page
from addin.server.pages.import_pages import go_on, import_page, read_file
from addin.server.pages.market_pages import front, market_list, market_page
from addin.server.pages.rendering import failure_page
from addin.server.pages.staff_pages import audit_log, change_member, member_list, workspace_list
from addin.server.pages.static_files import static_file
from addin.server.pages.token_pages import make, revoke, token_list

__all__ = ["HANDLERS", "failure_page"]

_PRIVATE = (
    *(front, market_list, market_page, fact_page, correct_fact, import_page, read_file, go_on),
    *(change_list, workspace_list, member_list, change_member, audit_log, token_list, make, revoke),
)

HANDLERS: list[Any] = [
    Router("/", route_handlers=_PRIVATE, guards=[by_session], include_in_schema=False),
    Router("/", route_handlers=[ask, give], include_in_schema=False),
    Router("/", route_handlers=[static_file], include_in_schema=False),
]
"""Routers of the pages. Those that show anything of the catalog are for who is signed in."""
