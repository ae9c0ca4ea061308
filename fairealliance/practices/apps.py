"""Case studies of partnerships."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.design.panels import register
from fairealliance.provenance import holdings


class PracticesApp(AppConfig):
    name = "fairealliance.practices"
    label = "practices"

    def ready(self) -> None:
        from fairealliance.practices import panels  # noqa: PLC0415 -- models load after the app's configuration

        register("organisation", panels.of_organisation, order=20)
        register("resource", panels.of_resource, order=20)
        holdings.register(self.get_model("Practice"), one=_("exemple"), many=_("exemples"))
