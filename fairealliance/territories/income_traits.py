"""What communes and wholes alike are compared on: official incomes and poverty, each read at its own level."""

from django.utils.translation import gettext as _

from fairealliance.territories import slugs
from fairealliance.territories.trait_facts import Facts, Row, numbers
from fairealliance.territories.traits import Trait, tell_number


def of_incomes(rows: list[Row], facts: Facts) -> list[Trait]:
    return [
        Trait(
            slugs.MEDIAN_INCOME,
            "revenus",
            _("revenu médian"),
            numbers(rows, facts.numbers[slugs.MEDIAN_INCOME]),
            tell_number(_("même revenu médian : %(n)s € par an"), _("revenu médian proche : %(n)s € par an")),
        ),
        Trait(
            slugs.POVERTY_RATE,
            "pauvrete",
            _("taux de pauvreté"),
            numbers(rows, facts.numbers[slugs.POVERTY_RATE]),
            tell_number(_("même taux de pauvreté : %(n)s %%"), _("taux de pauvreté proche : %(n)s %%")),
        ),
    ]
