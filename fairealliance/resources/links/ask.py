"""Asking one link: HEAD, then GET where HEAD is not answered well. Redirects are followed by hand, each through the
gate. Nothing of a page is read but its first lines."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from fairealliance import __version__
from fairealliance.resources.links.gate import PORTS, Forbidden, Gate

_TIMEOUT = 10.0
_WHOLE = 20.0  # one answer may not last longer, whatever it drips
_MOST_MOVES = 5
_MOVED, _FOR_GOOD = {301, 302, 303, 307, 308}, {301, 308}
_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` of the last page, or the `problem` met: dns, timeout, tls, unreachable, loop, forbidden, protocol."""

    status: int | None = None
    problem: str = ""
    detail: str = ""
    moved_to: str = ""  # where it moved for good, when every move was


@dataclass(frozen=True, slots=True)
class Asker:
    """How links are asked. `pause` is the wait between two questions to one site."""

    gate: Gate = field(default_factory=Gate)
    pause: Callable[[float], None] = time.sleep
    timeout: float = _TIMEOUT
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, url: str) -> Answer:
        """What `url` answers. Never raises."""
        answer = self._follow("HEAD", url)
        # Many sites answer HEAD badly; a page that is there is told by GET.
        if answer.problem in {"", "protocol"} and (answer.status is None or answer.status >= 400):
            self.pause(_PAUSE)
            answer = self._follow("GET", url)
        return answer

    def _follow(self, method: str, url: str) -> Answer:
        here, for_good = url, True
        for _move in range(_MOST_MOVES + 1):
            try:
                status, location = self._one(method, here)
            except Forbidden as error:
                return Answer(problem="forbidden", detail=str(error))
            except socket.gaierror as error:
                return Answer(problem="dns", detail=str(error.strerror or error))
            except TimeoutError:
                return Answer(problem="timeout")
            except ssl.SSLError as error:
                return Answer(problem="tls", detail=str(error.reason or error))
            except OSError as error:
                return Answer(problem="unreachable", detail=str(error.strerror or error))
            except (http.client.HTTPException, ValueError) as error:
                return Answer(problem="protocol", detail=type(error).__name__)
            if status not in _MOVED or not location:
                return Answer(status, moved_to=here if here != url and for_good and status < 400 else "")
            for_good = for_good and status in _FOR_GOOD
            here = urljoin(here, location)
        return Answer(problem="loop")

    def _one(self, method: str, url: str) -> tuple[int, str]:
        """Status and Location of one page."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
            raise Forbidden("adresse qui n’est pas celle d’une page")
        host = _ascii_host(parts.hostname)
        port = parts.port or PORTS[parts.scheme]
        connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
        plain = self.gate.open(parts.scheme, host, port, self.timeout)
        timer = threading.Timer(_WHOLE, _cut, [plain])
        timer.start()
        try:
            connection.sock = self.tls.wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
            connection.request(method, _target(parts), headers=_headers())
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
        finally:
            timer.cancel()
            connection.close()
            plain.close()


def _cut(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already


def _ascii_host(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode()


def _target(parts: SplitResult) -> str:
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{target}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else target


def _headers() -> dict[str, str]:
    """We say who we are, and where to read why we come."""
    return {
        "User-Agent": f"FaireAlliance-liens/{__version__} (+{settings.WAGTAILADMIN_BASE_URL}/aide/)",
        "Accept": "*/*",
        "Connection": "close",
    }
