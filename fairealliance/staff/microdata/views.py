"""Send the files, look at what they give, publish or throw away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.tabular import Unreadable
from fairealliance.lib.tabular.writing import csv_file
from fairealliance.observatory import actions, checks
from fairealliance.observatory.enums import State
from fairealliance.observatory.grids import grid_of
from fairealliance.observatory.microdata.publication import Filed, file_microdata
from fairealliance.observatory.microdata.template import TEMPLATE
from fairealliance.observatory.models import Question, Study
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.microdata.forms import MicrodataForm

_QUESTIONS_A_PAGE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def upload(request: HttpRequest) -> HttpResponse:
    """The form; sent rightly, it makes a draft and leads to it."""
    form = MicrodataForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        filed = _filed(request, form)
        if filed is not None:
            _tell(request, filed)
            return redirect("staff_microdata:preview", filed.saved.study.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "staff/microdata/upload.html", {"form": form}, status=status)


@require_safe
@editor_required
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The tables as they would be published. Five questions a page, as many queries whatever there is."""
    study = get_object_or_404(Study, slug=slug)
    rows = Question.objects.filter(study=study).prefetch_related("results__territory", "results__source")
    page = page_of(request, rows, _QUESTIONS_A_PAGE)
    context = {"study": study, "page": page, "grids": [grid_of(question) for question in page]}
    return render(request, "staff/microdata/preview.html", context)


@require_POST
@editor_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    actions.publish(by=actor(request), study=get_object_or_404(Study, slug=slug))
    messages.success(request, _("C’est publié : les tableaux sont dans l’observatoire."))
    return redirect("staff_microdata:preview", slug)


@require_POST
@editor_required
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Only a draft: what is published is withdrawn from its own screen."""
    study = get_object_or_404(Study, slug=slug, state=State.DRAFT)
    try:
        actions.remove_study(by=actor(request), study=study)
    except checks.Refused as refused:
        messages.error(request, str(refused))
        return redirect("staff_microdata:preview", slug)
    messages.success(request, _("Le brouillon « %s » est jeté.") % study.title)
    return redirect("staff_microdata:upload")


@require_safe
@editor_required
def template(request: HttpRequest) -> HttpResponse:
    """A codebook to fill in."""
    return csv_file("dictionnaire", [line.split(";") for line in TEMPLATE.splitlines()])


def _filed(request: HttpRequest, form: MicrodataForm) -> Filed | None:
    """None when refused, and then the form says why."""
    try:
        with form.files_at_hand() as files:
            return file_microdata(by=actor(request), files=files, about=form.about())
    except (Unreadable, checks.Refused) as error:
        form.add_error(None, str(error))
    except MemoryError:
        form.add_error(None, _("Ce fichier est trop grand pour la mémoire du serveur."))
    return None


def _tell(request: HttpRequest, filed: Filed) -> None:
    count = filed.tables.respondents
    words = ngettext("%s répondant lu.", "%s répondants lus.", count) % format_number(count)
    messages.success(request, words + " " + _("Regardez les tableaux, puis publiez-les."))
    for note in filed.notes:
        messages.warning(request, note)
