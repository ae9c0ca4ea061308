"""What the room keeps: the programme, its measures, their reports, and what is being written."""

from fairealliance.roadmap.models.drafts import Draft
from fairealliance.roadmap.models.editions import PartEdition
from fairealliance.roadmap.models.measures import (
    Correspondent,
    Facilitator,
    Indicator,
    Measure,
    MeasureEdition,
    MeasureTerritory,
)
from fairealliance.roadmap.models.programmes import (
    ChangeForce,
    Dimension,
    Illustration,
    Lever,
    Programme,
    Statement,
    Workstream,
)
from fairealliance.roadmap.models.reports import MeasureReport, ProgressReport, Reading, WorkstreamReport

__all__ = [
    "ChangeForce",
    "Correspondent",
    "Dimension",
    "Draft",
    "Facilitator",
    "Illustration",
    "Indicator",
    "Lever",
    "Measure",
    "MeasureEdition",
    "MeasureReport",
    "MeasureTerritory",
    "PartEdition",
    "Programme",
    "ProgressReport",
    "Reading",
    "Statement",
    "Workstream",
    "WorkstreamReport",
]
