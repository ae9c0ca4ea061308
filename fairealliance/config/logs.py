"""What the log keeps of requests."""

import logging
import re
from http import HTTPStatus

# Whoever holds one of these addresses acts in someone's name: a log is read by others.
_SECRET = re.compile(
    r"(/contribuer/cas/|/courriel/confirmer/|/mot-de-passe/nouveau/|/password_reset/confirm/[^/\s]+/)[^/\s?\"']+"
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
