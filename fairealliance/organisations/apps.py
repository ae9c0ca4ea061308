"""Actors, their spheres and identifiers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.provenance import holdings


class OrganisationsApp(AppConfig):
    name = "fairealliance.organisations"
    label = "organisations"

    def ready(self) -> None:
        holdings.register(self.get_model("Organisation"), one=_("organisation"), many=_("organisations"))
