"""Writing contours: a file's worth at once, for one level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.atlas import drawing
from fairealliance.atlas.drawing import Spot
from fairealliance.atlas.geojson import Feature
from fairealliance.atlas.models import Contour
from fairealliance.atlas.simplify import Ring, Simplifier, area
from fairealliance.journal.actions import record
from fairealliance.provenance.actions import SourceData, save_source
from fairealliance.provenance.models import Source
from fairealliance.territories.actions.tally import renew_edition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

EDITION = "contours"
LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)
# In cells of the grid, 0.7 km each: finer where territories are small.
_TOLERANCE = {Level.REGION: 1.2, Level.DEPARTEMENT: 1.1, Level.EPCI: 0.9}
_TINY = 3.0  # an islet of fewer cells than this is not drawn, unless it is all there is


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file of contours gave. `unknown`: codes of no territory of that level; `missing`: without contour."""

    created: int
    updated: int
    unchanged: int
    unknown: list[str]
    missing: int
    signs: int
    """Length of all the paths together: what a page will weigh, before compression."""


def save_contours(
    *, by: Actor, level: str, source: SourceData, features: Sequence[Feature], dry_run: bool = False
) -> Drawn:
    """Projects, simplifies and keeps the contours of a whole level. The same file again changes nothing.

    `source` says where the file comes from; its slug is ours, one per level.
    Raises ValueError in French for a level that has no map of shapes, or a file that knows none of its territories.
    """
    require_hub_editor(by)
    if level not in LEVELS:
        raise ValueError(_("Les contours se donnent par région, département ou EPCI, non par « %s ».") % level)
    known = dict(Territory.objects.filter(level=level).order_by().values_list("code", "pk"))
    paths = _paths(features, Level(level))
    wanted = {known[code]: found for code, found in paths.items() if code in known}
    if not wanted:
        raise ValueError(_("Aucun code du fichier n’est celui d’un territoire de ce niveau."))
    with transaction.atomic():
        named: SourceData = {**source, "slug": f"contours-{level}"}
        kept, _outcome = save_source(by=by, **named)
        created, updated = _write(wanted, kept)
        if created or updated:
            renew_edition(EDITION)
            record(
                by=by,
                verb="contours-saved",
                subject=f"level:{level}",
                detail={"created": created, "updated": updated, "source": kept.slug},
            )
        if dry_run:
            transaction.set_rollback(True)
    return Drawn(
        created=created,
        updated=updated,
        unchanged=len(wanted) - created - updated,
        unknown=sorted(set(paths) - set(known)),
        missing=len(set(known.values()) - set(wanted)),
        signs=sum(len(path) for path, _box in wanted.values()),
    )


_Found = tuple[str, tuple[int, int, int, int]]


def _paths(features: Sequence[Feature], level: Level) -> dict[str, _Found]:
    """Code → path and box, of those that fall on the drawing."""
    rings: dict[str, list[Ring]] = {}
    for feature in features:
        found = [spots for line in feature.rings if len(spots := drawing.ring(line)) >= 3]
        if found:
            rings.setdefault(feature.code, []).extend(found)
    simplifier = Simplifier([ring for found in rings.values() for ring in found], _TOLERANCE[level])
    return {code: _found(found, simplifier) for code, found in rings.items()}


def _found(rings: list[Ring], simplifier: Simplifier) -> _Found:
    largest = max(rings, key=area)
    thin = [simplifier.simplify(ring) for ring in rings if area(ring) >= _TINY or ring is largest]
    kept = [ring for ring in thin if ring] or [largest]
    return drawing.path(kept), _box(spot for ring in kept for spot in ring)


def _box(spots: Iterable[Spot]) -> tuple[int, int, int, int]:
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _write(wanted: dict[int, _Found], source: Source) -> tuple[int, int]:
    """How many were made, and how many altered."""
    stored = {each.territory_id: each for each in Contour.objects.filter(territory_id__in=wanted).order_by("pk")}
    rows = [
        Contour(territory_id=pk, source=source, path=path, left=box[0], top=box[1], right=box[2], bottom=box[3])
        for pk, (path, box) in wanted.items()
        if pk not in stored or (stored[pk].path, stored[pk].source_id) != (path, source.pk)
    ]
    Contour.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["territory"],
        update_fields=["source", "path", "left", "top", "right", "bottom"],
    )
    updated = sum(row.territory_id in stored for row in rows)
    return len(rows) - updated, updated
