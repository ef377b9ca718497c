"""A real Chromium, without windows, for looking at the server's pages."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from tests.missing import missing

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing but the pages under test: no questions, and no talk with its maker.
_SWITCHES = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MILLISECONDS = 5000.0  # the pages come from this machine


def required() -> str:
    """Return the path of Chromium; without it skip the test, and in CI fail it."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        missing("Chromium is missing. On Debian, 'make test' as root installs it.")
    return found


class Browser:
    """A running Chromium, for use in a `with` statement; `page` opens a page in it.

    Playwright marks its event loop as running in this thread, for as long as it lives. Any `asyncio.run`
    of another test would then fail, so the mark is set only while a page is open.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._chromium: Chromium | None = None

    def __enter__(self) -> Self:
        path = required()
        try:
            home = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="marketbook-browser-"))
            playwright = self._stack.enter_context(sync_playwright())
            self._loop = asyncio._get_running_loop()
            root = hasattr(os, "geteuid") and os.geteuid() == 0
            self._chromium = playwright.chromium.launch(
                executable_path=path,
                args=[*_SWITCHES, *(["--no-sandbox"] if root else [])],  # as root it has no sandbox
                env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home},
            )
            self._stack.callback(self._chromium.close)
        except BaseException:
            self._stack.close()
            raise
        asyncio._set_running_loop(None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._looping():
            self._stack.close()

    @contextmanager
    def page(self, **options: Any) -> Iterator[Page]:
        """Open a page with cookies of its own, and close it again; `options` are those of `new_context`.

        Several can be open at once, one in the other: each is another person's browser. An error that a
        script of the page does not catch fails the test.
        """
        assert self._chromium is not None, "The browser is not running."
        errors: list[str] = []
        with self._looping():
            context = self._chromium.new_context(**options)
            try:
                context.set_default_timeout(_PATIENCE_MILLISECONDS)
                page = context.new_page()
                page.on("pageerror", lambda error: errors.append(str(error)))
                yield page
            finally:
                context.close()
        assert not errors, "\n".join(errors)

    @contextmanager
    def _looping(self) -> Iterator[None]:
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(self._loop)
        try:
            yield
        finally:
            asyncio._set_running_loop(None if self._loop is None or self._loop.is_closed() else before)
