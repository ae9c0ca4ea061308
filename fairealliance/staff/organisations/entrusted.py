"""Organisations whose last member gave them back: the secretariat looks after them until somebody asks for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairealliance.journal.models import Entry
from fairealliance.organisations.models import Member, Organisation
from fairealliance.provenance.pages import page_of


@require_safe
def entrusted(request: HttpRequest) -> HttpResponse:
    """Those that nobody administers again. The journal remembers which were given back, and when."""
    told = Entry.objects.filter(verb="organisation-entrusted").order_by("sequence").values_list("subject", "at")
    since = {int(subject.partition(":")[2]): at for subject, at in told}
    led = Member.objects.administrators().values("organisation")
    found = Organisation.objects.filter(pk__in=list(since)).exclude(pk__in=led).select_related("seat")
    page = page_of(request, found.order_by("slug", "name", "pk"))
    rows = [(organisation, since[organisation.pk]) for organisation in page]
    return render(request, "staff/organisations/entrusted.html", {"page": page, "rows": rows})
