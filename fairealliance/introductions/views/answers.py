"""How requests are answered, by territory: a page and a file, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.introductions import rates
from fairealliance.lib.tabular.writing import csv_file
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
    header = [*_NAMES, *(f"en_{days}_jours" for days in rates.SOON)]
    lines = [_line(row) for rows in rates.of_territories().values() for row in rows]
    return csv_file("reponses-mises-en-relation", [header, *lines])


def _line(row: rates.Row) -> list[str | int | None]:
    told = row.tally
    figures = [told.asked, told.answered, *told.soon] if row.state == State.KNOWN else [None] * 5
    return [row.territory.level, row.territory.code, row.territory.name, row.state.value, *figures]
