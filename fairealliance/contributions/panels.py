"""What this room shows on the pages of the rooms below: photos of a case, and the way to correct any page."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.urls import reverse

from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Attachment
from fairealliance.design.panels import Panel
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource

TEMPLATE = "contributions/parts/correct.html"
FILES = "contributions/parts/files.html"


def files_of_practice(request: HttpRequest, practice: Practice) -> Panel | None:
    """Within the story, which they belong to. One query."""
    found = Attachment.objects.filter(proposal__practice=practice, proposal__status=Status.ACCEPTED)
    return files(found, lambda each: reverse("contributions:file", args=[each.key, each.extension]))


def files(found: Iterable[Attachment], address: Callable[[Attachment], str]) -> Panel | None:
    """Photos, then documents, each at its address: that of the desk for what is not public yet."""
    led = [(each, address(each)) for each in found]
    photos = [pair for pair in led if pair[0].kind == AttachmentKind.PHOTO]
    documents = [pair for pair in led if pair[0].kind == AttachmentKind.DOCUMENT]
    return Panel(FILES, {"photos": photos, "documents": documents}) if led else None


def of_practice(request: HttpRequest, practice: Practice) -> Panel:
    return _panel(f"practice:{practice.pk}")


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel:
    return _panel(f"organisation:{organisation.pk}")


def of_resource(request: HttpRequest, resource: Resource) -> Panel:
    return _panel(f"resource:{resource.pk}")


def _panel(ref: str) -> Panel:
    return Panel(TEMPLATE, {"ref": ref})
