"""Lundi: what to do first, with the people and places found for it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import COMMON_STEPS, THEMES, Theme, steps_for
from fairealliance.goals.vocabulary import Step as Advice
from fairealliance.sheets import sources
from fairealliance.sheets.allies import CIRCLES
from fairealliance.sheets.sheet import Line, SourceNote, Step
from fairealliance.sheets.subject import Subject

_STAGES = ("understand", "debate", "act")
# Steps of goals/data/steps.toml that hold whatever the challenge, and what this sheet found for them.
CALL_A_TERRITORY = "Appeler un territoire qui l'a fait"
GATHER_THREE = "Réunir trois sphères autour d'une table"
ASK_A_CATALYST = "Demander l'appui d'un catalyseur territorial"
FIRST_STEP = "Choisir un premier pas de trois mois"
WRITE_IT = "Écrire ce que chacun apporte"
# Families of themes of which people speak at a France services counter; not of wasteland, water or waste,
# nor of what is settled elsewhere: a school's future, a shop's, a road's.
_MET_AT_THE_COUNTER = {"education", "emploi", "solidarites", "services", "age-sante", "logement", "citoyennete"}
_NOT_AT_THE_COUNTER = {
    *("friches", "amenagement", "energie-renouvelable", "sobriete-energie", "infrastructures", "industrie-innovation"),
    *("ecole-commune", "harcelement", "commerces-centre-bourg", "tiers-lieux", "reseaux", "securite-routiere"),
    *("velo-marche", "achats-responsables", "tourisme-durable", "ess", "qualite-travail", "vivre-ensemble"),
    *("participation", "vie-associative"),
}


def steps(
    subject: Subject,
    cases: Sequence[Line],
    allies: Sequence[Line],
    skills: Sequence[Line],
    counter: Line | None,
) -> tuple[Step, ...]:
    """In the order to take them: understand on Monday, meet within the week, act within the month."""
    helpers = [line for line in skills if line.spheres]
    found = {CALL_A_TERRITORY: cases[:2], GATHER_THREE: one_per_circle(allies), ASK_A_CATALYST: helpers[:2]}
    theme = THEMES[subject.theme_slugs[0]] if subject.themes else None
    advice = (
        [(each, _("conseillé pour : %s") % subject.theme_name(theme.slug)) for each in steps_for(theme)]
        if theme
        else []
    )
    wanted: tuple[str, ...] = (CALL_A_TERRITORY, GATHER_THREE, ASK_A_CATALYST, FIRST_STEP, WRITE_IT)
    if not advice:
        wanted = tuple(each.title for each in COMMON_STEPS)
    advice += [(each, _("vaut pour tout défi")) for each in COMMON_STEPS if each.title in wanted]
    if not cases:  # no one to call: the step would send to a list that is empty
        advice = [each for each in advice if each[0].title != CALL_A_TERRITORY]
    advice.sort(key=lambda each: _STAGES.index(each[0].stage))
    told = [_step(each, reason, found.get(each.title, ())) for each, reason in advice]
    return (*(_at_the_counter(counter) if _is_told_at_a_counter(theme) else ()), *told)


def _is_told_at_a_counter(theme: Theme | None) -> bool:
    return theme is None or (theme.family in _MET_AT_THE_COUNTER and theme.slug not in _NOT_AT_THE_COUNTER)


def one_per_circle(allies: Sequence[Line]) -> list[Line]:
    """The first association, the first company, the first collectivité."""
    found = (next((line for line in allies if circle in line.spheres), None) for circle in CIRCLES)
    return [line for line in found if line is not None]


def _step(advice: Advice, reason: str, lines: Sequence[Line]) -> Step:
    when = {"understand": _("lundi"), "debate": _("dans la semaine"), "act": _("dans le mois")}
    source = SourceNote(advice.source, advice.url)
    return Step(advice.title, advice.detail, when[advice.stage], source, (reason,), tuple(lines))


def _at_the_counter(counter: Line | None) -> Iterable[Step]:
    if counter is not None:
        yield Step(
            title=_("Passer à l’espace France services le plus proche"),
            text=_(
                "Ses conseillers voient chaque semaine ceux que le défi touche : demandez-leur ce qu’ils entendent."
            ),
            when=_("lundi"),
            source=sources.own_advice(),
            reasons=counter.reasons,
            lines=(counter,),
        )
