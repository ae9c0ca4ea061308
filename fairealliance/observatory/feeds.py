"""New and changed results as an Atom feed."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fairealliance.lib.feeds import PlainAtom, entry_id
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import without_controls
from fairealliance.observatory.charting import question_sentence
from fairealliance.observatory.figures import figures_of
from fairealliance.observatory.models import Study
from fairealliance.observatory.short import read_in_short

ENTRIES = 50
_ASKED = 3  # questions told of each study: the page has them all


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The 50 studies published or changed last, each with its first figures in words. Six queries."""
    own = request.build_absolute_uri()
    made = PlainAtom(
        title=_("Observatoire · Faire Alliance"),
        link=request.build_absolute_uri(reverse("observatory:index")),
        description="",
        subtitle=_("Les résultats d’enquêtes publiés ou mis à jour."),
        feed_url=own,
        feed_guid=own,
        language="fr",
        author_name="Faire Alliance",
    )
    host = request.get_host()
    rows = Study.objects.published().annotate(asked=Count("questions")).order_by("-updated_at", "-pk")
    studies = list(rows[:ENTRIES])
    read_in_short(studies, _ASKED)
    for study in studies:
        made.add_item(
            title=without_controls(f"{study.title}, {study.when}" if study.when else study.title),
            link=request.build_absolute_uri(study.get_absolute_url()),
            description=without_controls(_summary(study, study.asked)),
            unique_id=entry_id(host, f"study:{study.slug}"),
            updateddate=study.updated_at,
            pubdate=study.published_at or study.created_at,
            author_name=without_controls(study.producer) or None,
        )
    return HttpResponse(made.writeString("utf-8"), "application/atom+xml; charset=utf-8")


def _summary(study: Study, asked: int) -> str:
    questions = list(study.questions.all())
    told = [question_sentence(question, figures_of(question)) for question in questions]
    if more := asked - len(questions):
        words = ngettext("Et %s autre question.", "Et %s autres questions.", more)
        told.append(words % format_number(more))
    return " ".join(told) or _("Aucun chiffre connu.")
