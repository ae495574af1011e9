"""One browser for the tests of a module, and each site built once."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from browsing import THEMES, Site, build_theme
from playwright.sync_api import Browser, Page, sync_playwright

PLACES = ("chromium", "chromium-browser", "google-chrome")
IN_CI = os.environ.get("CI") == "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a browser are skipped by name where there is none; in CI that is a failure."""
    if _executable() or IN_CI:
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium is installed"))


def _executable() -> str | None:
    return os.environ.get("BACKLINKS_BROWSER") or next(filter(None, map(shutil.which, PLACES)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: while it runs, its event loop keeps others from running."""
    executable = _executable()
    assert executable, "no Chromium is installed; apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:
    """Function that builds the site with a theme and serves it on this machine."""
    servers: list[ThreadingHTTPServer] = []

    @functools.cache
    def make(name: str) -> Site:
        theme = THEMES[name]["name"]
        if theme not in {theme.name for theme in entry_points(group="mkdocs.themes")} | {None}:
            pytest.skip(f"the theme {theme} is not installed")
        root = tmp_path_factory.mktemp(name)
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root / "site"))
        )
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with ThreadPoolExecutor(1) as thread:
            # This thread has an event loop, the browser's, where a theme may want to start one of its own.
            return Site(thread.submit(build_theme, name, root, address).result(), address)

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def take() -> Callable[[Page, str], None]:
    """Function that saves a picture of a whole page into the folder `BACKLINKS_PICTURES`, if that is set."""
    folder = os.environ.get("BACKLINKS_PICTURES")

    def picture(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)

    return picture


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
        pass
