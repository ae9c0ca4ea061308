"""What a list is narrowed by: `quoi` (what), `odd` (goal), `ou` (place)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.needs.querysets import NeedQuerySet
from fairealliance.organisations.enums import Exchange
from fairealliance.territories import autocomplete
from fairealliance.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Filters:
    """What is not understood is left out; a place is said not to be known."""

    exchange: str = ""
    goal: int = 0
    near: str = ""
    place: Territory | None = None

    @classmethod
    def of(cls, sent: QueryDict) -> "Filters":
        what, goal = sent.get("quoi", ""), sent.get("odd", "")
        near = squeeze(without_controls(sent.get("ou", "")))[:200]
        number = int(goal) if goal.isascii() and goal.isdecimal() and len(goal) < 3 else 0
        return cls(
            exchange=what if what in Exchange.values else "",
            goal=number if number in GOALS else 0,
            near=near,
            place=autocomplete.resolve_text(near).territory if near else None,
        )

    def __bool__(self) -> bool:
        return bool(self.exchange or self.goal or self.near)

    @property
    def place_error(self) -> str:
        """A place that is not known narrows nothing, and is told."""
        return _("Nous ne connaissons pas ce lieu. Essayez un code postal.") if self.near and not self.place else ""

    @property
    def query(self) -> str:
        said = {"quoi": self.exchange, "odd": self.goal, "ou": self.place.ref if self.place else ""}
        return urlencode({name: value for name, value in said.items() if value})

    def narrow(self, needs: NeedQuerySet) -> NeedQuerySet:
        if self.exchange:
            needs = needs.filter(exchange=self.exchange)
        if self.goal:
            needs = needs.of_goal(self.goal)
        return needs.around(self.place) if self.place else needs
