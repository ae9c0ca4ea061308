"""Version 1 of the API."""

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from fairealliance import __version__
from fairealliance.api import answers, network, observatory, records, roadmap, search, sheet, strict, territories


class Readable(JSONRenderer):
    """Accents as they are: a person reads the answers too."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Faire Alliance",
    version="1",
    description=(
        "Tout ce que montrent les pages, en JSON et sans clé. Un territoire s’écrit niveau:code (commune:42218, "
        "epci:244200770, departement:42, region:84, pays:FR). Un paramètre inconnu est refusé (422), jamais ignoré. "
        "Un chiffre inconnu reste inconnu : chacun dit son état, sa source et son millésime. « is_demo » marque les "
        f"contenus inventés. Logiciel {__version__}, AGPL-3.0-or-later ; les données gardent la licence de leur source."
    ),
    docs_url=None,
    renderer=Readable(),
    urls_namespace="api-v1",
)
strict.install(api)
api.add_router("/territories", territories.router)
api.add_router("/search", search.router)
api.add_router("/sheet", sheet.router)
api.add_router("/roadmaps", roadmap.router)
api.add_router("/observatory", observatory.router)
api.add_router("/answer-rates", answers.router)
api.add_router("", network.router)
api.add_router("", records.router)
