"""A small country for tests: two départements, two EPCI (one astride), five communes, one delegated commune."""

from dataclasses import dataclass

from fairealliance.provenance.models import Source
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Indicator, Membership, Territory
from tests.factories import SourceFactory, TerritoryFactory


@dataclass(frozen=True)
class World:
    france: Territory
    region: Territory
    loire: Territory
    rhone: Territory
    metropole: Territory
    astride: Territory
    communes: list[Territory]
    delegated: Territory

    @property
    def saint_etienne(self) -> Territory:
        return self.communes[0]


def put_in(child: Territory, *parents: Territory) -> None:
    Membership.objects.bulk_create([Membership(child=child, parent=parent) for parent in parents])


def make_world() -> World:
    def make(level: Level, code: str, name: str, slug: str, population: int | None, **fields: object) -> Territory:
        return TerritoryFactory(level=level, code=code, name=name, slug=slug, population=population, **fields)

    france = make(Level.COUNTRY, "FR", "France", "france", 68_000_000)
    region = make(Level.REGION, "84", "Auvergne-Rhône-Alpes", "auvergne-rhone-alpes", 8_000_000)
    loire = make(Level.DEPARTEMENT, "42", "Loire", "loire", 770_000, article=3)
    rhone = make(Level.DEPARTEMENT, "69", "Rhône", "rhone", 1_800_000, article=2)
    metropole = make(
        Level.EPCI, "244200770", "Saint-Étienne Métropole", "saint-etienne-metropole", 400_000, nature="METRO"
    )
    astride = make(Level.EPCI, "200000001", "CC des Deux Rives", "cc-des-deux-rives", 9_000, nature="CC")
    rows = [
        ("42218", "Saint-Étienne", "saint-etienne", 173_000, metropole, loire, 45.43, 4.39, ["42000", "42100"]),
        ("42207", "Saint-Chamond", "saint-chamond", 35_000, metropole, loire, 45.47, 4.51, ["42400"]),
        ("42001", "Saint-Denis", "saint-denis", 4_000, astride, loire, 45.6, 4.6, ["42140"]),
        ("69001", "Saint-Denis", "saint-denis", 3_000, astride, rhone, 45.62, 4.64, ["69440"]),
        ("69002", "L'Haÿ-du-Pilat", "l-hay-du-pilat", None, astride, rhone, None, None, ["69440"]),
    ]
    communes = []
    for code, name, slug, population, epci, departement, latitude, longitude, postal_codes in rows:
        commune = make(
            Level.COMMUNE, code, name, slug, population,
            latitude=latitude, longitude=longitude, postal_codes=postal_codes,
        )  # fmt: skip
        put_in(commune, epci, departement, region, france)
        communes.append(commune)
    put_in(region, france)
    put_in(loire, region, france)
    put_in(rhone, region, france)
    put_in(metropole, loire, region, france)
    put_in(astride, loire, rhone, region, france)
    delegated = make(Level.DELEGATED, "42190", "Rochetaillée", "rochetaillee", None)
    put_in(delegated, communes[0], metropole, loire, region, france)
    Former.objects.create(level="commune", code="42190", name="Rochetaillée", territory=communes[0], kind="delegated")
    Former.objects.create(level="commune", code="42281", name="Terrenoire", territory=communes[0], kind="merged")
    Former.objects.create(level="region", code="42", name="Alsace", territory=region, kind="region")
    return World(france, region, loire, rhone, metropole, astride, communes, delegated)


def make_indicator(slug: str = "menages", **fields: object) -> Indicator:
    source: Source = SourceFactory()
    values = {"label": slug, "theme": "Essai", "vintage": "2021", "source": source, **fields}
    return Indicator.objects.create(slug=slug, **values)
