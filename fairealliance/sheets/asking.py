"""What someone asks of a sheet, read from an address, a form or a command. Wrong input is told in French."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import without_controls
from fairealliance.organisations.enums import Sphere
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.subject import proposed
from fairealliance.territories.autocomplete import Suggestion, resolve_text
from fairealliance.territories.models import Territory

LONGEST_CHALLENGE = 2_000
LONGEST_TERRITORY = 200
FARTHEST_KM = 1_000

_REF = re.compile(r"[a-z-]+:\w+\Z")


class RefusedError(ValueError):
    """What was asked cannot be: `field` says which part, the message why, `status` how the page answers."""

    def __init__(self, field_name: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.field = field_name
        self.status = status


@dataclass
class Ask:
    """A question as it was understood. Ready when there is a territory, a challenge and no error."""

    territory: Territory | None = None
    territory_text: str = ""
    candidates: list[Suggestion] = field(default_factory=list)
    challenge: str = ""
    filters: Filters = field(default_factory=Filters)
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def refuse(self, error: RefusedError) -> None:
        """Keeps the message; the first error gives the status."""
        self.errors[error.field] = str(error)
        if self.status == 200:
            self.status = error.status

    @property
    def is_ready(self) -> bool:
        return self.territory is not None and bool(self.challenge) and not self.errors


def read_ask(query: QueryDict) -> Ask:
    """The question held by the parameters of an address; every error is kept, none is raised."""
    ask = Ask(territory_text=(query.get("territoire") or query.get("commune") or "").strip()[:LONGEST_TERRITORY])
    try:
        # Said in full even when refused: nothing typed is lost.
        ask.challenge = clean(query.get("defi", ""))
        ask.challenge = clean_challenge(query.get("defi", ""))
    except RefusedError as error:
        ask.refuse(error)
    try:
        ask.filters = clean_filters(query, ask.challenge)
    except RefusedError as error:
        ask.refuse(error)
    try:
        ask.territory, ask.candidates = find_territory(ask.territory_text)
    except RefusedError as error:
        ask.refuse(error)
    return ask


def clean(text: str) -> str:
    """`text` without control signs, which neither a person types nor a document can hold."""
    return without_controls(text).replace("\r\n", "\n").strip()


def clean_challenge(text: str) -> str:
    """The challenge, or RefusedError when it is empty or longer than one can read."""
    challenge = clean(text)
    if not challenge:
        raise RefusedError(
            "defi", _("Dites votre défi en quelques mots : ce qui vous préoccupe, comme vous le diriez.")
        )
    if len(challenge) > LONGEST_CHALLENGE:
        message = _(
            "Votre texte fait %(length)s caractères : nous en lisons %(limit)s au plus. "
            "Gardez l’essentiel, rien n’est perdu."
        )
        numbers = {"length": format_number(len(challenge)), "limit": format_number(LONGEST_CHALLENGE)}
        raise RefusedError("defi", message % numbers)
    return challenge


def find_territory(text: str) -> tuple[Territory | None, list[Suggestion]]:
    """The territory meant, else those to choose from. RefusedError when empty or unknown."""
    text = clean(text)
    if not text:
        raise RefusedError("territoire", _("Dites-nous de quel territoire il s’agit : une commune, un code postal…"))
    if _REF.match(text):
        return _by_ref(text), []
    found = resolve_text(text)
    if found.territory is None and not found.candidates:
        message = _("Nous ne connaissons pas de territoire « %(text)s ». Essayez un nom entier ou un code postal.")
        raise RefusedError("territoire", message % {"text": text[:60]}, 404)
    return found.territory, found.candidates


def _by_ref(ref: str) -> Territory:
    try:
        return Territory.objects.resolve(ref)
    except Territory.DoesNotExist as error:
        raise RefusedError("territoire", str(error), 404) from error
    except ValueError as error:
        raise RefusedError("territoire", str(error)) from error


def clean_filters(query: QueryDict, challenge: str) -> Filters:
    """How the sheet is narrowed. Chips left as we proposed them are no choice: our reading hides nothing."""
    goals = _goals(query.getlist("odd"))
    themes = _known("theme", query.getlist("theme"), THEMES, _("Thème inconnu : « %s »."))
    corrected = query.get("corrige") == "1"
    if corrected and _as_proposed(goals, themes, challenge):
        goals, themes, corrected = (), (), False
    return Filters(
        goals=goals,
        themes=themes,
        spheres=_known("sphere", query.getlist("sphere"), Sphere.values, _("Sphère inconnue : « %s ».")),
        km=_km(query.get("km", "")),
        corrected=corrected,
    )


def _as_proposed(goals: Iterable[int], themes: Iterable[str], challenge: str) -> bool:
    our_goals, our_themes = proposed(challenge)
    same_goals = set(goals) == {hit.goal.number for hit in our_goals}
    return same_goals and set(themes) == {hit.theme.slug for hit in our_themes}


def _goals(values: Iterable[str]) -> tuple[int, ...]:
    numbers = []
    for value in values:
        # isdecimal lets other scripts' digits in, which int reads well; length keeps numbers small.
        if not value.isdecimal() or len(value) > 2 or int(value) not in GOALS:
            message = _("Objectif inconnu : « %s ». Les objectifs de développement durable vont de 1 à 17.")
            raise RefusedError("odd", message % value[:40])
        numbers.append(int(value))
    return tuple(dict.fromkeys(numbers))


def _known(name: str, values: Iterable[str], known: Iterable[str], message: str) -> tuple[str, ...]:
    allowed = set(known)
    listed = [value for value in values if value]
    for value in listed:
        if value not in allowed:
            raise RefusedError(name, message % value[:40])
    return tuple(dict.fromkeys(listed))


def _km(value: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    if not value.isdecimal() or len(value) > 4 or not 1 <= int(value) <= FARTHEST_KM:
        message = _("Distance « %(value)s » : écrivez un nombre de kilomètres entre 1 et %(most)s.")
        raise RefusedError("km", message % {"value": value[:40], "most": FARTHEST_KM})
    return int(value)
