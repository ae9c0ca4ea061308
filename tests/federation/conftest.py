"""A small country, and short files made on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.actions import Done, import_file
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former
from tests.factories import TerritoryFactory
from tests.territories.world import World, make_world, put_in

FONDS_VERT = (
    "nom_region;code_departement;nom_departement;code_commune;nom_commune;axe;numero_demarche_ds;nom_demarche_ds;"
    "numero_dossier_ds;nom_du_projet;nom_beneficiaire_principal;siren;montant_engage"
)

Load = Callable[..., Done]


@pytest.fixture
def world(db: None) -> World:
    """Two départements of the tests' world, and the Ain, whose codes begin with a zero."""
    world = make_world()
    ain = TerritoryFactory(level=Level.DEPARTEMENT, code="01", name="Ain", slug="ain")
    amberieu = TerritoryFactory(code="01004", name="Ambérieu-en-Bugey", slug="amberieu-en-bugey", siren="210100046")
    put_in(amberieu, ain, world.region, world.france)
    put_in(ain, world.region, world.france)
    Former.objects.create(level=Level.COMMUNE, code="42999", name="Vieux-Village", territory=world.saint_etienne)
    return world


@pytest.fixture
def load(world: World, tmp_path: Path) -> Load:
    """`load(kind, text)`: imports a file of that content."""

    def imported(kind: str, content: str | bytes, *, name: str = "f.csv", dry_run: bool = False) -> Done:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_file(by=SYSTEM, kind=kind, path=path, dry_run=dry_run)

    return imported


def fonds_vert(*rows: dict[str, str]) -> str:
    """A Fonds vert file whose rows are as given, the rest being right."""
    usual = dict.fromkeys(FONDS_VERT.split(";"), "")
    usual |= {
        "code_departement": "42",
        "code_commune": "42218",
        "nom_commune": "SAINT ETIENNE",
        "axe": "1",
        "numero_demarche_ds": "69071",
        "nom_demarche_ds": "Rénovation énergétique des bâtiments publics locaux",
        "numero_dossier_ds": "100",
        "nom_du_projet": "Rénovation de l’école",
        "nom_beneficiaire_principal": "SAINT-ETIENNE",
        "siren": "214202186",
        "montant_engage": "21\u00a0667,00 €",
    }
    lines = (";".join((usual | row).values()) for row in rows or ({},))
    return "\n".join([FONDS_VERT, *lines]) + "\n"
