"""What to discuss: questions that open a dialogue, drawn from what was found; none says what to answer."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.text_fr import typeset
from fairealliance.reports.measured import percent
from fairealliance.reports.report import Alliances, Measured, Perceived

_MOST = 8


def questions(found: list[Measured], seen: list[Perceived], done: Alliances) -> list[str]:
    """At most eight, the most particular to this territory first."""
    asked = [
        *_of_measures(found),
        *_of_views(seen),
        *_of_alliances(done),
        *_of_absence(done),
        *_always(),
    ]
    return [typeset(question) for question in asked[:_MOST]]


def _of_measures(found: list[Measured]) -> list[str]:
    harder = [each for each in found if each.is_harder][:2]
    told = [
        _(
            "« %(label)s » : %(share)s des habitants vivent dans une commune parmi les plus touchées. Où"
            " exactement, et qui agit déjà là, ensemble ou chacun de son côté ?"
        )
        % {"label": each.label, "share": percent(each.share)}
        for each in harder
    ]
    softer = [each for each in found if each.is_softer]
    if softer and not harder:
        told.append(
            _(
                "Les chiffres disent ce territoire moins touché que la France. Que cachent les moyennes :"
                " quels quartiers, quels villages, quels publics ne s’y reconnaissent pas ?"
            )
        )
    return told


def _of_views(seen: list[Perceived]) -> list[str]:
    told = []
    if seen and not any(each.is_here for each in seen):
        first = seen[0].answers[0].text if seen[0].answers else ""
        words = {"actor": seen[0].actor.lower(), "first": first}
        told.append(
            _(
                "En France, les %(actor)s citent d’abord « %(first)s ». Est-ce la priorité ici ? Qui l’a"
                " demandé aux habitants, aux élus, aux entreprises, aux associations ?"
            )
            % words
        )
    tops = {each.answers[0].text for each in seen if each.answers}
    if len(tops) > 1:
        told.append(
            _(
                "Les acteurs ne mettent pas la même fragilité en tête (%s). Sur laquelle pouvez-vous vous accorder pour"
                " commencer ?"
            )
            % ", ".join(sorted(tops))
        )
    return told


def _of_alliances(done: Alliances) -> list[str]:
    if not done.is_ready or not done.gaps:
        return []
    first = done.gaps[0]
    words = {"theme": first.name, "n": first.alike}
    told = ngettext(
        "« %(theme)s » : %(n)s exemple chez des territoires comparables, aucun connu ici. Est-ce un manque, ou une"
        " action que nous ne connaissons pas encore ?",
        "« %(theme)s » : %(n)s exemples chez des territoires comparables, aucun connu ici. Est-ce un manque, ou une"
        " action que nous ne connaissons pas encore ?",
        first.alike,
    )
    return [told % words]


def _of_absence(done: Alliances) -> list[str]:
    """The three circles: who is not yet at the table."""
    if not done.is_ready:
        return []
    main = {"association", "entreprise", "collectivite"}
    absent = [label.lower() for sphere, label, count in done.spheres if sphere in main and not count]
    if absent:
        return [
            _("Nous ne connaissons ici aucun acteur de la sphère : %s. Qui inviter en premier ?") % ", ".join(absent)
        ]
    few = min((each for each in done.spheres if each[0] in main), key=lambda each: each[2])
    words = {"sphere": few[1].lower()}
    return [
        _(
            "La sphère la moins présente parmi les actions connues est : %(sphere)s. Que lui proposer qui l’intéresse"
            " vraiment ?"
        )
        % words
    ]


def _always() -> list[str]:
    return [
        _("Quelle alliance déjà à l’œuvre ici mérite d’être racontée, et qu’a-t-elle appris qui servirait ailleurs ?"),
        _("Qui, ici, fait le lien entre les acteurs ? Avec quel temps, quels moyens, quel mandat ?"),
        _("Quel premier pas commun, visible dans les trois mois, et qui s’en charge ?"),
    ]
