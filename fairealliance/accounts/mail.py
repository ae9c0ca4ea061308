"""Mail: one way to send it. Text first, the same as simple HTML; queued with the act it tells, sent by the worker.

Without an SMTP server (EMAIL_HOST) mails are kept as files in the state folder, so that none is lost.
"""

from django.conf import settings
from django.utils.html import escape, urlize
from django.utils.safestring import mark_safe

from fairealliance.accounts.tasks import deliver


def send_mail(*, to: str, subject: str, text: str) -> None:
    """Queue a mail to one person. Paragraphs of `text` are parted by a blank line; addresses in it become links.

    Queued in the transaction of the caller: what rolls back is never told.
    """
    if not reaches(to):
        return
    line = " ".join(subject.split())[:180]
    deliver.enqueue(to=to, subject=line, text=body(text), html=html(line, text))


def kept_in() -> str:
    """The folder where mails stay when nobody said which server sends them; else empty."""
    return str(settings.EMAIL_FILE_PATH) if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else ""


def reaches(address: str) -> bool:
    """False for an address that no server can ever deliver to (RFC 6761), where mails would only come back.

    Kept as files, such mails are there to be read: people of the invented world have such addresses.
    """
    return not address.endswith(".invalid") or bool(kept_in())


def absolute(path: str) -> str:
    """The public address of a page of ours, for a mail."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def body(text: str) -> str:
    """`text` as a mail tells it: signed."""
    return text.strip() + "\n\n-- \nFaire Alliance\n"


def html(subject: str, text: str) -> str:
    """The same words as simple HTML, signed; whatever stands in them is text."""
    paragraphs = "".join(
        f"<p>{urlize(escape(part.strip()), nofollow=False).replace(chr(10), '<br>')}</p>"
        for part in text.split("\n\n")
        if part.strip()
    )
    return str(
        mark_safe(  # noqa: S308 -- escaped above, part by part
            f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
            f"<body>{paragraphs}<p>Faire Alliance</p></body></html>"
        )
    )
