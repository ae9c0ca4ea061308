"""Surveys of the field: studies, questions, results, series."""

from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairealliance.observatory.enums import State
from fairealliance.provenance import holdings


class ObservatoryApp(AppConfig):
    name = "fairealliance.observatory"
    label = "observatory"

    def ready(self) -> None:
        published = Q(state=State.PUBLISHED)
        holdings.register(self.get_model("Study"), one=_("étude"), many=_("études"), public=published)
        holdings.register(
            self.get_model("Result"),
            one=_("chiffre d’enquête"),
            many=_("chiffres d’enquêtes"),
            public=Q(question__study__state=State.PUBLISHED),
        )
