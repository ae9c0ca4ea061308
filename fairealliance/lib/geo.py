"""Distances on the globe, and the flat drawing of France used by our own maps."""

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)
KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180


def haversine_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = math.sin((phi2 - phi1) / 2)
    half_lon = math.sin(math.radians(lon2 - lon1) / 2)
    chord = half_lat * half_lat + math.cos(phi1) * math.cos(phi2) * half_lon * half_lon
    # Rounding can push the chord a hair above 1 for opposite points.
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees. `west` may exceed `east` when the box crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    def contains(self, lat: float, lon: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east


def bbox(lat: float, lon: float, km: float) -> Box:
    """Smallest box in degrees holding every point within `km` of the given one.

    Near a pole every longitude is within reach. Raises ValueError for a negative radius.
    """
    if km < 0:
        raise ValueError("Le rayon doit être positif.")
    reach = km / KM_PER_DEGREE
    south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
    sine = math.sin(math.radians(min(reach, 90.0))) / max(math.cos(math.radians(lat)), 1e-12)
    if south == -90.0 or north == 90.0 or sine >= 1:
        return Box(south, -180.0, north, 180.0)
    spread = math.degrees(math.asin(sine))
    return Box(south, _wrap(lon - spread), north, _wrap(lon + spread))


def _wrap(lon: float) -> float:
    """Longitude between -180 and 180."""
    return (lon + 180) % 360 - 180 if not -180 <= lon <= 180 else lon


# --- Drawing -------------------------------------------------------------------------------------

VIEWBOX_WIDTH = 1000
VIEWBOX_HEIGHT = 1000
MAINLAND = "metropole"
_FOOT = 860  # where the bottom row begins
_LINE = 14  # letters that a frame of the bottom row holds on one line


@dataclass(frozen=True, slots=True)
class Inset:
    """A rectangle of the drawing (x, y, width, height) showing a box of the globe."""

    slug: str
    name: str
    x: float
    y: float
    width: float
    height: float
    box: Box

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Plain cylindrical drawing, true at the middle parallel: enough for one island."""
        middle = math.cos(math.radians((self.box.south + self.box.north) / 2))
        span_lon = (self.box.east - self.box.west) * middle
        span_lat = self.box.north - self.box.south
        scale = min(self.width / span_lon, self.height / span_lat)
        x = self.x + self.width / 2 + (lon - (self.box.west + self.box.east) / 2) * middle * scale
        y = self.y + self.height / 2 - (lat - (self.box.south + self.box.north) / 2) * scale
        return x, y

    @property
    def lines(self) -> tuple[str, ...]:
        """The name as it fits under the frame: in two lines, cut where they are most alike, when it is long."""
        if len(self.name) <= _LINE:
            return (self.name,)
        cuts = [place for place, sign in enumerate(self.name, start=1) if sign in " -"]
        cut = min(cuts, key=lambda place: max(place, len(self.name) - place))
        return self.name[:cut].rstrip(), self.name[cut:]

    @property
    def is_at_foot(self) -> bool:
        """In the bottom row, where there is room above and none beside."""
        return self.y >= _FOOT


def _insets() -> tuple[Inset, ...]:
    """Overseas boxes: a column of five on the left, a row of six at the bottom."""
    left = (
        ("guadeloupe", "Guadeloupe", Box(15.80, -61.85, 16.55, -60.95)),
        ("martinique", "Martinique", Box(14.35, -61.27, 14.92, -60.77)),
        ("guyane", "Guyane", Box(2.0, -54.7, 5.9, -51.5)),
        ("la-reunion", "La Réunion", Box(-21.42, 55.18, -20.85, 55.87)),
        ("mayotte", "Mayotte", Box(-13.03, 45.0, -12.62, 45.32)),
    )
    bottom = (
        ("saint-pierre-et-miquelon", "Saint-Pierre-et-Miquelon", Box(46.73, -56.43, 47.16, -56.1)),
        (
            "saint-martin-saint-barthelemy",
            "Saint-Martin et Saint-Barthélemy",
            Box(17.85, -63.2, 18.15, -62.77),
        ),
        ("polynesie-francaise", "Polynésie française", Box(-28.0, -155.0, -7.5, -134.0)),
        ("wallis-et-futuna", "Wallis et Futuna", Box(-14.45, -178.3, -13.1, -176.0)),
        ("nouvelle-caledonie", "Nouvelle-Calédonie", Box(-22.9, 163.4, -19.4, 168.4)),
        ("terres-australes", "Terres australes", Box(-51.0, 38.0, -10.0, 80.0)),
    )
    column = (Inset(slug, name, 10, 20 + 162 * i, 120, 150, box) for i, (slug, name, box) in enumerate(left))
    row = (Inset(slug, name, 10 + 164 * i, _FOOT, 154, 125, box) for i, (slug, name, box) in enumerate(bottom))
    return (*column, *row)


INSETS: tuple[Inset, ...] = _insets()
_MAINLAND_BOX = Box(41.2, -5.6, 51.3, 10.0)

# Albers equal-area conic on the standard parallels of Lambert 93 (44° and 49° north, meridian 3° east):
# a commune's area on the drawing is in proportion to its area on the ground.
_PHI1, _PHI2, _PHI0, _LAMBDA0 = (math.radians(value) for value in (44.0, 49.0, 46.5, 3.0))
_N = (math.sin(_PHI1) + math.sin(_PHI2)) / 2
_C = math.cos(_PHI1) ** 2 + 2 * _N * math.sin(_PHI1)
_RHO0 = math.sqrt(_C - 2 * _N * math.sin(_PHI0)) / _N
_KM_TO_UNIT = 0.72
_ORIGIN_X, _ORIGIN_Y = 585.0, 388.0


def _albers(lat: float, lon: float) -> tuple[float, float]:
    rho = math.sqrt(_C - 2 * _N * math.sin(math.radians(lat))) / _N
    theta = _N * (math.radians(lon) - _LAMBDA0)
    east = EARTH_RADIUS_KM * rho * math.sin(theta)
    north = EARTH_RADIUS_KM * (_RHO0 - rho * math.cos(theta))
    return _ORIGIN_X + east * _KM_TO_UNIT, _ORIGIN_Y - north * _KM_TO_UNIT


def project(lat: float, lon: float) -> tuple[float, float, str] | None:
    """Place on the drawing (0..VIEWBOX_WIDTH, 0..VIEWBOX_HEIGHT, y downward) and slug of the inset.

    None for a point that is neither in mainland France and Corsica nor in an overseas inset.
    """
    if _MAINLAND_BOX.contains(lat, lon):
        return (*_albers(lat, lon), MAINLAND)
    for inset in INSETS:
        if inset.box.contains(lat, lon):
            return (*inset.place(lat, lon), inset.slug)
    return None
