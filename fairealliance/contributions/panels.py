"""What this room shows on the pages of the rooms below: photos of a case, and the way to correct any page."""

from typing import Any

from django.http import HttpRequest

from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Attachment
from fairealliance.design.panels import Panel
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource

TEMPLATE = "contributions/parts/panel.html"


def of_practice(request: HttpRequest, practice: Practice) -> Panel:
    """One query."""
    found = Attachment.objects.filter(proposal__practice=practice, proposal__status=Status.ACCEPTED)
    photos = [each for each in found if each.kind == AttachmentKind.PHOTO]
    documents = [each for each in found if each.kind == AttachmentKind.DOCUMENT]
    return _panel(f"practice:{practice.pk}", photos=photos, documents=documents)


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel:
    return _panel(f"organisation:{organisation.pk}")


def of_resource(request: HttpRequest, resource: Resource) -> Panel:
    return _panel(f"resource:{resource.pk}")


def _panel(ref: str, **shown: Any) -> Panel:
    return Panel(TEMPLATE, {"ref": ref, "photos": [], "documents": [], **shown})
