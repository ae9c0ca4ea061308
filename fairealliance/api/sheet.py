"""The action sheet, as the page shows it."""

import typing

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from fairealliance.api.common import asked_territory
from fairealliance.api.search import RETRY_SECONDS, Goal, Theme
from fairealliance.api.strict import REFUSALS, only, refused
from fairealliance.goals.vocabulary import THEMES
from fairealliance.organisations.enums import Sphere
from fairealliance.sheets.asking import FARTHEST_KM, LONGEST_CHALLENGE, RefusedError, clean_challenge
from fairealliance.sheets.compose import compose
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.serialise import to_json
from fairealliance.sheets.sheet import Sheet

router = Router(tags=["fiche d’action"])


class Asked(Schema):
    territory: str = Field(
        min_length=1, max_length=200, description="niveau:code, ou un nom sans homonyme.", examples=["commune:42218"]
    )
    challenge: str = Field(
        min_length=1, max_length=LONGEST_CHALLENGE, description="Le défi, en mots de tous les jours."
    )
    goal: list[Goal] = Field(
        default_factory=list, max_length=17, description="Objectifs, à la place de ceux que nous lisons ; répétable."
    )
    theme: list[Theme] = Field(
        default_factory=list, max_length=30, description="Thèmes, à la place de ceux que nous lisons ; répétable."
    )
    sphere: list[Sphere] = Field(default_factory=list, max_length=6, description="Sphères des partenaires ; répétable.")
    km: int | None = Field(None, ge=1, le=FARTHEST_KM, description="Distance au plus, en kilomètres.")


# One definition of a sheet, the composer's own: the published schema cannot drift from it.
_FIELDS: dict[str, typing.Any] = {name: (kind, ...) for name, kind in typing.get_type_hints(Sheet).items()}
SheetOut = create_model(
    "Sheet",
    __base__=Schema,
    __doc__="Ce que l’on sait, ce que d’autres ont fait, avec quoi, avec qui, et par quoi commencer lundi.",
    version=(int, Field(description="Version de cette forme.")),
    **_FIELDS,
)


@router.get("", response={200: SheetOut, **REFUSALS}, operation_id="sheet", summary="La fiche d’action")
@only(Asked)
def sheet(request: HttpRequest, response: HttpResponse, filters: Query[Asked]) -> object:
    """Données, exemples, outils, compétences, alliés et premiers pas ; chaque ligne avec sa source et ses raisons.

    Pendant que la recherche se reconstruit, « search_state » le dit : les chiffres et les premiers pas sont là.
    """
    for theme in filters.theme:
        if theme not in THEMES:
            raise refused("theme", _("Nous ne connaissons pas le thème « %s ».") % theme[:40], "unknown_value")
    try:
        challenge = clean_challenge(filters.challenge)
    except RefusedError as error:
        raise refused("challenge", str(error)) from error
    narrowed = Filters(
        goals=tuple(dict.fromkeys(filters.goal)),
        themes=tuple(dict.fromkeys(filters.theme)),
        spheres=tuple(dict.fromkeys(each.value for each in filters.sphere)),
        km=filters.km,
    )
    made = compose(asked_territory(filters.territory), challenge, narrowed)
    if not made.search_ready:
        response["Retry-After"] = str(RETRY_SECONDS)
    return to_json(made)
