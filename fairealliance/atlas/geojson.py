"""Contours read from a GeoJSON file: code of each territory, and its rings. What cannot be read says so in French."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fairealliance.lib.tabular import Unreadable
from fairealliance.lib.tabular.files import DataFile

# Names under which the usual producers keep the code of a territory.
CODES = ("code", "code_insee", "insee", "siren", "siren_epci", "code_siren", "CODE_SIREN", "INSEE_DEP", "INSEE_REG")
_LARGEST = 300 << 20
Line = list[list[float]]


@dataclass(frozen=True, slots=True)
class Feature:
    """One territory of the file. `rings` hold (longitude, latitude), outer and inner alike."""

    code: str
    rings: list[Line]


def read(path: Path, code_name: str = "") -> list[Feature]:
    """Every territory of the file. Raises Unreadable."""
    features = _features(path)
    name = code_name or _code_name(features, path)
    found = [_feature(each, name, number, path) for number, each in enumerate(features, start=1)]
    if not any(feature.rings for feature in found):
        raise Unreadable(_("« %s » ne contient aucun polygone.") % path.name)
    return found


def _features(path: Path) -> list[dict[str, Any]]:
    file = DataFile.at(path)
    if not file.member and path.stat().st_size > _LARGEST:
        raise Unreadable(_("« %s » dépasse 300 Mo : prenez un fichier de contours déjà simplifiés.") % path.name)
    try:
        with file.open() as stream:
            held = json.loads(stream.read(_LARGEST + 1))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("« %s » n’est pas un fichier JSON entier.") % path.name) from error
    features = held.get("features") if isinstance(held, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise Unreadable(_("« %s » n’est pas un GeoJSON : il y faut une liste « features ».") % path.name)
    if not features:
        raise Unreadable(_("« %s » ne contient aucun territoire.") % path.name)
    return features


def _code_name(features: list[dict[str, Any]], path: Path) -> str:
    properties = features[0].get("properties")
    names = properties if isinstance(properties, dict) else {}
    for name in CODES:
        if name in names:
            return name
    told = ", ".join(sorted(map(str, names))[:12]) or _("aucune")
    words = {"file": path.name, "names": told}
    message = _("Où est le code des territoires dans « %(file)s » ? Propriétés : %(names)s (--code NOM).")
    raise Unreadable(message % words)


def _feature(feature: dict[str, Any], name: str, number: int, path: Path) -> Feature:
    properties = feature.get("properties")
    code = properties.get(name) if isinstance(properties, dict) else None
    if code is None or isinstance(code, list | dict | bool):
        words = {"number": number, "name": name, "file": path.name}
        raise Unreadable(_("Le territoire n° %(number)s de « %(file)s » n’a pas de « %(name)s ».") % words)
    try:
        rings = [_line(each) for each in _rings(feature.get("geometry"))]
    except Unreadable:
        raise
    except (TypeError, ValueError, KeyError, IndexError) as error:
        words = {"code": code, "file": path.name}
        raise Unreadable(_("Le contour de « %(code)s » dans « %(file)s » ne peut pas être lu.") % words) from error
    return Feature(str(code).strip().upper()[:12], rings)


def _rings(geometry: Any) -> Iterator[Any]:
    if geometry is None:
        return
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _rings(each)
    elif kind == "Polygon":
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon


def _line(points: Any) -> Line:
    line = [[float(longitude), float(latitude)] for longitude, latitude, *_height in points]
    if any(not (-180 <= lon <= 180 and -90 <= lat <= 90) for lon, lat in line):
        raise Unreadable(_("Ce fichier n’est pas en degrés (WGS 84) : convertissez-le avant de l’importer."))
    return line
