"""What the sheet shows on pages of lower rooms."""

from django.http import HttpRequest

from fairealliance.design.panels import Panel
from fairealliance.lib.text_fr import shorten
from fairealliance.practices.models import Practice


def of_practice(request: HttpRequest, subject: object) -> Panel | None:
    """From a case to one's own territory: the same challenge, here."""
    if not isinstance(subject, Practice):
        return None
    return Panel("sheets/here.html", {"challenge": shorten(subject.challenge or subject.title, 300)})
