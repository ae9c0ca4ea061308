"""A web of our own: a real HTTP server on this machine, under public names and addresses that only the tests know.

The asker speaks to it over real sockets; the network alone is replaced (`Gate.resolve`, `Gate.dial`).
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fairealliance.resources.links.ask import Asker
from fairealliance.resources.links.gate import Gate

PUBLIC = "93.184.215.14"


@dataclass
class Web:
    """`names` leads names to addresses; what was asked is in `asked`, where we connected in `dialled`."""

    port: int
    names: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.names:
            return self.names[host]
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def dial(self, address: str, port: int, timeout: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    @property
    def asker(self) -> Asker:
        return Asker(gate=Gate(self.resolve, self.dial), pause=self.pauses.append, timeout=1.0)


@contextmanager
def web() -> Iterator[Web]:
    """Paths say what is answered: /200, /404, /head-405, /to?…, /for-good?…, /slow, /loop, /nonsense."""
    made: list[Web] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            made[0].asked.append((self.command, self.path))
            path, _mark, target = self.path.partition("?")
            if path == "/slow":
                threading.Event().wait(2)
                return
            if path == "/nonsense":
                self.wfile.write(b"this is not HTTP at all\r\n\r\n")
                return
            codes = {"/to": 302, "/for-good": 301, "/loop": 302}
            code = codes.get(path) or (405 if path == "/head-405" and self.command == "HEAD" else 0)
            code = code or (200 if path == "/head-405" else int(path.strip("/") or 200))
            self.send_response(code)
            if code in (301, 302):
                self.send_header("Location", "/loop" if path == "/loop" else target)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.append(Web(server.server_address[1], {"site.fr": [PUBLIC], "autre.fr": [PUBLIC]}))
    try:
        yield made[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
