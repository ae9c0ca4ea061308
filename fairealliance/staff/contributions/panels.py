"""What the desk adds to the page of a case when it is the preview of a proposal."""

from django.http import HttpRequest
from django.urls import reverse

from fairealliance.contributions.models import Attachment
from fairealliance.contributions.panels import files
from fairealliance.design.panels import Panel
from fairealliance.practices.models import Practice


def files_in_preview(request: HttpRequest, practice: Practice) -> Panel | None:
    """Its files, where they will be. Not public yet, they have the addresses of the desk."""
    at = request.resolver_match
    if at is None or at.view_name != "staff_contributions:preview":
        return None
    pk = at.kwargs["pk"]
    return files(
        Attachment.objects.filter(proposal=pk), lambda each: reverse("staff_contributions:file", args=[pk, each.pk])
    )
