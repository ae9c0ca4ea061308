"""What this room does outside the request."""

import logging
import smtplib
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from fairealliance.accounts.envelope import envelope

logger = logging.getLogger(__name__)
_WAITS = (1, 5, 30, 120, 720)  # minutes: a server of mail that is down is most often back within the day


@task(priority=10)
def deliver(to: str, subject: str, text: str, html: str, tried: int = 0) -> None:
    """Send one mail; when the server of mail does not take it, try again later, and give up after a day."""
    try:
        envelope(subject, text, html, to=to).send()
    except (smtplib.SMTPException, OSError) as error:
        if tried >= len(_WAITS):
            raise
        logger.warning("Mail not sent (%s), trying again in %d min", type(error).__name__, _WAITS[tried])
        later = deliver.using(run_after=timezone.now() + timedelta(minutes=_WAITS[tried]))
        later.enqueue(to=to, subject=subject, text=text, html=html, tried=tried + 1)
