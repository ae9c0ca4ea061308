"""Every write to the observatory: keyword-only, atomic, permission-checked, journalled."""

from fairealliance.observatory.actions.series import add_wave, remove_series, save_series
from fairealliance.observatory.actions.studies import Saved, publish, remove_study, save_study, withdraw
from fairealliance.observatory.actions.versions import EditedMeanwhile

__all__ = [
    "EditedMeanwhile",
    "Saved",
    "add_wave",
    "publish",
    "remove_series",
    "remove_study",
    "save_series",
    "save_study",
    "withdraw",
]
