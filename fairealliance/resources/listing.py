"""The list of resources, narrowed by what each is, for whom, when it serves, who made it, where and how it may be used.

Within one facet choices add up, between facets they narrow; each facet counts what its own choices would add.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.text_fr import shorten, without_controls
from fairealliance.resources.enums import Progress, ResourceKind, UseStage
from fairealliance.resources.models import Resource
from fairealliance.resources.querysets import ResourceQuerySet
from fairealliance.resources.words import AUDIENCE_WORDS

EVERYWHERE = "partout"
_MOST_VALUES, _LONGEST = 20, 250
_SHOWN_PLACES = 40


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the component `facet`."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its lines; those that would show nothing are left out unless chosen."""

    name: str
    title: str
    options: list[Option]
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in use, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class _Spec:
    """How a facet is named, narrowed and counted. `known` are the only values it takes, when it has such."""

    title: Any
    narrow: Callable[[tuple[str, ...]], Q]
    count: Callable[[ResourceQuerySet], Mapping[str, int]]
    known: Mapping[str, str] | None = None


class UnknownChoice(ValueError):
    """A value no facet has; the message is French."""


@dataclass(frozen=True)
class Choices:
    """What was chosen, facet by facet."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def address(self, *, without: tuple[str, str] | None = None) -> str:
        pairs = [(name, value) for name in SPECS for value in self.chosen.get(name, ()) if (name, value) != without]
        return urlencode(pairs)

    def apply(self, rows: ResourceQuerySet, *, but: str = "") -> ResourceQuerySet:
        """`rows` narrowed by every facet, `but` one."""
        for name, values in self.chosen.items():
            if values and name != but:
                rows = rows.filter(SPECS[name].narrow(values))
        return rows


def read(query: QueryDict) -> Choices:
    """The choices an address holds. Raises UnknownChoice."""
    return Choices({name: values for name in SPECS if (values := _values(name, query))})


def _values(name: str, query: QueryDict) -> tuple[str, ...]:
    given = (without_controls(value).strip() for value in query.getlist(name))
    values = tuple(dict.fromkeys(value for value in given if value))
    if len(values) > _MOST_VALUES:
        raise UnknownChoice(
            _("%(facet)s : %(most)s choix au plus.") % {"facet": SPECS[name].title, "most": _MOST_VALUES}
        )
    known = SPECS[name].known
    for value in values:
        if len(value) > _LONGEST or (known is not None and value not in known):
            told = {"facet": SPECS[name].title, "value": value[:40]}
            raise UnknownChoice(_("%(facet)s : nous ne connaissons pas « %(value)s ».") % told)
    return values


def annotated() -> ResourceQuerySet:
    """Every resource with what the facets look at."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("audience", "stage", "progress", "goals")}
    rows: ResourceQuerySet = Resource.objects.annotate(made_by=Coalesce("producer__name", "producer_name"), **texts)
    return rows


def facets(choices: Choices) -> list[Facet]:
    """All of them, one query each."""
    return [_facet(name, spec, choices) for name, spec in SPECS.items()]


def chips(choices: Choices, path: str) -> list[Chip]:
    return [
        Chip(label_of(name, value), f"{path}?{choices.address(without=(name, value))}".rstrip("?"))
        for name, values in choices.chosen.items()
        for value in values
    ]


def label_of(name: str, value: str) -> str:
    known = SPECS[name].known
    return known.get(value, value) if known else (_("Partout") if value == EVERYWHERE else value)


def _facet(name: str, spec: _Spec, choices: Choices) -> Facet:
    counts = spec.count(choices.apply(annotated(), but=name))
    chosen = choices.chosen.get(name, ())
    values = [value for value in (spec.known or _by_count(counts)) if counts.get(value) or value in chosen]
    values += [value for value in chosen if value not in values]
    options = [Option(v, shorten(label_of(name, v), 70), counts.get(v, 0), v in chosen) for v in values]
    return Facet(name, str(spec.title), options, bool(chosen) or name in _OPEN)


def _by_count(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))[:_SHOWN_PLACES]


def _one(column: str) -> Callable[[ResourceQuerySet], dict[str, int]]:
    def count(rows: ResourceQuerySet) -> dict[str, int]:
        told = rows.order_by().values_list(column).annotate(many=Count("pk"))
        return {str(value): many for value, many in told if value}

    return count


def _many(column: str) -> Callable[[ResourceQuerySet], dict[str, int]]:
    """Lists are few and often the same: the database counts them whole, we take them apart."""

    def count(rows: ResourceQuerySet) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for values, many in rows.order_by().values_list(column).annotate(many=Count("pk")):
            for value in set(map(str, values if isinstance(values, list) else ())):
                counts[value] += many
        return counts

    return count


def _places(rows: ResourceQuerySet) -> dict[str, int]:
    told = rows.order_by().values_list("territories__name").annotate(many=Count("pk"))
    return {name or EVERYWHERE: many for name, many in told}


def _in(column: str) -> Callable[[tuple[str, ...]], Q]:
    return lambda values: Q(**{f"{column}__in": values})


def _holding(column: str) -> Callable[[tuple[str, ...]], Q]:
    """The list, as text, names one of the values: one way that both databases speak."""
    return lambda values: _any(Q(**{f"{column}_text__contains": f'"{value}"'}) for value in values)


def _with_goal(values: tuple[str, ...]) -> Q:
    return _any(Q(goals_text__regex=rf"(^|[^0-9]){value}([^0-9]|$)") for value in values)


def _at(values: tuple[str, ...]) -> Q:
    links = Resource.territories.through.objects.filter(resource_id=OuterRef("pk"))
    named = [value for value in values if value != EVERYWHERE]
    somewhere = Q(Exists(links.filter(territory__name__in=named)))
    return somewhere | ~Q(Exists(links)) if EVERYWHERE in values else somewhere


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _labels(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {value: capfirst(str(label)) for value, label in choices}


SPECS: dict[str, _Spec] = {
    "nature": _Spec(gettext_lazy("Nature"), _in("kind"), _one("kind"), _labels(ResourceKind.choices)),
    "etape": _Spec(gettext_lazy("Étape"), _holding("stage"), _many("stage"), _labels(UseStage.choices)),
    "trois_r": _Spec(
        gettext_lazy("Méthode des 3 R"), _holding("progress"), _many("progress"), _labels(Progress.choices)
    ),
    "pour": _Spec(gettext_lazy("Pour qui"), _holding("audience"), _many("audience"), _labels(AUDIENCE_WORDS.items())),
    "odd": _Spec(
        gettext_lazy("Objectif (ODD)"),
        _with_goal,
        _many("goals"),
        {str(number): f"{number}. {goal.short}" for number, goal in GOALS.items()},
    ),
    "lieu": _Spec(gettext_lazy("Faite pour"), _at, _places),
    "producteur": _Spec(gettext_lazy("Producteur"), _in("made_by"), _one("made_by")),
    "licence": _Spec(gettext_lazy("Licence"), _in("licence"), _one("licence")),
}
_OPEN = ("nature", "etape", "pour")


def found(choices: Choices) -> ResourceQuerySet:
    """What answers, real ones first, the latest first."""
    rows = choices.apply(annotated()).with_origin()
    return rows.order_by("is_demo", F("year").desc(nulls_last=True), "title", "pk")
