"""What the source of a practice does not say, in words. Unknown is neither hidden nor zero."""

from typing import Any

from django.utils.translation import gettext as _

from fairealliance.practices.models import Practice

_CONTINUES = ("idea", "started", "running", "lasting")


def missing_from(practice: Practice, *, placed: bool) -> list[str]:
    """Nothing is asked that has no answer yet: a practice still going on has no end."""
    partners = list(practice.partners.all())
    amounts_known = not partners or any(partner.amount is not None for partner in partners)
    end_known = practice.end_year is not None or practice.stage in _CONTINUES
    facts: list[tuple[Any, str]] = [
        (practice.challenge, _("le défi de départ")),
        (practice.summary, _("ce qui a été fait")),
        (placed, _("où cela s’est passé")),
        (partners, _("les partenaires")),
        (amounts_known, _("ce que chacun apporte ou reçoit")),
        (practice.form, _("la forme de l’alliance")),
        (practice.kind, _("le type de partenariat")),
        (practice.stage, _("où en est le projet")),
        (practice.start_year, _("l’année de début")),
        (end_known, _("l’année de fin")),
        (practice.cost is not None, _("le coût total")),
        (practice.funding, _("le financement")),
        (practice.results, _("les résultats")),
        (practice.evidence, _("comment on le sait")),
        (practice.conditions, _("ce qu’il faut pour le refaire ailleurs")),
        (practice.tools.all(), _("les outils utilisés")),
        (practice.contact, _("qui contacter")),
        (practice.goals or practice.themes, _("les objectifs et les thèmes")),
    ]
    return [words for known, words in facts if not known]
