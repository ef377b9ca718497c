"""How the server is: whether it lives, whether it can answer, and its metrics. Anyone may ask."""

from typing import Any

from litestar import Request, Response, get
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from addin.server.asking import House, house_of
from markets.catalogs.database.schema import check


@get("/health")
async def health() -> dict[str, str]:
    """Say that the server lives."""
    return {"state": "alive"}


@get("/ready")
async def ready(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Say whether the server can answer: its database can be reached, and has the present schema."""
    house = house_of(request)
    await house.threads.read(_check, house)
    return {"state": "ready"}


@get("/metrics", media_type="text/plain")
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return the metrics, for Prometheus."""
    body = generate_latest(request.app.state.metrics.registry)
    return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _check(house: House) -> None:
    with house.database.reading() as connection:
        check(house.database, connection)


HANDLERS: list[Any] = [health, ready, metrics]
