"""Every write to territories and their figures: keyword-only, atomic, permission-checked, journalled."""

from fairealliance.territories.actions.coordinates import save_coordinates
from fairealliance.territories.actions.figures import IndicatorData, save_indicator, save_values
from fairealliance.territories.actions.movements import Movement, save_movements
from fairealliance.territories.actions.reference import Loaded, load_reference
from fairealliance.territories.actions.tally import Counts

__all__ = [
    "Counts",
    "IndicatorData",
    "Loaded",
    "Movement",
    "load_reference",
    "save_coordinates",
    "save_indicator",
    "save_movements",
    "save_values",
]
