"""Who did what, when. Details of the acts are not shown: some name people, and the screens of each room say more."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fairealliance.accounts.actors import who
from fairealliance.journal import words
from fairealliance.journal.models import Author, Entry
from fairealliance.lib.typed import Line
from fairealliance.provenance.pages import page_of
from fairealliance.staff.journal import things

_MOST_AUTHORS = 500


class FilterForm(forms.Form):
    """All optional."""

    qui = Line(label=_("Qui"), max_length=120, required=False)
    quoi = Line(
        label=_("Geste"),
        help_text=_("Par exemple : rattachement, fermé, lien"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"list": "gestes"}),
    )
    sujet = Line(label=_("Sur quoi"), help_text=_("Par exemple : organisation n° 12"), max_length=120, required=False)
    du = forms.DateField(label=_("Du"), required=False, widget=forms.DateInput({"type": "date"}))
    au = forms.DateField(label=_("Au"), required=False, widget=forms.DateInput({"type": "date"}))

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        said = self.cleaned_data
        if said["qui"]:
            # By their few rows, so that the long table is read by its keys.
            authors = Author.objects.filter(label__icontains=said["qui"]).order_by("pk")
            entries = entries.filter(author__in=list(authors.values_list("pk", flat=True)[:_MOST_AUTHORS]))
        if said["quoi"]:
            entries = entries.filter(Q(verb__in=words.verbs_like(said["quoi"])) | Q(verb__icontains=said["quoi"]))
        if said["sujet"]:
            entries = entries.filter(subject__startswith=things.subject_of(said["sujet"]))
        if said["du"]:
            entries = entries.filter(at__gte=_midnight(said["du"]))
        if said["au"]:
            entries = entries.filter(at__lt=_midnight(said["au"] + timedelta(days=1)))
        return entries


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))  # type: ignore[arg-type]  # a date


def _states(entry: Entry) -> tuple[str, str]:
    return entry.before, entry.after


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Latest first. A filter that is not understood narrows nothing, and is told (400)."""
    form = FilterForm(request.GET or None)
    entries = Entry.objects.select_related("author").defer("detail_text").order_by("-sequence")
    wrong = form.is_bound and not form.is_valid()
    shown = form.narrow(entries) if form.is_bound and not wrong else entries
    page = page_of(request, shown, 50)
    subjects = things.told(page.object_list, who(request))
    lines = [
        (
            entry,
            words.told(entry.verb),
            subjects[entry.subject],
            *(things.state(entry, each) for each in _states(entry)),
        )
        for entry in page.object_list
    ]
    context = {"form": form, "page": page, "lines": lines, "acts": words.known()}
    return render(request, "staff/journal/index.html", context, status=400 if wrong else 200)
