"""Where converted rows go: one class per target, each calling the action of its room."""

from fairealliance.federation.targets.base import Target
from fairealliance.federation.targets.organisations import OrganisationTarget
from fairealliance.federation.targets.practices import PracticeTarget

CLASSES: dict[str, type[Target]] = {
    "organisations": OrganisationTarget,
    "practices": PracticeTarget,
}

__all__ = ["CLASSES", "Target"]
