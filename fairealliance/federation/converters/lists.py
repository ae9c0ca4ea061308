"""Lists in one cell, separated by bars: goals, targets, themes, words, partners."""

from typing import NamedTuple

from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory
from fairealliance.federation.converters.numbers import euros
from fairealliance.federation.mapping import Field
from fairealliance.goals.vocabulary import GOALS, TARGETS, THEMES
from fairealliance.lib.text_fr import fold
from fairealliance.organisations.enums import Sphere


class NamedPartner(NamedTuple):
    """A partner as the template writes it: `name ; sphere ; role ; amount ; identifier`."""

    name: str
    sphere: str
    role: str
    amount: str | None
    identifier: str


_ROLES = {
    "porteur": "lead",
    "partenaire": "partner",
    "financeur": "funder",
    "catalyseur": "catalyst",
    "beneficiaire": "beneficiary",
}


def _items(raw: str) -> list[str]:
    return [item for item in (" ".join(part.split()) for part in raw.split("|")) if item]


def goals(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> tuple[int, ...]:
        found = []
        for item in _items(raw.replace(",", "|").replace(";", "|")):
            number = int(item.removesuffix(".0")) if item.removesuffix(".0").isdigit() else 0
            if number not in GOALS:
                raise ValueError(f"« {item[:20]} » n’est pas un objectif : de 1 à 17")
            found.append(number)
        return tuple(dict.fromkeys(found))

    return convert


def targets(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(item.lower() for item in _items(raw)))
        if unknown := [code for code in found if code not in TARGETS]:
            raise ValueError(f"« {unknown[0][:20]} » n’est pas une cible, par exemple 4.1")
        return found

    return convert


def themes(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(_items(raw)))
        if unknown := [slug for slug in found if slug not in THEMES]:
            raise ValueError(f"« {unknown[0][:40]} » n’est pas un thème connu")
        return found

    return convert


def words(field: Field, context: Context) -> Converter:
    """A list of words of the `table`, each as its value; without table, as they are."""
    table: dict[str, str] = field.options.get("table", {})

    def convert(raw: str) -> tuple[str, ...]:
        found = []
        for item in _items(raw):
            if table and item.casefold() not in table:
                raise ValueError(f"« {item[:40]} » n’est pas prévu ; valeurs connues : {', '.join(table)}")
            found.append(table[item.casefold()] if table else item)
        return tuple(dict.fromkeys(found))

    return convert


def partners(field: Field, context: Context) -> Converter:
    def convert(raw: str) -> tuple[NamedPartner, ...]:
        return tuple(_partner(item) for item in _items(raw))

    return convert


def _partner(item: str) -> NamedPartner:
    cells = [cell.strip() for cell in item.split(";")]
    if len(cells) > 5:
        raise ValueError(f"partenaire « {item[:60]} » : cinq champs au plus, séparés par des points-virgules")
    name, sphere, role, amount, identifier = cells + [""] * (5 - len(cells))
    if not name:
        raise ValueError("un partenaire n’a pas de nom")
    if sphere and fold(sphere) not in Sphere.values:
        raise ValueError(f"sphère « {sphere[:30]} » inconnue ; valeurs connues : {', '.join(Sphere.values)}")
    if role and fold(role) not in _ROLES:
        raise ValueError(f"rôle « {role[:30]} » inconnu ; valeurs connues : {', '.join(_ROLES)}")
    money = euros(amount) if amount else None
    return NamedPartner(name[:300], fold(sphere), _ROLES.get(fold(role), ""), money, identifier)


FACTORIES: dict[str, Factory] = {
    "goals": goals,
    "targets": targets,
    "themes": themes,
    "words": words,
    "partners": partners,
}
