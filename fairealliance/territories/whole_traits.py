"""What EPCI, EPT, départements and régions are compared on."""

from django.utils.translation import gettext as _

from fairealliance.territories import slugs
from fairealliance.territories.income_traits import of_incomes
from fairealliance.territories.trait_facts import Facts, Row, numbers, words_of
from fairealliance.territories.traits import Trait, tell_number, tell_of, tell_share


def of_wholes(rows: list[Row], facts: Facts) -> list[Trait]:
    """What communes say of their whole: shares of inhabitants, which add up; never a mean of medians."""
    kinds, kind_names = words_of(rows, {row.pk: row.nature for row in rows})
    communes = {row.pk: float(len(facts.within[row.pk])) for row in rows}
    first = {row.pk: _first_share(facts, facts.within[row.pk]) for row in rows if facts.within[row.pk]}
    rural = _shares(rows, facts, slugs.DENSITY, ("Rural", "Bourgs ruraux"))
    zrr = _shares(rows, facts, slugs.ZRR, ("class",))
    quarters = _shares(rows, facts, slugs.QPV, ("oui",))
    return [
        Trait(
            "nature",
            "intercommunalite",
            _("statut"),
            kinds,
            tell_of(_kind_phrases(), kind_names),
            names=kind_names,
            share=0.5,
        ),
        Trait(
            "communes",
            "intercommunalite",
            _("nombre de communes"),
            numbers(rows, communes),
            tell_number(_("autant de communes : %(n)s"), _("presque autant de communes : %(n)s")),
            log=True,
        ),
        Trait(
            "premiere",
            "centralite",
            _("poids de la première commune"),
            numbers(rows, first),
            tell_share(
                _("ville principale de même poids : %(n)s %% des habitants"),
                _("ville principale de poids proche : %(n)s %% des habitants"),
            ),
        ),
        Trait(
            "part-rurale",
            "ruralite",
            _("part d’habitants en commune rurale"),
            numbers(rows, rural),
            tell_share(_("aussi rural : %(n)s %% des habitants"), _("presque aussi rural : %(n)s %% des habitants")),
        ),
        Trait(
            "part-zrr",
            "zones",
            _("part d’habitants en zone de revitalisation rurale"),
            numbers(rows, zrr),
            tell_share(
                _("autant d’habitants en zone de revitalisation rurale : %(n)s %%"),
                _("presque autant d’habitants en zone de revitalisation rurale : %(n)s %%"),
            ),
            share=0.5,
        ),
        Trait(
            slugs.QPV,
            "zones",
            _("part d’habitants en commune ayant un quartier prioritaire"),
            numbers(rows, quarters),
            tell_share(
                _("autant d’habitants en commune ayant un quartier prioritaire : %(n)s %%"),
                _("presque autant d’habitants en commune ayant un quartier prioritaire : %(n)s %%"),
            ),
            share=0.5,
        ),
        *of_incomes(rows, facts),
    ]


def _kind_phrases() -> dict[str, str]:
    return {
        "CC": _("communauté de communes, elle aussi"),
        "CA": _("communauté d’agglomération, elle aussi"),
        "CU": _("communauté urbaine, elle aussi"),
        "METRO": _("métropole, elle aussi"),
    }


def _first_share(facts: Facts, communes: list[int]) -> float:
    sizes = [facts.by_pk[pk].population or 0 for pk in communes]
    return max(sizes) / (sum(sizes) or 1)


def _shares(rows: list[Row], facts: Facts, slug: str, beginnings: tuple[str, ...]) -> dict[int, float]:
    """Share of inhabitants living in communes whose word begins so; unknown unless it is for nine in ten."""
    words, found = facts.words[slug], {}
    if not words:
        return {}
    for row in rows:
        communes = facts.within[row.pk]
        total = facts.population(communes)
        known = facts.population(pk for pk in communes if pk in words)
        if total and known >= 0.9 * total:
            found[row.pk] = facts.population(pk for pk in communes if words.get(pk, "").startswith(beginnings)) / known
    return found
