"""Methods, tools, studies, kits, training."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.design.panels import register
from fairealliance.provenance import holdings


class ResourcesApp(AppConfig):
    name = "fairealliance.resources"
    label = "resources"

    def ready(self) -> None:
        from fairealliance.resources import panels  # noqa: PLC0415 -- models load after the app's configuration

        register("organisation", panels.of_organisation, order=30)
        holdings.register(self.get_model("Resource"), one=_("ressource"), many=_("ressources"))
