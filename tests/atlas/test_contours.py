"""Contours read from a file: what is refused, what is drawn, and that no gap opens between neighbours."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from fairealliance.accounts.actors import SYSTEM
from fairealliance.atlas import drawing, geojson, shapes
from fairealliance.atlas.actions import save_contours
from fairealliance.atlas.models import Contour
from fairealliance.atlas.simplify import Simplifier, thinned
from fairealliance.journal.models import Entry
from fairealliance.lib.tabular import Unreadable
from fairealliance.provenance.models import Source
from fairealliance.territories.enums import Level
from tests.factories import TerritoryFactory, UserFactory
from tests.territories.world import World

SOURCE = {"label": "Contours d’essai", "licence": "Licence Ouverte 2.0"}
# Two départements side by side, their shared border as crooked as borders are.
BORDER = [[4.6, 45.0], [4.61, 45.1], [4.58, 45.2], [4.63, 45.3], [4.6, 45.4], [4.62, 45.5], [4.6, 45.6]]
LOIRE = [[3.7, 45.0], *BORDER, [3.7, 45.6], [3.7, 45.0]]
RHONE = [[7.5, 45.9], *BORDER[::-1], [4.9, 45.0], [7.5, 45.9]]


def collection(*features: dict, **more: object) -> dict:
    return {"type": "FeatureCollection", "features": list(features), **more}


def feature(code: object, ring: list, name: str = "code") -> dict:
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write(folder: Path, held: object) -> Path:
    path = folder / "contours.geojson"
    path.write_text(held if isinstance(held, str) else json.dumps(held))
    return path


def read(folder: Path, *features: dict) -> list[geojson.Feature]:
    return geojson.read(write(folder, collection(*features)))


def test_contours_are_kept_once_and_journalled(world: World, tmp_path: Path):
    features = read(tmp_path, feature("42", LOIRE), feature("69", RHONE), feature("99", RHONE))
    drawn = save_contours(by=SYSTEM, level="departement", source=SOURCE, features=features)
    assert (drawn.created, drawn.unchanged, drawn.unknown, drawn.missing) == (2, 0, ["99"], 0)
    again = save_contours(by=SYSTEM, level="departement", source=SOURCE, features=features)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert Entry.objects.filter(verb="contours-saved").count() == 1
    assert shapes.of(Level.DEPARTEMENT).contours == 2


def test_a_changed_contour_replaces_the_old_one(world: World, tmp_path: Path):
    save_contours(by=SYSTEM, level="departement", source=SOURCE, features=read(tmp_path, feature("42", LOIRE)))
    assert shapes.of(Level.DEPARTEMENT).contours == 1
    moved = [[longitude - 0.2, latitude] for longitude, latitude in LOIRE]
    drawn = save_contours(by=SYSTEM, level="departement", source=SOURCE, features=read(tmp_path, feature("42", moved)))
    assert drawn.updated == 1
    kept = shapes.of(Level.DEPARTEMENT).by_pk[world.loire.pk]
    assert kept.path == Contour.objects.get().path, "what is in memory follows the edition"


def test_dry_run_writes_nothing_at_all(world: World, tmp_path: Path):
    before = Entry.objects.count(), Source.objects.count()
    features = read(tmp_path, feature("42", LOIRE))
    drawn = save_contours(by=SYSTEM, level="departement", source=SOURCE, features=features, dry_run=True)
    assert drawn.created == 1
    assert not Contour.objects.exists()
    assert (Entry.objects.count(), Source.objects.count()) == before


def test_only_the_secretariat_may(world: World, tmp_path: Path):
    features = read(tmp_path, feature("42", LOIRE))
    with pytest.raises(PermissionDenied):
        save_contours(by=UserFactory(), level="departement", source=SOURCE, features=features)
    assert not Contour.objects.exists()


def test_a_shared_border_is_cut_the_same_way_on_both_sides():
    loire, rhone = drawing.ring(LOIRE), drawing.ring(RHONE)
    simplifier = Simplifier([loire, rhone], 6.0)
    ends = {drawing.spot(45.0, 4.6), drawing.spot(45.6, 4.6)}
    border = [spot for spot in simplifier.simplify(loire) if spot[0] > min(x for x, _y in ends) - 8]
    other = [spot for spot in simplifier.simplify(rhone) if spot[0] < max(x for x, _y in ends) + 8]
    assert set(border) == set(other)
    assert ends <= set(border)


def test_without_the_cut_at_the_corners_the_sides_would_differ():
    """Control: each ring simplified by itself, from where its own file begins it, keeps other points."""
    loire, rhone = drawing.ring(LOIRE), drawing.ring(RHONE)
    alone = [set(Simplifier([ring], 6.0).simplify(ring)) for ring in (loire, rhone)]
    both = set(loire) & set(rhone)
    together = Simplifier([loire, rhone], 6.0)
    assert (alone[0] & both) != (alone[1] & both)
    assert (set(together.simplify(loire)) & both) == (set(together.simplify(rhone)) & both)


def test_thinning_keeps_what_shows():
    flat = ((0, 0), (5, 0), (10, 0), (15, 9), (20, 0))
    assert thinned(flat, 1.0) == ((0, 0), (10, 0), (15, 9), (20, 0))


def test_an_island_lies_in_its_frame(world: World, tmp_path: Path):
    ring = [[55.2, -21.0], [55.7, -21.0], [55.7, -21.3], [55.2, -21.3], [55.2, -21.0]]
    spots = drawing.ring(ring)
    assert all(20 <= x <= 260 for x, _y in spots), "La Réunion is in the column of the left"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("{", "n’est pas un fichier JSON"),
        ("[]", "n’est pas un GeoJSON"),
        ({"features": []}, "aucun territoire"),
        (collection(feature("42", LOIRE, name="zone")), "Propriétés : zone"),
        (collection(feature(None, LOIRE)), "n’a pas de « code »"),
        (collection(feature("42", [[700000, 6600000], [700010, 6600000], [700000, 6600010]])), "degrés"),
        (collection(feature("42", [["a", "b"], [1, 2], [3, 4]])), "ne peut pas être lu"),
        (
            collection({"properties": {"code": "42"}, "geometry": {"type": "Point", "coordinates": [4, 45]}}),
            "aucun polygone",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, held: object, said: str):
    with pytest.raises(Unreadable, match=said):
        geojson.read(write(tmp_path, held))


def test_command_says_what_it_did_and_refuses_in_french(world: World, tmp_path: Path, capsys: pytest.CaptureFixture):
    path = write(tmp_path, collection(feature("42", LOIRE)))
    call_command("contours", path, "--level", "departement", "--licence", "Licence Ouverte 2.0", "--json")
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["created"], told["missing"], told["unknown"]) == (1, 1, [])
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("contours", tmp_path / "rien.geojson", "--level", "departement")
    with pytest.raises(CommandError, match="Aucun code du fichier"):
        call_command("contours", path, "--level", "region", "--code", "code")


def test_real_contours(db: None, corpus: Path):
    held = json.loads((corpus / "territories" / "departements-1000m.geojson").read_text())
    for each in held["features"]:
        TerritoryFactory(level=Level.DEPARTEMENT, code=each["properties"]["code"], name=each["properties"]["nom"])
    features = geojson.read(corpus / "territories" / "departements-1000m.geojson")
    drawn = save_contours(by=SYSTEM, level="departement", source=SOURCE, features=features)
    assert (drawn.created, drawn.missing, drawn.unknown) == (101, 0, [])
    assert drawn.signs < 80_000
