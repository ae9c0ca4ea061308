"""What the log keeps of requests."""

import logging
import re
from http import HTTPStatus

# Whoever holds one of these addresses acts in someone's name: a log is read by others.
_LEADING = (
    "agir/fiche",
    "besoins/lien",
    "besoins/renouveler",
    "connexion/lien",
    "contribuer/cas",
    "courriel/confirmer",
    "courriels/arreter",
    r"gestion/password_reset/confirm/[\w-]+",
    "mises-en-relation/suite",
    "mon-espace/organisations/invitation",
    "mot-de-passe/nouveau",
)
# In `?next=…`, the address is written with its slashes as `%2F`.
_SLASH = "(?:/|%2F)"
_SECRET = re.compile(
    rf"({_SLASH}(?:{'|'.join(_LEADING).replace('/', _SLASH)}){_SLASH})(?:(?!%2F)[^/\s?&\"'])+", re.IGNORECASE
)


class Refusals(logging.Filter):
    """What is refused (wrong host, too large, not allowed…) is a line, not a trace: nothing of ours failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        elif getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR) < HTTPStatus.INTERNAL_SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


class Line(logging.Formatter):
    """A line, and the trace of what failed, without the secrets that an address may hold."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def masked(text: str) -> str:
    """`/contribuer/cas/…/relire/`: what leads to someone's things is left out."""
    return _SECRET.sub(r"\1…", text)
