"""The kit for a territory and an audience, made from the live base.

The number of queries depends neither on how much the base holds nor on the territory.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.kits import opinions, shelf, told
from fairealliance.kits.examples import Examples
from fairealliance.kits.kit import Block, Kit, KitSheet
from fairealliance.practices.enums import Form, PartnershipKind
from fairealliance.practices.words import FORM_WORDS, KIND_WORDS
from fairealliance.resources.enums import ResourceKind, UseStage
from fairealliance.resources.words import AUDIENCE_WORDS, STAGE_WORDS
from fairealliance.sheets import data
from fairealliance.sheets.helpers import about_alliances, helpers
from fairealliance.sheets.place import COUNTRY, Place, locate
from fairealliance.sheets.sheet import Line, Where
from fairealliance.sheets.subject import Subject
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

_PER_STAGE, _PER_KIND, _HELPERS = 6, 6, 6


def compose(territory: Territory, public: str = "") -> Kit:
    """About twenty queries. `public`: one of AUDIENCE_WORDS, empty for everyone."""
    place = locate(territory)
    subject = about_alliances()
    resources, examples = shelf.Shelf(public), Examples(place)
    people, ready = helpers(subject, place, _HELPERS)
    is_country = territory.ref == COUNTRY
    return Kit(
        territory=_where(place),
        is_country=is_country,
        public=public,
        public_label=str(AUDIENCE_WORDS[public]) if public else "",
        sheets=(
            _sheet(1, _why(place, subject, public, is_country=is_country)),
            _sheet(2, _models(examples)),
            _sheet(3, _methods(resources, people, is_country=is_country, ready=ready)),
            _sheet(4, _tools(resources, public)),
        ),
        composed_at=timezone.now().isoformat(timespec="seconds"),
        notices=() if ready else (_("La recherche se reconstruit : les personnes à appeler manquent ici."),),
    )


def _sheet(number: int, blocks: list[Block]) -> KitSheet:
    title, lead = told.head(number)
    return KitSheet(number, title, lead, tuple(blocks))


def _why(place: Place, subject: Subject, public: str, *, is_country: bool) -> list[Block]:
    convinced = opinions.convictions(public)
    blocks = [
        Block(_("Ils en sont convaincus"), points=convinced, gaps=() if convinced else (opinions.nothing_known(),)),
        Block(_("Chacun apporte ce que les autres n’ont pas"), points=told.points("roles", first_for=public)),
    ]
    if not is_country:
        figures, gaps = data.figures(place, subject)
        blocks.append(Block(_("Votre territoire en chiffres"), figures=tuple(figures), gaps=tuple(gaps)))
    return [
        *blocks,
        Block(_("Comment : trois temps"), points=told.points("how")),
        Block(
            _("Faire avancer le collectif : relire, relier, réinventer"),
            points=told.points("three_r"),
        ),
        Block(_("Ce qu’une convention doit dire"), points=told.points("agreement")),
    ]


def _models(examples: Examples) -> list[Block]:
    kinds = _("Quatre façons de s’entraider entre associations, entreprises et collectivités.")
    forms = _("Trois façons de construire ensemble à l’échelle d’un territoire.")
    blocks = [Block(_("Quatre types de partenariat"), kinds, told.source("typologie"))]
    for kind in PartnershipKind:
        lines = examples.of("kind", kind.value)
        gaps = _no_case(lines, _("Pas encore d’exemple connu de ce type."))
        blocks.append(_typed(str(kind.label), str(KIND_WORDS[kind]), lines, gaps))
    blocks.append(Block(_("Trois formes de co-construction"), forms, told.source("formes")))
    for form in Form:
        lines = examples.of("form", form.value)
        gaps = _no_case(lines, _("Pas encore d’exemple connu de cette forme."))
        blocks.append(_typed(str(form.label), str(FORM_WORDS[form]), lines, gaps))
    return blocks


def _typed(title: str, text: str, lines: tuple[Line, ...], gaps: tuple[str, ...]) -> Block:
    return Block(capfirst(title), text, lines=lines, gaps=gaps, level=2)


def _no_case(lines: tuple[Line, ...], words: str) -> tuple[str, ...]:
    if not lines:
        return (words,)
    if all(line.is_demo for line in lines):
        return (_("Pas encore d’exemple réel connu : ceux-ci sont inventés, pour montrer."),)
    return ()


def _methods(resources: shelf.Shelf, people: tuple[Line, ...], *, is_country: bool, ready: bool) -> list[Block]:
    blocks = [Block(_("À chaque étape, sa méthode"))]
    for stage in UseStage:
        lines = resources.for_stage(stage.value, _PER_STAGE)
        gaps = () if lines else (_("Pas encore de méthode connue pour cette étape et ce public."),)
        blocks.append(Block(capfirst(str(stage.label)), capfirst(_meaning(stage)), lines=lines, gaps=gaps, level=2))
    missing = _("Pas encore de structure d’appui connue près de chez vous.")
    if is_country:
        missing = _("Choisissez un territoire pour voir qui peut vous y aider.")
    return [
        *blocks,
        Block(_("Trois façons de mener, dont une à ne pas oublier"), points=told.points("engineering")),
        Block(_("Les quatre métiers de ceux qui font le lien"), points=told.points("trades")),
        Block(_("Qui peut vous aider"), lines=people, gaps=() if people or not ready else (missing,)),
        Block(_("Prévoir l’évaluation dès le début"), points=told.points("evaluation")),
    ]


def _meaning(stage: UseStage) -> str:
    """« comprendre : savoir où l’on en est » → « savoir où l’on en est »."""
    return str(STAGE_WORDS[stage]).partition(" : ")[2]


def _tools(resources: shelf.Shelf, public: str) -> list[Block]:
    table = shelf.table(public)
    blocks = [
        Block(
            _("Ce qui existe, en un coup d’œil"),
            _("Nombre de ressources connues, par nature et par étape. Une ressource peut servir à plusieurs étapes."),
            table=table if table.rows else None,
            gaps=() if table.rows else (_("Pas encore de ressource connue pour ce public."),),
            more=(_("Toutes les ressources"), reverse("resources:index")),
        )
    ]
    known = resources.by_kind(_PER_KIND)
    for kind in ResourceKind:
        lines, total = known.get(kind.value, ((), 0))
        if lines:
            blocks.append(Block(_plural(kind), lines=lines, more=resources.rest(kind.value, len(lines), total)))
    return blocks


def _plural(kind: ResourceKind) -> str:
    return {
        ResourceKind.TOOL: _("Outils"),
        ResourceKind.METHOD: _("Méthodes"),
        ResourceKind.STUDY: _("Études"),
        ResourceKind.REPORT: _("Rapports"),
        ResourceKind.KIT: _("Kits"),
        ResourceKind.TRAINING: _("Formations"),
        ResourceKind.REPLAY: _("Webinaires à revoir"),
        ResourceKind.SITE: _("Sites"),
        ResourceKind.FUND: _("Fonds"),
        ResourceKind.DATASET: _("Jeux de données"),
    }[kind]


def _where(place: Place) -> Where:
    territory = place.territory
    around = place.at(Level.DEPARTEMENT) if territory.level != Level.DEPARTEMENT else place.at(Level.REGION)
    return Where(
        ref=territory.ref,
        name=territory.name,
        level=territory.level,
        level_label=capfirst(str(Level(territory.level).label)),
        url=territory.get_absolute_url(),
        context=", ".join(one.name for one in around if one != territory),
        population=territory.population,
        population_year=territory.population_year,
    )
