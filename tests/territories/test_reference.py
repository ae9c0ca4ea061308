"""Loading the compiled file: once, again, changed, interrupted."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change
from fairealliance.organisations.models import Organisation
from fairealliance.territories.actions import load_reference, save_coordinates
from fairealliance.territories.actions import reference as loading
from fairealliance.territories.models import Edition, Former, Membership, Territory, Value
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

UP = ["departement:42", "region:84", "pays:FR"]


def territory(level: str, code: str, name: str, parents: list[str], **fields: Any) -> dict[str, Any]:
    return {
        "record": "territory",
        "level": level,
        "code": code,
        "name": name,
        "parents": parents,
        "precision": "unknown",
        **fields,
    }


def commune(code: str, name: str, **fields: Any) -> dict[str, Any]:
    point = {"lat": 45.0, "lon": 4.0, "precision": "approximate"}
    return territory("commune", code, name, UP, **{"population": 100, "population_year": 2023, **point, **fields})


BASE = [
    {"record": "district", "code": "423", "name": "Saint-Étienne", "article": 0, "departement": "42", "seat": "42218"},
    territory("pays", "FR", "France", []),
    territory("region", "84", "Auvergne-Rhône-Alpes", ["pays:FR"]),
    territory("departement", "42", "Loire", ["region:84", "pays:FR"], seat="42218", article=3),
]


def write(path: Path, communes: list[dict[str, Any]]) -> Path:
    source = {"name": "paquet", "version": "1", "licence": "LO", "url": "https://exemple.fr/"}
    header = {"record": "header", "format": 1, "reference_date": "2026-01-01", "sources": [source], "counts": {}}
    with lzma.open(path, "wt", encoding="utf-8") as file:
        for row in [header, *BASE, *communes]:
            file.write(json.dumps(row) + "\n")
    return path


def test_loading_again_does_nothing(tmp_path):
    path = write(
        tmp_path / "a.xz",
        [commune("42218", "Saint-Étienne", formers=[{"code": "42281", "name": "Terrenoire", "kind": "merged"}])],
    )
    first = load_reference(by=SYSTEM, path=path)
    assert (first.fresh, first.territories.created) == (True, 4)
    made = Territory.objects.get(level="commune")
    assert (made.slug, made.nature) == ("saint-etienne", "prefecture")
    assert Membership.objects.filter(child=made).count() == 3
    assert Territory.objects.resolve("commune:42281") == made
    assert set(Change.objects.values_list("kind", "key")) >= {("territory", "commune:42218"), ("territory", "pays:FR")}
    changes = Change.objects.count()
    assert not load_reference(by=SYSTEM, path=path).fresh
    assert Change.objects.count() == changes


def test_population_is_an_indicator_and_sums_are_said(tmp_path):
    path = write(tmp_path / "a.xz", [commune("42218", "A"), commune("42219", "B", population=None)])
    load_reference(by=SYSTEM, path=path)
    assert Value.objects.get(territory__code="42218").number == 100
    assert Value.objects.get(territory__code="42219").state == "unavailable"
    whole = Value.objects.get(territory__level="departement")
    assert (whole.state, whole.parts_known, whole.parts_total) == ("unavailable", 1, 2)


def test_a_new_edition_replaces_and_only_what_changed_is_marked(tmp_path):
    load_reference(by=SYSTEM, path=write(tmp_path / "a.xz", [commune("42218", "Ancien"), commune("42219", "Même")]))
    before = {row.code: row.pk for row in Territory.objects.filter(level="commune")}
    Change.objects.all().delete()
    again = load_reference(
        by=SYSTEM, path=write(tmp_path / "b.xz", [commune("42218", "Nouveau"), commune("42219", "Même")])
    )
    assert (again.territories.created, again.territories.updated, again.territories.unchanged) == (0, 1, 4)
    assert list(Change.objects.values_list("key", flat=True)) == ["commune:42218"]
    assert {row.code: row.pk for row in Territory.objects.filter(level="commune")} == before
    assert Territory.objects.get(code="42218").name == "Nouveau"


def test_exact_points_survive_a_new_edition(tmp_path):
    load_reference(by=SYSTEM, path=write(tmp_path / "a.xz", [commune("42218", "A")]))
    place = Territory.objects.get(code="42218")
    save_coordinates(by=SYSTEM, rows=[(place.pk, 45.434, 4.39)])
    load_reference(by=SYSTEM, path=write(tmp_path / "b.xz", [commune("42218", "B", lat=40.0, lon=1.0)]))
    kept = Territory.objects.get(pk=place.pk)
    assert (kept.name, kept.latitude, kept.longitude, kept.precision) == ("B", 45.434, 4.39, "exact")


def test_what_hangs_on_a_merged_commune_goes_to_its_successor(tmp_path):
    load_reference(
        by=SYSTEM,
        path=write(
            tmp_path / "a.xz", [commune("42218", "Grande"), commune("42281", "Petite"), commune("42300", "Perdue")]
        ),
    )
    old = Territory.objects.get(code="42281")
    organisation = OrganisationFactory(seat=old)
    grown = commune("42218", "Grande", formers=[{"code": "42281", "name": "Petite", "kind": "merged"}])
    loaded = load_reference(by=SYSTEM, path=write(tmp_path / "b.xz", [grown]))
    assert (loaded.merged, loaded.kept) == (1, 1)
    assert not Territory.objects.filter(pk=old.pk).exists()
    assert Organisation.objects.get(pk=organisation.pk).seat == Territory.objects.get(code="42218")
    assert Territory.objects.filter(code="42300").exists(), "without a successor nothing is thrown away"


def test_killed_half_way_nothing_is_written_and_the_rerun_ends_the_same(tmp_path, monkeypatch):
    path = write(tmp_path / "a.xz", [commune("42218", "A")])

    def killed(*_args: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loading, "_save_formers", killed)
        with pytest.raises(KeyboardInterrupt):
            load_reference(by=SYSTEM, path=path)
    assert not Territory.objects.exists()
    assert not Edition.objects.exists()
    assert load_reference(by=SYSTEM, path=path).territories.created == 4


def test_the_command_says_what_it_did(capsys):
    call_command("load_territories")
    assert "Territoires" in capsys.readouterr().out
    call_command("load_territories")
    assert "déjà à jour" in capsys.readouterr().out
    assert Territory.objects.filter(level="commune").count() > 34_900
    assert Former.objects.count() > 6_000
