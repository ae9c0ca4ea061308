"""Reference geography, indicators, comparable territories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.provenance import holdings


class TerritoriesApp(AppConfig):
    name = "fairealliance.territories"
    label = "territories"

    def ready(self) -> None:
        holdings.register(self.get_model("Indicator"), one=_("indicateur"), many=_("indicateurs"))
