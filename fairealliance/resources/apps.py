"""Methods, tools, studies, kits, training."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.design.panels import register
from fairealliance.lib import periodic
from fairealliance.provenance import holdings


class ResourcesApp(AppConfig):
    name = "fairealliance.resources"
    label = "resources"

    def ready(self) -> None:
        from fairealliance.resources import panels  # noqa: PLC0415 -- models load after the app's configuration
        from fairealliance.resources.links import rounds  # noqa: PLC0415 -- the same

        register("organisation", panels.of_organisation, order=30)
        holdings.register(self.get_model("Resource"), one=_("ressource"), many=_("ressources"))
        periodic.register("resources-links", every=timedelta(minutes=10), act=rounds.check_due)
