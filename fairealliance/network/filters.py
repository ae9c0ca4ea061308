"""What the directory is narrowed by: `metier`, `secteur`, `ou` (a place)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.network.querysets import CatalystQuerySet
from fairealliance.network.words import SECTORS, TRADES
from fairealliance.territories import autocomplete
from fairealliance.territories.models import Territory
from fairealliance.territories.words import within


@dataclass(frozen=True, slots=True)
class Filters:
    """What is not understood is left out; a place is said not to be known."""

    trade: str = ""
    sector: str = ""
    near: str = ""
    place: Territory | None = None

    @classmethod
    def of(cls, sent: QueryDict) -> "Filters":
        trade, sector = sent.get("metier", ""), sent.get("secteur", "")
        near = squeeze(without_controls(sent.get("ou", "")))[:200]
        return cls(
            trade=trade if trade in TRADES else "",
            sector=sector if sector in SECTORS else "",
            near=near,
            place=autocomplete.resolve_text(near).territory if near else None,
        )

    def __bool__(self) -> bool:
        return bool(self.trade or self.sector or self.near)

    @property
    def place_error(self) -> str:
        """A place that is not known narrows nothing, and is told."""
        return _("Nous ne connaissons pas ce lieu. Essayez un code postal.") if self.near and not self.place else ""

    @property
    def where(self) -> str:
        """« à Lyon », « dans la Loire »; nothing without a place."""
        return within(self.place) if self.place else ""

    @property
    def query(self) -> str:
        said = {"metier": self.trade, "secteur": self.sector, "ou": self.place.ref if self.place else ""}
        return urlencode({name: value for name, value in said.items() if value})

    def narrow(self, catalysts: CatalystQuerySet) -> CatalystQuerySet:
        """Near a place: those who cover it, and those who cover a part of it."""
        if self.trade:
            catalysts = catalysts.of_trade(self.trade)
        if self.sector:
            catalysts = catalysts.of_sector(self.sector)
        return catalysts.around(self.place) if self.place else catalysts
