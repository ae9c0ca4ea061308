"""How often and how soon requests to be put in touch are answered, by territory."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from fairealliance.api.common import Place, asked_territory, place_of
from fairealliance.api.strict import REFUSALS, only
from fairealliance.introductions import rates
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Territory

router = Router(tags=["mises en relation"])


class Within(Schema):
    days: int
    answered: int = Field(description="Combien de demandes ont reçu leur première réponse dans ces jours.")


class AnswerRate(Schema):
    """Les demandes dont on connaît l’issue : répondues, ou closes par le silence. Inconnu n’est pas zéro."""

    territory: Place
    state: State = Field(description="known, secret (trop peu de demandes) ou unavailable.")
    requests: int | None = Field(description="Nul quand l’état n’est pas « known », comme ce qui suit.")
    answered: int | None
    share: float | None = Field(description="Part des demandes répondues, en pour cent.")
    within: list[Within] = Field(description="Vide quand l’état n’est pas « known ».")
    delay: str = Field(description="En combien de temps vient la moitié des réponses, en mots.")
    note: str = Field(description="Pourquoi rien n’est dit.")


class AnswerRates(Schema):
    """Les régions, puis les départements, par nom ; ou le seul territoire demandé."""

    fewest: int = Field(description="En dessous de ce nombre de demandes, le chiffre est secret.")
    results: list[AnswerRate]


class AnswersAsked(Schema):
    territory: str = Field(
        "",
        max_length=200,
        description="niveau:code, nom ou code d’une région ou d’un département ; sans lui, tous.",
        examples=["departement:42"],
    )


@router.get(
    "",
    response={200: AnswerRates, **REFUSALS},
    operation_id="answer_rates",
    summary="Répond-on aux mises en relation ?",
)
@only(AnswersAsked)
def answer_rates(request: HttpRequest, filters: Query[AnswersAsked]) -> AnswerRates:
    """Part des demandes répondues et délai, par territoire où siège l’organisation sollicitée."""
    wanted = asked_territory(filters.territory) if filters.territory else None
    rows = [row for rows in rates.of_territories().values() for row in rows]
    if wanted is None:
        return _all([_told(request, row) for row in rows])
    found = next((row for row in rows if row.territory.pk == wanted.pk), None)
    return _all([_told(request, found) if found else _nothing(request, wanted)])


def _all(results: list[AnswerRate]) -> AnswerRates:
    return AnswerRates(fewest=rates.LEAST, results=results)


def _told(request: HttpRequest, row: rates.Row) -> AnswerRate:
    if row.state != State.KNOWN:
        note = _("Trop peu de demandes, ou de quoi retrouver un territoire qui en a trop peu.")
        return _silent(request, row.territory, row.state, note)
    tally = row.tally
    soon = zip(rates.SOON, tally.soon, strict=True)
    return AnswerRate(
        territory=place_of(request, row.territory),
        state=row.state,
        requests=tally.asked,
        answered=tally.answered,
        share=tally.percent,
        within=[Within(days=days, answered=count) for days, count in soon],
        delay=tally.delay(),
        note="",
    )


def _nothing(request: HttpRequest, territory: Territory) -> AnswerRate:
    if territory.level in (Level.REGION, Level.DEPARTEMENT):
        return _silent(request, territory, State.UNAVAILABLE, _("Aucune demande dont on connaisse l’issue."))
    return _silent(request, territory, State.UNAVAILABLE, _("Compté par région et par département seulement."))


def _silent(request: HttpRequest, territory: Territory, state: State, note: str) -> AnswerRate:
    return AnswerRate(
        territory=place_of(request, territory),
        state=state,
        requests=None,
        answered=None,
        share=None,
        within=[],
        delay="",
        note=note,
    )
