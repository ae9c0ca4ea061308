"""What communes are compared on."""

from django.utils.translation import gettext as _

from fairealliance.territories import slugs
from fairealliance.territories.enums import Level
from fairealliance.territories.income_traits import of_incomes
from fairealliance.territories.trait_facts import Facts, Row, numbers, words_of
from fairealliance.territories.traits import Trait, seat_phrases, tell_number, tell_of, tell_share, tell_word


def of_communes(rows: list[Row], facts: Facts, around: dict[int, float]) -> list[Trait]:
    group_size: dict[int, float] = {}
    weight: dict[int, float] = {}
    for row in rows:
        for parent in facts.above[row.pk]:
            whole = facts.by_pk[parent]
            if whole.level == Level.EPCI and whole.population:
                group_size[row.pk] = float(whole.population)
                weight[row.pk] = (row.population or 0) / whole.population
    seats, seat_names = words_of(rows, {row.pk: row.nature for row in rows})
    qpv, qpv_names = words_of(rows, facts.words[slugs.QPV])
    zrr, zrr_names = words_of(rows, facts.words[slugs.ZRR])
    return [
        *_categories(rows, facts),
        Trait(
            "place",
            "centralite",
            _("poids dans l’intercommunalité"),
            numbers(rows, weight),
            tell_share(
                _("même poids dans son intercommunalité : %(n)s %% des habitants"),
                _("poids proche dans son intercommunalité : %(n)s %% des habitants"),
            ),
            share=0.5,
        ),
        Trait(
            "chef-lieu",
            "centralite",
            _("chef-lieu"),
            seats,
            tell_of(seat_phrases(), seat_names),
            names=seat_names,
            share=0.5,
        ),
        *of_incomes(rows, facts),
        Trait(
            slugs.ZRR,
            "zones",
            _("zone de revitalisation rurale"),
            zrr,
            tell_of(
                {n: _("zone de revitalisation rurale, là aussi") for n in zrr_names if n.startswith("class")},
                zrr_names,
            ),
            names=zrr_names,
            share=0.5,
        ),
        Trait(
            slugs.QPV,
            "zones",
            _("quartiers prioritaires"),
            qpv,
            tell_of({"oui": _("des quartiers prioritaires, là aussi")}, qpv_names),
            names=qpv_names,
            share=0.5,
        ),
        Trait(
            "intercommunalite",
            "intercommunalite",
            _("taille de l’intercommunalité"),
            numbers(rows, group_size),
            tell_number(
                _("intercommunalité de même taille : %(people)s"),
                _("intercommunalité de taille proche : %(people)s"),
            ),
            log=True,
        ),
        Trait(
            "alentours",
            "cadre",
            _("population des alentours"),
            numbers(rows, around),
            tell_number(
                _("autant de monde autour : %(people)s à une quinzaine de kilomètres"),
                _("presque autant de monde autour : %(people)s à une quinzaine de kilomètres"),
            ),
            log=True,
        ),
    ]


def _categories(rows: list[Row], facts: Facts) -> list[Trait]:
    told = (
        (slugs.RURALITY, "ruralite", _("type de ruralité"), _("même ruralité : %(name)s"), 0.5),
        (slugs.DENSITY, "ruralite", _("densité"), _("même densité : %(name)s"), 0.5),
        (slugs.CENTRALITY, "centralite", _("niveau de centralité"), _("même rôle : %(name)s"), 1.0),
    )
    traits = []
    for slug, group, label, template, share in told:
        raw, names = words_of(rows, facts.words[slug])
        traits.append(Trait(slug, group, label, raw, tell_word(template, names), names=names, share=share))
    return traits
