"""Where converted rows go: one class per target, each calling the action of its room."""

from fairealliance.federation.targets.base import Target
from fairealliance.federation.targets.establishments import EstablishmentTarget
from fairealliance.federation.targets.grants import GrantTarget
from fairealliance.federation.targets.organisations import OrganisationTarget
from fairealliance.federation.targets.practices import PracticeTarget
from fairealliance.federation.targets.resources import ResourceTarget
from fairealliance.federation.targets.territories import CoordinateTarget, FigureTarget, MovementTarget

CLASSES: dict[str, type[Target]] = {
    "coordinates": CoordinateTarget,
    "establishments": EstablishmentTarget,
    "figures": FigureTarget,
    "grants": GrantTarget,
    "movements": MovementTarget,
    "organisations": OrganisationTarget,
    "practices": PracticeTarget,
    "resources": ResourceTarget,
}

__all__ = ["CLASSES", "Target"]
