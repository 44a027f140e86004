from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from api import create_app
from ontology.settings import Settings
from tests.api.releases import switch, write_release

Serving = Callable[[Settings], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one release of the sample city, which nobody changes."""
    folder = tmp_path_factory.mktemp("published")
    write_release(folder)
    switch(folder)
    return folder


@asynccontextmanager
async def serve(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Serve in this process; errors that nobody handles reach the client as 500."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield client


@pytest.fixture(scope="session")
def serving() -> Serving:
    return serve


@pytest.fixture(scope="session")
async def client(published: Path, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the sample city's API with the default settings, but with as many requests as it likes."""
    async with serve(Settings(published=published, client_requests=0)) as client:
        yield client
