"""What is refused is refused in French, under the strict policy, and in one line of the log."""

import io
import logging
import re
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.urls import resolve
from gunicorn.app.base import BaseApplication
from gunicorn.http.message import LimitRequestLine, Request
from gunicorn.http.unreader import IterUnreader

from fairealliance.config import answers, cli, logs, views
from fairealliance.config import server as server_module
from fairealliance.config.access.routes import Route, routes
from fairealliance.config.server import Server


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_our_words():
    answer = Client(enforce_csrf_checks=True).post("/agir/partager/", {"territoire": "commune:42218", "defi": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'lang="fr"' in page
    assert "Revenez à la page d’avant" in page
    assert "<style" not in page
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", "/"),
        ("put", "/sources/"),
        ("patch", "/contribuer/"),
        ("post", "/sources/"),
        ("post", "/observatoire/"),
    ],
)
def test_a_page_that_is_only_read_says_so(method: str, path: str):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "status"), [("testserver", 405), ("ailleurs.example", 400)])
def test_a_program_that_is_refused_is_under_the_policy_too(host: str, status: int):
    answer = Client(headers={"host": host}).post("/api/v1/search")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
        assert header in answer.headers, header


def test_browsers_find_the_icon_they_ask_for(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith("favicon.svg")


def test_robots_are_told_where_not_to_go(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /agir/?" in answer.content.decode().splitlines()


@pytest.mark.django_db
def test_health_is_only_read(client):
    assert client.get("/healthz").status_code == 200
    assert client.options("/healthz").status_code == 405


def test_a_refused_host_is_one_line_of_the_log(client, caplog):
    stream = io.StringIO()
    logger = logging.getLogger("django.security.DisallowedHost")
    handler = logging.StreamHandler(stream)
    handler.filters = _console_filters()
    logger.addHandler(handler)
    try:
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    finally:
        logger.removeHandler(handler)
    assert "evil.example" in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


@pytest.mark.django_db
def test_what_is_refused_is_a_line_and_tells_no_secret(client):
    """A 403 writes no trace; a link that opens someone's proposal is not told."""
    stream = io.StringIO()
    handler = _console_handler(stream)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client.raise_request_exception = False
    try:
        with mock.patch("fairealliance.contributions.tokens.find", side_effect=PermissionDenied("non")):
            assert client.get("/contribuer/cas/UnSecretTresLong/relire/").status_code == 403
        with mock.patch("fairealliance.contributions.tokens.find", side_effect=ZeroDivisionError):
            assert client.get("/contribuer/cas/UnSecretTresLong/relire/").status_code == 500
    finally:
        logger.removeHandler(handler)
    refused, _line, failed = stream.getvalue().partition("Internal Server Error")
    assert "/contribuer/cas/…/relire/" in refused
    assert "Traceback" not in refused
    assert "Traceback" in failed
    assert "/contribuer/cas/…/relire/" in failed
    assert "UnSecretTresLong" not in stream.getvalue()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /contribuer/cas/Ab-9_x/etape/quoi/?plus=lieux", "GET /contribuer/cas/…/etape/quoi/?plus=lieux"),
        ("/connexion/lien/WzEs:1t:x_y/?next=/compte/", "/connexion/lien/…/?next=/compte/"),
        ("/mot-de-passe/nouveau/3-set-abc/", "/mot-de-passe/nouveau/…/"),
        ("/gestion/password_reset/confirm/MQ/abc-123/", "/gestion/password_reset/confirm/MQ/…/"),
        ("/territoires/commune/42218-saint-etienne/", "/territoires/commune/42218-saint-etienne/"),
    ],
)
def test_secrets_of_addresses(said, kept):
    assert logs.masked(said) == kept


def _with_a_secret() -> list[Route]:
    """Routes whose address holds what lets one in; a UUID only names a file."""
    found = [each for each in routes() if re.search(r"[<](\w+:)?(\w*token|key|secret)[>]", each.path)]
    return [each for each in found if "<uuid:key>" not in each.path]


def _address_of(route: Route, number: int = 7) -> str:
    """With a secret, and anything fitting elsewhere."""
    fitting = {"int": str(number), "slug": "quoi", "str": "quoi"}
    told = re.sub(r"\(\?P(<\w+>)(?:[^()\[]|\[[^]]*\])*\)", r"\1", route.path).replace("^", "").replace("$", "")
    told = re.sub(r"<(?:\w+:)?(?:\w*token|key|secret)>", "Un-Secret_1", told)
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: fitting.get(found[1], "3"), told).replace("\\", "")


@pytest.mark.parametrize("route", _with_a_secret(), ids=lambda route: route.path)
def test_no_route_leaves_its_secret_in_the_log(route: Route) -> None:
    address = _address_of(route)
    assert resolve(address).view_name in {route.name, "staff-forgotten-rest"}
    for said in (f"GET {address}", f"/connexion/?next={quote(address, safe='')}"):
        assert "Un-Secret_1" not in logs.masked(said)


