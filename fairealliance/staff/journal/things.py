"""What the journal speaks of, in French: each kind with its words, its states, and the page where one sees it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model
from wagtail.models import Page

from fairealliance.accounts.models import User
from fairealliance.contributions.models import Correction, Proposal
from fairealliance.federation.models import Upload
from fairealliance.introductions.enums import Lives
from fairealliance.introductions.enums import Status as IntroductionStatus
from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Entry
from fairealliance.lib.french_numbers import NO_BREAK
from fairealliance.lib.text_fr import fold
from fairealliance.needs.enums import Status as NeedStatus
from fairealliance.needs.models import Need
from fairealliance.network.enums import Standing
from fairealliance.network.enums import Status as SupportStatus
from fairealliance.network.models import Catalyst, SupportRequest
from fairealliance.observatory.models import Series, Study
from fairealliance.organisations.enums import ClaimStatus, Role
from fairealliance.organisations.models import Claim, Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Collection, Resource
from fairealliance.roadmap.models import Draft, Measure, Programme


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing: `rows` of its table by `key`, called by their `title`; `desk`, its screen, else its own page."""

    words: Any
    rows: Callable[[User], "QuerySet[Any]"] | None = None
    title: str = ""
    key: str = "pk"
    desk: str = ""
    states: Mapping[str, Any] = field(default_factory=dict)


class Told(NamedTuple):
    """A subject in words; `href` is empty for what has no page, or has it no more."""

    words: str
    href: str = ""


def _all(model: type[Model], *related: str) -> Callable[[User], "QuerySet[Any]"]:
    return lambda reader: model._default_manager.select_related(*related)


def _needs(reader: User) -> "QuerySet[Any]":
    """Those whose page the reader may open."""
    return Need.objects.listed().readable_by(reader)


_NEEDS = {"rows": _needs, "title": "title", "states": dict(NeedStatus.choices)}
THINGS: dict[str, Thing] = {
    "organisation": Thing(
        gettext_lazy("Organisation"), _all(Organisation), "name", states=dict([*Role.choices, *ClaimStatus.choices])
    ),
    "claim": Thing(
        gettext_lazy("Demande de rattachement"),
        _all(Claim, "organisation"),
        "title",
        desk="staff_organisations:claim",
        states=dict(ClaimStatus.choices),
    ),
    "need": Thing(gettext_lazy("Besoin"), **_NEEDS),  # type: ignore[arg-type]
    "offer": Thing(gettext_lazy("Offre"), **_NEEDS),  # type: ignore[arg-type]
    "introduction": Thing(
        gettext_lazy("Mise en relation"),
        _all(Introduction),
        "subject",
        states=dict([*IntroductionStatus.choices, *Lives.choices]),
    ),
    "support": Thing(
        gettext_lazy("Demande d’appui"),
        _all(SupportRequest),
        desk="staff_network:request",
        states=dict(SupportStatus.choices),
    ),
    "catalyst": Thing(
        gettext_lazy("Catalyseur"),
        _all(Catalyst),
        "name",
        desk="staff_network:catalyst",
        states=dict(Standing.choices),
    ),
    "practice": Thing(gettext_lazy("Exemple"), _all(Practice), "title"),
    "resource": Thing(gettext_lazy("Ressource"), _all(Resource), "title", desk="staff_resources:edit"),
    "collection": Thing(
        gettext_lazy("Collection"), _all(Collection), "title", key="slug", desk="staff_resources:collection"
    ),
    "proposal": Thing(gettext_lazy("Proposition"), _all(Proposal), "title", desk="staff_contributions:detail"),
    "correction": Thing(gettext_lazy("Correction"), _all(Correction), desk="staff_contributions:correction"),
    "study": Thing(gettext_lazy("Étude"), _all(Study), "title", key="slug", desk="staff_observatory:edit"),
    "series": Thing(gettext_lazy("Série"), _all(Series), "title", key="slug", desk="staff_observatory:series-edit"),
    "programme": Thing(gettext_lazy("Programme"), _all(Programme), "title", key="slug", desk="staff_roadmap:programme"),
    "measure": Thing(gettext_lazy("Mesure"), _all(Measure, "programme"), "title"),
    "draft": Thing(gettext_lazy("Brouillon de bilan"), _all(Draft), desk="staff_roadmap:draft"),
    "page": Thing(gettext_lazy("Page"), _all(Page), "title", desk="wagtailadmin_pages:edit"),
    "image": Thing(gettext_lazy("Image"), _all(get_image_model()), "title", desk="wagtailimages:edit"),
    "upload": Thing(gettext_lazy("Fichier à importer"), _all(Upload), desk="staff_imports:detail"),
    "user": Thing(gettext_lazy("Compte")),
    "letter": Thing(gettext_lazy("Courriel")),
    "sheet": Thing(gettext_lazy("Fiche d’action partagée")),
    "import": Thing(gettext_lazy("Import")),
    "source": Thing(gettext_lazy("Source")),
    "indicator": Thing(gettext_lazy("Indicateur")),
    "edition": Thing(gettext_lazy("Édition du référentiel")),
    "level": Thing(gettext_lazy("Contours")),
    "demo": Thing(gettext_lazy("Monde inventé")),
    "journal": Thing(gettext_lazy("Journal")),
    "desk": Thing(gettext_lazy("Bureau")),
    "pages": Thing(gettext_lazy("Pages du site")),
}
_TYPED = re.compile(r"(?P<words>.*\D)\s*(?P<key>\d+)")
_NUMBER_SIGN = re.compile(r"\s*n\s*°\s*$")


