"""A roadmap from a table, at the desk: tried first, then written."""

import tempfile
from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fairealliance.accounts.models import User
from fairealliance.lib.tabular import Unreadable
from fairealliance.roadmap.exchange.load import Loaded, load_file
from fairealliance.roadmap.exchange.reading import LARGEST
from fairealliance.staff.access import editor_required

_SUFFIXES = (".csv", ".xlsx", ".zip")


class ImportForm(forms.Form):
    """One file. It is tried by itself before it is written."""

    file = forms.FileField(
        label=gettext_lazy("Fichier CSV ou XLSX"),
        help_text=gettext_lazy("Le plus simple : partir de l’export d’une feuille de route."),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Essayer seulement, sans rien écrire"), required=False, initial=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def import_file(request: HttpRequest) -> HttpResponse:
    """All the lines, or none: what is refused is told with its line."""
    form = ImportForm(request.POST or None, request.FILES or None)
    loaded, problem = None, ""
    if request.method == "POST" and form.is_valid():
        loaded, problem = _load(request, form)
        if loaded and not loaded.rejected and not form.cleaned_data["dry_run"]:
            messages.success(request, _("La feuille de route est importée."))
            return redirect("staff_roadmap:programme", programme=loaded.programme)
    wrong = bool(form.errors or problem or (loaded and loaded.rejected))
    context = {"form": form, "loaded": loaded, "problem": problem}
    return render(request, "staff/roadmap/import.html", context, status=422 if wrong else 200)


def _load(request: HttpRequest, form: ImportForm) -> tuple[Loaded | None, str]:
    assert isinstance(request.user, User)
    sent = form.cleaned_data["file"]
    suffix = Path(sent.name).suffix.lower()
    if suffix not in _SUFFIXES or sent.size > LARGEST:
        return None, _("Il faut un fichier CSV ou XLSX de moins de 10 Mo.")
    with tempfile.NamedTemporaryFile(suffix=suffix) as kept:
        for chunk in sent.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            return load_file(by=request.user, path=Path(kept.name), dry_run=form.cleaned_data["dry_run"]), ""
        except Unreadable as error:
            return None, str(error).replace(Path(kept.name).name, sent.name)