@pytest.mark.django_db
def test_a_number_no_database_can_bear_is_that_of_nothing(desk: Client) -> None:
    """Whoever may ask: the secretariat is let through everywhere but for what is others' alone."""
    numbered = [route for route in routes() if "<int:" in route.path]
    asked = {route.name: desk.get(_address_of(route, 10**20)).status_code for route in numbered}
    assert {name: status for name, status in asked.items() if status not in (302, 403, 404, 405)} == {}
    assert asked[resolve("/mon-espace/organisations/7/equipe/").view_name] == 404


def test_the_search_of_secrets_finds_some() -> None:
    names = {each.name for each in _with_a_secret()}
    assert {"needs:renewal", "mailing:unsubscribe", "introductions:follow-up"} <= names


def test_the_server_s_own_log_tells_no_secret():
    server = Server()
    server.load_config()
    log = server.cfg.logger_class(server.cfg)
    assert all(isinstance(handler.formatter, logs.Line) for handler in log.error_log.handlers)
    assert log.error_log.handlers


def _console_handler(stream: io.StringIO) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.filters = _console_filters()
    handler.setFormatter(logs.Line("{levelname} {message}", style="{"))
    return handler


def test_the_console_writes_without_secrets():
    named = [handler for handler in logging.getLogger().handlers if handler.__class__ is logging.StreamHandler]
    assert any(isinstance(handler.formatter, logs.Line) for handler in named)


def _console_filters() -> list[Any]:
    named = [handler for handler in logging.getLogger().handlers if handler.__class__ is logging.StreamHandler]
    assert named
    return list(named[0].filters)


def _request(line: bytes) -> Request:
    server = Server()
    server.load_config()
    return Request(server.cfg, IterUnreader(iter([line + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"])), ("127.0.0.1", 1))


def test_the_server_reads_a_challenge_of_ten_thousand_emoji():
    letters = b"%F0%9F%98%80" * 10_000
    assert len(_request(b"GET /agir/?defi=" + letters).query) == len(letters) + len("defi=")


def test_the_server_refuses_a_megabyte():
    with pytest.raises(LimitRequestLine):
        _request(b"GET /agir/?defi=" + b"a" * 1_000_000)


def test_headers_do_not_choose_the_path_or_the_scheme():
    server = Server()
    server.load_config()
    assert isinstance(server, BaseApplication)
    assert server.cfg.forwarded_allow_ips == []


class Socket:
    """What gunicorn asks of a client's socket to answer an error."""

    def __init__(self) -> None:
        self.sent = b""

    def gettimeout(self) -> float:
        return 0.0

    def sendall(self, data: bytes) -> None:
        self.sent += data


def test_what_cannot_be_a_request_is_answered_in_french():
    worker, client = object.__new__(answers.Worker), Socket()
    worker.log = logging.getLogger("gunicorn.error")
    worker.handle_error(None, client, ("127.0.0.1", 1), LimitRequestLine(1_000_000, 10))
    head, page = client.sent.decode().split("\r\n\r\n", 1)
    assert head.startswith("HTTP/1.1 414 ")
    assert "default-src 'none'" in head
    assert f"Content-Length: {len(page.encode())}" in head
    assert "raccourcissez" in page


def test_the_worker_is_started_before_the_server_forks(monkeypatch):
    started: list[str] = []
    monkeypatch.setattr(server_module.threading.Thread, "start", lambda thread: None)
    monkeypatch.setattr(server_module.subprocess, "Popen", lambda command: started.append(command[-1]))
    Server()._ready(None)
    assert started == ["worker"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/agir/?territoire=commune:42218&defi=emploi", "/territoires/", "/sources/"])
def test_a_database_that_is_away_is_told(client, monkeypatch, caplog, address):
    away = mock.Mock(side_effect=OperationalError("connection\nrefused"))
    monkeypatch.setattr(connection, "ensure_connection", away)
    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Nous revenons dans quelques minutes" in answer.content.decode()
    assert "does not answer: connection refused" in caplog.text


@pytest.mark.django_db
def test_programs_are_told_in_json_that_the_database_is_away(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", mock.Mock(side_effect=OperationalError("gone")))
    answer = client.get("/api/v1/territories/commune/42218")
    assert answer.status_code == 503
    assert "revenez" in answer.json()["detail"]


def test_programs_are_told_in_json_that_we_failed(rf):
    answer = views.server_error(rf.get("/api/v1/search"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")


def test_a_home_that_cannot_be_is_told_in_a_line(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("FAIREALLIANCE_HOME", str(tmp_path / "file"))
    with pytest.raises(SystemExit, match="FAIREALLIANCE_HOME"):
        cli.main()


def test_a_database_away_at_the_start_is_told_in_a_line(monkeypatch, tmp_path):
    monkeypatch.setenv("FAIREALLIANCE_HOME", str(tmp_path))
    monkeypatch.setattr(cli, "execute_from_command_line", mock.Mock(side_effect=OperationalError("no\nroute")))
    with pytest.raises(SystemExit, match=r"ne répond pas .* : no route"):
        cli.main()