def told(entries: Iterable[Entry], reader: User) -> dict[str, Told]:
    """By subject. One query per kind of thing that the page speaks of, two for needs and for offers."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        kind, _colon, key = entry.subject.partition(":")
        wanted[kind].add(key)
    found: dict[str, Told] = {}
    for kind, keys in wanted.items():
        rows = _rows(kind, keys, reader)
        found |= {f"{kind}:{key}" if key else kind: _told(kind, key, rows.get(key)) for key in keys}
    return found


def state(entry: Entry, value: str) -> str:
    """« membre » of `member`, by the states of what the entry is about."""
    thing = THINGS.get(entry.subject.partition(":")[0])
    return str(thing.states.get(value, value)) if thing else value


def subject_of(typed: str) -> str:
    """`organisation:12` of « Organisation n° 12 »; what is not understood stays as it is typed."""
    match = _TYPED.fullmatch(typed.strip())
    words = fold(_NUMBER_SIGN.sub("", match["words"])).strip() if match else ""
    kinds = [kind for kind, thing in THINGS.items() if words and fold(str(thing.words)) == words]
    return f"{kinds[0]}:{match['key']}" if match and kinds else typed


def _rows(kind: str, keys: set[str], reader: User) -> dict[str, Any]:
    thing = THINGS.get(kind)
    if thing is None or thing.rows is None:
        return {}
    known = [key for key in keys if key.isascii() and key.isdecimal() and len(key) < 19] if thing.key == "pk" else keys
    rows = thing.rows(reader).filter(**{f"{thing.key}__in": list(known)}).order_by("pk") if known else ()
    return {str(getattr(row, thing.key)): row for row in rows}


def _told(kind: str, key: str, row: Any) -> Told:
    thing = THINGS.get(kind)
    if thing is None:
        return Told(f"{kind}:{key}" if key else kind)
    number = _("n°") + NO_BREAK + key if key.isdecimal() else ""
    named = (str(getattr(row, thing.title)) if row and thing.title else "") or number or key
    words = f"{thing.words}{NO_BREAK}: {named}" if named and named != number else f"{thing.words} {named}".strip()
    if row is None:
        return Told(words)
    return Told(words, reverse(thing.desk, args=[key]) if thing.desk else row.get_absolute_url())
