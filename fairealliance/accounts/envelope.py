"""What every mail of ours is made of: text, the same as HTML, and the picture of the mark, carried with it."""

from email.mime.image import MIMEImage
from functools import cache
from typing import Any

from django.core.mail import EmailMultiAlternatives

from fairealliance.design.letters import MARK, MARK_FILE


def envelope(
    subject: str, text: str, html: str, *, to: str, headers: dict[str, str] | None = None, **more: Any
) -> EmailMultiAlternatives:
    """Nobody but a program wrote it, and it says so."""
    told = {"Auto-Submitted": "auto-generated", **(headers or {})}
    message = EmailMultiAlternatives(subject, text, to=[to], headers=told, **more)
    message.mixed_subtype = "related"  # type: ignore[attr-defined] # the types forget it
    message.attach_alternative(html, "text/html")
    message.attach(_mark())
    return message


@cache
def _mark() -> MIMEImage:
    """One for all mails: nothing writes into it once it is made."""
    picture = MIMEImage(MARK_FILE.read_bytes(), _subtype="png")
    picture.add_header("Content-ID", f"<{MARK}>")
    picture.add_header("Content-Disposition", "inline", filename=MARK_FILE.name)
    return picture
