"""The real files, whole: what comes out of them, and that a second time changes nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.actions import Done, import_file
from fairealliance.federation.corpus import draw
from fairealliance.lib.tabular import Unreadable
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice, PracticePartner
from fairealliance.territories.models import Value
from tests.roots import make_roots
from tests.sql import content_of_tables

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def _territories(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """All of France once for this module, then gone: it is four seconds to load."""
    with django_db_blocker.unblock():
        call_command("load_territories", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)
        make_roots()


@pytest.fixture
def read(corpus: Path, _territories: None, db: None):
    def read(kind: str, path: str) -> Done:
        return import_file(by=SYSTEM, kind=kind, path=corpus / path)

    return read


def test_fonds_vert(read):
    done = read("fonds-vert", "practices/fonds_vert_2023.csv")
    tally = done.tally
    assert (tally.read, tally.rejected) == (10_782, 0)
    assert tally.created + tally.duplicates == tally.read
    assert tally.repaired["zero-initial"] > 600  # 1,429 less 827 NULL, and five SIREN
    assert tally.repaired["departement-seul"] == 827
    assert tally.repaired["siren-tire-du-siret"] >= 167
    assert not Practice.objects.filter(territories__isnull=True).exists()
    assert not Practice.objects.filter(themes=[]).exists()
    sirens = Organisation.objects.exclude(siren=None).values_list("siren", flat=True)
    assert all(re.fullmatch(r"\d{9}", siren) for siren in sirens)
    assert (
        Organisation.objects.values("siren").annotate(n=Count("pk")).filter(n__gt=1, siren__isnull=False).count() == 0
    )
    amounts = PracticePartner.objects.filter(role="beneficiary", amount__isnull=True)
    assert not amounts.exists()
    before = content_of_tables(("organisations", "practices", "provenance"))
    again = read("fonds-vert", "practices/fonds_vert_2023.csv").tally
    assert (again.created, again.updated, again.unchanged) == (0, 0, tally.created)
    assert content_of_tables(("organisations", "practices", "provenance")) == before


def test_places_and_employers(read):
    assert read("france-services", "practices/france_services_2024.csv").tally.created == 2_845
    assert Organisation.objects.filter(precision="exact").count() >= 2_840
    relays = read("adultes-relais", "organisations/adultes_relais_2023.json").tally
    assert (relays.read, relays.duplicates) == (5_416, 4)
    assert relays.created + relays.grouped + relays.duplicates + relays.rejected == relays.read
    posts = read("fonjep", "organisations/fonjep_2023.json").tally
    assert (posts.read, posts.rejected) == (1_478, 0)
    assert Organisation.objects.filter(source__slug="fonjep-2023", siren__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("kind", "path", "created"),
    [
        ("rna-import", "organisations/rna_import.csv", 3),
        ("rna-waldec", "organisations/rna_waldec.csv", 3),
        ("sirene-unites", "organisations/sirene_sample_unites_legales_OK.csv", 3),
        ("sirene-unites", "organisations/StockUniteLegale_utf8.zip", 5),
        ("sirene-etablissements", "organisations/sirene_sample_etablissements_OK.csv", 3),
    ],
)
def test_samples_of_registers(read, kind, path, created):
    tally = read(kind, path).tally
    assert (tally.created, tally.rejected) == (created, 0)
    assert read(kind, path).tally.unchanged == created


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("sirene-unites", "organisations/sirene_sample_unites_legales_KO.csv"),
        ("sirene-etablissements", "organisations/sirene_sample_etablissements_KO_missing_header.csv"),
        ("fonds-vert", "practices/france_services_2024.csv"),
        ("rna-waldec", "organisations/rna_import.csv"),
    ],
)
def test_samples_that_are_wrong_and_files_of_another_kind_are_refused(read, kind, path):
    with pytest.raises(Unreadable, match="colonne"):
        read(kind, path)
    assert not Organisation.objects.exists()


def test_income_and_poverty(read):
    tally = read("filosofi-2021", "indicators/filosofi_2021_communes.csv").tally
    assert (tally.read, tally.rejected) == (34_909, 0)
    rate = Value.objects.filter(indicator__slug="taux-pauvrete", territory__level="commune")
    states = dict(rate.values_list("state").annotate(n=Count("pk")))
    assert states["secret"] > 30_000
    assert not rate.filter(state="secret", number__isnull=False).exists()
    again = read("filosofi-2021", "indicators/filosofi_2021_communes.csv").tally
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "path", "slug"),
    [
        ("ruralite", "indicators/grille_ruralite.csv", "ruralite"),
        ("centralite", "indicators/grille_centralite.csv", "centralite"),
        ("zrr", "indicators/zrr_2022.json", "zrr"),
        ("qpv", "indicators/qpv_2024.geojson", "quartiers-prioritaires"),
    ],
)
def test_zones_and_typologies(read, kind, path, slug):
    tally = read(kind, path).tally
    assert tally.rejected == 0
    assert Value.objects.filter(indicator__slug=slug).count() == tally.created > 34_000


@pytest.mark.usefixtures("_territories", "db")
def test_outlines(corpus: Path):
    def counts() -> list[tuple[str, int, int, list[str]]]:
        drawn = dict(draw(by=SYSTEM, folder=corpus))
        assert not [told for told in drawn.values() if isinstance(told, str)]
        return [(path, each.created, each.unchanged, each.unknown) for path, each in drawn.items()]

    regions, departements = "territories/regions-1000m.geojson", "territories/departements-1000m.geojson"
    assert counts() == [(regions, 18, 0, []), (departements, 101, 0, [])]
    assert counts() == [(regions, 0, 18, []), (departements, 0, 101, [])]


@pytest.mark.usefixtures("_territories", "db")
def test_outlines_that_are_not_there_are_told(tmp_path: Path):
    told = dict(draw(by=SYSTEM, folder=tmp_path))
    assert len(told) == 2
    assert all(isinstance(each, str) and "n’existe pas" in each for each in told.values())
