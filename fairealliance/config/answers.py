"""What the server itself refuses, before Django sees it: told in French and under the same strict policy."""

from typing import Any

from django.utils.translation import gettext as _
from gunicorn.glogging import Logger
from gunicorn.http import message
from gunicorn.workers.gthread import ThreadWorker

from fairealliance.config.logs import Line

# So that the page itself explains a challenge that is too long: an emoji is twelve signs once percent-encoded.
LONGEST_ADDRESS = 128 << 10
_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Worker(ThreadWorker):
    """gunicorn's threads, with our words for what cannot be read as a request."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, _Answering(client), addr, exc)


class Log(Logger):
    """gunicorn's own, which tells the address of what failed: without the secrets an address may hold."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line(self.error_fmt, self.datefmt))


class _Answering:
    """The client's socket; the page gunicorn writes to it is replaced by ours, with the same status."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, page: bytes) -> None:
        status = page.split(b"\r\n", 1)[0].partition(b" ")[2].decode("latin-1")
        self._client.sendall(refusal(status))


def refusal(status: str) -> bytes:
    """The whole answer for `status`, such as « 414 URI Too Long »."""
    words = {
        "414": _("Cette adresse est trop longue pour être lue : raccourcissez votre texte, puis recommencez."),
        "431": _("Votre navigateur envoie trop d’en-têtes : videz ses cookies pour ce site, puis recommencez."),
    }
    said = words.get(status[:3], _("Nous n’avons pas compris cette demande."))
    page = (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        f"<title>{said}</title></head><body><h1>{said}</h1>"
        f'<p><a href="/">{_("Revenir à l’accueil")}</a></p></body></html>\n'
    ).encode()
    head = (
        f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\nContent-Security-Policy: {_POLICY}\r\n"
        "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
    )
    return head.encode("latin-1") + page


def longer_addresses() -> None:
    """gunicorn reads 8,190 signs of an address at most, whatever its settings: a challenge can be longer."""
    message.MAX_REQUEST_LINE = LONGEST_ADDRESS
