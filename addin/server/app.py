"""The application: routes of the API and pages, observed, over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.types import ASGIApp

from addin.server import excel, failures, pages, sign_in
from addin.server.api import ROUTES
from addin.server.asking import House, asking_of
from addin.server.documentation import Documentation
from addin.server.observing import Metrics, Observed
from addin.server.readings import Readings
from addin.server.settings import Settings
from addin.server.threads import Threads
from addin.web.files import Site
from markets.catalogs.database import Database

MOST_JSON_BYTES = 10_000_000


@dataclass(frozen=True)
class Application:
    """The ASGI application, and its routes as the framework knows them."""

    asgi: ASGIApp
    routes: Litestar


def create_app(settings: Settings) -> Application:
    """Return the application over the database that the settings name. Raises Unavailable for no address."""
    database = Database(settings.database)
    place = f"Server {urlsplit(settings.public_url).netloc}"
    house = House(settings, database, Threads(), Readings(database, place))
    metrics = Metrics()

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            house.threads.end()
            house.database.close()

    routes = Litestar(
        route_handlers=[*ROUTES, *excel.HANDLERS, *sign_in.HANDLERS, *pages.HANDLERS],
        dependencies={"asking": Provide(asking_of, sync_to_thread=False)},
        exception_handlers=failures.HANDLERS,
        lifespan=[running],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Marketbook", version="1", path="/docs", render_plugins=[Documentation(path="/")]
        ),
        request_max_body_size=MOST_JSON_BYTES,
        state=State(
            {
                "house": house,
                "metrics": metrics,
                "party": sign_in.relying_party(settings),
                "site": Site(settings.public_url, _sign_in_sites(settings)),
            }
        ),
    )
    return Application(Observed(routes, house, metrics), routes)


def _sign_in_sites(settings: Settings) -> tuple[str, ...]:
    if settings.provider is None:
        return ()
    parts = urlsplit(settings.provider.issuer)
    return (f"{parts.scheme}://{parts.netloc}",)
