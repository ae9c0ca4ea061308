"""Distances, boxes and the drawing of France."""

import math

import pytest

from fairealliance.lib.geo import (
    INSETS,
    KM_PER_DEGREE,
    MAINLAND,
    VIEWBOX_HEIGHT,
    VIEWBOX_WIDTH,
    Box,
    bbox,
    haversine_km,
    project,
)

PARIS, LYON, SAINT_DENIS = (48.8566, 2.3522), (45.7640, 4.8357), (-20.8789, 55.4481)


@pytest.mark.parametrize(
    ("one", "other", "km", "tolerance"),
    [
        (PARIS, LYON, 391.5, 1),
        (PARIS, PARIS, 0, 0),
        (PARIS, SAINT_DENIS, 9_350, 50),
        ((0, 179.5), (0, -179.5), KM_PER_DEGREE, 0.001),
        ((0, 0), (0, 180), 180 * KM_PER_DEGREE, 0.001),
        ((90, 0), (-90, 77), 180 * KM_PER_DEGREE, 0.001),
    ],
)
def test_distance(one, other, km, tolerance):
    assert haversine_km(*one, *other) == pytest.approx(km, abs=tolerance)
    assert haversine_km(*other, *one) == pytest.approx(haversine_km(*one, *other))


@pytest.mark.parametrize("centre", [PARIS, SAINT_DENIS, (0.0, 0.0), (-13.3, -176.2), (-17.5, 179.9), (70.0, 20.0)])
@pytest.mark.parametrize("km", [1, 30, 300])
def test_a_box_holds_the_circle_and_hardly_more(centre, km):
    box = bbox(*centre, km)
    lat, lon = map(math.radians, centre)
    for bearing in map(math.radians, range(0, 360, 5)):
        angle = km * 0.9999 / KM_PER_DEGREE * math.pi / 180
        there = math.asin(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing))
        away = math.atan2(
            math.sin(bearing) * math.sin(angle) * math.cos(lat),
            math.cos(angle) - math.sin(lat) * math.sin(there),
        )
        longitude = (math.degrees(lon + away) + 540) % 360 - 180
        assert box.contains(math.degrees(there), longitude)
    assert not box.contains(centre[0] + km / KM_PER_DEGREE * 1.01, centre[1])
    assert haversine_km(centre[0], centre[1], centre[0], box.east) < km * 1.1


def test_a_box_at_a_pole_takes_every_longitude():
    assert bbox(89.9, 10, 100) == Box(89.9 - 100 / KM_PER_DEGREE, -180, 90, 180)


def test_a_box_of_no_size_is_the_point():
    assert bbox(*PARIS, 0).contains(*PARIS)


def test_a_negative_radius_is_refused():
    with pytest.raises(ValueError, match="positif"):
        bbox(*PARIS, -1)


@pytest.mark.parametrize(
    ("name", "lat", "lon", "inset"),
    [
        ("Bray-Dunes", 51.08, 2.52, MAINLAND),
        ("Ouessant", 48.46, -5.10, MAINLAND),
        ("Lauterbourg", 48.97, 8.18, MAINLAND),
        ("Bonifacio", 41.39, 9.16, MAINLAND),
        ("Bastia", 42.70, 9.45, MAINLAND),
        ("Basse-Terre", 15.99, -61.73, "guadeloupe"),
        ("Fort-de-France", 14.60, -61.07, "martinique"),
        ("Cayenne", 4.93, -52.33, "guyane"),
        ("Saint-Denis", -20.88, 55.45, "la-reunion"),
        ("Mamoudzou", -12.78, 45.23, "mayotte"),
        ("Saint-Pierre", 46.78, -56.18, "saint-pierre-et-miquelon"),
        ("Gustavia", 17.90, -62.85, "saint-martin-saint-barthelemy"),
        ("Papeete", -17.54, -149.57, "polynesie-francaise"),
        ("Mata-Utu", -13.28, -176.17, "wallis-et-futuna"),
        ("Nouméa", -22.27, 166.45, "nouvelle-caledonie"),
        ("Port-aux-Français", -49.35, 70.22, "terres-australes"),
    ],
)
def test_every_part_of_france_has_its_place_on_the_drawing(name, lat, lon, inset):
    place = project(lat, lon)
    assert place is not None, name
    x, y, where = place
    assert where == inset
    assert 0 <= x <= VIEWBOX_WIDTH
    assert 0 <= y <= VIEWBOX_HEIGHT


def test_points_of_an_inset_stay_inside_its_frame():
    for inset in INSETS:
        for lat in (inset.box.south, inset.box.north):
            for lon in (inset.box.west, inset.box.east):
                x, y = inset.place(lat, lon)
                assert inset.x - 1e-6 <= x <= inset.x + inset.width + 1e-6, inset.slug
                assert inset.y - 1e-6 <= y <= inset.y + inset.height + 1e-6, inset.slug


def test_insets_do_not_overlap_one_another_nor_the_mainland():
    corners = [project(lat, lon) for lat, lon in ((48.46, -5.10), (43.36, -1.78), (42.35, 1.9), (41.36, 9.2))]
    for index, one in enumerate(INSETS):
        for corner in corners:
            assert corner is not None
            inside = one.x <= corner[0] <= one.x + one.width and one.y <= corner[1] <= one.y + one.height
            assert not inside, one.slug
        for other in INSETS[index + 1 :]:
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart_x or apart_y, (one.slug, other.slug)
            assert not one.box.contains(other.box.south, other.box.west), (one.slug, other.slug)


@pytest.mark.parametrize(("lat", "lon"), [(40.7, -74.0), (52.5, 13.4), (0, 0), (-90, 0)])
def test_elsewhere_is_not_drawn(lat, lon):
    assert project(lat, lon) is None


def test_north_is_up_and_areas_are_kept():
    def area(lat: float, lon: float) -> float:
        """On the drawing, of a square of 10 km a side."""
        half_lat = 5 / KM_PER_DEGREE
        half_lon = half_lat / math.cos(math.radians(lat))
        west, east = project(lat, lon - half_lon), project(lat, lon + half_lon)
        south, north = project(lat - half_lat, lon), project(lat + half_lat, lon)
        assert west is not None
        assert east is not None
        assert south is not None
        assert north is not None
        assert north[1] < south[1]
        assert west[0] < east[0]
        width, height = math.dist(west[:2], east[:2]), math.dist(south[:2], north[:2])
        return width * height

    areas = [area(*place) for place in (PARIS, (50.9, 2.0), (42.5, 2.5), (48.4, -4.6), (48.6, 7.7), (42.0, 9.2))]
    assert max(areas) / min(areas) < 1.001


def test_names_of_insets_fit_in_their_frames():
    """At 9.5 units a letter (17 px, bold), no name runs into the next frame; none is lost in the cutting."""
    for inset in INSETS:
        assert len(inset.lines) <= 2
        assert max(map(len, inset.lines)) * 9.5 <= max(inset.width, 152), inset.name
        assert "".join(inset.lines).replace(" ", "") == inset.name.replace(" ", "")
    assert next(each for each in INSETS if each.slug.startswith("saint-martin")).lines == (
        "Saint-Martin et",
        "Saint-Barthélemy",
    )
