"""Fragilities as each kind of actor sees them, by the surveys nearest to the territory."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import typeset
from fairealliance.observatory.enums import Unit
from fairealliance.observatory.reads import Told, perceived_fragilities
from fairealliance.reports.report import Answer, Note, Perceived
from fairealliance.territories.models import Territory

_SHOWN = 6


def perceived(territory: Territory) -> list[Perceived]:
    """One per kind of actor; those of whom nothing is known are absent. Four queries."""
    return [_one(told) for told in perceived_fragilities(territory)]


def _one(told: Told) -> Perceived:
    study, most = told.study, Unit(told.question.unit).most
    said = " · ".join(part for part in (study.producer, study.institute, study.when) if part)
    return Perceived(
        actor=capfirst(str(told.actor.label)),
        sphere=told.actor.sphere,
        question=typeset(told.question.wording or told.question.label),
        place=told.territory.name if told.territory else _("France entière"),
        is_here=told.territory is not None,
        when=study.when,
        answers=[
            Answer(
                text=figure.first.answer,
                value=figure.words,
                width=None if figure.low is None or not most else round(figure.low / float(most) * 100, 1),
                differs=" ".join(figure.disagreements),
            )
            for figure in told.figures[:_SHOWN]
        ],
        note=Note(study.title, study.report_url, said),
        url=study.get_absolute_url(),
    )
