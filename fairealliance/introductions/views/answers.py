"""How requests are answered, by territory: a page and a file, for everybody."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.introductions import rates
from fairealliance.provenance.pages import trail_to
from fairealliance.territories.enums import Level, State

_NAMES = ("niveau", "code", "nom", "etat", "demandes", "repondues")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = rates.of_territories()
    tables = [(_("Régions"), found[Level.REGION]), (_("Départements"), found[Level.DEPARTEMENT])]
    context = {
        "tables": [table for table in tables if table[1]],
        "least": rates.LEAST,
        "trail": trail_to((_("Réponses aux mises en relation"), "")),
    }
    return render(request, "introductions/answers.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """One line per territory where something was asked; what is secret is left empty, and says so."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow([*_NAMES, *(f"en_{days}_jours" for days in rates.SOON)])
    for rows in rates.of_territories().values():
        for row in rows:
            told = row.tally
            figures = [told.asked, told.answered, *told.soon] if row.state == State.KNOWN else [""] * 5
            table.writerow([row.territory.level, row.territory.code, row.territory.name, row.state, *figures])
    answer = HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reponses-mises-en-relation.csv"'
    return answer
