"""A territorial report, from the live base: composed once, read as a page or on paper."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import typeset
from fairealliance.reports.alliances import alliances
from fairealliance.reports.debate import questions
from fairealliance.reports.measured import measured
from fairealliance.reports.perceived import perceived
from fairealliance.reports.profile import profile
from fairealliance.reports.report import Alliances, Measured, Report
from fairealliance.territories import governing, surroundings
from fairealliance.territories.comparable import compare
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.words import of_name

LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)
_ALIKE = 8


def compose(territory: Territory) -> Report:
    """A fixed number of queries, whatever the territory."""
    above = surroundings.ancestors(territory)
    country = next((each for each in above if each.level == Level.COUNTRY), None)
    comparison = compare(territory, limit=_ALIKE)
    found, untold = measured(territory, comparison.neighbours)
    seen = perceived(territory)
    wider = next((each for each in above if each.level == Level.REGION), country)
    done = alliances(territory, comparison.neighbours, country, wider)
    return Report(
        territory=territory,
        what=governing.what(territory),
        of_name=of_name(territory.name, territory.article),
        lead=_lead(found, done),
        profile=profile(territory, above, comparison.neighbours),
        measured=found,
        unmeasured=untold,
        perceived=seen,
        alliances=done,
        alike=comparison.neighbours,
        compared_on=comparison.compared_on,
        questions=questions(found, seen, done),
        made_at=timezone.now(),
    )


def _lead(found: list[Measured], done: Alliances) -> str:
    """The whole report in two or three sentences."""
    harder = [each.label.lower() for each in found if each.is_harder]
    told = []
    if harder:
        told.append(_("Plus touché que la France sur : %s.") % ", ".join(harder[:3]))
    elif found:
        told.append(_("Aucune des fragilités mesurées ne pèse ici plus qu’en France."))
    else:
        told.append(_("Les fragilités d’ici ne sont pas mesurées : leurs chiffres ne sont pas encore chargés."))
    if done.is_ready:
        told.append(_known(done.counts[0].number, done.counts[1].number))
        if done.gaps:
            told.append(_("À regarder de près : %s.") % ", ".join(each.name.lower() for each in done.gaps[:3]))
    return typeset(" ".join(told))


def _known(cases: int, organisations: int) -> str:
    one = ngettext("%(n)s exemple de coopération", "%(n)s exemples de coopération", cases)
    other = ngettext("%(n)s fiche d’organisation", "%(n)s fiches d’organisation", organisations)
    words = {"cases": one % {"n": format_number(cases)}, "others": other % {"n": format_number(organisations)}}
    return _("Ce que nous connaissons ici : %(cases)s et %(others)s.") % words
