"""Reference geography, indicators, comparable territories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.audience import naming as audience_naming
from fairealliance.provenance import holdings


class TerritoriesApp(AppConfig):
    name = "fairealliance.territories"
    label = "territories"

    def ready(self) -> None:
        from fairealliance.territories import naming  # noqa: PLC0415 -- models load after the app's configuration

        audience_naming.register(naming.named)
        holdings.register(self.get_model("Indicator"), one=_("indicateur"), many=_("indicateurs"))
