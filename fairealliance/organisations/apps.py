"""Actors, their spheres and identifiers; who acts for them."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fairealliance.lib import periodic
from fairealliance.mailing import kinds
from fairealliance.provenance import holdings


class OrganisationsApp(AppConfig):
    name = "fairealliance.organisations"
    label = "organisations"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load after the app's configuration
        from fairealliance.organisations.members import cards, invitations, mails, own_data  # noqa: PLC0415 -- likewise

        holdings.register(self.get_model("Organisation"), one=_("organisation"), many=_("organisations"))
        own_data.register_all()
        kinds.register(mails.KIND)
        awaiting.register(cards.invitations_card, order=15)
        awaiting.register(cards.organisations_card, order=20)
        periodic.register("invitations-forget", every=timedelta(hours=12), act=invitations.forget)
