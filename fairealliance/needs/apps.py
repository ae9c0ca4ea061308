"""Needs and offers of organisations."""

from datetime import timedelta

from django.apps import AppConfig

from fairealliance.design.panels import register
from fairealliance.journal.alongside import register as register_alongside
from fairealliance.lib import periodic
from fairealliance.mailing import kinds


class NeedsApp(AppConfig):
    name = "fairealliance.needs"
    label = "needs"

    def ready(self) -> None:
        from fairealliance.accounts import awaiting  # noqa: PLC0415 -- models load later
        from fairealliance.needs import actions, alongside, mails, own_data, panels  # noqa: PLC0415 -- likewise

        own_data.register_all()
        kinds.register(mails.KIND)
        awaiting.register(own_data.needs_card, order=30)
        register_alongside("organisation", alongside.of_organisations)
        register("organisation", panels.of_organisation, order=10)
        register("sheet", panels.of_sheet)
        periodic.register("needs-end", every=timedelta(hours=1), act=actions.end_due)
