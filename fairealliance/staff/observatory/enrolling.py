"""Adding a new wave to the series it continues, from the wave form."""

from collections.abc import Iterable

from fairealliance.accounts.actors import Actor
from fairealliance.observatory.actions import add_wave
from fairealliance.observatory.checks import Refused
from fairealliance.observatory.models import Study
from fairealliance.observatory.wave import PointData


def enrol(*, by: Actor, study: Study, wanted: Iterable[tuple[str, str, str, str, str]]) -> list[str]:
    """Returns what could not be done, in French; a wave already there stays as it is."""
    troubles = []
    for slug, question, code, kind, words in wanted:
        point = PointData(study.slug, question, code, (kind,) if kind else (), words)
        try:
            add_wave(by=by, slug=slug, point=point)
        except Refused as refused:
            troubles.append(str(refused))
    return troubles
