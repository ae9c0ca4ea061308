"""The product itself, started as `make run` starts it, and a browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.factories import code_now

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium. Without it these tests are skipped; under CI they fail."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path:
        return path
    if os.environ.get("CI"):
        pytest.fail("Chromium is not installed")
    pytest.skip("Chromium is not installed")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _database_url() -> Iterator[str | None]:
    """On the PostgreSQL run, a database of the server's own."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        yield None
        return
    name = f"fairealliance_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{url.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@dataclass(frozen=True)
class Product:
    """A running product: its address, its state folder, and the environment of its commands."""

    address: str
    home: Path
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """What `fairealliance …` said, run beside the server."""
        done = subprocess.run(
            [sys.executable, "-m", "fairealliance", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[Product]:
    """A freshly made product: reference data, starter and demo content, index, worker."""
    home = tmp_path_factory.mktemp("home")
    port = _free_port()
    with _database_url() as database:
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "FAIREALLIANCE_HOME"}
        }
        environment |= {"FAIREALLIANCE_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1"}
        if database:
            environment["DATABASE_URL"] = database
        log = (home / "serve.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "fairealliance", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_served(process, address, home / "serve.log")
            yield Product(address, home, environment)
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.close()


@pytest.fixture(scope="session")
def site(product: Product) -> str:
    """Its address."""
    return product.address


@pytest.fixture(scope="session")
def editor(product: Product, browser: Browser) -> tuple[str, str]:
    """Mail and password of a member of the secretariat, let in as the documentation says."""
    mail, password = "camille@exemple.fr", "une phrase longue et simple"
    said = product.command("editor", "add", mail, "--name", "Camille")
    context = browser.new_context(base_url=product.address)
    page = context.new_page()
    choose_password(page, said, password)
    page.get_by_role("link", name="Ajouter une application").click()
    secret = page.locator("#cle-secrete").inner_text()
    page.get_by_label("Code affiché par l’application").fill(code_now(secret))
    page.get_by_role("button", name="Vérifier et activer").click()
    page.get_by_role("link", name="aller au bureau").click()
    page.wait_for_url("**/gestion/")
    _COOKIES[mail] = context.cookies()
    context.close()
    return mail, password


# Of those whose sign-in asks a code that serves once: they enter once, and stay in.
_COOKIES: dict[str, list[Any]] = {}


def choose_password(page: Page, said: str, password: str) -> None:
    """What somebody who was let in does with the link the command told."""
    link = urlsplit(next(word for word in said.split() if word.startswith("http")))
    page.goto(f"{link.path}?{link.query}")
    for box in page.locator("input[type=password]").all():
        box.fill(password)
    page.get_by_role("button", name="Enregistrer et entrer").click()


def sign_in(page: Page, editor: tuple[str, str]) -> None:
    """From the sign-in page one was led to."""
    if cookies := _COOKIES.get(editor[0]):
        page.context.add_cookies(cookies)
        page.goto(page.url)
        return
    page.locator("input[name=login]").fill(editor[0])
    page.locator("input[name=password]").fill(editor[1])
    page.get_by_role("button", name="Se connecter").click()


def _wait_until_served(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"serve ended: {log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"not served in time: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What a page asked for and complained about."""

    site: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.requests.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 400 on purpose is noted by the console as an error: that is no complaint.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    @property
    def foreign(self) -> list[str]:
        ours = urlsplit(self.site).netloc
        return [url for url in self.requests if urlsplit(url).netloc not in {ours, ""}]


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """`open_page("/", width=320, dark=True, script=False)`; fails afterwards on a complaint or a foreign request."""
    opened: list[tuple[Page, Watch]] = []

    def opener(path: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        page = context.new_page()
        watch = Watch(site)
        page.on("request", watch.request)
        page.on("console", watch.console)
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        opened.append((page, watch))
        page.goto(path)
        return page

    yield opener
    for page, watch in opened:
        page.context.close()
        assert watch.complaints == []
        assert watch.foreign == []
