"""Mail: one way to send it. Text first, the same as HTML; queued with the act it tells, sent by the worker.

Without an SMTP server (EMAIL_HOST) mails are kept as files in the state folder, so that none is lost.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from fairealliance.accounts.tasks import deliver
from fairealliance.design.letters import Foot, Item, Mail, Way, html_of, text_of, unlinked

_publishers: list[Callable[[], str]] = []


def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    way: Way | None = None,
    after: str = "",
    why: str = "",
    name: str = "",
) -> None:
    """Queue a mail to one person. Paragraphs of `text` are parted by a blank line (`design.letters`).

    `way`: what there is to do, and where; `after`: what is said under it; `why` one receives it, when it is not for
    having an account; `name`: theirs, once the address is known to be theirs. Whoever gives somebody else's address
    would else have us write their own words to them.
    Queued in the transaction of the caller: what rolls back is never told.
    """
    if not reaches(to):
        return
    line = unlinked(" ".join(subject.split()))[:180]
    foot = Foot(why or has_account(), imprint=imprint())
    made = Mail(line, (Item(line, text, way, after),), foot, name)
    deliver.enqueue(to=to, subject=line, text=text_of(made), html=html_of(made))


def has_account() -> str:
    return _("Vous recevez ce courriel parce que cette adresse est celle d’un compte Faire Alliance.")


def register_publisher(publisher: Callable[[], str]) -> None:
    """Who knows who publishes the site: `publisher()` gives name and address, empty while nobody said."""
    _publishers[:] = [publisher]


def imprint() -> str:
    """Who publishes the site, at the foot of mails. One query."""
    return _publishers[0]() if _publishers else ""


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
